"""Reading tables that other tools wrote: CSV with any usual separator, or a workbook; with a header."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hrcode.errors import CodebookError
from hrcode.exchange.cells import restore
from hrcode.exchange.codebooks.limits import MAX_BYTES
from hrcode.files import read_text
from hrcode.sheets import read_sheet
from hrcode.wording import counted


def read_table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Read a table.

    Args:
        path (Path): The file; ``.xlsx`` is read as a workbook (its first sheet), anything else as CSV.

    Returns:
        tuple[list[str], list[list[str]]]: Column names in small letters, and the rows that hold anything.

    Raises:
        CodebookError: When it is no such table, or a row has more cells than the header.
    """
    read = _sheet_rows if path.suffix.lower() == ".xlsx" else _csv_rows
    rows = read(path)
    if not rows:
        raise CodebookError(f"{path}: is empty.")
    width = len(rows[0][1])
    for line, row in rows[1:]:
        if len(row) > width:
            raise CodebookError(f"{path}:{line}: has {counted(len(row), 'cell')}, but should have {width}.")
    header = [" ".join(restore(cell).lower().replace("_", " ").split()) for cell in rows[0][1]]
    return header, [[restore(cell) for cell in row] + [""] * (width - len(row)) for _, row in rows[1:]]


def _sheet_rows(path: Path) -> list[tuple[int, list[str]]]:
    rows = read_sheet(path, error=CodebookError, max_bytes=MAX_BYTES)
    return [(number, cells[: _last(cells)]) for number, cells in rows]


def _last(cells: list[str]) -> int:
    """Give how many cells there are without the empty ones at the end, which a workbook may have."""
    return max((place for place, cell in enumerate(cells, start=1) if cell), default=0)


def _csv_rows(path: Path) -> list[tuple[int, list[str]]]:
    text = read_text(path, error=CodebookError, max_bytes=MAX_BYTES)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(MAX_BYTES)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise CodebookError(f"{path}:{reader.line_num}: is not valid CSV ({fault}).") from None
