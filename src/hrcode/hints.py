"""What a misspelt word may have meant."""

from __future__ import annotations

import contextlib
import difflib
import os
from collections.abc import Collection, Iterable
from pathlib import Path

LISTED = 30
"""Choices that are named at most; of participants there may be thousands."""


def nearest(word: str, choices: Iterable[str]) -> str:
    """Say which of the choices a misspelt word may have meant.

    Args:
        word (str): What the user wrote.
        choices (Iterable[str]): What would have been right.

    Returns:
        str: `` Did you mean X?`` with a leading blank, or an empty string.
    """
    folded = {choice.casefold(): choice for choice in sorted(choices)}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    return f" Did you mean {folded[found[0]]}?" if found else ""


def no_such(what: str, word: str, choices: Iterable[str]) -> str:
    """Say that a word is none of those that there are, which it may have meant, and which there are.

    Args:
        what (str): What the word should have named, such as ``level`` or ``--format``.
        word (str): What the user wrote.
        choices (Iterable[str]): What would have been right, in the order in which it is listed.

    Returns:
        str: Sentences; of many choices the first are listed.
    """
    known = [*choices]
    more = [f"and {len(known) - LISTED:,} more"] if len(known) > LISTED + 1 else []
    listed = ", ".join([*(known[:LISTED] if more else known), *more]) or "none"
    return f"There is no {what} {word!r}.{nearest(word, known)} There are: {listed}."


def nearest_file(path: Path) -> str:
    """Say which file of the same folder a misspelt path may have meant (see `nearest`)."""
    with contextlib.suppress(OSError):
        return nearest(path.name, os.listdir(path.parent))
    return ""


def nearly_same(label: str, known: Collection[str]) -> str:
    """Give the known label that a label is a misspelling of, or an empty string.

    Args:
        label (str): A label of four letters or more, such as ``Interviwer``.
        known (Collection[str]): Labels that are known.

    Returns:
        str: The known label.
    """
    written = label.casefold()
    # "Interview: spring 2022" is a headline, not a misspelt interviewer.
    folded = {n.casefold(): n for n in sorted(known) if not n.casefold().startswith(written)}
    close = difflib.get_close_matches(written, folded, n=1, cutoff=0.8) if len(label) >= 4 else []
    return folded[close[0]] if close else ""
