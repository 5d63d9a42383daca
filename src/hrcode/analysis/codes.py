"""The codes that tables have rows for: subcategories, categories by stance, and all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from hrcode.analysis.voices import Said
from hrcode.codebook.model import STANCES, SUMMED
from hrcode.coding.model import FrameEntry
from hrcode.errors import StudyError
from hrcode.hints import no_such

Level = Literal["category", "subcategory", "total"]
LEVELS: tuple[Level, ...] = ("category", "subcategory", "total")


class Code(NamedTuple):
    """What a row of a table is about; category and subcategory are empty where it sums them up."""

    category: str
    subcategory: str
    stance: str

    @property
    def path(self) -> str:
        """Name of the code: ``category/subcategory``, or ``category`` alone."""
        return "/".join(part for part in (self.category, self.subcategory) if part)


def check_level(level: str | None) -> None:
    """Refuse a level that there is not.

    Args:
        level (str | None): Name of a level; None for all.

    Raises:
        StudyError: When there is no such level.
    """
    if level is not None and level not in LEVELS:
        raise StudyError(no_such("level", level, LEVELS))


def codes_of(frame: Sequence[FrameEntry], level: Level) -> list[Code]:
    """Give the codes of a level in the codebook's order, applications before departures.

    Args:
        frame (Sequence[FrameEntry]): The coding frame.
        level (str): ``category``, ``subcategory`` or ``total``.

    Returns:
        list[Code]: A category has one for each stance that is summed up.
    """
    if level == "subcategory":
        return [Code(entry.category, entry.subcategory, entry.stance) for entry in frame]
    keys = dict.fromkeys(
        Code(entry.category if level == "category" else "", "", entry.stance)
        for entry in frame
        if entry.stance in SUMMED
    )
    order = {category: i for i, category in enumerate(dict.fromkeys(e.category for e in frame))}
    return sorted(keys, key=lambda key: (order.get(key.category, 0), key.stance))


def labels_of(frame: Iterable[FrameEntry]) -> dict[Code, str]:
    """Give the label of every code that a table may have rows for.

    Args:
        frame (Iterable[FrameEntry]): The coding frame.

    Returns:
        dict[Code, str]: Labels of subcategories, of categories by stance, and of totals.
    """
    labels = {Code("", "", stance): "Any category" for stance in STANCES}
    for entry in frame:
        labels[Code(entry.category, entry.subcategory, entry.stance)] = entry.label
        labels |= {Code(entry.category, "", stance): entry.category_label for stance in STANCES}
    return labels


def by_code(said: Iterable[Said], level: Level) -> dict[Code, list[Said]]:
    """Sort codings by the code of a level that they count for.

    Args:
        said (Iterable[Said]): The codings.
        level (str): ``category``, ``subcategory`` or ``total``.

    Returns:
        dict[Code, list[Said]]: Those codes that have any.
    """
    found: dict[Code, list[Said]] = defaultdict(list)
    for piece in said:
        coding = piece.coding
        if level == "subcategory":
            found[Code(coding.category, coding.subcategory, coding.stance)].append(piece)
        elif coding.stance in SUMMED:
            found[Code(coding.category if level == "category" else "", "", coding.stance)].append(piece)
    return found
