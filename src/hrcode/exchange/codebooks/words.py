"""Words of dictionaries to phrases of hrcode, and back.

A dictionary's word means this form only (``=word`` in hrcode), its ``*`` any letters.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping, Sequence

from hrcode.indicators.phrase_syntax import PhraseFault, parse_phrase

MAX_PHRASES = 200
_SIGNS = re.compile(r"[(){}\[\]|=^?…<>]|\.\.\.")
_PIECE = re.compile(r"\(([^()]*)\)|(\.\.\.|…)|([^\s()]+)")
_SET = re.compile(r"\{([^{}]*)\}")


class CannotHoldError(ValueError):
    """A phrase that plain words cannot say; the message says what it has."""


@functools.lru_cache(maxsize=20_000)
def to_phrase(word: str) -> str | None:
    """Write a word or phrase of a dictionary as hrcode has it.

    Args:
        word (str): Such as ``harm*`` or ``take off``.

    Returns:
        str | None: Such as ``harm*`` or ``=take =off``; None where hrcode cannot match it.
    """
    if _SIGNS.search(word):
        return None
    phrase = " ".join(part if "*" in part else f"={part}" for part in word.split())
    try:
        parse_phrase(phrase)
    except PhraseFault:
        return None
    return phrase


def from_phrase(
    text: str, sets: Mapping[str, Sequence[str]], *, exact: bool = False
) -> tuple[list[str], bool]:
    """Write a phrase of hrcode as words and phrases of a dictionary.

    Args:
        text (str): Such as ``(take|put) =off``.
        sets (Mapping[str, Sequence[str]]): The codebook's sets.
        exact (bool): Whether plain words mean this form only.

    Returns:
        tuple[list[str], bool]: All that it stands for, and whether inflected forms were left out.

    Raises:
        CannotHoldError: When it has gaps, or stands for too much.
    """
    phrases: list[tuple[str, ...]] = [()]
    for inner, dots, plain in _PIECE.findall(text):
        if dots:
            raise CannotHoldError("phrases with gaps")
        choices = [way for choice in inner.split("|") for way in _ways(choice, sets)] if not plain else []
        choices = choices or _ways(plain, sets)
        if len(phrases) * len(choices) > MAX_PHRASES:
            raise CannotHoldError("phrases that stand for too many others")
        phrases = [(*phrase, *choice) for phrase, choice in itertools.product(phrases, choices)]
    inflected = not exact and any(part[0] not in "=^" and "*" not in part for p in phrases for part in p)
    plain_words = (" ".join(part.lstrip("=^") for part in phrase) for phrase in phrases)
    return list(dict.fromkeys(word for word in plain_words if word)), inflected


def _ways(text: str, sets: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Give everything that words with sets among them stand for."""
    ways: list[tuple[str, ...]] = [()]
    for i, part in enumerate(_SET.split(text)):
        own = [tuple(part.split())] if i % 2 == 0 else [w for e in sets.get(part, ()) for w in _ways(e, sets)]
        if len(ways) * len(own) > MAX_PHRASES:
            raise CannotHoldError("phrases that stand for too many others")
        ways = [(*way, *more) for way, more in itertools.product(ways, own)]
    return ways
