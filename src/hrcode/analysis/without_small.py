"""A run without the groups that are too small to be shown."""

from __future__ import annotations

from dataclasses import replace

from hrcode.analysis.small import hidden_warning
from hrcode.analysis.voices import voices
from hrcode.coding.model import Coded
from hrcode.transcripts.model import people


def without_small(coded: Coded, below: int) -> tuple[Coded, list[str]]:
    """Leave the people of small groups out of a run, with all that is said by, with or to them.

    Args:
        coded (Coded): The run.
        below (int): Groups of fewer participants are left out; 0 for none.

    Returns:
        tuple[Coded, list[str]]: The run without them. A segment that they say together with others is
        left out, too, and so is the interviewer where they speak. And a warning; none where nothing
        was left out.

    Raises:
        StudyError: When every group is small, or a group of one could not be hidden.
    """
    shown = voices(coded, hide_below=below)
    warning = hidden_warning(voices(coded).members.keys() - shown.members.keys(), below)
    if not warning:
        return coded, []
    said = {(segment.segment_id, person) for segment, person, _ in shown.spoken}
    hidden = {
        segment.segment_id
        for segment in coded.segments
        if any((segment.segment_id, person) not in said for person in people(segment.participant))
    }
    theirs = {segment.transcript for segment in coded.segments if segment.segment_id in hidden}
    kept = tuple(
        segment
        for segment in coded.segments
        if segment.segment_id not in hidden and (segment.participant or segment.transcript not in theirs)
    )
    ids = {segment.segment_id for segment in kept}
    members = {person for own in shown.members.values() for person in own}
    return replace(
        coded,
        segments=kept,
        codings=tuple(coding for coding in coded.codings if coding.segment_id in ids),
        near_misses=tuple(miss for miss in coded.near_misses if miss.segment_id in ids),
        participants=tuple(person for person in coded.participants if person.id in members),
    ), warning
