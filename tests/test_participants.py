import pytest

from builders import write_files
from hrcode.errors import TranscriptError
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.model import NO_GROUP
from hrcode.transcripts.participants import (
    NOT_STATED,
    from_label,
    group_of,
    make_participant,
)
from hrcode.transcripts.participants_table import read_participants


def read(tmp_path, content, name="participants.csv"):
    write_files(tmp_path, {name: content})
    return read_participants([tmp_path / name])


def faults_of(tmp_path, content):
    with pytest.raises(TranscriptError) as caught:
        read(tmp_path, content)
    return [(fault.line, fault.rule) for fault in caught.value.faults]


TABLES = {
    "comma": "participant,group,town\nL1,L,north\nS1,S,south\n",
    "semicolon": "participant;group;town\nL1;L;north\nS1;S;south\n",
    "tab": "participant\tgroup\ttown\nL1\tL\tnorth\nS1\tS\tsouth\n",
    "byte order mark": "\ufeffparticipant,group,town\nL1,L,north\nS1,S,south\n",
    "windows line ends": "participant,group,town\r\nL1,L,north\r\nS1,S,south\r\n",
    "old mac line ends": "participant,group,town\rL1,L,north\rS1,S,south\r",
    "blanks around cells": " participant , group , town \n L1 , L , north \nS1,S,south\n",
    "quotes": '"participant","group","town"\n"L1","L","north"\n"S1","S","south"\n',
    "blank lines": "participant,group,town\n\nL1,L,north\n,,\nS1,S,south\n\n",
    "blank line first, semicolon": "\nparticipant;group;town\nL1;L;north\nS1;S;south\n",
    "capital columns": "Participant,GROUP,town\nL1,L,north\nS1,S,south\n",
    "other order": "town,participant,group\nnorth,L1,L\nsouth,S1,S\n",
    "no last line end": "participant,group,town\nL1,L,north\nS1,S,south",
}


@pytest.mark.parametrize("content", TABLES.values(), ids=TABLES)
def test_participants_table_is_read(tmp_path, content):
    people = read(tmp_path, content)
    expected = {"L1": {"group": "L", "town": "north"}, "S1": {"group": "S", "town": "south"}}
    assert expected == {person.id: dict(person.attributes) for person in people.values()}


def test_participants_delimiter_inside_a_quoted_cell(tmp_path):
    people = read(tmp_path, 'participant;group;town\nL1;L;"north, by the sea"\n')
    assert "north, by the sea" == people["L1"].attributes["town"]


def test_participants_line_end_inside_a_quoted_cell(tmp_path):
    assert ["L1", "L2"] == list(read(tmp_path, 'participant,note\nL1,"one\ntwo"\nL2,x\n'))


@pytest.mark.parametrize(
    "content", ["participant\nL1\n", "participant,group\nL1,\n", "participant,group\nL1\n"]
)
def test_participants_without_a_group_have_no_group(tmp_path, content):
    assert NO_GROUP == read(tmp_path, content)["L1"].group


def test_participants_columns_without_a_name_are_no_matter(tmp_path):
    """A spreadsheet saves the empty columns at its right edge."""
    assert {"L1": "L"} == {p.id: p.group for p in read(tmp_path, "participant,group,,\nL1,L,,\n").values()}


FAULTS = {
    "no column": ("name,group\nL1,L\n", [(1, "missing-column")]),
    "empty file": ("", [(1, "missing-column")]),
    "column twice": ("participant,group,group\nL1,L,L\n", [(1, "duplicate-column")]),
    "column twice in other case": ("participant,group,Group\nL1,L,L\n", [(1, "duplicate-column")]),
    "person twice": ("participant,group\nL1,L\nS1,S\nL1,L\n", [(4, "duplicate-participant")]),
    "person twice in other case": ("participant,group\nL1,L\nl1,S\n", [(3, "duplicate-participant")]),
    "no id": ("participant,group\nL1,L\n,S\n", [(3, "missing-participant")]),
    "field too many": ("participant,group\nL1,L,north\n", [(2, "bad-csv")]),
    "all at once": (
        "participant,group\nL1,L\nL1,L\n,S\nS1,S,x\n",
        [(3, "duplicate-participant"), (4, "missing-participant"), (5, "bad-csv")],
    ),
}


@pytest.mark.parametrize(("content", "expected"), FAULTS.values(), ids=FAULTS)
def test_participants_faults_have_line_and_rule(tmp_path, content, expected):
    assert expected == faults_of(tmp_path, content)


def test_participants_duplicate_names_the_first_line(tmp_path):
    with pytest.raises(TranscriptError, match="line 2"):
        read(tmp_path, "participant,group\nL1,L\nS1,S\nL1,L\n")


def test_participants_duplicate_in_other_case_names_the_first_line(tmp_path):
    with pytest.raises(TranscriptError, match="line 2"):
        read(tmp_path, "participant,group\nL1,L\nS1,S\nl1,L\n")


def test_participants_misspelt_column_is_named(tmp_path):
    with pytest.raises(TranscriptError, match="Did you mean participants"):
        read(tmp_path, "participants,group\nL1,L\n")


def test_participants_two_tables_with_the_same_person(tmp_path):
    write_files(tmp_path, {"a.csv": "participant\nL1\n", "b.csv": "participant\nL1\n"})
    with pytest.raises(TranscriptError) as caught:
        read_participants([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [(str(tmp_path / "b.csv"), 2)] == [(fault.path, fault.line) for fault in caught.value.faults]


LABELS = [
    ("L1", "L"), ("SW12", "SW"), ("Peer 3", "Peer"), ("peer-3", "peer"), ("P_4", "P"), ("Ž1", "Ž"),
    ("Martha", NO_GROUP), ("1", NO_GROUP), ("L1a", NO_GROUP), ("L", NO_GROUP),
]  # fmt: skip


@pytest.mark.parametrize(("label", "group"), LABELS)
def test_participants_group_is_the_letters_of_the_label(label, group):
    assert (label, group) == (from_label(label).id, from_label(label).group)


@pytest.mark.parametrize(
    ("attributes", "expected"), [({"town": "north"}, "north"), ({"town": ""}, NOT_STATED), ({}, NOT_STATED)]
)
def test_participants_group_of_an_attribute(attributes, expected):
    assert expected == group_of(make_participant("L1", attributes), "town")


def load_one(tmp_path, text, name="talk.txt"):
    write_files(tmp_path, {name: text})
    return load_transcripts(tmp_path / name)


FRONT = {
    "one person": (
        "participant: L1\ngroup: L\ntown: north",
        "L1: Hello.",
        {"L1": {"group": "L", "town": "north"}},
    ),
    "one person with another label": (
        "participant: L1\ngroup: L",
        "R: Hello.\nI: So?\nR: Yes.",
        {"L1": {"group": "L"}},
    ),
    "no group": ("participant: L1", "L1: Hello.", {"L1": {"group": NO_GROUP}}),
    "number as id": ("participant: 7\ngroup: L", "R: Hello.\nI: So?\nR: Yes.", {"7": {"group": "L"}}),
    "several people": (
        "participants:\n  L1: {group: L}\n  L2: {group: M, town: south}",
        "L1: Hello.\nL2: Hi.",
        {"L1": {"group": "L"}, "L2": {"group": "M", "town": "south"}},
    ),
    "several people without attributes": (
        "participants:\n  L1:\n  L2:",
        "L1: Hello.\nL2: Hi.",
        {"L1": {"group": NO_GROUP}, "L2": {"group": NO_GROUP}},
    ),
    "word that is a truth value elsewhere": (
        "participant: L1\ngroup: no",
        "L1: Hi.",
        {"L1": {"group": "no"}},
    ),
    "number kept as written": (
        "participant: L1\ngroup: L\nage: 1.50",
        "L1: Hi.",
        {"L1": {"group": "L", "age": "1.50"}},
    ),
    "nobody": ("date: spring", "L1: Hello.", {"L1": {"group": "L"}}),
    "empty": ("", "L1: Hello.", {"L1": {"group": "L"}}),
}


@pytest.mark.parametrize(("front", "speech", "expected"), FRONT.values(), ids=FRONT)
def test_participants_front_matter(tmp_path, front, speech, expected):
    read_back = load_one(tmp_path, f"---\n{front}\n---\nI: Hm?\n{speech}\n")
    assert expected == {person.id: dict(person.attributes) for person in read_back.participants}


CLOSINGS = {
    "hyphens": "---\nparticipant: L1\n---\nWe cook soup.\n",
    "dots": "---\nparticipant: L1\n...\nWe cook soup.\n",
    "windows line ends": "---\r\nparticipant: L1\r\n---\r\nWe cook soup.\r\n",
    "hyphens inside a value": "---\nparticipant: L1\nnote: north --- south\n---\nWe cook soup.\n",
    "hyphens in the speech": "---\nparticipant: L1\n---\n\nWe cook soup.",
    "byte order mark": "\ufeff---\nparticipant: L1\n---\nWe cook soup.\n",
}


@pytest.mark.parametrize("text", CLOSINGS.values(), ids=CLOSINGS)
def test_participants_front_matter_makes_an_unlabelled_text_one_turn(tmp_path, text):
    (transcript,) = load_one(tmp_path, text)
    said = [(turn.participant, transcript.text[turn.start : turn.end]) for turn in transcript.turns]
    assert [("L1", "We cook soup.")] == said


def test_participants_table_goes_before_front_matter(tmp_path):
    write_files(tmp_path, {"participants.csv": "participant,group\nL1,table\n"})
    people = load_one(tmp_path, "---\nparticipant: L1\ngroup: front\n---\nL1: Hello.\n").participants
    assert [("L1", "table")] == [(person.id, person.group) for person in people]


def test_participants_front_matter_fault_has_the_line_of_the_file(tmp_path):
    with pytest.raises(TranscriptError) as caught:
        load_one(tmp_path, "---\ndate: spring\nparticipant: L1\nparticipant: L2\n---\nL1: Hello.\n")
    assert [(4, "duplicate-key")] == [(fault.line, fault.rule) for fault in caught.value.faults]


def test_participants_rule_at_the_head_is_no_front_matter(tmp_path):
    (transcript,) = load_one(tmp_path, "---\nL1 was late that day\n---\nL1: Hello.\n")
    assert ["L1"] == [turn.participant for turn in transcript.turns]


def test_participants_front_matter_that_contradicts_itself_across_files_is_told(tmp_path):
    front = "---\nparticipant: L1\ngroup: {}\n---\nL1: {}\n"
    write_files(tmp_path, {"a.txt": front.format("north", "One."), "b.txt": front.format("south", "Two.")})
    try:
        told = [fault.message for fault in load_transcripts(tmp_path).warnings]
    except TranscriptError as error:
        told = [fault.message for fault in error.faults]
    assert any("L1" in message for message in told)


def test_participants_labels_in_other_case_are_one_person(tmp_path):
    (person,) = load_one(tmp_path, "L1: One.\nI: Hm?\nl1: Two.\n").participants
    assert "L1" == person.id
