"""Turns to segments: the unit of analysis, always inside one turn."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from hrcode.coding.groups import Grouping
from hrcode.coding.model import Segment, Unit
from hrcode.language.sentences import sentence_spans
from hrcode.language.words import count_words
from hrcode.spans import paragraph_spans
from hrcode.transcripts.model import Transcript, Turn, spoken_in
from hrcode.transcripts.places import Locator
from hrcode.transcripts.sampling import UNSEEN


def turn_sentences(transcript: Transcript, turn: Turn, language: str) -> list[tuple[int, int]]:
    """Cut a turn into sentences, none of which crosses a paragraph's end."""
    return [
        span
        for start, end in paragraph_spans(transcript.text, turn.start, turn.end)
        for span in sentence_spans(transcript.text, start, end, language)
    ]


class Cut(NamedTuple):
    """Where a segment is.

    Args:
        turn (int): Index of its turn among the transcript's.
        start (int): Start in the transcript's text, in code points.
        end (int): End.
        words (int): Number of words, at least 1.
    """

    turn: int
    start: int
    end: int
    words: int


def cut(transcript: Transcript, unit: Unit, language: str = "en") -> list[Cut]:
    """Say where the segments of a transcript are.

    Args:
        transcript (Transcript): The transcript.
        unit (str): ``sentence``, ``turn`` or ``paragraph``.
        language (str): Language code of the turns that do not say theirs, for sentence ends.

    Returns:
        list[Cut]: In order; stretches without a word (a lone ``[laughs]``) are no segments.
    """
    found: list[Cut] = []
    for index, turn in enumerate(transcript.turns):
        if turn.left_out in UNSEEN:
            continue
        spoken = spoken_in(transcript, turn, language)
        if unit == "sentence":
            spans = turn_sentences(transcript, turn, spoken)
        elif unit == "paragraph":
            spans = paragraph_spans(transcript.text, turn.start, turn.end)
        else:
            spans = [(turn.start, turn.end)]
        for start, end in spans:
            if words := count_words(transcript.text[start:end]):
                found.append(Cut(index, start, end, words))
    return found


def segments_of(
    transcript: Transcript, cuts: Iterable[Cut], groups: Grouping, unit: Unit, language: str = "en"
) -> list[Segment]:
    """Make the segments of a transcript, where `cut` says they are.

    Args:
        transcript (Transcript): The transcript.
        cuts (Iterable[Cut]): Where its segments are.
        groups (Grouping): Which group words belong to.
        unit (str): ``sentence``, ``turn`` or ``paragraph``.
        language (str): Language code of the turns that do not say theirs.

    Returns:
        list[Segment]: In order.
    """
    text, locator = transcript.text, Locator(transcript.text, transcript.places)
    found: list[Segment] = []
    for index, own in itertools.groupby(cuts, key=itemgetter(0)):
        turn = transcript.turns[index]
        spoken = spoken_in(transcript, turn, language)
        group = groups.of(turn.participant, transcript.id, turn.section) if turn.participant else ""
        place = f"{transcript.id}:{turn.number}"
        found.extend(
            Segment(
                place if unit == "turn" else f"{place}.{number}",
                transcript.id,
                turn.number,
                turn.speaker,
                turn.participant,
                group,
                unit,
                start,
                end,
                words,
                text[start:end],
                turn.section,
                locator.at(start),
                spoken,
            )
            for number, (_, start, end, words) in enumerate(own, start=1)
        )
    return found
