"""A table ready to be written: its cells, what its columns mean, and what has to be said beside it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from hrcode.errors import ResultsError
from hrcode.schema import TABLES, WHOLE_NUMBERS

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["integer", "number", "string"]
Cell = int | float | str
# What XML 1.0 cannot hold, and what UTF-8 cannot.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"
MOST_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name, the meaning of its columns, and notes.

    Args:
        name (str): Short name, of small letters and underscores: a file's or a worksheet's.
        title (str): What the table is, in words.
        table (pandas.DataFrame): The cells; every column's name is there once.
        meanings (Mapping[str, str]): Meaning by column, for those that have one.
        notes (tuple[str, ...]): Rules and warnings that belong to the numbers.
    """

    name: str
    title: str
    table: pd.DataFrame
    meanings: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [str(column) for column in self.table.columns]

    @property
    def kinds(self) -> list[Kind]:
        """What each column holds: whole numbers, numbers (empty cells allowed), or text."""
        return [*map(kind_of, self.columns, self._values())]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Give the rows, as plain whole numbers, numbers and text."""
        yield from zip(*map(_cells, self._values()), strict=True)

    def _values(self) -> list[pd.Series[Any]]:
        """Give the columns; without `attrs`, which pandas would copy with each of them."""
        bare = self.table.copy(deep=False)
        bare.attrs = {}
        return [bare.iloc[:, i] for i in range(bare.shape[1])]

    @property
    def decimals(self) -> list[int]:
        """How many decimal places each column needs; 0 where it holds no fractions."""
        return [
            max(
                (_places(value) for value in _cells(column) if isinstance(value, float)),
                default=0,
            )
            if kind == "number"
            else 0
            for column, kind in zip(self._values(), self.kinds, strict=True)
        ]

    def shown_rows(self) -> Iterator[tuple[str, ...]]:
        """Give the rows as texts for readers: the numbers of a column with as many places each."""
        decimals = self.decimals
        for row in self.rows():
            yield tuple(
                f"{value:.{places}f}" if places and not isinstance(value, str) else str(value)
                for value, places in zip(row, decimals, strict=True)
            )


def _cells(values: pd.Series[Any]) -> list[Cell]:
    """Give a column as plain cells (see `plain`)."""
    if values.dtype == "str":
        return values.fillna("").tolist()
    return [*map(plain, values.tolist())]


def _places(value: float) -> int:
    text = repr(value)
    return len(text.partition(".")[2]) if "e" not in text else MOST_DECIMALS


def sheet_of(table: pd.DataFrame, name: str = "", title: str = "") -> Sheet:
    """Make a sheet of one of hrcode's tables.

    Args:
        table (pandas.DataFrame): The table; its columns tell which of `hrcode.schema.TABLES` it is.
        name (str): Its name; by default that of the schema.
        title (str): What it is; by default the schema's name in words.

    Returns:
        Sheet: With the meanings of the columns, and the table's rule, note and warnings as notes.
    """
    known, meanings = _schema(table)
    name = name or known
    said = [table.attrs.get(key) for key in ("rule", "note")] + [*table.attrs.get("warnings", ())]
    notes = tuple(text for text in said if isinstance(text, str) and text)
    own = table.attrs.get("meanings", {})
    return Sheet(name, title or name.replace("_", " ").capitalize(), table, {**meanings, **own}, notes)


def _schema(table: pd.DataFrame) -> tuple[str, Mapping[str, str]]:
    """Find the schema that a table fulfils, the one of most columns."""
    columns = {str(column) for column in table.columns}
    fitting = [(name, schema) for name, schema in TABLES.items() if schema.keys() <= columns]
    return max(fitting, key=lambda item: len(item[1]), default=("table", {}))


def kind_of(column: str, values: pd.Series[Any]) -> Kind:
    """Say what a column holds, by its values; where there are none, by its name."""
    import pandas as pd

    if pd.api.types.is_integer_dtype(values.dtype):
        return "integer"
    if pd.api.types.is_float_dtype(values.dtype):
        return "number"
    # A column of texts alone is told by its type; the others may hold anything.
    kinds = (
        {str} if values.dtype == "str" and values.any() else {type(v) for v in map(plain, values) if v != ""}
    )
    if not kinds:
        return "integer" if column in WHOLE_NUMBERS else "string"
    if kinds == {int}:
        return "integer"
    return "number" if kinds <= {int, float} else "string"


def plain(value: object) -> Cell:
    """Make a cell a whole number, a finite number or a text; what is missing is an empty text."""
    if value is None:
        return ""
    if hasattr(value, "item"):
        value = value.item()  # numpy's numbers
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return value if math.isfinite(value) else ""
    return value if isinstance(value, int) else str(value)


def printable(text: str) -> str:
    """Put a replacement sign where XML or UTF-8 can hold no such character."""
    return _UNPRINTABLE.sub(REPLACEMENT, text)


def check_size(sheet: Sheet, most_rows: int, most_columns: int, where: str) -> None:
    """Refuse a table that a format cannot hold.

    Args:
        sheet (Sheet): The table.
        most_rows (int): Most rows, the head included.
        most_columns (int): Most columns.
        where (str): What it is to be in, such as ``a worksheet``.

    Raises:
        ResultsError: When it is too large, naming formats that have no such limit.
    """
    rows, columns = sheet.table.shape
    if rows + 1 > most_rows or columns > most_columns:
        raise ResultsError(
            f"The table {sheet.name} has {rows:,} rows and {columns:,} columns; {where} holds "
            f"{most_rows - 1:,} and {most_columns:,}. Choose csv, json or parquet."
        )


def one_line(text: str) -> str:
    """Write a text on one line, for formats in which a line is a row."""
    return " ".join(printable(text).split())


def is_numeric(kind: Kind) -> bool:
    """Say whether a column stands on the right, as numbers do."""
    return kind != "string"
