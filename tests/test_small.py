"""Small groups left out: what is shown is what a study without them would show."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from builders import code_study, make_coded
from hrcode.analysis.compare import compare
from hrcode.analysis.differences import differences
from hrcode.analysis.hide import hide_small
from hrcode.analysis.matrix import matrix
from hrcode.analysis.sensitivity import sensitivity
from hrcode.cli.app import app
from hrcode.errors import StudyError
from hrcode.exchange.results import write_results

FRAME = ["food/cooks", "-food/wastes", "garden/digs"]
LARGE = {
    **{f"A{i}": {"group": "A", "role": "nurse" if i < 3 else "peer", "event": "x"} for i in range(4)},
    **{f"B{i}": {"group": "B", "role": "peer", "event": "y"} for i in range(3)},
}
SMALL = {
    "C1": {"group": "C", "role": "judge", "event": "x"},
    "C2": {"group": "C", "role": "peer", "event": "y"},
}
SAID = [("A0", 20), ("A1", 10), ("A3", 10), ("B0", 30), ("B1", 8), ("C1", 10), ("C2", 12), ("A2", 9),
        ("B2", 7)]  # fmt: skip
CODES = [(0, "food/cooks"), (1, "food/cooks"), (2, "food/wastes"), (3, "garden/digs"), (5, "garden/digs"),
         (6, "food/cooks"), (7, "food/cooks"), (8, "garden/digs"), (4, "garden/digs")]  # fmt: skip


def study(people):
    said = [one for one in SAID if one[0] in people]
    numbers = {i: said.index(one) for i, one in enumerate(SAID) if one[0] in people}
    return make_coded(people, said, [(numbers[i], code) for i, code in CODES if i in numbers], FRAME)


WITH, WITHOUT = study({**LARGE, **SMALL}), study(LARGE)
TABLES = {
    "compare": lambda coded, **more: compare(coded, **more),
    "differences": lambda coded, **more: differences(coded, **more),
    "p-values": lambda coded, **more: differences(coded, p=True, **more),
    "rest": lambda coded, **more: differences(coded, against="rest", **more),
    "matrix": lambda coded, **more: matrix(coded, **more),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_small_groups_leave_no_trace(table):
    hidden = table(WITH, hide_below=3)
    plain = table(WITHOUT)
    assert plain.equals(hidden)
    told = hidden.attrs.pop("warnings")
    assert "1 group of fewer than 3 participants" in told[-1]
    assert plain.attrs.pop("warnings") == told[:-1]
    assert plain.attrs == hidden.attrs


def test_small_groups_are_named_in_no_table():
    for table in (*TABLES.values(), lambda coded, **more: sensitivity(coded, **more)):
        made = table(WITH, hide_below=3)
        text = made.to_json() + json.dumps({k: v for k, v in made.attrs.items() if k != "rule"})
        assert '"C' not in text
        assert "C1" not in text


def test_small_three_attributes_together():
    """The only judge of an event is alone in group, role and event together."""
    groups = [*compare(WITH, by="group,role,event").attrs["groups"]]
    assert "C / judge / x" in groups
    assert ["A / nurse / x", "B / peer / y"] == [
        *compare(WITH, by="group,role,event", hide_below=2).attrs["groups"]
    ]


def test_small_nothing_to_hide_changes_nothing():
    assert compare(WITH).equals(compare(WITH, hide_below=2))
    assert compare(WITH).attrs == compare(WITH, hide_below=2).attrs


@pytest.mark.parametrize(("below", "words"), [(1, "smallest number"), (-3, "smallest"), (5, "Every group")])
def test_small_refuses(below, words):
    with pytest.raises(StudyError, match=words):
        compare(WITH, hide_below=below)


@pytest.mark.parametrize("command", [["compare"], ["compare", "--differences"], ["compare", "--sensitivity"],
                                     ["matrix"], ["participants"], ["participants", "--list"]])  # fmt: skip
@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_cli_small_groups_are_hidden(tmp_path, monkeypatch, command, format_):
    monkeypatch.chdir(tmp_path)
    write_results(WITH, "results")
    args = [command[0], "results", *command[1:], "--hide-below", "3", "--format", format_]
    done = CliRunner().invoke(app, args)
    assert 0 == done.exit_code, done.output
    assert "C1" not in done.output
    assert "judge" not in done.output
    assert "1 group of fewer than 3" in " ".join(done.output.split()) or format_ == "csv"


def test_hide_small_gives_a_study_without_these_people():
    hidden = hide_small(WITH, 3)
    assert WITHOUT.participants == hidden.participants
    assert compare(WITHOUT).equals(compare(hidden))
    assert matrix(WITHOUT).equals(matrix(hidden))
    assert {s.participant for s in hidden.segments} == {*LARGE}


def test_hide_small_leaves_joint_words_and_lonely_transcripts_out(tmp_path):
    files = {
        "A1.txt": "I: Hm?\nA1: One.\n",
        "A2.txt": "A2: Two.\n",
        "B1.txt": "I: Why, B1?\nB1: Three.\n",
        "participants.csv": "participant,group,consent\nA1,A,no\nA2,A,yes\nB1,B,no\n",
    }
    coded = code_study(tmp_path, files, {"a/b": ["one"]})
    joint = coded.segments[-1]._replace(transcript="A2", segment_id="A2:9.1", participant="A2 + B1")
    hidden = hide_small(replace(coded, segments=(*coded.segments, joint)), 2)
    assert ["A1", "A2"] == [person.id for person in hidden.participants]
    assert {"A1:1.1", "A1:2.1", "A2:1.1"} == {segment.segment_id for segment in hidden.segments}
    assert "B1" not in json.dumps(hidden.run)
    assert {"A1"} == hidden.run["not_quoted"].keys()


def test_hide_small_with_nothing_to_hide_is_the_same():
    assert hide_small(WITHOUT, 3) is WITHOUT


def test_cli_export_hides_in_every_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_results(WITH, "results")
    done = CliRunner().invoke(app, ["export", "results", "--out", "t", "--hide-below", "3"])
    assert 0 == done.exit_code, done.output
    assert "1 group of fewer than 3" in (tmp_path / "t" / "datapackage.json").read_text(encoding="utf-8")
    for path in (tmp_path / "t").iterdir():
        assert "C1" not in path.read_text(encoding="utf-8"), path
        assert "judge" not in path.read_text(encoding="utf-8"), path
