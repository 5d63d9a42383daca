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
    """How a table is printed; all but the first are formats of `hrcode.exchange.tables.WRITERS`."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    md = "md"
    latex = "latex"
    html = "html"
    json = "json"
    xlsx = "xlsx"
    docx = "docx"
    parquet = "parquet"


class Layout(StrEnum):
    """How a table's rows are made: for programs, or for readers."""

    tidy = "tidy"
    readable = "readable"


class TextOrJson(StrEnum):
    """How something that is no table is printed: for people, or for programs."""

    text = "text"
    json = "json"


def print_table(table: pd.DataFrame, format_: Format, out: Path | None = None) -> None:
    """Print a table in a format, or write it to a file.

    Args:
        table (pandas.DataFrame): The table.
        format_ (Format): Any but ``table``.
        out (Path | None): File to write, whole or not at all; None for stdout.

    Raises:
        ResultsError: When the file cannot be written, or the format cannot hold the table.
    """
    from hrcode.errors import ResultsError
    from hrcode.exchange.tables import table_text
    from hrcode.writing import replace_files

    content = table_text(table, format_.value)
    if out is not None:
        replace_files(out.parent, {out.name: content}, error=ResultsError)
    elif isinstance(content, str):
        typer.echo(content, nl=False)


def check_out(out: str | None, format_: Format) -> Format:
    """Settle a table's format before any work, and refuse what cannot be written.

    Args:
        out (str | None): The file, if one was named; its ending decides where no format was.
        format_ (Format): The format named, or ``table``.

    Returns:
        Format: The format.

    Raises:
        StudyError: When the file's ending tells no format, the format is no text and no file was
            named, or the file belongs to a run's results.
    """
    if not out and format_ is Format.table:
        return format_  # nothing to refuse, and so no need to load what writes
    from hrcode.errors import StudyError
    from hrcode.exchange.results_folder import is_result_file
    from hrcode.exchange.tables import BINARY, ENDINGS, format_of

    if out and format_ is Format.table:
        endings = ", ".join(ENDINGS.values())
        if not (name := format_of(Path(out))):
            raise StudyError(
                f"{out}: its ending tells no format. Add --format csv, or let it end in one of {endings}."
            )
        format_ = Format(name)
    if not out and format_.value in BINARY:
        raise StudyError(
            f"{format_.value} cannot be printed; name a file to write with --out, "
            f"such as --out table{ENDINGS[format_.value]}."
        )
    if out and is_result_file(Path(out)):
        raise StudyError(f"{out}: is a file of a run; writing it would lose results. Choose another --out.")
    return format_


def emit(table: pd.DataFrame, format_: Format, out: str | None, render: Callable[[], None]) -> None:
    """Print a table for a person, or as a format, or write it to a file.

    Args:
        table (pandas.DataFrame): The table.
        format_ (Format): How; what `check_out` gave.
        out (str | None): File to write instead of printing.
        render (Callable[[], None]): Prints the table for a person.
    """
    if format_ is Format.table:
        render()
        return
    print_table(table, format_, Path(out) if out else None)
    if out:
        say(f"Wrote {out}")
