"""Words as names are compared: without capitals, accents and the way that signs are composed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f\u00ad\u200b-\u200d]*)+")
# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i"})


class Word(NamedTuple):
    """A word of a text.

    Args:
        form (str): The word as it is compared.
        start (int): Where it starts, in code points.
        end (int): Where it ends.
    """

    form: str
    start: int
    end: int


def fold(word: str) -> str:
    """Give a word as it is compared: ``Žukauskas`` and ``ZUKAUSKAS`` are one.

    Args:
        word (str): Any word.

    Returns:
        str: Small letters and digits without accents.
    """
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    return "".join(sign for sign in plain if sign.isalnum())


def words(text: str) -> Iterator[Word]:
    """Cut a text into words; an underscore ends a word, as in ``Interview_Ruth.docx``.

    Args:
        text (str): Any text.

    Yields:
        Word: Each word in order.
    """
    for match in _WORD.finditer(text):
        yield Word(fold(match[0]), match.start(), match.end())
