"""Offsets to places that a person can find: page, time, paragraph, row, line."""

from __future__ import annotations

import bisect
import functools
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
        self.places = places
        self.starts = [one.start for one in places] if places else _line_starts(text)

    def at(self, offset: int) -> str:
        """Give the name of the place that an offset lies in; empty before the first."""
        return next(self.of([offset]))

    def of(self, offsets: Iterable[int]) -> Iterator[str]:
        """Give the names of the places that many offsets lie in (see `at`)."""
        names = ["", *(place.name for place in self.places)] if self.places else self._lines
        return map(names.__getitem__, self.numbers(offsets))

    def numbers(self, offsets: Iterable[int]) -> Iterator[int]:
        """Give the numbers of the places that many offsets lie in, from 1; 0 before the first."""
        return map(bisect.bisect_right, repeat(self.starts), offsets)

    @functools.cached_property
    def _lines(self) -> list[str]:
        number = len(self.starts) + 1
        return _LINES if number <= len(_LINES) else [*map(_line_name, range(number))]


def _line_name(number: int) -> str:
    return f"line {number}"


_LINES = [*map(_line_name, range(1_000))]  # most transcripts have fewer


def _line_starts(text: str) -> list[int]:
    lengths = map(len, text.split("\n"))
    return [*accumulate(map((1).__add__, lengths), initial=0)]
