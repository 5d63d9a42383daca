"""Reading CSV that other tools wrote: any usual separator, with a header."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hrcode.errors import CodebookError
from hrcode.exchange.cells import restore
from hrcode.exchange.codebooks.limits import MAX_BYTES
from hrcode.files import read_text


def read_csv(path: Path) -> tuple[list[str], list[list[str]]]:
    """Read a table.

    Args:
        path (Path): The file.

    Returns:
        tuple[list[str], list[list[str]]]: Column names in small letters, and the rows that hold anything.

    Raises:
        CodebookError: When it is no CSV, or a row has more cells than the header.
    """
    text = read_text(path, error=CodebookError, max_bytes=MAX_BYTES)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(MAX_BYTES)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append([restore(cell) for cell in row])
                if len(row) > len(rows[0]):
                    much = f"{len(row)} cells, but there are {len(rows[0])} columns"
                    raise CodebookError(f"{path}:{reader.line_num}: has {much}.")
    except csv.Error as fault:
        raise CodebookError(f"{path}:{reader.line_num}: is not valid CSV ({fault}).") from None
    if not rows:
        raise CodebookError(f"{path}: is empty.")
    header = [" ".join(cell.lower().replace("_", " ").split()) for cell in rows[0]]
    return header, [row + [""] * (len(header) - len(row)) for row in rows[1:]]
