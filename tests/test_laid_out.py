"""Readers of documents that are laid out for the eye: Word and PDF."""

import io
import random
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from builders import broken, write_files
from hrcode.errors import TranscriptError
from hrcode.transcripts.load import load_transcripts, survey_transcripts

TURNS = [("I", "How did it begin?"), ("S1", "We cooked soup."), ("I", "And then?"), ("S1", "We shared it.")]


def word(make):
    """Make a Word document by a function that fills it."""
    document = docx.Document()
    make(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(*pages):
    """Make a PDF of pages of lines."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(width=600, height=800)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 14 TL 50 750 Td\n{shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted(data):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def read(tmp_path):
    def read(name, content):
        return load_transcripts(write_files(tmp_path, {name: content}) / name)

    return read


def turns(transcripts):
    (transcript,) = transcripts
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def paragraphs(document):
    for who, words in TURNS:
        document.add_paragraph(f"{who}: {words}")


def two_columns(document):
    table = document.add_table(rows=0, cols=2)
    for who, words in TURNS:
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = who, words


def bold_labels(document):
    for who, words in TURNS:
        paragraph = document.add_paragraph()
        paragraph.add_run(who).bold = True
        paragraph.add_run(f" {words}")


def headings(document):
    document.add_heading("An invented talk", 0)
    document.add_heading("The beginning", 1)
    paragraphs(document)
    document.sections[0].header.paragraphs[0].text = "Confidential"


def wrapped_lines(document):
    for who, words in TURNS:
        document.add_paragraph().add_run(f"{who}:\t").add_break()
        document.paragraphs[-1].add_run(words)


def element(tag, *children, **attributes):
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def run(text, tag="w:t"):
    made = element("w:r", element(tag))
    made[0].text = text
    return made


def tracked_changes(document):
    paragraphs(document)
    last = document.paragraphs[-1]
    last.runs[0].text = "S1: We "
    last._p.append(element("w:del", run("kept", "w:delText"), id="1", author="x"))
    last._p.append(element("w:ins", run("shared it."), id="2", author="x"))


def comments_and_footnotes(document):
    paragraphs(document)
    document.add_comment(document.paragraphs[1].runs, text="Is this so?", author="x", initials="x")


def repeated_labels(document):
    document.add_paragraph("I: How did it begin?")
    document.add_paragraph("S1: We cooked")
    document.add_paragraph("S1: soup.")
    for who, words in TURNS[2:]:
        document.add_paragraph(f"{who}: {words}")


WORD = [
    paragraphs,
    two_columns,
    bold_labels,
    headings,
    wrapped_lines,
    tracked_changes,
    comments_and_footnotes,
]


@pytest.mark.parametrize("make", WORD)
def test_laid_out_word_same_turns(read, make):
    assert TURNS == turns(read("S.docx", word(make)))


def test_laid_out_one_speakers_paragraphs_are_one_turn(read):
    found = turns(read("S.docx", word(repeated_labels)))
    assert [("I", "How did it begin?"), ("S1", "We cooked\n\nsoup.")] == found[:2]
    assert ["I", "S1", "I", "S1"] == [who for who, _ in found]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (tracked_changes, "2 tracked changes are taken as accepted"),
        (comments_and_footnotes, "1 comments left out"),
    ],
)
def test_laid_out_word_says_what_it_decided(read, make, words):
    warnings = read("S.docx", word(make)).warnings
    assert [True] == [words in fault.message for fault in warnings if fault.rule == "docx"]


def test_laid_out_word_places_are_paragraphs_and_rows(read):
    def make(document):
        document.add_paragraph("S1: Hello.")
        two_columns(document)

    (transcript,) = read("S.docx", word(make))
    assert ["paragraph 1", "table 1, row 1", "table 1, row 2"] == [
        place.name for place in transcript.places[:3]
    ]
    assert all(transcript.text[place.start] in "IS" for place in transcript.places)


ODT_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
)


def odt(body):
    """Make an OpenDocument text of the XML of its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"{ODT_HEAD}{body}</office:text></office:body></office:document-content>"
        archive.writestr("content.xml", content)
    return out.getvalue()


def rows(row, cell):
    return "".join(row.format("".join(cell.format(part) for part in turn)) for turn in TURNS)


OTHERS = {
    "odt": ("S.odt", odt("".join(f"<text:p>{who}: {words}</text:p>" for who, words in TURNS))),
    "odt with signs": (
        "S.odt",
        odt(
            "".join(
                f"<text:p>{who}:<text:tab/><text:span>{words}</text:span></text:p>" for who, words in TURNS
            )
        ),
    ),
    "odt, a table": (
        "S.odt",
        odt(
            "<table:table>"
            + rows(
                "<table:table-row>{}</table:table-row>",
                "<table:table-cell><text:p>{}</text:p></table:table-cell>",
            )
            + "</table:table>"
        ),
    ),
    "odt, notes and headings": (
        "S.odt",
        odt(
            "<text:tracked-changes><text:p>S1: We cooked nothing.</text:p></text:tracked-changes>"
            "<text:h>A talk</text:h><text:section>"
            + "".join(
                f"<text:p>{who}: {words}<text:note><text:p>S9: A note.</text:p></text:note></text:p>"
                for who, words in TURNS
            )
            + "</text:section>"
        ),
    ),
    "html": ("S.html", "<title>A talk</title>" + "".join(f"<p>{a}: {b}</p>" for a, b in TURNS)),
    "html, lines": (
        "S.htm",
        "<div>" + "<br>".join(f"<b>{who}:</b> {words}" for who, words in TURNS) + "</div>",
    ),
    "html, bold names": ("S.html", "".join(f"<p><strong>{who}</strong> {words}</p>" for who, words in TURNS)),
    "html, a table": ("S.html", f"<table>{rows('<tr>{}</tr>', '<td>{}</td>')}</table>"),
    "html, hidden words": (
        "S.html",
        "<h1>Talk</h1><script>S1: no</script><!-- S1: no -->"
        + "".join(f"<ul><li>{who}: <i>{words}</i></ul>" for who, words in TURNS),
    ),
    "rtf": (
        "S.rtf",
        r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}" + r"\par ".join(f"{who}: {words}" for who, words in TURNS) + "}",
    ),
    "rtf, a table": (
        "S.rtf",
        r"{\rtf1\ansi " + rows(r"\trowd\cellx10\cellx20 {}\row ", r"\intbl {}\cell ") + "}",
    ),
}


@pytest.mark.parametrize(("name", "content"), OTHERS.values(), ids=OTHERS)
def test_laid_out_other_formats_same_turns(read, name, content):
    assert TURNS == turns(read(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("S.html", "<p>S1: A &amp; B &lt;laughs&gt; ąžuolas\nand more</p><p>I: So?</p>"),
        (
            "S.odt",
            odt("<text:p>S1: A &amp; B &lt;laughs&gt; ąžuolas and more</text:p>"),
        ),
        ("S.rtf", r"{\rtf1\ansi S1: A & B <laughs> \u261?\u382?uolas and more\par I: So?}"),
    ],
)
def test_laid_out_other_formats_keep_every_letter(read, name, content):
    assert ("S1", "A & B <laughs> ąžuolas and more") == turns(read(name, content))[0]


def deep(depth):
    return "<div>" * depth + "S1: Deep." + "</div>" * depth


@pytest.mark.parametrize("depth", [200, 1_000])
def test_laid_out_deep_pages_are_read(read, depth):
    assert [("S1", "Deep.")] == turns(read("S.html", deep(depth)))


def test_laid_out_pages_too_deep_lose_no_word_in_silence(read):
    with pytest.raises(TranscriptError, match="too deep"):
        read("S.html", deep(100_000))


LINES = [f"{who}: {words}" for who, words in TURNS]
PAGES = {
    "one page": pdf(LINES),
    "page numbers": pdf([*LINES[:2], "1/2"], [*LINES[2:], "2/2"]),
    "running heads": pdf(*[["A study of kitchens", LINES[i], f"Page {i + 1}"] for i in range(4)]),
    "wrapped": pdf([LINES[0], "S1: We cooked", "soup.", *LINES[2:]]),
    "hyphenated": pdf([LINES[0], "S1: We coo-", "ked soup.", *LINES[2:]]),
    "hyphenated over a page": pdf([LINES[0], "S1: We coo-", "1"], ["ked soup.", *LINES[2:], "2"]),
}


@pytest.mark.parametrize("content", PAGES.values(), ids=PAGES)
def test_laid_out_pdf_same_turns(read, content):
    found = turns(read("S.pdf", content))
    assert TURNS == [(who, " ".join(words.split())) for who, words in found]


def test_laid_out_pdf_a_hyphen_in_a_word_stays(read):
    content = pdf([LINES[0], "S1: A well-known", "pot-luck dinner", "Anti-", "Drug talk."])
    assert "A well-known\npot-luck dinner\nAnti-\nDrug talk." == turns(read("S.pdf", content))[1][1]


HYPHENS = {
    "a word that is whole elsewhere": (["S1: It is well-", "known. A well-known pot."], "well-known."),
    "written both ways": (["S1: We re-", "open. We reopen, or re-open."], "reopen."),
    "nothing speaks for the hyphen": (["S1: It is well-", "known."], "wellknown."),
    "a compound cut again": (["S1: A drop-in-", "centre, the drop-in-centre."], "drop-in-centre,"),
}


@pytest.mark.parametrize(("lines", "word"), HYPHENS.values(), ids=HYPHENS)
def test_laid_out_pdf_hyphen_at_a_line_end_stays_if_the_document_has_the_word_with_it(read, lines, word):
    assert word in turns(read("S.pdf", pdf(lines)))[0][1].split()


def test_laid_out_pdf_document_has_paragraphs_where_a_sentence_ends_a_short_line(tmp_path):
    lines = [
        "Soup: a strategy for all of the country.",
        "Aim: we cook it every day, and we share it with",
        "everybody. Aim: we bake.",
        "Second paragraph that goes on to another line of",
        "text over a page and",
    ]
    write_files(
        tmp_path,
        {"paper.pdf": pdf(lines, ["ends here."]), "transcripts.csv": "transcript,kind\npaper,document\n"},
    )  # fmt: skip
    (transcript,) = load_transcripts(tmp_path)
    assert [
        "Soup: a strategy for all of the country. Aim: we cook it every day, and we share it with "
        "everybody. Aim: we bake.",
        "Second paragraph that goes on to another line of text over a page and ends here.",
    ] == [" ".join(transcript.text[turn.start : turn.end].split()) for turn in transcript.turns]


def test_laid_out_document_loses_no_word_that_looks_like_a_label(tmp_path):
    content = word(lambda document: [document.add_paragraph(f"Note: soup {n}.") for n in range(3)])
    write_files(tmp_path, {"paper.docx": content, "transcripts.csv": "transcript,kind\npaper,document\n"})
    (transcript,) = load_transcripts(tmp_path)
    assert "Note: soup 0.\n\nNote: soup 1.\n\nNote: soup 2." == transcript.text


def test_laid_out_same_speaker_after_a_heading_keeps_the_label(read):
    def content(document):
        document.add_paragraph("S1: We cook.")
        document.add_heading("Part two", 2)
        document.add_paragraph("S1: We bake.")

    assert [("S1", "We cook."), ("S1", "We bake.")] == turns(read("S.docx", word(content)))


def test_laid_out_pdf_places_are_pages(read):
    (transcript,) = read("S.pdf", pdf(LINES[:2], LINES[2:]))
    assert ["page 1", "page 1", "page 2", "page 2"] == [place.name for place in transcript.places]


def test_laid_out_pdf_says_which_heads_it_dropped(read):
    told = [fault.message for fault in read("S.pdf", PAGES["running heads"]).warnings]
    assert any("A study of kitchens" in message for message in told)


WHOLE = word(paragraphs)
BROKEN = {
    "no archive": ("S.docx", b"S1: We cook.\n", "damaged, or another kind"),
    "half": ("S.docx", WHOLE[: len(WHOLE) // 2], "damaged, or another kind"),
    "a workbook's inside": ("S.docx", WHOLE.replace(b"word/document.xml", b"word/docUment.xml"), "S.docx"),
    "no odt": ("S.odt", b"S1: We cook.\n", "damaged, or another kind"),
    "odt without words": ("S.odt", WHOLE, "content.xml"),
    "an odt with an entity bomb": (
        "S.odt",
        odt("").replace(
            b"<office:document-content", b'<!DOCTYPE a [<!ENTITY a "b">]><office:document-content'
        ),
        "S.odt",
    ),
    "no rtf": ("S.rtf", b"S1: We cook.\n", "not rich text"),
    "an empty page": ("S.html", b"", "holds no text"),
    "no pdf": ("S.pdf", b"S1: We cook.\n", "cannot be read as a PDF"),
    "half a pdf": ("S.pdf", PAGES["one page"][:200], "S.pdf"),
    "a password": ("S.pdf", encrypted(PAGES["one page"]), "needs a password"),
    "a scan": ("S.pdf", pdf([], []), "only pictures of pages"),
}


@pytest.mark.parametrize(("name", "content", "words"), BROKEN.values(), ids=BROKEN)
def test_laid_out_says_what_is_wrong(read, name, content, words):
    with pytest.raises(TranscriptError, match=words):
        read(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [("S.docx", WHOLE), ("S.pdf", PAGES["running heads"]), OTHERS["odt"], OTHERS["html"], OTHERS["rtf"]],
    ids=["docx", "pdf", "odt", "html", "rtf"],
)
def test_laid_out_damaged_files_never_fail_otherwise(tmp_path, name, content):
    random_ = random.Random(name)
    for _ in range(1_000):
        (tmp_path / name).write_bytes(broken(content, random_))
        try:
            survey = survey_transcripts(tmp_path / name)
        except TranscriptError:
            continue
        for transcript in survey.transcripts:
            assert all(0 <= turn.start <= turn.end <= len(transcript.text) for turn in transcript.turns)
