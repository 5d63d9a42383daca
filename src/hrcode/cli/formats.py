"""The output formats that commands share."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hrcode.cli.guard import say

if TYPE_CHECKING:
    import pandas as pd


class Format(StrEnum):
    """How a table is printed."""

    table = "table"
    csv = "csv"
    md = "md"
    json = "json"


class TextOrJson(StrEnum):
    """How something that is no table is printed: for people, or for programs."""

    text = "text"
    json = "json"


def print_table(table: pd.DataFrame, format_: Format, out: Path | None = None) -> None:
    """Print a table as CSV, Markdown or JSON, or write it to a file.

    Args:
        table (pandas.DataFrame): The table.
        format_ (Format): Any but ``table``.
        out (Path | None): File to write, whole or not at all; None for stdout.

    Raises:
        ResultsError: When the file cannot be written.
    """
    from hrcode.errors import ResultsError
    from hrcode.exchange.tables import WRITERS
    from hrcode.writing import replace_files

    text = WRITERS[format_.value](table)
    if out is None:
        typer.echo(text, nl=False)
    else:
        replace_files(out.parent, {out.name: text}, error=ResultsError)


def check_out(out: str | None, format_: Format) -> None:
    """Refuse, before any work, a file that a table cannot be written to.

    Args:
        out (str | None): The file, if one was named.
        format_ (Format): How the table is printed.

    Raises:
        StudyError: When no format was named, or the file belongs to a run's results.
    """
    from hrcode.errors import StudyError
    from hrcode.exchange.results import is_result_file

    if out and format_ is Format.table:
        raise StudyError("--out needs a format to write: add --format csv, md or json.")
    if out and is_result_file(Path(out)):
        raise StudyError(f"{out}: is a file of a run; writing it would lose results. Choose another --out.")


def emit(table: pd.DataFrame, format_: Format, out: str | None, render: Callable[[], None]) -> None:
    """Print a table for a person, or as a format, or write it to a file.

    Args:
        table (pandas.DataFrame): The table.
        format_ (Format): How.
        out (str | None): File to write instead of printing.
        render (Callable[[], None]): Prints the table for a person.
    """
    if format_ is Format.table:
        render()
        return
    print_table(table, format_, Path(out) if out else None)
    if out:
        say(f"Wrote {out}")
