"""Turns to segments: the unit of analysis, always inside one turn."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple, TypeVar

from hrcode.coding.groups import Grouping
from hrcode.coding.model import Columns, Segments
from hrcode.language.sentences import sentence_spans
from hrcode.language.words import count_words
from hrcode.schema import Unit
from hrcode.spans import paragraph_spans
from hrcode.transcripts.model import Transcript, Turn, languages, spoken_in
from hrcode.transcripts.places import Locator
from hrcode.transcripts.sampling import UNSEEN

_T = TypeVar("_T")


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
) -> Segments:
    """Make the segments of a transcript, where `cut` says they are.

    Args:
        transcript (Transcript): The transcript.
        cuts (Cuts): Where its segments are.
        groups (Grouping): Which group words belong to.
        unit (str): ``sentence``, ``turn`` or ``paragraph``.
        language (str): Language code of the turns that do not say theirs.

    Returns:
        Segments: In order.
    """
    text, turns = transcript.text, transcript.turns
    group_of = functools.cache(groups.of)
    in_groups = [
        turn.participant and group_of(turn.participant, transcript.id, turn.section) for turn in turns
    ]

    pick = itemgetter(*cuts.turns) if len(cuts.turns) > 1 else None  # of one index it gives no sequence

    def of_turns(values: Sequence[_T]) -> Sequence[_T]:
        """Give each segment what its turn has."""
        return pick(values) if pick else [values[index] for index in cuts.turns]

    locator = Locator(text, transcript.places)
    places = _places_of_turns(locator, turns)
    return Segments(
        Columns(
            segment_id=_ids(transcript, cuts.turns, unit),
            transcript=[transcript.id] * len(cuts.turns),
            turn=of_turns([turn.number for turn in turns]),
            speaker=of_turns([turn.speaker for turn in turns]),
            participant=of_turns([turn.participant for turn in turns]),
            group=of_turns(in_groups),
            unit=[unit] * len(cuts.turns),
            start=cuts.starts,
            end=cuts.ends,
            words=cuts.words,
            text=[text[start:end] for start, end in zip(cuts.starts, cuts.ends, strict=True)],
            section=of_turns([turn.section for turn in turns]),
            location=of_turns(places) if places else [*locator.of(cuts.starts)],
            language=of_turns(languages(transcript, language)),
        )
    )


def _places_of_turns(locator: Locator, turns: Sequence[Turn]) -> list[str]:
    """Give the place of each turn, if each lies in one, as where a turn is a line; else nothing."""
    starts = [turn.start for turn in turns]
    whole = all(map(int.__eq__, locator.numbers(starts), locator.numbers(turn.end for turn in turns)))
    return [*locator.of(starts)] if whole else []


def _ids(transcript: Transcript, turns: Sequence[int], unit: Unit) -> list[str]:
    """Name segments by their turn and, where it may have several, by their number in it."""
    many = Counter(turns)  # in the order of the turns, as the segments are
    places = {index: f"{transcript.id}:{transcript.turns[index].number}" for index in many}
    if unit == "turn":
        return [*places.values()]
    endings = [f".{number}" for number in range(1, max(many.values(), default=0) + 1)]
    return [places[index] + ending for index, number in many.items() for ending in endings[:number]]
