"""CSV cells that no spreadsheet can take for a formula, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SPECIAL = re.compile(r'[",\t\r\n]|^\s|\s$')
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
    # Most cells are letters and digits alone, and there are millions of cells.
    cells = [cell if isinstance(cell, str) and cell.isalnum() else _quoted(defuse(cell)) for cell in row]
    # A single empty cell would be a blank line, which readers skip.
    return (delimiter.join(cells) if cells != [""] else '""') + "\n"


def _quoted(cell: object) -> str:
    # Python's csv.writer leaves a lone carriage return unquoted, and then cannot read it back.
    text = str(cell)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _SPECIAL.search(text) else text
