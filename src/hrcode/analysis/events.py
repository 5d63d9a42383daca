"""Events: conversations in which people hear each other, counted as one each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hrcode.analysis.cautions import heard_each_other
from hrcode.coding.model import Coded, Segment
from hrcode.errors import StudyError
from hrcode.hints import no_such

PARTICIPANT, EVENT = "participant", "event"
COUNTS = (PARTICIPANT, EVENT)
Spoken = tuple[tuple[Segment, str, str], ...]
"""Segment, who says it, and the group, of all that is said."""


def check_count(count: str) -> None:
    """Refuse to count what cannot be counted.

    Args:
        count (str): What is counted.

    Raises:
        StudyError: When it is not one of `COUNTS`.
    """
    if count not in COUNTS:
        raise StudyError(no_such("count", count, COUNTS))


def event_of(coded: Coded, transcript: str) -> str:
    """Give the event that a transcript belongs to: the one it names, else it is one by itself."""
    return coded.transcripts.get(transcript, {}).get("event", "") or transcript


def by_event(coded: Coded, heard: Spoken) -> Spoken:
    """Put the event in the place of the person; what several say together is said once.

    Args:
        coded (Coded): The run.
        heard (Spoken): Segment, person and group of all that is said.

    Returns:
        Spoken: Segment, event and group.
    """
    names = {segment.transcript for segment, _, _ in heard}
    events = {name: event_of(coded, name) for name in names}
    return tuple(dict.fromkeys((segment, events[segment.transcript], group) for segment, _, group in heard))


def not_independent(coded: Coded, heard: Spoken, count: str) -> Iterator[str]:
    """Say of which events several people are counted, who heard each other.

    Args:
        coded (Coded): The run.
        heard (Spoken): Segment, person and group of all that is said.
        count (str): What is counted.

    Yields:
        str: A warning, where people are counted.
    """
    speakers: dict[str, set[str]] = defaultdict(set)
    for transcript, person in {(segment.transcript, person) for segment, person, _ in heard}:
        if transcript in coded.transcripts:
            speakers[event_of(coded, transcript)].add(person)
    shared = {event: len(who) for event, who in speakers.items() if len(who) > 1}
    if shared and count == PARTICIPANT:
        yield heard_each_other(shared.items())
