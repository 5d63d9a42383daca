"""Every format holds the same numbers and words, is the same bytes every time, and runs nothing."""

import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from builders import make_coded
from hrcode.analysis.compare import compare
from hrcode.analysis.matrix import matrix
from hrcode.cli.app import app
from hrcode.errors import ResultsError
from hrcode.exchange.formats import word
from hrcode.exchange.results import write_results
from hrcode.exchange.sheet import kind_of, printable, sheet_of
from hrcode.exchange.tables import BINARY, BOOKS, ENDINGS, WRITERS, format_of, table_text
from hrcode.schema import TABLES
from reading_back import READERS

ODD = {
    "formula": "=cmd|' /C calc'!A0",
    "at": "@SUM(1,1)",
    "minus": "-1+1",
    "apostrophe": "'=1",
    "looks like an error": "#N/A",
    "looks like a number": "1.10",
    "looks like a date": "3/4",
    "right to left": "שלום עולם, مرحبا \u202eabc",
    "new lines": "one\ntwo\r\nthree\n\nfour",
    "tab": "one\ttwo",
    "pipes": "a | b || c \\| d",
    "latex": "&%$#_{}~^\\ -- ---- [x] \\\\ \\begin{x}",
    "row options": "[1cm] after the row before",
    "star": "* star",
    "html": "<script>alert('x')</script> &amp; <b>",
    "markdown": "*a* _b_ `c` [d](e) # f",
    "long": "lorem ipsum " * 500,
    "control": "bell\x07 null\x00 escape\x1b vertical\x0b",
    "no character": "\ufffe",
    "empty": "",
    "blank ends": "  x  ",
    "emoji": "\U0001f375 e\u0301",
    "quotes": "\"a\" 'b' “c”",
    "quoted bar": '"|"',
    "codes of a workbook": "_x0041_x000D_ _x005F_",
}
XML = [
    "</t></is></c></row></sheetData>",
    "<r><t>rich</t></r>",
    "&amp; &#13; &lt;",
    "]]>",
    "\r\n",
    " ",
    "\u2028",
    "_x000D_",
    "_x005F_x0041_x0042_",
    "x" * 32_767,
]
NUMBERS = [0, 1, -5, 12, 1_234_567]


def odd_table():
    cells = [*ODD.values()]
    return pd.DataFrame(
        {
            "participant": [*ODD],
            "text": cells,
            "segments": [NUMBERS[i % len(NUMBERS)] for i in range(len(cells))],
            "rate & share_%": [round(i / 7 - 1, 3) for i in range(len(cells))],
            "run": ["" if i % 2 else i for i in range(len(cells))],
            "again": cells[::-1],
        }
    )


def in_common(cell):
    """Bring a cell to what all formats can hold: text on one line, numbers whatever their form."""
    text = " ".join(printable(cell).split()) if isinstance(cell, str) else cell
    return float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", str(text)) else text


def as_read(format_, table):
    head, rows = READERS[format_](table_text(table, format_))
    return head, [[*map(in_common, row)] for row in rows]


FOUR = {f"P{i}": "peers | = & <b>" if i < 4 else "=social_workers" for i in range(8)}
CODED = make_coded(
    FOUR,
    [(person, 30 + i) for i, person in enumerate(FOUR)],
    [(0, "food/cooks"), (0, "food/shares"), (1, "food/cooks"), (5, "food/wastes"), (3, "food/cooks")],
    ["food/cooks", "food/shares", "-food/wastes"],
)
MANY = make_coded(
    FOUR, [(person, 30) for person in FOUR], [(0, "c0/s1"), (7, "c9/s9")],
    [f"c{i}/s{j}" for i in range(10) for j in range(10)],
)  # fmt: skip
CASES = {
    "odd cells": odd_table(),
    "a comparison": compare(CODED),
    "a matrix of a hundred codes": matrix(MANY),
    "one column": pd.DataFrame({"word": ["a", "b", "=c"]}),
    "one row": pd.DataFrame({"a": [1], "b": [0.5], "c": ["x"]}),
}


@pytest.mark.parametrize("format_", WRITERS)
@pytest.mark.parametrize("table", CASES.values(), ids=CASES)
def test_formats_hold_what_the_csv_holds(table, format_):
    assert as_read("csv", table) == as_read(format_, table)


@pytest.mark.parametrize("format_", ["csv", "tsv", "json"])
def test_formats_for_programs_give_every_text_back_as_it_was(format_):
    rows = READERS[format_](table_text(odd_table(), format_))[1]
    assert [*ODD.values()] == [row[1] for row in rows]


@pytest.mark.parametrize("format_", ["xlsx", "parquet"])
def test_formats_of_spreadsheets_and_parquet_keep_line_ends_and_blanks(format_):
    table = odd_table().set_index("participant").drop(index=["control", "no character"]).reset_index()
    rows = READERS[format_](table_text(table, format_))[1]
    assert [*table["text"]] == [row[1] for row in rows]


@pytest.mark.parametrize("format_", [name for name in WRITERS if name not in ("json", "html")])
def test_formats_of_an_empty_table_have_its_columns(format_):
    head, rows = READERS[format_](table_text(compare(CODED).iloc[:0], format_))
    assert ([*compare(CODED).columns], []) == ([*head], rows)


@pytest.mark.parametrize("format_", WRITERS)
def test_formats_are_the_same_bytes_every_time(format_, monkeypatch):
    import time

    first = table_text(odd_table(), format_)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert first == table_text(odd_table(), format_)


@pytest.mark.parametrize("format_", ["xlsx", "docx"])
def test_formats_of_offices_hold_no_time_of_writing(tmp_path, format_):
    path = tmp_path / "table"
    path.write_bytes(table_text(odd_table(), format_))
    with zipfile.ZipFile(path) as package:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in package.infolist()}
        assert b"2000-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_formats_workbook_is_made_for_reading(tmp_path):
    from openpyxl import load_workbook

    (tmp_path / "t.xlsx").write_bytes(table_text(compare(CODED), "xlsx"))
    book = load_workbook(tmp_path / "t.xlsx")
    page = book["comparison"]
    assert ["comparison", "columns"] == book.sheetnames
    assert "A2" == page.freeze_panes
    assert page.auto_filter.ref.startswith("A1:")
    assert page["A1"].font.bold
    assert page.column_dimensions["A"].width < page.column_dimensions["S"].width
    meanings = [*book["columns"].iter_rows(values_only=True)]
    assert ("comparison", "participants", "integer", TABLES["comparison"]["participants"]) in meanings
    assert any(row[2] == "note" and "Small groups" in row[3] for row in meanings)


def test_formats_workbook_says_where_a_text_is_cut():
    table = pd.DataFrame({"text": ["x" * 40_000]})
    (row,) = READERS["xlsx"](table_text(table, "xlsx"))[1]
    assert len(row[0]) == 32_767
    assert row[0].endswith("see the CSV]")


def test_formats_workbook_counts_a_cell_in_utf_16():
    fits = "x" + "😀" * 16_383
    texts = [fits, fits + "x", "x" + fits]
    rows = READERS["xlsx"](table_text(pd.DataFrame({"text": texts}), "xlsx"))[1]
    assert [False, True, True] == [row[0].endswith("see the CSV]") for row in rows]
    assert fits == rows[0][0]
    assert all(32_765 <= len(row[0].encode("utf-16-le")) / 2 <= 32_767 for row in rows)


@settings(max_examples=25)
@given(st.lists(st.one_of(st.text(), st.sampled_from(XML)), min_size=1, max_size=30))
def test_formats_workbook_keeps_every_text_that_xml_can_hold(texts):
    rows = READERS["xlsx"](table_text(pd.DataFrame({"text": texts}), "xlsx"))[1]
    assert [printable(text) for text in texts] == [row[0] for row in rows]


def test_formats_workbook_refuses_more_rows_than_it_holds(monkeypatch):
    from hrcode.exchange.formats import workbook

    monkeypatch.setattr(workbook, "MOST_ROWS", 20)
    with pytest.raises(ResultsError, match=r"25 rows.*Choose csv"):
        table_text(odd_table(), "xlsx")


def test_formats_word_table_is_cut_where_word_would_refuse_it():
    from io import BytesIO

    from docx import Document

    tables = Document(BytesIO(table_text(matrix(MANY), "docx"))).tables
    assert [63, 42] == [len(table.columns) for table in tables]
    assert max(len(table.columns) for table in tables) <= word.MOST_COLUMNS


def test_formats_html_is_one_accessible_page():
    page = table_text(odd_table(), "html")
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in page
    assert "<caption>" in page
    assert '<th scope="col"' in page
    assert '<th scope="row"' in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=", page)
    assert "default-src 'none'" in page


@given(st.text())
def test_formats_latex_leaves_no_sign_that_latex_would_obey(text):
    from hrcode.exchange.formats.latex import escape

    left = re.sub(r"\\text[a-z]+\{\}|\\[&%$#_{}]|\{\}", " ", escape(text))
    assert not re.search(r"[\\&%$#_{}~^<>|]|--", left)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2], "integer"),
        ([1, 0.5], "number"),
        ([1, ""], "integer"),
        (["", 0.5], "number"),
        (["1"], "string"),
        ([], "string"),
        ([""], "string"),
        ([float("nan"), 1], "integer"),
        ([None, "a"], "string"),
    ],
)
def test_formats_kind_of_a_column(values, kind):
    assert kind == kind_of("x", pd.Series(values, dtype=object))


def test_formats_sheet_knows_its_schema_by_its_columns():
    for name, columns in TABLES.items():
        assert name == sheet_of(pd.DataFrame(columns=[*columns])).name


def test_formats_each_have_an_ending_of_their_own():
    assert [*WRITERS] == [format_of(Path(f"x{ending.upper()}")) for ending in ENDINGS.values()]
    assert set(WRITERS) > set(BOOKS)
    assert "" == format_of(Path("x.doc"))


def test_formats_parquet_without_pyarrow_names_the_extra(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ResultsError, match=r"hrcode\[parquet\]"):
        table_text(odd_table(), "parquet")


def run(*args):
    return CliRunner().invoke(app, [*args], prog_name="hrcode", env={"COLUMNS": "80", "NO_COLOR": "1"})


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "results"
    write_results(CODED, folder)
    return str(folder)


@pytest.mark.parametrize(
    "view", [["compare"], ["matrix"], ["cooccur"], ["quotes"], ["coverage"], ["uncoded"]]
)
@pytest.mark.parametrize("format_", WRITERS)
def test_cli_the_ending_of_out_decides(results, tmp_path, view, format_):
    path = tmp_path / f"table{ENDINGS[format_]}"
    done = run(*view, results, "--out", str(path))
    assert (0, "") == (done.exit_code, done.stdout)
    content = path.read_bytes()
    if format_ in BINARY:
        assert content == _written(view, results, format_, tmp_path)
    else:
        assert content.decode() == run(*view, results, "--format", format_).stdout


def _written(view, results, format_, folder):
    assert 0 == run(*view, results, "--format", format_, "--out", str(folder / "other")).exit_code
    return (folder / "other").read_bytes()


@pytest.mark.parametrize("format_", sorted(BINARY))
def test_cli_what_is_no_text_needs_a_file(results, format_):
    for command in (["compare", results], ["code", "nothing"]):
        done = run(*command, "--format", format_)
        assert (2, "") == (done.exit_code, done.stdout)
        assert "--out" in done.stderr


def test_cli_an_ending_that_tells_nothing_is_refused(results, tmp_path):
    done = run("compare", results, "--out", str(tmp_path / "table.doc"))
    assert 2 == done.exit_code
    assert ".docx" in done.stderr
    assert [] == [*tmp_path.iterdir()]
