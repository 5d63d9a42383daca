"""Text to sentences by rules, so that no trained pipeline decides where a segment ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import segment

from hrcode.language.words import blank_marks

# Speech without punctuation (raw machine transcripts) would be one endless sentence.
MAX_SENTENCE = 5_000
# A line end is no sentence end, and the library that looks for these fails on some wide blanks.
_BLANK = re.compile(r"[^\S \t]")


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
    piece = blank_marks(text[start:end], "X")
    if not piece.isprintable():  # as only blanks are that matter here; cheaper to ask
        piece = _BLANK.sub(" ", piece)
    spans: list[tuple[int, int]] = []
    at = start
    for sentence in segment(language, piece):
        for part in [sentence] if len(sentence) <= MAX_SENTENCE else _cut(sentence):
            if own := part.strip():
                first = at + part.index(own)
                spans.append((first, first + len(own)))
            at += len(part)
    return spans


def _cut(sentence: str) -> Iterator[str]:
    """Cut what is too long for a sentence at blanks."""
    while len(sentence) > MAX_SENTENCE:
        at = sentence.rfind(" ", 1, MAX_SENTENCE)
        at = at if at > 0 else MAX_SENTENCE
        yield sentence[:at]
        sentence = sentence[at:]
    yield sentence
