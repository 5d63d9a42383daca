"""Events: conversations in which people hear each other, counted as one each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from hrcode.analysis.cautions import heard_each_other
from hrcode.analysis.stretches import Stretch
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.hints import no_such

PARTICIPANT, EVENT = "participant", "event"
COUNTS = (PARTICIPANT, EVENT)


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


def by_event(coded: Coded, stretches: Iterable[Stretch]) -> list[Stretch]:
    """Put the event in the place of the people; what several of them say together is said once.

    Args:
        coded (Coded): The run.
        stretches (Iterable[Stretch]): What is said, by people.

    Returns:
        list[Stretch]: The same, by events.
    """
    return [
        one._replace(by=[*dict.fromkeys((event_of(coded, one.transcript), group) for _, group in one.by)])
        for one in stretches
    ]


def not_independent(coded: Coded, stretches: Iterable[Stretch], count: str) -> Iterator[str]:
    """Say of which events several people are counted, who heard each other.

    Args:
        coded (Coded): The run.
        stretches (Iterable[Stretch]): What is said, by people.
        count (str): What is counted.

    Yields:
        str: A warning, where people are counted.
    """
    speakers: dict[str, set[str]] = defaultdict(set)
    for transcript, person in {(one.transcript, person) for one in stretches for person, _ in one.by}:
        if transcript in coded.transcripts:
            speakers[event_of(coded, transcript)].add(person)
    shared = {event: len(who) for event, who in speakers.items() if len(who) > 1}
    if shared and count == PARTICIPANT:
        yield heard_each_other(shared.items())
