"""``hrcode matrix`` on a terminal: everybody of a study, the first of an archive's thousands."""

import csv
import io
import re

import pytest

from builders import make_coded
from hrcode.cli.matrix import MOST
from hrcode.exchange.results import write_results
from test_cli import run

FRAME = ["food/cooks", "-food/wastes", "garden/digs"]


def study(folder, number):
    people = {f"P{i}": "AB"[i % 2] for i in range(number)}
    said = [(person, 5) for person in people]
    write_results(make_coded(people, said, [(0, "food/cooks"), (number - 1, "food/wastes")], FRAME), folder)
    return folder


def heads(text):
    return re.findall(r"\bP[0-9]+\b", "\n".join(x for x in text.splitlines() if x.startswith("Code")))


@pytest.mark.parametrize("number", [1, 13, MOST])
def test_matrix_shows_everybody_of_a_study(tmp_path, number):
    shown = run("matrix", str(study(tmp_path / "results", number))).stdout

    assert number == len(heads(shown))
    assert "participants shown" not in shown


def test_matrix_shows_the_first_of_thousands_and_says_where_all_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = str(study(tmp_path / "results", 3000))

    shown = run("matrix", folder).stdout

    assert MOST == len(set(heads(shown)))
    assert f"{MOST} of 3,000 participants shown" in shown
    assert "Wastes" in shown, "a code that only somebody has who is not shown"
    assert len(shown.splitlines()) < 200
    assert 3000 == len(list(csv.DictReader(io.StringIO(run("matrix", folder, "--format", "csv").stdout))))
    assert 0 == run("matrix", folder, "--out", "matrix.csv").exit_code
    assert 3001 == len((tmp_path / "matrix.csv").read_text().splitlines())


NOBODY = [
    (2, "1 code that nobody has (--format csv has it)"),
    (3, "2 codes that nobody has (--format csv has them)"),
]


@pytest.mark.parametrize(("frame", "says"), NOBODY)
def test_matrix_says_how_many_codes_nobody_has(tmp_path, frame, says):
    write_results(make_coded({"P1": "A"}, [("P1", 5)], [(0, "food/cooks")], FRAME[:frame]), tmp_path / "r")

    assert says in run("matrix", str(tmp_path / "r")).stdout
