"""Text to sentences by rules, so that no trained pipeline decides where a segment ends."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

from hrcode.language.words import blank_marks
from hrcode.spans import trimmed

# Speech without punctuation (raw machine transcripts) would be one endless sentence.
MAX_SENTENCE = 5_000
_LINE_END = re.compile(r"[\r\n\u0085\u2028\u2029\v\f]")


def sentence_spans(text: str, start: int, end: int, language: str = "en") -> list[tuple[int, int]]:
    """Cut a stretch of a transcript into sentences.

    A line end is no sentence end (transcripts are wrapped), and a transcriber's mark never is.
    Sentences longer than `MAX_SENTENCE` characters are cut at the last blank before the limit.

    Args:
        text (str): The transcript's text.
        start (int): First code point of the stretch.
        end (int): One past its last code point.
        language (str): Language code, for abbreviations.

    Returns:
        list[tuple[int, int]]: Start and end of each sentence, without blanks at either end.
    """
    piece = _LINE_END.sub(" ", blank_marks(text[start:end], "X"))
    spans: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries(language, piece):
        first, last = int(boundary["start_index"]), int(boundary["end_index"])
        while last - first > MAX_SENTENCE:
            cut = piece.rfind(" ", first + 1, first + MAX_SENTENCE)
            cut = cut if cut > first else first + MAX_SENTENCE
            _add(spans, text, start + first, start + cut)
            first = cut
        _add(spans, text, start + first, start + last)
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    start, end = trimmed(text, start, end)
    if start < end:
        spans.append((start, end))
