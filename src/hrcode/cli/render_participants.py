"""The sample on a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from hrcode.cli.console import OutputConsole
from hrcode.cli.render import records, say_warnings
from hrcode.cli.render_table import Column, print_rows

if TYPE_CHECKING:
    import pandas as pd

_NAME = 30
_WIDEST = 14
_TOGETHER = {"mean": ("mean (SD)", "sd", "{} ({})"), "min": ("range", "max", "{}-{}"),
             "first": ("from, to", "last", "{}, {}")}  # fmt: skip


def render_sample(table: pd.DataFrame) -> None:
    """Print a table of the sample: attributes as rows, groups as columns, as many as there is room for.

    Args:
        table (pandas.DataFrame): What `hrcode.sample_table` gave.
    """
    console = OutputConsole()
    lines = [*_lines(records(table), [str(column) for column in table.columns[2:]])]
    heads = ["", *map(str, table.columns[2:])]
    widths = [
        min(_WIDEST, max([len(head), *(len(str(line[i])) for line in lines)])) for i, head in enumerate(heads)
    ]
    for block in _blocks(widths[1:], console.width - _NAME - 1):
        columns = [Column("", "left", _NAME), *(Column(heads[i + 1], "right", widths[i + 1]) for i in block)]
        print_rows(console, columns, [(line[0], *(line[i + 1] for i in block)) for line in lines])
        console.print()
    say_warnings(table, console.width)


def _blocks(widths: list[int], room: int) -> list[list[int]]:
    """Cut columns into blocks that fit."""
    blocks: list[list[int]] = [[]]
    for i, width in enumerate(widths):
        if blocks[-1] and sum(widths[j] + 1 for j in blocks[-1]) + width + 1 > room:
            blocks.append([])
        blocks[-1].append(i)
    return blocks


def _lines(rows: list[dict[str, Any]], columns: list[str]) -> list[list[object]]:
    """Write rows below the name of their attribute; mean and deviation, and both ends, on one line."""
    lines: list[list[object]] = []
    for name, own in groupby(rows, key=lambda row: row["attribute"]):
        rows_of = {str(row["value"]): row for row in own}
        if name == "participants" and [*rows_of] == ["n"]:
            lines.append(["Participants", *(rows_of["n"][column] for column in columns)])
            continue
        lines.append([name, *[""] * len(columns)])
        for value, row in rows_of.items():
            label, other, pattern = _TOGETHER.get(value, (value, "", "{}"))
            if other in rows_of:
                cells = [_both(pattern, row[c], rows_of[other][c]) for c in columns]
                lines.append([f"  {label}", *cells])
            elif not any(value == last and first in rows_of for first, (_, last, _) in _TOGETHER.items()):
                lines.append([f"  {value}", *(row[column] for column in columns)])
    return lines


def _both(pattern: str, one: object, two: object) -> object:
    return one if two in ("", one) else pattern.format(one, two)


def render_list(table: pd.DataFrame) -> None:
    """Print a row for each participant.

    Args:
        table (pandas.DataFrame): What `hrcode.list_participants` gave.
    """
    console = OutputConsole()
    rest = [str(column) for column in table.columns[5:]]
    heads = ["participant", "group", "words", "turns", "transcripts", *rest]
    rows = [
        [f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row]
        for row in table.itertuples(index=False, name=None)
    ]
    widths = [min(_WIDEST, max([len(head), *(len(row[i]) for row in rows)])) for i, head in enumerate(heads)]
    for block in _blocks(widths[1:], console.width - widths[0] - 1):
        columns = [
            Column(heads[0], "left", widths[0]),
            *(Column(heads[i + 1], "right" if i in (1, 2) else "left", widths[i + 1]) for i in block),
        ]
        print_rows(console, columns, [(row[0], *(row[i + 1] for i in block)) for row in rows])
        console.print()
    say_warnings(table, console.width)
