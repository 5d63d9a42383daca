"""Offsets to places that a person can find: page, time, paragraph, row, line."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
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
        self.places = places or _lines(text)
        self.starts = [place.start for place in self.places]

    def at(self, offset: int) -> str:
        """Give the name of the place that an offset lies in; empty before the first."""
        index = bisect.bisect_right(self.starts, offset) - 1
        return self.places[index].name if index >= 0 else ""


def _lines(text: str) -> list[Place]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return [Place(start, f"line {number}") for number, start in enumerate(starts, start=1)]
