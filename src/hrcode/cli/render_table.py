"""Plain tables for a terminal, each column as wide as it may be."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text


class Column(NamedTuple):
    """A column: its head, on which side it stands, and its width (None: as its widest cell needs)."""

    head: str
    justify: Literal["left", "right"] = "right"
    width: int | None = None


def print_rows(console: Console, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
    """Print rows in columns.

    Args:
        console (Console): Where to.
        columns (Sequence[Column]): The columns.
        rows (Iterable[Sequence[object]]): Cells in their order; text in a column of a fixed width wraps
            with an indent.
    """
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(Text(column.head), justify=column.justify, width=column.width, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value, column.width) for value, column in zip(row, columns, strict=True)))
    console.print(table)


def _cell(value: object, width: int | None) -> Text:
    text = str(value)
    return Text(textwrap.fill(text, width, subsequent_indent="  ") if width and len(text) > width else text)


def paragraph(console: Console, text: str) -> None:
    """Print a paragraph as it is, whatever signs are in it."""
    console.print(Text(text))


def percent(share: float) -> str:
    """Write a share as whole per cent."""
    return f"{100 * share:.0f}%"
