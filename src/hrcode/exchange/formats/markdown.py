"""Tables as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from hrcode.exchange.sheet import Sheet, is_numeric, one_line

MARK = "<!-- Made by hrcode. -->"


def write_markdown(sheet: Sheet) -> str:
    """Write a table as a Markdown pipe table; bars and line ends in cells are escaped."""
    lines = [[_cell(column) for column in sheet.columns]]
    lines.append(["---:" if is_numeric(kind) else "---" for kind in sheet.kinds])
    lines += [[_cell(value) for value in row] for row in sheet.shown_rows()]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: str) -> str:
    text = one_line(value)
    for sign in "\\|<>*_`[]":
        text = text.replace(sign, f"\\{sign}")
    return text


def book_markdown(sheets: Sequence[Sheet]) -> str:
    """Write several tables as one page: a heading, the table and its notes."""
    return f"{MARK}\n\n" + "\n".join(
        f"## {_cell(sheet.title)}\n\n{write_markdown(sheet)}"
        + "".join(f"\n{_cell(note)}\n" for note in sheet.notes)
        for sheet in sheets
    )
