"""The output formats that commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

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
