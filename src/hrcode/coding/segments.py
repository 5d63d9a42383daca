"""Turns to segments: the unit of analysis, always inside one turn."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hrcode.coding.groups import Grouping
from hrcode.coding.model import Segment
from hrcode.language.sentences import sentence_spans
from hrcode.language.words import count_words
from hrcode.schema import Unit
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
    if not cuts.turns:
        return []
    text, turns = transcript.text, transcript.turns
    group_of = functools.cache(groups.of)
    same = [  # of all segments of a turn
        (
            turn.number,
            turn.speaker,
            turn.participant,
            turn.participant and group_of(turn.participant, transcript.id, turn.section),
            turn.section,
            spoken_in(transcript, turn, language),
        )
        for turn in turns
    ]
    # Column by column: there are many segments, and this makes them faster than row by row.
    numbers, speakers, participants, in_groups, sections, languages = zip(
        *map(same.__getitem__, cuts.turns), strict=True
    )
    rows = zip(
        _ids(transcript, cuts.turns, unit),
        itertools.repeat(transcript.id),
        numbers,
        speakers,
        participants,
        in_groups,
        itertools.repeat(unit),
        cuts.starts,
        cuts.ends,
        cuts.words,
        [text[start:end] for start, end in zip(cuts.starts, cuts.ends, strict=True)],
        sections,
        Locator(text, transcript.places).of(cuts.starts),
        languages,
        strict=False,
    )
    return [*map(Segment._make, rows)]


def _ids(transcript: Transcript, turns: Sequence[int], unit: Unit) -> Iterator[str]:
    """Name segments by their turn and, where it has several, by their number in it."""
    for index, own in itertools.groupby(turns):
        place = f"{transcript.id}:{transcript.turns[index].number}"
        for number, _ in enumerate(own, start=1):
            yield place if unit == "turn" else f"{place}.{number}"
