"""Turns to segments: the unit of analysis, always inside one turn."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
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


class Cuts(NamedTuple):
    """Where the segments of a transcript are, in four columns: there are many of them.

    Args:
        turns (Sequence[int]): Index of its turn among the transcript's, for each segment.
        starts (Sequence[int]): Start in the transcript's text, in code points.
        ends (Sequence[int]): End.
        words (Sequence[int]): Number of words, at least 1.
    """

    turns: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[int]


def cut(transcript: Transcript, unit: Unit, language: str = "en") -> Cuts:
    """Say where the segments of a transcript are.

    Args:
        transcript (Transcript): The transcript.
        unit (str): ``sentence``, ``turn`` or ``paragraph``.
        language (str): Language code of the turns that do not say theirs, for sentence ends.

    Returns:
        Cuts: In order; stretches without a word (a lone ``[laughs]``) are no segments.
    """
    turns: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    words: list[int] = []
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
            if number := count_words(transcript.text[start:end]):
                turns.append(index)
                starts.append(start)
                ends.append(end)
                words.append(number)
    return Cuts(turns, starts, ends, words)


def segments_of(
    transcript: Transcript, cuts: Cuts, groups: Grouping, unit: Unit, language: str = "en"
) -> list[Segment]:
    """Make the segments of a transcript, where `cut` says they are.

    Args:
        transcript (Transcript): The transcript.
        cuts (Cuts): Where its segments are.
        groups (Grouping): Which group words belong to.
        unit (str): ``sentence``, ``turn`` or ``paragraph``.
        language (str): Language code of the turns that do not say theirs.

    Returns:
        list[Segment]: In order.
    """
    text, locator = transcript.text, Locator(transcript.text, transcript.places)
    found: list[Segment] = []
    for index, own in itertools.groupby(zip(*cuts, strict=True), key=itemgetter(0)):
        turn = transcript.turns[index]
        spoken = spoken_in(transcript, turn, language)
        group = groups.of(turn.participant, transcript.id, turn.section) if turn.participant else ""
        place = f"{transcript.id}:{turn.number}"
        found.extend(
            Segment._make(  # of all ways to make one the fastest
                (
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
            )
            for number, (_, start, end, words) in enumerate(own, start=1)
        )
    return found
