"""Reads tables back from every format that hrcode writes, each into a head and rows of texts and numbers."""

from __future__ import annotations

import csv
import io
import json
import re

import pandas as pd

from hrcode.exchange.cells import restore


def read_csv(content, delimiter=","):
    head, *rows = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    return head, [[restore(cell) for cell in row] for row in rows]


def read_tsv(content):
    return read_csv(content, "\t")


def read_json(content):
    rows = json.loads(content)["rows"]
    return [*rows[0]], [[*row.values()] for row in rows]


def read_md(content):
    def split(line):
        return [
            re.sub(r"\\(.)", r"\1", cell.strip()) for cell in re.findall(r"((?:[^|\\]|\\.)*)\|", line[1:])
        ]

    lines = content.splitlines()
    return split(lines[0]), [split(line) for line in lines[2:]]


LATEX = {
    "\\textbackslash{}": "\\", "\\textasciitilde{}": "~", "\\textasciicircum{}": "^", "\\textless{}": "<",
    "\\textgreater{}": ">", "\\textbar{}": "|", "-{}": "-", **{f"\\{sign}": sign for sign in "&%$#_{}"},
}  # fmt: skip


def read_latex(content):
    signs = re.compile("|".join(map(re.escape, LATEX)))

    def cells(line):
        parts = re.split(r"(?<!\\)&", line.strip().removesuffix("\\\\"))
        return [signs.sub(lambda sign: LATEX[sign[0]], part.strip().removeprefix("{}")) for part in parts]

    head = re.search(r"\\toprule\n(.*)", content)[1]
    body = re.search(r"\\endfoot\n(.*?)\\end\{longtable\}", content, re.S)[1]
    return cells(head), [cells(line) for line in body.splitlines()]


def read_html(content):
    columns = content.split("</thead>")[0].count("<th ")
    as_text = dict.fromkeys(range(columns), str)
    (table,) = pd.read_html(io.StringIO(content), keep_default_na=False, converters=as_text)
    return [*map(str, table.columns)], table.to_numpy(dtype=object).tolist()


def read_xlsx(content, name=None):
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    book = load_workbook(io.BytesIO(content))
    page = book[name] if name else book.worksheets[0]
    assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)
    rows = [["" if cell is None else cell for cell in row] for row in page.iter_rows(values_only=True)]
    # openpyxl leaves codes such as _x0041_ as they are; office programs read them.
    return rows[0], [
        [restore(unescape(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows[1:]
    ]


def read_docx(content):
    from docx import Document

    head, rows = [], []
    for number, table in enumerate(Document(io.BytesIO(content)).tables):
        texts = [[cell.text for cell in row.cells] for row in table.rows]
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
        if number == 0:
            head, rows = texts[0], texts[1:]
        else:  # the first column is there again
            head = head + texts[0][1:]
            rows = [old + new[1:] for old, new in zip(rows, texts[1:], strict=True)]
    return head, rows


def read_parquet(content):
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(content))
    rows = [["" if value is None else value for value in row.values()] for row in table.to_pylist()]
    return table.column_names, rows


READERS = {
    "csv": read_csv,
    "tsv": read_tsv,
    "md": read_md,
    "latex": read_latex,
    "html": read_html,
    "json": read_json,
    "xlsx": read_xlsx,
    "docx": read_docx,
    "parquet": read_parquet,
}
