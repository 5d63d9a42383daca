"""What may be asked of a quote, in memory as out of core."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hrcode.coding.model import FrameEntry
from hrcode.errors import StudyError
from hrcode.hints import no_such
from hrcode.transcripts.model import natural


class QuoteFilters(NamedTuple):
    """What a coding has to be to be quoted; what is None is not asked.

    Args:
        category (str | None): Category, or ``category/subcategory``.
        group (str | None): Group.
        participant (str | None): Participant.
        stance (str | None): Stance, such as ``departs``.
        indicator (str | None): Indicator's id, or a part of it.
        containing (str | None): Text that the segment holds, in any case of letters.
    """

    category: str | None = None
    group: str | None = None
    participant: str | None = None
    stance: str | None = None
    indicator: str | None = None
    containing: str | None = None

    @property
    def code(self) -> tuple[str | None, str | None]:
        """The category and the subcategory that are asked for."""
        if self.category is None:
            return None, None
        category, _, subcategory = self.category.partition("/")
        return category, subcategory or None


def check_codes(frame: Sequence[FrameEntry], filters: QuoteFilters) -> None:
    """Refuse a category, subcategory or stance that is not in the coding frame, naming the nearest.

    Args:
        frame (Sequence[FrameEntry]): The coding frame.
        filters (QuoteFilters): What is asked.

    Raises:
        StudyError: When there is none of that name.
    """
    category, subcategory = filters.code
    check_known("category", category, {entry.category for entry in frame})
    paths = {entry.subcategory for entry in frame if entry.category == category}
    check_known(f"subcategory of {category}", subcategory, paths)
    check_known("stance", filters.stance, {entry.stance for entry in frame})


def check_known(what: str, value: str | None, choices: Iterable[str]) -> None:
    """Refuse a value that is not among the choices, naming the nearest; None is no value."""
    known = set(choices)
    if value is not None and value not in known:
        raise StudyError(no_such(what, value, sorted(known, key=natural)))
