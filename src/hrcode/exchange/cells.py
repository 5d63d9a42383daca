"""CSV cells that no spreadsheet can take for a formula, and back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_EMPTY = '""'
_BATCH = 1_000  # rows that are written at a time
_LEADS = frozenset("'=+-@\t\r")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defuse(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    Args:
        value (object): A cell; numbers are left alone.

    Returns:
        object: The cell; `restore` gives the text back.
    """
    return f"'{value}" if isinstance(value, str) and value[:1] in _LEADS and _FORMULA.match(value) else value


def restore(cell: str) -> str:
    """Take back what `defuse` did."""
    return cell[1:] if cell[:1] == "'" and _DEFUSED.match(cell) else cell


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Write rows as CSV text: LF, quotes where needed, formulas defused.

    Args:
        columns (Sequence[str]): Column names.
        rows (Iterable[Sequence[object]]): Cells in the order of the columns.
        delimiter (str): What stands between cells: a comma or a tab.

    Returns:
        str: The text.
    """
    every = itertools.chain([[*columns]], rows)
    batches = iter(lambda: [*itertools.islice(every, _BATCH)], [])
    return "".join(_text(zip(*some, strict=True), delimiter) for some in batches)


def csv_parts(
    names: Sequence[str], columns: Sequence[Sequence[object]], delimiter: str = ","
) -> Iterator[str]:
    """Write many rows, which are at hand column by column, as CSV text (see `to_csv`).

    Args:
        names (Sequence[str]): Column names.
        columns (Sequence[Sequence[object]]): Their cells, columns of the same length.
        delimiter (str): What stands between cells.

    Yields:
        str: The text, some lines at a time.
    """
    yield to_csv(names, (), delimiter)
    for start in range(0, len(columns[0]), _BATCH):
        yield _text([column[start : start + _BATCH] for column in columns], delimiter)


def _text(columns: Iterable[Sequence[object]], delimiter: str) -> str:
    """Write rows column by column: most columns say the same in many rows, which is written once."""
    written = [*map(_column, columns)]
    if len(written) == 1:  # a single empty cell would be a blank line, which readers skip
        return "".join(f"{cell or _EMPTY}\n" for cell in written[0])
    return "\n".join([*map(delimiter.join, zip(*written, strict=True)), ""])


def _column(cells: Sequence[object]) -> list[str]:
    types = {*map(type, cells)}  # 1, 1.0 and True are the same to a dictionary, but not to a reader
    if types == {int}:
        return [*map(str, cells)]
    if types == {str}:
        written = {cell: _cell(cell) for cell in {*cells}}
        return [*map(written.__getitem__, cells)]
    return [*map(_cell, cells)]


def _cell(cell: object) -> str:
    if isinstance(cell, str) and cell.isalnum():
        return cell
    text = str(defuse(cell))
    # Python's csv.writer leaves a lone carriage return unquoted, and then cannot read it back.
    special = "," in text or '"' in text or "\n" in text or "\r" in text or "\t" in text
    if special or text[:1].isspace() or text[-1:].isspace():
        return f'"{text.replace(chr(34), chr(34) * 2)}"'
    return text
