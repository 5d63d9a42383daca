"""What the page calls each code: a number that stands for it everywhere, its label, its sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcode.analysis.codes import Code
from hrcode.coding.model import FrameEntry

if TYPE_CHECKING:
    import pandas as pd

SIGNS = {"applies": "+", "departs": "\u2212"}
OTHER_SIGN = "~"
SHAPES = {"applies": "circle", "departs": "diamond"}
OTHER_SHAPE = "square"
Row = Mapping[str, Any]


class Name(NamedTuple):
    """A code as the page shows it.

    Args:
        number (str): ``3`` for the third category, ``3.2`` for its second subcategory.
        category (int): Number of the category, from 1.
        label (str): The codebook's label.
        stance (str): Its stance.
        category_label (str): Label of the category.
    """

    number: str
    category: int
    label: str
    stance: str
    category_label: str

    @property
    def sign(self) -> str:
        """The sign of the stance: +, a minus, or ~ for what is neither."""
        return SIGNS.get(self.stance, OTHER_SIGN)

    @property
    def shape(self) -> str:
        """The shape that the stance has in pictures, so that nothing hangs on colour."""
        return SHAPES.get(self.stance, OTHER_SHAPE)

    @property
    def place(self) -> str:
        """The name of its place in the page, for links."""
        return self.number.replace(".", "-")


def names_of(frame: Sequence[FrameEntry]) -> dict[Code, Name]:
    """Number the codes of a frame in the codebook's order.

    Args:
        frame (Sequence[FrameEntry]): The coding frame.

    Returns:
        dict[Code, Name]: Subcategories, and categories by each stance.
    """
    found: dict[Code, Name] = {}
    categories = {c: i for i, c in enumerate(dict.fromkeys(entry.category for entry in frame), start=1)}
    seen = dict.fromkeys(categories, 0)
    for entry in frame:
        of = categories[entry.category]
        seen[entry.category] += 1
        found[Code(entry.category, entry.subcategory, entry.stance)] = Name(
            f"{of}.{seen[entry.category]}", of, entry.label, entry.stance, entry.category_label
        )
        for stance in SIGNS:
            found[Code(entry.category, "", stance)] = Name(
                str(of), of, entry.category_label, stance, entry.category_label
            )
    return found


def rows_of(table: pd.DataFrame) -> list[Row]:
    """Give a table's rows, each by the names of its columns."""
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]


def code_of(row: Row) -> Code:
    """Give the code that a row of a table is about."""
    return Code(row["category"], row["subcategory"], row["stance"])


def by_code(rows: Sequence[Row]) -> dict[Code, list[Row]]:
    """Put the rows of a code together (one a group), in their order."""
    found: dict[Code, list[Row]] = {}
    for row in rows:
        found.setdefault(code_of(row), []).append(row)
    return found
