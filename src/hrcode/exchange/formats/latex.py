"""Tables as LaTeX, with the rules of the package booktabs, over as many pages as they need."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hrcode.exchange.sheet import Sheet, is_numeric, one_line

MARK = "% Made by hrcode."
HEAD = f"{MARK} In the preamble: \\usepackage{{booktabs,longtable}}\n"
_SIGNS = {
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}  # fmt: skip
_SPECIAL = re.compile("[" + re.escape("".join(_SIGNS)) + "]")
_LONG, _WIDE = 30, "5cm"


def write_latex(sheet: Sheet) -> str:
    """Write a table as a ``longtable`` with the table's notes below it."""
    return HEAD + _table(sheet)


def book_latex(sheets: Sequence[Sheet]) -> str:
    """Write several tables, one below the other."""
    return HEAD + "\n".join(map(_table, sheets))


def escape(value: str) -> str:
    """Write a cell so that LaTeX prints it as it is."""
    text = _SPECIAL.sub(lambda sign: _SIGNS[sign[0]], one_line(value))
    text = re.sub("-(?=-)", "-{}", text)  # two in a row would become a dash
    # After the end of a row these would be taken for its options.
    return f"{{}}{text}" if text[:1] in ("[", "*") else text


def _table(sheet: Sheet) -> str:
    rows = [[escape(value) for value in row] for row in sheet.shown_rows()]
    shape = "".join(
        "r" if is_numeric(kind) else f"p{{{_WIDE}}}" if _is_long(rows, i) else "l"
        for i, kind in enumerate(sheet.kinds)
    )
    head = " & ".join(escape(column) for column in sheet.columns)
    body = "".join(f"{' & '.join(row)} \\\\\n" for row in rows)
    notes = "".join(f"\n\\noindent {escape(note)}\n" for note in sheet.notes)
    return (
        f"\\begin{{longtable}}{{{shape}}}\n\\caption{{{escape(sheet.title)}}} \\\\\n"
        f"\\toprule\n{head} \\\\\n\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n"
        f"{body}\\end{{longtable}}\n{notes}"
    )


def _is_long(rows: Sequence[Sequence[str]], column: int) -> bool:
    return any(len(row[column]) > _LONG for row in rows)
