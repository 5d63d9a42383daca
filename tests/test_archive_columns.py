"""What columns of an archive's tables say of conversations and of those who speak."""

import json

import pytest

from builders import codebook_text, write_files
from hrcode.analysis.compare import compare
from hrcode.archive.job import make_job
from hrcode.archive.work.run import code_archive
from hrcode.codebook.load import load_codebook
from hrcode.coding.code import code
from hrcode.exchange.results import read_results
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.sections import Section


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "kitchen.yaml"
    path.write_text(codebook_text({"food/cooks": ["cook soup"], "garden/digs": ["dig"]}), encoding="utf-8")
    return load_codebook(path)


def coded(tmp_path, book, rows, *, beside=None, columns=None, **settings):
    """Code rows of id, speaker, text and further columns; give the results and what was said."""
    lines = "".join(
        json.dumps({"id": i, "speaker": who, "text": text, **more}) + "\n" for i, who, text, more in rows
    )
    folder = write_files(tmp_path / "calls", {"a.jsonl": lines, **(beside or {})})
    outcome = code_archive([str(folder)], make_job(book, columns=columns or {}, **settings), tmp_path / "out")
    return read_results(tmp_path / "out"), outcome


def test_archive_columns_say_of_conversations_what_the_transcripts_table_says(tmp_path, book):
    """The same three talks as a table of turns, and as files with a transcripts table."""
    rows = [
        ("t1", "A1", "I cook soup.", {"wave": 1, "event": "e1", "kind": "Focus-Group"}),
        ("t1", "B1", "We dig.", {"wave": 1}),
        ("t2", "A1", "We dig again.", {"wave": 2, "event": "e1"}),
        ("t3", "B2", "I cook soup, always.", {"wave": 2}),
    ]
    archive, outcome = coded(tmp_path, book, rows)
    files = {
        "t1.txt": "A1: I cook soup.\n\nB1: We dig.\n",
        "t2.txt": "A1: We dig again.\n",
        "t3.txt": "B2: I cook soup, always.\n",
        "transcripts.csv": "transcript,wave,event,kind\nt1,1,e1,focus group\nt2,2,e1,\nt3,2,,\n",
    }
    study = code(load_transcripts(write_files(tmp_path / "study", files)), book)
    assert [] == outcome.faults
    assert study.transcripts == archive.transcripts
    for options in ({"by": "wave"}, {"count": "event"}, {"where": "kind=interview"}):
        assert compare(study, **options).to_csv() == compare(archive, **options).to_csv()


def test_archive_transcripts_table_goes_before_the_columns(tmp_path, book):
    rows = [("t1", "A1", "We dig.", {"wave": "1", "place": "north"}), ("t2", "A1", "We dig too.", {})]
    beside = {"transcripts.csv": "transcript,wave,participants\nt1,2,A1\nt2,3,A1\nt9,3,A1\n"}
    archive, outcome = coded(tmp_path, book, rows, beside=beside)
    assert {"t1": ("2", "north"), "t2": ("3", "")} == {
        name: (own["wave"], own.get("place", "")) for name, own in archive.transcripts.items()
    }
    assert ["contradiction", "unknown-transcript"] == [
        one.rule for one in outcome.warnings if one.level == "warning"
    ]


def test_archive_groups_by_what_is_known_of_conversations(tmp_path, book):
    rows = [("t1", "A1", "We dig.", {"wave": "1"}), ("t2", "A1", "We dig too.", {"wave": "2"})]
    archive, _ = coded(tmp_path, book, rows, group_by="wave")
    assert ["1", "2"] == [segment.group for segment in archive.segments]


def test_archive_rows_have_their_own_section_and_language(tmp_path, book):
    rows = [
        ("t1", "I", "And the soup?", {"section": "food"}),
        ("t1", "A1", "I cook soup.", {"section": "food", "language": "en"}),
        ("t1", "A1", "We dig.", {"section": "garden", "language": "en"}),
        ("t1", "A1", "Kasame.", {"section": "garden", "language": "LT"}),
        ("t1", "A1", "We dig in private.", {"section": "private"}),
    ]
    archive, _ = coded(tmp_path, book, rows, conventions=Conventions(leave_out=("private",)))
    assert [
        ("A1", "food", "en"), ("A1", "garden", "en"), ("A1", "garden", "lt"), ("", "private", "en")
    ] == [(one.participant, one.section, one.language) for one in archive.segments[1:]]  # fmt: skip
    assert ["cook soup", "dig"] == [coding.evidence for coding in archive.codings]


def test_archive_sections_of_the_guide_open_in_tables_too(tmp_path, book):
    rows = [
        ("t1", "I", "Tell me about the garden.", {}),
        ("t1", "A1", "We dig.", {}),
        ("t1", "I", "Anything private?", {}),
        ("t1", "A1", "We dig at night.", {}),
    ]
    guide = (Section("g", questions=("the garden",)), Section("p", questions=("private",)))
    archive, outcome = coded(tmp_path, book, rows, conventions=Conventions(sections=guide, leave_out=("p",)))
    assert ["g", "g", "p", "p"] == [segment.section for segment in archive.segments]
    assert 1 == len(archive.codings)
    assert ["sections are left out, 4 words are not coded: p"] == [
        one.message for one in outcome.warnings if one.rule == "section-left-out"
    ]


def test_archive_values_that_cannot_be_are_told_once_and_the_rows_kept(tmp_path, book):
    rows = [("t1", "A1", f"We dig {n} times.", {"kind": "brawl", "language": "xyzzy"}) for n in range(3)]
    archive, outcome = coded(tmp_path, book, rows)
    assert {"bad-kind", "bad-language"} == {fault.rule for fault in outcome.faults}
    assert 2 == len(outcome.faults)
    assert (3, "interview") == (len(archive.codings), archive.transcripts["t1"]["kind"])


def test_archive_says_which_columns_it_read(tmp_path, book):
    rows = [("t1", "A1", "We dig.", {"session": "s1", "wave": "1", "town": "north"})]
    archive, outcome = coded(tmp_path, book, rows, columns={"event": "session"})
    (note,) = (one for one in outcome.warnings if one.rule == "columns")
    assert (
        "columns read: id, speaker, text; of the conversation: session, wave; of who speaks: town"
        == note.message
    )
    assert "note" == note.level
    assert "warnings" not in archive.run
    assert "s1" == archive.transcripts["t1"]["event"]


def test_archive_column_that_is_named_and_not_there_is_said(tmp_path, book):
    rows = [("t1", "A1", "We dig.", {}), ("t2", "A1", "We dig.", {"session": "s1"})]
    archive, outcome = coded(tmp_path, book, rows, columns={"event": "sesion", "wave": "session"})
    assert ["there is no column 'sesion' for event. Did you mean session?"] == [
        fault.message for fault in outcome.faults
    ]
    assert 2 == len(archive.codings)


@pytest.mark.parametrize("value", [None, "", 7, 2.5, True, ["x"], {"a": 1}, "x" * 100_000, "\ud800"])
def test_archive_any_value_of_a_column_is_survived(tmp_path, book, value):
    names = ("kind", "event", "wave", "date", "place", "language", "section", "town")
    archive, _ = coded(tmp_path, book, [("t1", "A1", "We dig.", dict.fromkeys(names, value))])
    assert 1 == len(archive.codings)


def test_archive_halves_of_characters_are_replaced_and_whole_ones_kept(tmp_path, book):
    rows = [("t1", "A1", "We dig \ud800 \U0001f33b here.", {"town": "\udfff"})]
    archive, _ = coded(tmp_path, book, rows)
    assert ["We dig \ufffd \U0001f33b here."] == [segment.text for segment in archive.segments]
