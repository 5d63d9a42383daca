"""Stretches of text: trimming blanks off their ends, cutting at blank lines, looking where lines begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE_END = re.compile(r"\n")
_PARAGRAPH_END = re.compile(r"\r?\n[ \t]*\r?\n")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends of a stretch inwards past blanks.

    Args:
        text (str): The text.
        start (int): First code point of the stretch.
        end (int): One past its last code point.

    Returns:
        tuple[int, int]: The new ends; equal where the stretch holds nothing but blanks.
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def paragraph_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a stretch at its blank lines.

    Args:
        text (str): The text.
        start (int): Where the stretch starts, in code points.
        end (int): Where it ends.

    Returns:
        list[tuple[int, int]]: Start and end of each paragraph that holds anything but blanks.
    """
    if text.find("\n", start, end) < 0:  # as in most turns
        start, end = trimmed(text, start, end)
        return [(start, end)] if start < end else []
    spans: list[tuple[int, int]] = []
    first = start
    for blank in _PARAGRAPH_END.finditer(text, start, end):
        spans.append((first, blank.start()))
        first = blank.end()
    spans.append((first, end))
    return [span for a, b in spans if (span := trimmed(text, a, b))[0] < span[1]]


def lines_that_match(regex: re.Pattern[str], text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Match a regular expression at the beginning of each line.

    That is what ``finditer`` gives for an expression that begins with ``^``, does not reach over a line's
    end, and is multiline; but Python would try it at every character.

    Args:
        regex (re.Pattern[str]): The expression.
        text (str): The text.
        start (int): Where to begin, in code points.

    Returns:
        Iterator[re.Match[str]]: Each match, in order.
    """
    begins = [] if start and text[start - 1 : start] != "\n" else [start]
    begins += [end.end() for end in _LINE_END.finditer(text, start)]
    return filter(None, (regex.match(text, begin) for begin in begins))
