"""Segments in a row of which the same people are heard in the same groups: a turn, mostly.

There are many segments; whom they count for is asked once a stretch.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from hrcode.analysis.by import Value
from hrcode.coding.model import Coded, Segment, in_columns
from hrcode.transcripts.model import people


class Stretch(NamedTuple):
    """Segments in a row, and whom they count for.

    Args:
        transcript (str): Id of the transcript.
        start (int): Index of the first segment.
        end (int): One past that of the last.
        words (int): Words in them.
        by (Sequence[tuple[str, str]]): Who is counted as saying them, each with the group.
    """

    transcript: str
    start: int
    end: int
    words: int
    by: Sequence[tuple[str, str]]


def stretches(
    coded: Coded, group_of: Value, kept: Callable[[str, Segment | None], bool]
) -> Iterator[Stretch]:
    """Give what is said by those who are kept.

    Args:
        coded (Coded): The run.
        group_of (Callable[[str, Segment | None], str]): Gives the group of a person and a segment.
        kept (Callable[[str, Segment | None], bool]): Says whether a person and a segment are kept.

    Yields:
        Stretch: In the order of the segments, each with somebody who says it.
    """
    segments = in_columns(coded.segments)
    columns = segments.columns
    known: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    end = 0
    # All that groups and filters ask of a segment.
    asked = zip(columns.transcript, columns.participant, columns.group, columns.section, strict=True)
    for same, run in itertools.groupby(asked):
        start, end = end, end + sum(1 for _ in run)
        if same not in known:
            first = segments[start]
            speakers = people(first.participant)
            known[same] = [(who, group_of(who, first)) for who in speakers if kept(who, first)]
        if known[same]:
            yield Stretch(same[0], start, end, sum(columns.words[start:end]), known[same])
