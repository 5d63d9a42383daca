"""A study without the people of small groups, for whatever is shared of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrcode.analysis.small import hidden_warning
from hrcode.analysis.voices import voices
from hrcode.coding.model import Coded
from hrcode.errors import Fault
from hrcode.transcripts.model import people

HIDDEN_GROUPS = "hidden"
"""Rule of the warning that groups are left out."""


def hide_small(coded: Coded, below: int, by: str | None = None) -> Coded:
    """Leave the people of small groups out of a run, with all that they say.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        below (int): Groups of fewer participants than this are left out.
        by (str | None): Attribute that makes the groups, or up to three with commas; by default the
            run's.

    Returns:
        Coded: The run without these people, without words that they say together with others, and
        without what an interviewer says where they speak.

    Raises:
        StudyError: When ``below`` is less than 2, every group is that small, or the attribute is unknown.
    """
    everybody, kept = voices(coded, by), voices(coded, by, hide_below=below)
    if [*everybody.members] == [*kept.members]:
        return coded
    shown = {(segment.segment_id, person) for segment, person, _ in kept.spoken}
    stay = {person for members in kept.members.values() for person in members}
    hidden = {
        segment.segment_id: segment.transcript
        for segment in coded.segments
        if any((segment.segment_id, person) not in shown for person in people(segment.participant))
    }
    theirs = {*hidden.values()}
    segments = tuple(
        segment
        for segment in coded.segments
        if segment.segment_id not in hidden and (segment.participant or segment.transcript not in theirs)
    )
    heard_in = {segment.transcript for segment in segments}
    ids = {segment.segment_id for segment in segments}
    small = everybody.members.keys() - kept.members.keys()
    told = [Fault("", 0, 0, HIDDEN_GROUPS, message, "warning") for message in hidden_warning(small, below)]
    languages = {segment.language for segment in segments}
    return replace(
        coded,
        segments=segments,
        codings=tuple(coding for coding in coded.codings if coding.segment_id in ids),
        near_misses=tuple(miss for miss in coded.near_misses if miss.segment_id in ids),
        participants=tuple(person for person in coded.participants if person.id in stay),
        transcripts={name: own for name, own in coded.transcripts.items() if name in heard_in},
        run=_run(coded.run, stay, heard_in, languages),
        warnings=(*coded.warnings, *told),
    )


def hidden_in(coded: Coded) -> list[str]:
    """Give what has to be said of a run that groups were left out of (see `hide_small`)."""
    return [fault.message for fault in coded.warnings if fault.rule == HIDDEN_GROUPS]


def _run(
    run: Mapping[str, object], stay: set[str], heard_in: set[str], languages: set[str]
) -> dict[str, object]:
    """Take out of a run's record what names the hidden, and numbers that count them."""
    left = {name: value for name, value in run.items() if name not in ("counts", "left_out", "warnings")}
    of = {"not_quoted": stay, "transcripts": heard_in, "other_languages": languages}
    for name, known in of.items():
        if isinstance(kept := run.get(name), Mapping):
            left[name] = {key: value for key, value in kept.items() if key in known}
    return left
