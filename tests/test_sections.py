"""Sections of the interview guide: headings and questions that open them, and sections left out."""

import pytest

from builders import KITCHEN, make_codebook, write_files
from hrcode.analysis.compare import compare
from hrcode.coding.code import code
from hrcode.errors import StudyError
from hrcode.study import find_settings, read_settings
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.sections import Section, heading_lines, word_pattern

GUIDE = """
sections:
  - {id: a, label: Background, heading: Background}
  - {id: b, label: The kitchen, heading: [The kitchen, Kitchens], question: what do you (cook)?}
  - {id: c, heading: /^Part C\\b/, question: "... garden"}
leave_out: [a]
"""
TALK = (
    "Interview with A1\n\n{mark}1. Background:\nI: Who are you?\nA1: I cook soup, I said.\n\n"
    "I: Good. And what do you cook?\nA1: I bake bread.\nI: Yes?\nA1: I cook soup.\n"
    "{mark}Part C, outside\nA1: I dig here.\nI: And then the kitchen?\nA1: We share the soup.\n"
)
EXPECTED = [
    ("I", "a", "", ""), ("A1", "a", "", "section"), ("I", "b", "", ""), ("A1", "b", "A1", ""),
    ("I", "b", "", ""), ("A1", "b", "A1", ""),
    ("A1", "c", "A1", ""), ("I", "c", "", ""), ("A1", "c", "A1", ""),
]  # fmt: skip


def study(folder, files, guide=GUIDE):
    write_files(folder, {"study.yaml": guide, **files})
    settings = find_settings([folder], folder)
    return load_transcripts(folder, conventions=settings.conventions)


def sections(transcript):
    return [(turn.speaker, turn.section, turn.participant, turn.left_out) for turn in transcript.turns]


@pytest.mark.parametrize(
    ("name", "mark"), [("A1.txt", ""), ("A1.txt", "## "), ("A1.md", "## "), ("A1.md", "")]
)
def test_headings_and_questions_open_sections(tmp_path, name, mark):
    (transcript,) = study(tmp_path, {name: TALK.format(mark=mark)})
    assert EXPECTED == sections(transcript)
    assert not [turn for turn in transcript.turns if "Part C" in transcript.text[turn.start : turn.end]]


def test_headings_of_word_documents_open_sections(tmp_path):
    from docx import Document

    document = Document()
    for line in TALK.format(mark="").split("\n"):
        if line.startswith(("1. Back", "Part C")):
            document.add_heading(line, 2)
        elif line:
            document.add_paragraph(line)
    document.save(tmp_path / "A1.docx")
    (transcript,) = study(tmp_path, {})
    assert EXPECTED == sections(transcript)


def test_questions_open_sections_in_captions(tmp_path):
    cues = ["<v I>What do you cook?", "<v A1>Soup.", "<v I>And the garden?", "<v A1>I dig."]
    text = "WEBVTT\n\n" + "".join(
        f"00:0{n}.000 --> 00:0{n}.900\n{cue}\n\n" for n, cue in enumerate(cues, start=1)
    )
    (transcript,) = study(tmp_path, {"A1.vtt": text})
    assert ["b", "b", "c", "c"] == [turn.section for turn in transcript.turns]


def test_words_of_a_section_left_out_are_kept_not_coded_and_said(tmp_path):
    material = study(tmp_path, {"A1.txt": TALK.format(mark="")})
    coded = code(material, make_codebook(KITCHEN))
    section_of = {s.segment_id: s.section for s in coded.segments}
    assert {"b", "c"} == {section_of[c.segment_id] for c in coded.codings}
    assert not [c for c in coded.codings if c.turn == 2]
    assert ["a", "a"] == [s.section for s in coded.segments if s.turn in (1, 2)][:2]
    said = [w.message for w in material.warnings if w.rule == "section-left-out"]
    assert ["section 'a' is left out: 5 words are not coded"] == said
    assert 3 + 3 + 3 + 4 == compare(coded, level="total")["words"].iloc[0]


def test_compare_by_section_and_in_a_section(tmp_path):
    coded = code(study(tmp_path, {"A1.txt": TALK.format(mark="")}), make_codebook(KITCHEN))
    assert {"b": 1, "c": 1} == compare(coded, by="section").attrs["groups"]
    table = compare(coded, where="section=c", level="subcategory").set_index("subcategory")
    assert (0, 1) == (table.loc["cooks", "participants"], table.loc["digs", "participants"])


def test_section_of_a_whole_transcript(tmp_path):
    (transcript,) = study(
        tmp_path,
        {"A1.txt": "---\nparticipant: A1\nsection: b\n---\nI: Well?\nA1: Yes.\nI: The garden?\nA1: No.\n"},
    )
    assert ["b", "b", "c", "c"] == [turn.section for turn in transcript.turns]


def test_sections_of_a_document(tmp_path):
    files = {
        "transcripts.csv": "transcript,kind\npaper,document\n",
        "paper.md": "Intro.\n\n# Background\nOld soup.\n\nMore.\n\n# Kitchens\nNew soup.\n",
    }
    (transcript,) = study(tmp_path, files)
    assert [("", "paper"), ("a", ""), ("a", ""), ("b", "paper")] == [
        (turn.section, turn.participant) for turn in transcript.turns
    ]


def test_section_that_opens_nowhere_is_said(tmp_path):
    material = study(tmp_path, {"A1.txt": "Background\nI: Well?\nA1: Yes.\n"})
    assert ["no heading and no question opens section b, c in any transcript"] == [
        w.message for w in material.warnings if w.rule == "section-nowhere"
    ]


LINES = {
    ("The kitchen", "The kitchen"): True,
    ("The kitchen", "## 4. THE KITCHEN:"): True,
    ("The kitchen", "D) The kitchen"): True,
    ("The kitchen", "**The kitchen**"): True,
    ("The kitchen", "The kitchen is small."): False,
    ("The kitchen", "In the kitchen"): False,
    ("Kitchen*", "Kitchens"): True,
    ("/^Part [A-C]/", "Part B - outside"): True,
    ("/^Part [A-C]/", "Part D"): False,
}


@pytest.mark.parametrize(("case", "expected"), LINES.items(), ids=map(str, LINES))
def test_heading_patterns(case, expected):
    phrase, line = case
    assert expected == bool(heading_lines(line, 0, [Section("x", (phrase,))]))


WORDS = {
    ("how do you decide", "So, how do you decide?"): True,
    ("how do you decide", "How, do you decide"): True,
    ("how do you decide", "how do they decide"): False,
    ("how ... decide", "How do they all decide?"): True,
    ("how ... decide", "How one two three four five six decide"): False,
    ("decid*", "Who decided?"): True,
    ("decide", "Who decided?"): False,
    ("/gard(en|ening)$/", "And gardening"): True,
    ("kaip sprendžiate", "KAIP SPRENDŽIATE?"): True,
}


@pytest.mark.parametrize(("case", "expected"), WORDS.items(), ids=map(str, WORDS))
def test_question_patterns(case, expected):
    phrase, words = case
    assert expected == bool(word_pattern(phrase).search(words))


FAULTS = {
    "sections: a\n": [(1, 11, "not-a-list")],
    "sections: [a]\n": [(1, 12, "bad-section")],
    "sections: [{id: a}]\n": [(1, 12, "opens-nowhere")],
    "sections: [{heading: A}]\n": [(1, 12, "missing-id")],
    "sections: [{id: a, hedding: A, question: b}]\n": [(1, 20, "unknown-key")],
    "sections: [{id: a, heading: A}, {id: a, heading: B}]\n": [(1, 33, "duplicate-section")],
    "sections: [{id: a, heading: /(a+)+/}]\n": [(1, 12, "opens-nowhere"), (1, 29, "bad-heading")],
    "sections: [{id: a, heading: A}]\nleave_out: [b]\n": [(2, 13, "unknown-section")],
    "leave_out: a\n": [(1, 12, "not-a-list")],
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.items(), ids=FAULTS)
def test_faults_of_the_guide_have_a_place(tmp_path, text, expected):
    write_files(tmp_path, {"study.yaml": text})
    with pytest.raises(StudyError) as error:
        read_settings(tmp_path / "study.yaml")
    assert expected == [(fault.line, fault.column, fault.rule) for fault in error.value.faults]


def test_guide_is_read(tmp_path):
    write_files(tmp_path, {"study.yaml": GUIDE})
    settings = read_settings(tmp_path / "study.yaml")
    assert Section("a", ("Background",), (), "Background") == settings.sections[0]
    assert (3, ("a",)) == (len(settings.sections), settings.leave_out)
