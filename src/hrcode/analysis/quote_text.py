"""What stands around a quote, and how an article prints it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from hrcode.coding.model import Coded, Segment

OMISSION = "<...>"


def contexts(coded: Coded, segment_ids: Collection[str], context: int) -> dict[str, tuple[str, str]]:
    """Give the segments before and after some segments, each after its speaker's label.

    Args:
        coded (Coded): The run.
        segment_ids (Collection[str]): The segments.
        context (int): Number of segments on each side.

    Returns:
        dict[str, tuple[str, str]]: Text before and after, by segment; a line for every turn.
    """
    transcripts: dict[str, list[Segment]] = defaultdict(list)
    for segment in coded.segments:
        transcripts[segment.transcript].append(segment)
    found = {}
    for own in transcripts.values():
        for i, segment in enumerate(own):
            if segment.segment_id in segment_ids:
                before = own[max(0, i - context) : i]
                found[segment.segment_id] = (_lines(before), _lines(own[i + 1 : i + 1 + context]))
    return found


def _lines(segments: list[Segment]) -> str:
    turns: dict[int, list[Segment]] = defaultdict(list)
    for segment in segments:
        turns[segment.turn].append(segment)
    return "\n".join(
        f"{own[0].speaker}: {' '.join(' '.join(s.text for s in own).split())}" for own in turns.values()
    )


def turn_parts(coded: Coded) -> dict[str, tuple[bool, bool]]:
    """Say of each segment whether its turn has another before it, and after it."""
    turns: dict[tuple[str, int], list[str]] = defaultdict(list)
    for segment in coded.segments:
        turns[segment.transcript, segment.turn].append(segment.segment_id)
    return {name: (i > 0, i < len(own) - 1) for own in turns.values() for i, name in enumerate(own)}


def article(segment: Segment, before: bool, after: bool) -> str:
    """Write a segment as an article prints it: S4: "<...> We talk first. <...>".

    Args:
        segment (Segment): The segment.
        before (bool): Whether the turn has something before it, which is then marked as left out.
        after (bool): The same after it.

    Returns:
        str: One line.
    """
    text = " ".join(segment.text.split())
    lead = f"{OMISSION} " if before and not text.startswith(OMISSION) else ""
    tail = f" {OMISSION}" if after and not text.endswith(OMISSION) else ""
    return f'{segment.participant}: "{lead}{text}{tail}"'
