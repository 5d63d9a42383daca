"""Nobody is quoted without consent: words are taken out of rows before anything else sees these.

This is the one place for it. Tables, quotes, pages and files are made of what comes out here, so that
none of them has to ask again; ids, offsets and counts stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from hrcode.coding.model import Coding, NearMiss, Segment, Segments, in_columns
from hrcode.coding.one import Rows
from hrcode.indicators.model import CONTEXTS
from hrcode.transcripts.model import Participant, people
from hrcode.transcripts.participants import NOT_QUOTED, unquoted

_Row = TypeVar("_Row", Coding, NearMiss)


def not_quoted(participants: Iterable[Participant], segments: Iterable[Segment]) -> dict[str, dict[str, int]]:
    """Count what is counted but never quoted.

    Args:
        participants (Iterable[Participant]): The participants.
        segments (Iterable[Segment]): What they say.

    Returns:
        dict[str, dict[str, int]]: Segments and words, by id of those who may not be quoted.
    """
    found = {person: {"segments": 0, "words": 0} for person in sorted(unquoted(participants))}
    for segment in segments if found else ():
        for person in people(segment.participant):
            if person in found:
                found[person]["segments"] += 1
                found[person]["words"] += segment.words
    return found


def aliases_of(participants: Iterable[Participant]) -> dict[str, str]:
    """Give the participant's id of every alias, in small letters."""
    return {alias.casefold(): person.id for person in participants for alias in person.aliases}


def withhold(rows: Rows, silent: Collection[str], aliases: Mapping[str, str]) -> Rows:
    """Take out the words of those who may not be quoted, and labels that may be real names.

    Args:
        rows (Rows): Rows of one transcript.
        silent (Collection[str]): Ids of those who may not be quoted.
        aliases (Mapping[str, str]): Participant by alias, in small letters.

    Returns:
        Rows: With `NOT_QUOTED` for their text and evidence, contexts and near misses without the words
        that tell them, and ids for aliases.
    """
    if not silent and not aliases:
        return rows
    columns = in_columns(rows.segments).columns
    hidden = {who for who in {*columns.participant} if _hidden(who, silent)}
    said = zip(columns.text, columns.participant, strict=True)
    columns = columns._replace(
        speaker=[aliases.get(label.casefold(), label) for label in columns.speaker],
        text=[NOT_QUOTED if who in hidden else text for text, who in said],
    )
    return Rows(
        Segments(columns),
        [_without_words(c) if c.participant in hidden else c for c in rows.codings],
        [replace(_without_words(m), cue="") if m.participant in hidden else m for m in rows.near_misses],
    )


def _hidden(participant: str, silent: Collection[str]) -> bool:
    """Say whether anybody who speaks may not be quoted."""
    return any(person in silent for person in people(participant))


def _without_words(row: _Row) -> _Row:
    """Take the evidence out of a coding, and out of its contexts the cues."""
    parts = {part.partition(": ")[0] for part in row.context.split("; ")}
    contexts = "; ".join(name for name in CONTEXTS if name in parts)
    return replace(row, evidence=NOT_QUOTED, context=contexts)
