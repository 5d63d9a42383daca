"""The same interview in every format gives the same turns, speakers, words, codings and places."""

import os
import re
import shutil
import subprocess
from functools import cache

import docx
import openpyxl
import pypdf
import pytest

from builders import make_codebook
from hrcode.coding.code import code
from hrcode.transcripts.load import load_transcripts
from one_interview import CUES, EXPORTS, TURNS, plain, time_of, words_of

BOOK = {
    "care/can": ["(could|can) ... (look|go|do|say)", "know"],
    "care/begins": ["(start|begin|open) with", "look at"],
    "care/ask": ["could (he|she|I|they)", "I (will|would|could) ... ask"],
    "things/objects": ["(bag|trolley|shoe|coffee|bread|hinge)", "(so be it)", "not a formula"],
}
CASES = [
    pytest.param(name, marks=[pytest.mark.slow] if export.make is None else [])
    for name, export in EXPORTS.items()
]


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """Give a function from the name of an export to its file, made once."""
    folder = tmp_path_factory.mktemp("interview")

    def made(name):
        export = EXPORTS[name]
        path = folder / re.sub(r"\W+", "_", name) / export.name
        if not path.exists():
            path.parent.mkdir()
            if export.make:
                path.write_bytes(export.make())
            else:
                convert(made(export.from_), path, export.filter_, folder / "profile")
        return path

    return made


def convert(source, target, filter_, profile):
    """Let LibreOffice, with a profile of its own, save a file as another."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        assert not os.environ.get("HRCODE_ALL_TESTS"), "LibreOffice is not installed"
        pytest.skip("LibreOffice is not installed")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", filter_]
    if source.suffix == ".csv":
        command.append("--infilter=CSV:44,34,76,1,2/2/3/2")  # UTF-8; the words are text, whatever they are
    elif source.suffix == ".html":
        command.append("--infilter=HTML (StarWriter)")
    command += ["--outdir", str(target.parent), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert target.exists(), done.stdout + done.stderr


def turns_of(transcript):
    return [(turn.speaker, words_of(transcript.text[turn.start : turn.end])) for turn in transcript.turns]


@cache
def book():
    return make_codebook(BOOK)


def codings_of(path):
    coded = code(load_transcripts(path), book())
    assert coded.near_misses
    return [
        (found.turn, found.subcategory, words_of(found.evidence))
        for found in (*coded.codings, *coded.near_misses)
    ]


@pytest.mark.parametrize("name", CASES)
def test_interview_has_the_same_turns_speakers_and_words(exported, name):
    (transcript,) = load_transcripts(exported(name))
    assert [(label, words_of(" ".join(said))) for label, said in TURNS] == turns_of(transcript)


@pytest.mark.parametrize("name", CASES)
def test_interview_has_the_same_codings_with_the_same_evidence(exported, name):
    expected = codings_of(exported("text"))
    assert len(expected) > 20
    assert expected == codings_of(exported(name))


@pytest.mark.parametrize("name", CASES)
def test_interview_offsets_are_of_the_evidence(exported, name):
    material = load_transcripts(exported(name))
    (transcript,) = material
    coded = code(material, book())
    assert coded.codings
    assert [coding.evidence for coding in coded.codings] == [
        transcript.text[coding.start : coding.end] for coding in coded.codings
    ]


def lines(path):
    encoding = "utf-16" if path.read_bytes().startswith(b"\xff\xfe") else "utf-8"
    return path.read_text(encoding=encoding).split("\n")


def paragraphs(path):
    document = docx.Document(str(path))
    return [row.cells[-1].text for table in document.tables for row in table.rows] or [
        paragraph.text for paragraph in document.paragraphs
    ]


def pages(path):
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def rows(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [str(row[-1]) for row in sheet.iter_rows(values_only=True)]


def cues(path):
    return [words for _, words in CUES]


def by_time(place):
    return next(number for number in range(len(CUES)) if time_of(number) in place)


def by_number(place):
    return int(re.match(r"(?:line|paragraph|page|row|table 1, row) (\d+)", place)[1]) - 1


PLACES = {
    ".txt": (lines, by_number),
    ".md": (lines, by_number),
    ".qdpx": (lambda path: plain().decode().split("\n"), by_number),
    ".docx": (paragraphs, by_number),
    ".pdf": (pages, by_number),
    ".xlsx": (rows, by_number),
    **dict.fromkeys([".vtt", ".srt", ".csv", ".tsv", ".json"], (cues, by_time)),
}
"""What is in the file, place by place, as another program sees it; and which of these a location names."""


@pytest.mark.parametrize("name", [case for case in CASES if EXPORTS[case.values[0]].name[2:] in PLACES])
def test_interview_location_is_where_a_person_finds_the_words(exported, name):
    path = exported(name)
    places, index = PLACES[path.suffix][0](path), PLACES[path.suffix][1]
    segments = [segment for segment in code(load_transcripts(path), book()).segments if segment.participant]
    assert len(segments) > 100
    for segment in segments:
        here, *after = map(words_of, places[index(segment.location) :][:2])
        begin = " ".join(words_of(segment.text).split()[:3])
        # A sentence may begin at the end of one place and go on in the next.
        assert 0 <= " ".join([here, *after]).find(begin) <= len(here), segment.location
