"""What the reader of a comparison should know: one wording, be it made in memory or out of core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hrcode.analysis.by import BETWEEN
from hrcode.transcripts.model import listed
from hrcode.transcripts.participants import NOT_STATED

NOBODY_LEFT = "Nobody is left by the filter."


def nothing_compared(names: Sequence[str], groups: Sequence[str]) -> Iterator[str]:
    """Say that there is one group only, of people whose group nobody states.

    Args:
        names (Sequence[str]): The attributes that make the groups.
        groups (Sequence[str]): The groups.

    Yields:
        str: A sentence, where it is so.
    """
    if groups == [BETWEEN.join([NOT_STATED] * len(names))]:
        yield f"{' and '.join(names)}: not stated for anybody."


def not_stated(attribute: str, who: Iterable[str]) -> str:
    """Say for whom a filter had nothing to go by."""
    return f"{attribute} is not stated for {listed(who)}, left out by the filter."


def not_measured(attribute: str, who: Iterable[str]) -> str:
    """Say whose value a filter could not compare."""
    return f"{attribute} is no number or date for {listed(who)}, left out by the filter."


def in_several_groups(people: Iterable[str]) -> str:
    """Say who counts more than once."""
    return (
        f"In more than one group: {listed(people)}. Each counts in every group where it is heard, "
        "so the groups are not independent."
    )


def not_quoted(people: Iterable[str]) -> str:
    """Say whose words are shown nowhere."""
    return (
        f"Not quoted, for want of consent: {listed(people)}. They are counted; their words are in no "
        "list of words, quotes or contexts."
    )


def without_a_word(people: Iterable[str]) -> str:
    """Say who is counted and never heard."""
    return f"Without a word in the transcripts: {listed(people)}. They count in N, with rates of 0."


def heard_each_other(events: Iterable[tuple[str, int]]) -> str:
    """Say in which events, each with its number of people, several speak."""
    named = listed(f"{event} ({number})" for event, number in events)
    return (
        f"Several people speak in one event: {named}. They heard each other and are not independent; "
        "--count event counts events."
    )
