"""``hrcode matrix``: participants by codes, for R and SPSS, from saved results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.formats import Format, check_out, emit
from hrcode.cli.guard import guarded
from hrcode.cli.options import (
    ByOption,
    FormatOption,
    HideBelowOption,
    OutOption,
    ResultsArgument,
    WhereOption,
)
from hrcode.wording import counted, noun

if TYPE_CHECKING:
    import pandas as pd

    from hrcode.coding.model import Coded

MOST = 100
"""Participants whom a table on a terminal shows; nobody reads thousands of columns there."""
EXAMPLE = "Example: hrcode matrix results --values presence --format csv --out matrix.csv"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("matrix", epilog=EXAMPLE)(guarded(_matrix))


def _matrix(
    results: ResultsArgument = "results",
    values: Annotated[
        str, typer.Option(help="segments: coded; presence: 0 or 1; rate: segments per 1,000 words.")
    ] = "segments",
    level: Annotated[str, typer.Option(help="subcategory or category.")] = "subcategory",
    by: ByOption = None,
    where: WhereOption = None,
    hide_below: HideBelowOption = 0,
    format_: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """Show a table with a row for every participant and a column for every code."""
    from hrcode.analysis.matrix import matrix
    from hrcode.exchange.results import read_results

    format_ = check_out(out, format_)
    coded = read_results(results, where=where)
    table = matrix(coded, values=values, level=level, by=by, where=where, hide_below=hide_below)  # type: ignore[arg-type]
    emit(table, format_, out, lambda: _print(coded, table))


def _print(coded: Coded, table: pd.DataFrame) -> None:
    """Print codes as rows, in as many blocks of participants as the terminal's width asks for."""
    from hrcode.cli.console import OutputConsole
    from hrcode.cli.render import say_warnings
    from hrcode.cli.render_table import Column, paragraph, print_rows

    console = OutputConsole()
    name, least = 30, 4
    shown = table.head(MOST)
    width = max([least, *(len(person) for person in shown["participant"])])
    each = max(1, (console.width - name - 1) // (width + 1))
    codes = [column for column in table.columns[4:] if table[column].any()]
    labels = _labels(coded, table)
    for start in range(0, len(shown), each):
        block = shown.iloc[start : start + each]
        columns = [
            Column("Code", "left", name),
            *(Column(person, "right", width) for person in block["participant"]),
        ]
        rows: list[tuple[object, ...]] = [("group", *(group[:width] for group in block["group"])),
                                          ("words", *block["words"])]  # fmt: skip
        rows += [(labels[code], *(value or "." for value in block[code])) for code in codes]
        print_rows(console, columns, rows)
        console.print()
    if silent := len(table.columns) - 4 - len(codes):
        have = f"--format csv has {noun(silent, 'it', 'them')}"
        paragraph(console, f"Not shown: {counted(silent, 'code')} that nobody has ({have}).")
    if len(shown) < len(table):
        paragraph(
            console,
            f"{len(shown)} of {counted(len(table), 'participant')} shown: --where shows others, "
            "--out matrix.csv or --format csv has all.",
        )
    say_warnings(table, console.width)


def _labels(coded: Coded, table: pd.DataFrame) -> dict[str, str]:
    """Give the label of each column that is a code."""
    from hrcode.cli.render import signed
    from hrcode.cli.render_compare import code_labels

    labels = code_labels(coded)
    found = {}
    for column, stance in table.attrs["stances"].items():
        category, _, sub = column.removesuffix(f" ({stance})").partition("/")
        found[column] = signed(labels[category, sub, stance], stance)
    return found
