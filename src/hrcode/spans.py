"""Stretches of text: trimming blanks off their ends."""

from __future__ import annotations


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
