"""Tables as files: the rows of a CSV, TSV or XLSX file, as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hrcode.errors import TranscriptError
from hrcode.sheets import read_sheet


class Row(NamedTuple):
    """A row of a table that is not empty.

    Args:
        number (int): Which row of the table it is, from 1; empty ones count.
        line (int): Line of the file on which it ends; in a workbook the same as ``number``.
        cells (Sequence[str]): Its cells.
    """

    number: int
    line: int
    cells: Sequence[str]


def csv_rows(text: str, path: Path) -> list[Row]:
    """Cut the text of a CSV or TSV file into rows; comma, semicolon or tab between the cells.

    Args:
        text (str): The text.
        path (Path): The file, for the error.

    Returns:
        list[Row]: Those that hold anything.

    Raises:
        TranscriptError: When it is not CSV, with the line.
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    limit = csv.field_size_limit(max(len(text), 131_072))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
        return [
            Row(number, reader.line_num, row)
            for number, row in enumerate(reader, start=1)
            if any(map(str.strip, row))
        ]
    except csv.Error as fault:
        raise TranscriptError(f"{path}:{reader.line_num}: is not a CSV file ({fault}).") from None
    finally:
        csv.field_size_limit(limit)


def xlsx_rows(path: Path) -> list[Row]:
    """Read the rows of a workbook's first sheet (see `hrcode.sheets.read_sheet`)."""
    return [Row(number, number, cells) for number, cells in read_sheet(path, error=TranscriptError)]
