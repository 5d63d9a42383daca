"""Offsets to places that a person can find: page, time, paragraph, row, line."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from typing import NamedTuple


class Place(NamedTuple):
    """A place in the file that a transcript was read from.

    Args:
        start (int): Where it begins in the transcript's text, in code points.
        name (str): What a person looks for, such as ``page 3``, ``00:01:02``, ``row 7``.
    """

    start: int
    name: str


class Locator:
    """Finds the places of offsets in one transcript.

    Args:
        text (str): The transcript's text.
        places (Sequence[Place]): The places, sorted by start; where there are none, lines are counted.
    """

    def __init__(self, text: str, places: Sequence[Place]) -> None:
        lines = map(len, text.split("\n"))
        self.places = places
        self.starts = [one.start for one in places] if places else [*accumulate(lines, _next_line, initial=0)]

    def at(self, offset: int) -> str:
        """Give the name of the place that an offset lies in; empty before the first."""
        return next(self.of([offset]))

    def of(self, offsets: Iterable[int]) -> Iterator[str]:
        """Give the names of the places that many offsets lie in (see `at`)."""
        numbers = map(bisect.bisect_right, repeat(self.starts), offsets)
        if not self.places:
            return (f"line {number}" for number in numbers)
        return (self.places[number - 1].name if number else "" for number in numbers)


def _next_line(start: int, length: int) -> int:
    return start + length + 1
