"""Turns to segments: the unit of analysis, always inside one turn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrcode.coding.groups import Grouping
from hrcode.coding.model import Segment, Unit
from hrcode.language.sentences import sentence_spans
from hrcode.language.words import count_words
from hrcode.spans import trimmed
from hrcode.transcripts.model import Transcript, Turn, spoken_in
from hrcode.transcripts.places import Locator

_PARAGRAPH_END = re.compile(r"\r?\n[ \t]*\r?\n")


def paragraph_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a turn at its blank lines.

    Args:
        text (str): The transcript's text.
        start (int): Start of the turn, in code points.
        end (int): End of the turn.

    Returns:
        list[tuple[int, int]]: Start and end of each paragraph that holds anything but blanks.
    """
    spans: list[tuple[int, int]] = []
    first = start
    for blank in _PARAGRAPH_END.finditer(text, start, end):
        spans.append((first, blank.start()))
        first = blank.end()
    spans.append((first, end))
    return [span for a, b in spans if (span := trimmed(text, a, b))[0] < span[1]]


def turn_sentences(transcript: Transcript, turn: Turn, language: str) -> list[tuple[int, int]]:
    """Cut a turn into sentences, none of which crosses a paragraph's end."""
    return [
        span
        for start, end in paragraph_spans(transcript.text, turn.start, turn.end)
        for span in sentence_spans(transcript.text, start, end, language)
    ]


def segment(transcript: Transcript, groups: Grouping, unit: Unit, language: str = "en") -> Iterator[Segment]:
    """Cut a transcript into segments.

    Args:
        transcript (Transcript): The transcript.
        groups (Grouping): Which group words belong to.
        unit (str): ``sentence``, ``turn`` or ``paragraph``.
        language (str): Language code of the turns that do not say theirs, for sentence ends.

    Yields:
        Segment: In order; stretches without a word (a lone ``[laughs]``) are no segments.
    """
    locator = Locator(transcript.text, transcript.places)
    for turn in transcript.turns:
        spoken = spoken_in(transcript, turn, language)
        if unit == "sentence":
            spans = turn_sentences(transcript, turn, spoken)
        elif unit == "paragraph":
            spans = paragraph_spans(transcript.text, turn.start, turn.end)
        else:
            spans = [(turn.start, turn.end)]
        group = groups.of(turn.participant, transcript.id, turn.section) if turn.participant else ""
        number = 0
        for start, end in spans:
            text = transcript.text[start:end]
            words = count_words(text)
            if not words:
                continue
            number += 1
            place = f"{turn.number}" if unit == "turn" else f"{turn.number}.{number}"
            yield Segment(
                segment_id=f"{transcript.id}:{place}",
                transcript=transcript.id,
                turn=turn.number,
                speaker=turn.speaker,
                participant=turn.participant,
                group=group,
                unit=unit,
                start=start,
                end=end,
                words=words,
                text=text,
                section=turn.section,
                location=locator.at(start),
                language=spoken,
            )
