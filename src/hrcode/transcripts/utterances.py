"""Utterances to a draft: for formats that say who speaks (captions, tables, speech recognisers)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from hrcode.transcripts.draft import Draft
from hrcode.transcripts.labels import plain_label
from hrcode.transcripts.places import Place
from hrcode.transcripts.speakers import DraftTurn


class Utterance(NamedTuple):
    """What one caption, row or recognised stretch says.

    Args:
        speaker (str): Label; empty where the format names none.
        text (str): The words, verbatim.
        place (str): Where a person finds it, such as ``00:01:02`` or ``row 7``.
    """

    speaker: str
    text: str
    place: str


def draft_of(utterances: Iterable[Utterance], format_: str, apart: Collection[int] = ()) -> Draft:
    """Write utterances out as a transcript's text; adjacent ones of one speaker are one turn.

    Args:
        utterances (Iterable[Utterance]): In order; those without words are left out.
        format_ (str): Name of the format.
        apart (Collection[int]): Numbers, from 0, of those that begin a turn although the same speaker spoke.

    Returns:
        Draft: The text has a line for each turn, such as ``S1: what was said``; the utterances of
            a turn are joined by a blank, so that a sentence may go on from one caption to the next.
    """
    parts: list[str] = []
    turns: list[DraftTurn] = []
    places: list[Place] = []
    length = 0
    for number, (speaker, words, place) in enumerate(utterances):
        speaker, words = plain_label(speaker), words.strip()
        if not words:
            continue
        goes_on = bool(turns) and turns[-1].label == speaker and number not in apart
        lead = " " if goes_on else ("\n\n" if turns else "") + (f"{speaker}: " if speaker else "")
        start = length + len(lead)
        parts += [lead, words]
        length = start + len(words)
        places.append(Place(start, place))
        if goes_on:
            turns[-1] = turns[-1]._replace(end=length)
        else:
            line = start - (len(speaker) + 2 if speaker else 0)
            turns.append(DraftTurn(speaker, start, length, line))
    return Draft("".join(parts), tuple(turns), format=format_, places=tuple(places))
