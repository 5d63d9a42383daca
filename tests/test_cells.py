import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcode.exchange.cells import csv_parts, defuse, restore, to_csv

TEXT = st.text(st.one_of(st.sampled_from("=+-@'\t\r\n,\"; a1"), st.characters(exclude_categories=["Cs"])))

DEFUSED = [
    ("=1+1", "'=1+1"),
    ("+49", "'+49"),
    ("-5", "'-5"),
    ("- he said", "'- he said"),
    ("@home", "'@home"),
    ("\tx", "'\tx"),
    ("\rx", "'\rx"),
    ("'=1+1", "''=1+1"),
    ("''=1", "'''=1"),
    ("plain", "plain"),
    ("a=b", "a=b"),
    ("'tis", "'tis"),
    ("''", "''"),
    ("", ""),
    (-5, -5),
    (0.5, 0.5),
]


@pytest.mark.parametrize(("cell", "expected"), DEFUSED)
def test_cells_defuse(cell, expected):
    assert expected == defuse(cell)


@given(TEXT)
def test_cells_restore_takes_back_what_defuse_did(text):
    assert text == restore(defuse(text))


@given(TEXT)
def test_cells_defused_text_is_no_formula(text):
    assert defuse(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_cells_csv_gives_every_cell_back(rows):
    read = list(csv.reader(io.StringIO(to_csv(["one", "two"], rows), newline="")))
    assert [("one", "two"), *rows] == [tuple(map(restore, row)) for row in read]


def test_cells_csv_ends_lines_with_a_line_feed():
    assert "one,two\n1,'=x\n" == to_csv(["one", "two"], [(1, "=x")])


def test_cells_equal_numbers_are_written_each_in_its_own_way():
    rows = [[1, "1"], [1.0, 1], [True, "=1"], ["1", ""], [0.0, "1.0"]]
    assert to_csv(["a", "b"], rows).splitlines() == ["a,b", "1,1", "1.0,1", "True,'=1", "1,", "0.0,1.0"]


def test_cells_many_rows_are_all_written_in_their_order():
    rows = [[number, f"=row {number % 7}", "x"] for number in range(2_500)]
    expected = [f"{number},'=row {number % 7},x" for number in range(2_500)]
    assert to_csv(["n", "r", "x"], rows).splitlines()[1:] == expected


CELL = st.one_of(TEXT, st.integers(), st.booleans(), st.floats(allow_nan=False))


@given(st.lists(st.tuples(CELL, CELL, st.integers(0, 9)), max_size=8), st.sampled_from([",", "\t"]))
def test_cells_columns_are_written_as_their_rows_are(rows, delimiter):
    names = ["one", "two", "three"]
    columns = [*zip(*rows, strict=True)] or [(), (), ()]
    assert to_csv(names, rows, delimiter) == "".join(csv_parts(names, columns, delimiter))


def test_cells_many_columns_are_written_in_batches_as_their_rows_are():
    rows = [(f"{number % 7}, {number}", number) for number in range(2_500)]
    assert to_csv(["one", "two"], rows) == "".join(csv_parts(["one", "two"], [*zip(*rows, strict=True)]))
