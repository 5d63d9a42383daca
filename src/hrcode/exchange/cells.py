"""CSV cells that no spreadsheet can take for a formula, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defuse(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    Args:
        value (object): A cell; numbers are left alone.

    Returns:
        object: The cell; `restore` gives the text back.
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def restore(cell: str) -> str:
    """Take back what `defuse` did."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Write rows as CSV text: LF, quotes where needed, formulas defused.

    Args:
        columns (Sequence[str]): Column names.
        rows (Iterable[Sequence[object]]): Cells in the order of the columns.
        delimiter (str): What stands between cells: a comma or a tab.

    Returns:
        str: The text.
    """
    return "".join(_line(row, delimiter) for row in ([*columns], *rows))


def _line(row: Sequence[object], delimiter: str) -> str:
    cells = [_cell(cell) for cell in row]
    # A single empty cell would be a blank line, which readers skip.
    return (delimiter.join(cells) if cells != [""] else '""') + "\n"


def _cell(cell: object) -> str:
    # There are millions of cells, most of them numbers, or letters and digits alone.
    if type(cell) is int:
        return str(cell)
    if isinstance(cell, str) and cell.isalnum():
        return cell
    text = str(defuse(cell))
    # Python's csv.writer leaves a lone carriage return unquoted, and then cannot read it back.
    special = '"' in text or "," in text or "\n" in text or "\r" in text or "\t" in text
    if special or text[:1].isspace() or text[-1:].isspace():
        return f'"{text.replace(chr(34), chr(34) * 2)}"'
    return text
