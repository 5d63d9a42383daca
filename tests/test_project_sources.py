"""Reader of REFI-QDA projects: each text source is a transcript, and its text stays as stored."""

import random

import pytest

from builders import archive, broken, make_codebook, write_files
from hrcode.coding.code import code
from hrcode.errors import TranscriptError
from hrcode.transcripts.load import load_transcripts, survey_transcripts

TALK = "I: How was it?\r\nS{0}: We cook soup \U0001f375 in house {0}.\r\n"
HEAD = '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="x">'


def project(sources, files, *, described="project.qde", head=HEAD):
    """Make a project of the XML of its sources and of further files."""
    inside = f"{head}<Sources>{sources}</Sources></Project>"
    return archive({described: inside, **files})


def text_source(name, path):
    return f'<TextSource guid="g" name="{name}" plainTextPath="{path}"/>'


TWO = project(
    text_source("Ann", "internal://a.txt") + text_source("Bo", "internal://b.txt"),
    {"sources/a.txt": TALK.format(1), "sources/b.txt": TALK.format(2)},
)


@pytest.fixture
def read(tmp_path):
    def read(content, name="study.qdpx"):
        return load_transcripts(write_files(tmp_path, {name: content}) / name)

    return read


def test_project_sources_are_transcripts(read):
    found = read(TWO)
    assert ["study/Ann", "study/Bo"] == [transcript.id for transcript in found]
    assert [TALK.format(1), TALK.format(2)] == [transcript.text for transcript in found]
    assert ["S1", "S2"] == [person.id for person in found.participants]


def test_project_offsets_point_into_the_text_as_stored(read):
    coded = code(read(TWO), make_codebook({"food/cooks": ["cook soup"]}))
    texts = {transcript.id: transcript.text for transcript in read(TWO)}
    assert ["cook soup", "cook soup"] == [texts[c.transcript][c.start : c.end] for c in coded.codings]
    assert ["line 2", "line 2"] == [s.location for s in coded.segments if s.participant]


WAYS = {
    "two slashes": ("internal://a.txt", "sources/a.txt"),
    "three slashes": ("internal:///a.txt", "sources/a.txt"),
    "no scheme": ("a.txt", "sources/a.txt"),
    "folder named": ("internal://sources/a.txt", "sources/a.txt"),
    "folder with a capital": ("internal://A.txt", "Sources/a.TXT"),
}


@pytest.mark.parametrize(("named", "entry"), WAYS.values(), ids=WAYS)
def test_project_text_is_found(read, named, entry):
    (transcript,) = read(project(text_source("Ann", named), {entry: TALK.format(1)}))
    assert TALK.format(1) == transcript.text


@pytest.mark.parametrize(
    ("described", "head"),
    [
        ("My Study.QDE", HEAD),
        ("project.qde", "\ufeff" + HEAD),
        ("project.qde", HEAD.replace("project:1.0", "project:0:4")),
        ("project.qde", HEAD.replace(' origin="x"', "")),
    ],
)
def test_project_of_other_programs_is_read(read, described, head):
    content = project(
        text_source("Ann", "a.txt"), {"sources/a.txt": TALK.format(1)}, described=described, head=head
    )
    assert 1 == len(read(content))


def test_project_text_of_pdfs_and_recordings_is_read_and_the_rest_is_said(read):
    sources = (
        '<PDFSource name="Report"><Representation plainTextPath="internal://a.txt"/></PDFSource>'
        '<PDFSource name="Scan"/><PictureSource name="Map"/>'
        '<AudioSource name="Talk"><Transcript plainTextPath="internal://b.txt">'
        '<SyncPoint timeStamp="1000" position="0"/><SyncPoint timeStamp="62500" position="16"/>'
        "</Transcript></AudioSource>"
    )
    files = {"sources/a.txt": TALK.format(1), "sources/b.txt": TALK.format(2)}
    found = read(project(sources, files))
    assert ["study/Report", "study/Talk"] == [transcript.id for transcript in found]
    assert ["00:00:01", "00:01:02"] == [place.name for place in list(found)[1].places]
    assert ["sources without plain text not read: 1 PDF document, 1 picture"] == [
        fault.message for fault in found.warnings if fault.rule == "not-text"
    ]


def test_project_inline_text_and_windows_encoding(read):
    inline = "<TextSource name='A'><PlainTextContent>S1: We cook &amp; eat.</PlainTextContent></TextSource>"
    coded = "S2: Caf\xe9 \x96 we cook.\nI: And?\n".encode("latin-1")
    found = read(project(inline + text_source("B", "b.txt"), {"sources/b.txt": coded}))
    assert ["S1: We cook & eat.", "S2: Café – we cook.\nI: And?\n"] == [t.text for t in found]
    told = [fault.path for fault in found.warnings if fault.rule == "encoding"]
    assert [True] == [path.endswith("study.qdpx/B") for path in told]


def test_project_sources_of_one_name_are_told_apart(read):
    twice = text_source("a/b", "a.txt") + text_source("a b", "b.txt") + text_source("", "c.txt")
    files = {f"sources/{n}.txt": TALK.format(i) for i, n in enumerate("abc")}
    assert ["study/a b", "study/a b (2)", "study/source"] == [t.id for t in read(project(twice, files))]


def test_project_copies_in_and_beside_it_are_faults(tmp_path):
    write_files(tmp_path, {"study.qdpx": TWO, "again.txt": TALK.format(2), "study/Ann.txt": TALK.format(3)})
    told = {fault.rule: fault.path for fault in survey_transcripts(tmp_path).faults}
    assert {"same-text", "same-name"} == set(told)


LEADS_OUT = [
    "../secret.txt",
    "internal://../secret.txt",
    "relative:///secret.txt",
    "absolute:///etc/hostname",
]


@pytest.mark.parametrize("named", LEADS_OUT)
def test_project_reads_nothing_outside_itself(tmp_path, read, named):
    write_files(tmp_path, {"secret.txt": "S1: Secret.\n"})
    with pytest.raises(TranscriptError, match="holds no text"):
        read(project(text_source("Ann", named), {}))


BOMB = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + HEAD.partition("?>")[2]
BAD = {
    "no archive": (b"S1: We cook.", "damaged, or another kind"),
    "no project": (archive({"a.txt": "S1: Hello."}), "needs one .qde file and has none"),
    "two projects": (archive({"a.qde": HEAD, "b.qde": HEAD}), "has 2 of them"),
    "no xml": (archive({"a.qde": "S1: Hello."}), "a.qde is damaged"),
    "another xml": (archive({"a.qde": "<html/>"}), "describes none"),
    "entities": (project("", {}, head=BOMB), "is damaged"),
    "no sources": (project("", {}), "it has no sources"),
    "blanks only": (project(text_source("A", "a.txt"), {"sources/a.txt": "\n"}), "holds no words"),
    "binary": (
        project(text_source("A", "a.txt"), {"sources/a.txt": b"S1: We cook.\0\1"}),
        "study.qdpx/A: is a binary",
    ),
    "a flood": (project("", {"sources/a.txt": "a" * 30_000_000}), "times its size"),
}


@pytest.mark.parametrize(("content", "words"), BAD.values(), ids=BAD)
def test_project_says_what_is_wrong(read, content, words):
    with pytest.raises(TranscriptError, match=words) as caught:
        read(content)
    assert "study.qdpx" in str(caught.value)


def test_project_damaged_files_never_fail_otherwise(tmp_path):
    random_ = random.Random("qdpx")
    read = 0
    for _ in range(1_000):
        (tmp_path / "study.qdpx").write_bytes(broken(TWO, random_))
        try:
            survey = survey_transcripts(tmp_path / "study.qdpx")
        except TranscriptError:
            continue
        for transcript in survey.transcripts:
            read += 1
            assert all(0 <= turn.start <= turn.end <= len(transcript.text) for turn in transcript.turns)
    assert read > 10
