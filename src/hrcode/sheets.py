"""The first sheet of a workbook (.xlsx) that comes from outside, as rows of text."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from pathlib import Path

from hrcode.errors import HrcodeError
from hrcode.zips import MAX_BYTES, check_zip

MAX_COLUMNS = 1_000
# How a workbook writes what XML cannot, such as a carriage return (ECMA-376, part 1, 22.9.2.19).
_CODE = re.compile("_x([0-9A-Fa-f]{4})_")
_BROKEN = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    SyntaxError,
    zipfile.BadZipFile,
)


def read_sheet(
    path: Path, *, error: type[HrcodeError], max_bytes: int = MAX_BYTES
) -> list[tuple[int, list[str]]]:
    """Read the rows of a workbook's first sheet; of a formula, the value that was saved with it.

    Args:
        path (Path): The workbook.
        error (type[HrcodeError]): The error class to raise.
        max_bytes (int): Most bytes that the file, and what it unpacks to, may have.

    Returns:
        list[tuple[int, list[str]]]: Number, from 1, and cells of each row that holds anything; at most
        `MAX_COLUMNS` cells a row.

    Raises:
        HrcodeError: Of the class given, when the file is missing, too large or no workbook.
    """
    from openpyxl import load_workbook

    check_zip(path, error, max_bytes=max_bytes)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that do not concern the words
            book = load_workbook(path, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = [
                (number, cells)
                for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1)
                if any(cells := [_cell_text(cell) for cell in row])
            ]
            book.close()
    except _BROKEN as fault:
        reason = next(iter(str(fault).splitlines()), type(fault).__name__)[:80]
        raise error(f"{path}: cannot be read as an XLSX workbook ({reason}).") from None
    return rows


def _cell_text(cell: object) -> str:
    """Write a cell as a spreadsheet shows it: 3 for 3.0, 2022-01-31 for a day."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return "" if cell is None else _CODE.sub(_decoded, str(cell))


def _decoded(code: re.Match[str]) -> str:
    """Give the sign that a code stands for; one that no text should hold stays a code."""
    sign = chr(int(code[1], 16))
    return sign if sign.isprintable() or sign in "\t\n\r" else code[0]
