"""Text to words: the tokens that phrases and negation cues are matched on, and the word count."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hrcode.language.chunks import Known

# An omission <...> or a note [changed by the author]: part of the text, but nobody's words. A note
# may hold another and run over a line, but not over a blank line.
_LINE = r"(?!\r?\n[ \t]*\r?\n)"
MARK = re.compile(
    rf"<(?! )(?:{_LINE}[^<>]|<[^<>\n]{{0,300}}>){{0,1000}}>"
    rf"|\[(?:{_LINE}[^\[\]]|\[[^\[\]\n]{{0,300}}\]){{0,1000}}\]"
)

_PIECE = 1_000_000  # characters of a text that are cut into words at a time

_SILENT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width signs: part of a word
_LETTER = rf"(?:[^\W_]|[\u0300-\u036f{_SILENT}])"
_APOSTROPHES = "'’ʼ´`"
_APOSTROPHE = f"[{_APOSTROPHES}]"
# English contractions are two words: do + n't, he + 's, can + not.
_WORD_EN = re.compile(
    rf"{_LETTER}+?(?=n{_APOSTROPHE}t(?!{_LETTER}))"
    rf"|n{_APOSTROPHE}t(?!{_LETTER})"
    rf"|{_APOSTROPHE}(?:s|re|ve|ll|d|m)(?!{_LETTER})"
    rf"|(?<![^\W_])can(?=not(?!{_LETTER}))"
    rf"|{_LETTER}+",
    re.IGNORECASE,
)
_WORD = re.compile(rf"{_LETTER}+")
_COUNTED = re.compile(rf"{_LETTER}+(?:[{_APOSTROPHES}\-]{_LETTER}+)*")
_FOLD = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_SILENT, "")})
# Between two words of a phrase only these may stand; anything else is punctuation that breaks it.
_TRANSPARENT = re.compile(rf"[\s\-‐‑\"“”„'‘’ʼ´`*_{_SILENT}]+")


class Token(NamedTuple):
    """One word of a sentence.

    Args:
        form (str): The word in lower case, composed (NFC), with a straight apostrophe.
        start (int): Where it starts in the transcript, in code points.
        end (int): Where it ends.
        before (str): The punctuation between the word before and this one, without blanks,
            hyphens and quotation marks; empty where nothing breaks a phrase.
        after_mark (bool): Whether a transcriber's mark stands between the word before and this one.
        raw (str): The word as it is written.
    """

    form: str
    start: int
    end: int
    before: str
    after_mark: bool
    raw: str = ""


def blank_marks(text: str, filler: str = " ") -> str:
    """Replace every transcriber's mark by as many fillers, so that offsets stay true.

    Args:
        text (str): Transcript text.
        filler (str): One character.

    Returns:
        str: Text of the same length.
    """
    if not _may_hold_mark(text):
        return text
    return MARK.sub(lambda mark: filler * (mark.end() - mark.start()), text)


def _may_hold_mark(text: str) -> bool:
    return "<" in text or "[" in text


def tidy(text: str) -> str:
    """Return text with composed letters and straight apostrophes, without soft hyphens and the like."""
    return unicodedata.normalize("NFC", text.translate(_FOLD))


def fold(word: str) -> str:
    """Return a word in the form that words are compared in."""
    if word.isascii():  # most words, and much cheaper
        return word.replace("`", "'").lower()
    return tidy(word).lower()


def tokens(text: str, start: int, end: int, language: str = "en") -> tuple[Token, ...]:
    """Cut a stretch of a transcript into words.

    Args:
        text (str): The transcript's text.
        start (int): First code point of the stretch.
        end (int): One past its last code point.
        language (str): Language code; English contractions are cut in two.

    Returns:
        tuple[Token, ...]: The words, without marks and punctuation.
    """
    piece = text[start:end]
    marks = deque(mark.span() for mark in MARK.finditer(piece)) if _may_hold_mark(piece) else deque()
    if marks:
        piece = blank_marks(piece)
    found: list[Token] = []
    last = 0
    for word in (_WORD_EN if language == "en" else _WORD).finditer(piece):
        raw = word[0]
        form = _FOLDED[raw]
        if not form:  # nothing but signs that nobody sees, as inside many an emoji
            continue
        here, there = word.span()
        between = piece[last:here]
        if between:
            between = "" if between == " " else _TRANSPARENT.sub("", between)
        after_mark = False
        while marks and marks[0][1] <= here:
            after_mark = True
            marks.popleft()
        found.append(Token._make((form, start + here, start + there, between, after_mark, raw)))
        last = there
    return tuple(found)


def word_forms(piece: str, language: str = "en") -> list[tuple[str, str]]:
    """Give the words of a piece without blanks, folded and as written (see `tokens`).

    Args:
        piece (str): The piece.
        language (str): Language code.

    Returns:
        list[tuple[str, str]]: Form and raw form of each word.
    """
    bare = piece.rstrip(".,?!")
    if bare.isascii() and bare.isalnum() and bare.lower() != "cannot":  # as are most pieces: one word
        return [(bare.lower(), bare)]
    return [(word.form, word.raw) for word in tokens(piece, 0, len(piece), language)]


def word_start(words: Sequence[Token], index: int) -> int:
    """Give where a written word starts: that of "n't" is where "can't" starts."""
    while index and words[index - 1].end == words[index].start:
        index -= 1
    return words[index].start


def word_end(words: Sequence[Token], index: int) -> int:
    """Give where a written word ends: that of "do" in "don't" is after the t."""
    while index + 1 < len(words) and words[index].end == words[index + 1].start:
        index += 1
    return words[index].end


def written_words(text: str) -> list[str]:
    """Give the words of a text, folded, cut as `count_words` counts them.

    Args:
        text (str): Any text; transcriber's marks do not count.

    Returns:
        list[str]: The words; "don't" and "follow-up" are one each.
    """
    return [fold(word) for word in _counted(blank_marks(text))]


def count_words(text: str) -> int:
    """Count the words of a text: runs of letters or digits, joined by apostrophes or hyphens.

    Args:
        text (str): Any text; transcriber's marks do not count.

    Returns:
        int: Number of words; "don't" and "follow-up" are one each.
    """
    text = blank_marks(text)
    pieces = [text] if len(text) <= _PIECE else _pieces(text)
    return sum(sum(map(_COUNTS.__getitem__, piece.split())) for piece in pieces)


def _counted(text: str) -> Iterator[str]:
    """Give the words that count; signs that nobody sees, as inside many an emoji, are none by themselves."""
    return (word[0] for word in _COUNTED.finditer(text) if word[0].strip(_SILENT))


def _pieces(text: str) -> Iterator[str]:
    """Cut a very long text at blanks, so that its words never stand in memory all at once."""
    start = 0
    while start < len(text):
        end = text.find(" ", start + _PIECE)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end


_FOLDED = Known(fold)
_COUNTS = Known(lambda piece: sum(1 for _ in _counted(piece)))
