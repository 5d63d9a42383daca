"""The phrase language: how a line such as ``(he|she) decide ... themselves`` is read.

word        any inflected form of a dictionary form
=word       this form only
harm*  *    wildcard inside a word; alone: any one word
(a|b c|)    alternatives; an empty one makes the place optional
...         a gap of up to ``gap`` words, which may bridge punctuation
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from hrcode.language.words import tokens

DEFAULT_GAP = 4
MAX_GAP = 20
MAX_PHRASE = 2_000


class WordTest(NamedTuple):
    """What one word of the text has to be.

    Args:
        how (str): ``lemma``, ``exact``, ``glob`` or ``any``.
        word (str): The dictionary form, form or wildcard, in lower case.
    """

    how: Literal["lemma", "exact", "glob", "any"]
    word: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a phrase.

    Args:
        alternatives (tuple[tuple[WordTest, ...], ...]): Runs of words, the longest first; any of
            them may stand here. An empty run makes the place optional.
        gap (int): How many words may be stepped over before it; 0 for none.
        bridge (bool): Whether a gap (of any width) was written before it, so that punctuation
            may stand there, too.
    """

    alternatives: tuple[tuple[WordTest, ...], ...]
    gap: int = 0
    bridge: bool = False


Phrase = tuple[Place, ...]


class PhraseFault(ValueError):
    """A phrase that cannot be read; the message says why."""


_PIECE = re.compile(r"\(([^()]*)\)|(\.\.\.|…)|([^\s()]+)")


def parse_phrase(text: str, *, gap: int = DEFAULT_GAP, exact: bool = False) -> Phrase:
    """Read a phrase.

    Args:
        text (str): The phrase as a researcher writes it.
        gap (int): Width of ``...`` in words.
        exact (bool): Whether every plain word means its written form only.

    Returns:
        Phrase: The places in order.

    Raises:
        PhraseFault: When the phrase is empty, has unmatched or nested brackets, a gap at an end,
            a stray sign, or nothing in it that a text could be searched for.
    """
    if len(text) > MAX_PHRASE:
        raise PhraseFault(f"is longer than {MAX_PHRASE:,} characters")
    places: list[Place] = []
    width, bridge = 0, False
    rest = _PIECE.sub("", text)
    if "(" in rest or ")" in rest:
        raise PhraseFault("has an unmatched or nested bracket; write (a|b c) without nesting")
    for piece in _PIECE.finditer(text):
        inner, dots, plain = piece.groups()
        if dots:
            if not places:
                raise PhraseFault("begins with a gap; begin with a word")
            width, bridge = gap, True
        elif inner is not None:
            runs = {_words(choice, exact) for choice in inner.split("|")}
            places.append(Place(tuple(sorted(runs, key=lambda run: (-len(run), run))), width, bridge))
            width, bridge = 0, False
        elif "|" in plain:
            raise PhraseFault(f"has | outside brackets in {plain!r}; write (a|b)")
        else:
            for test in _words(plain, exact):
                places.append(Place(((test,),), width, bridge))
                width, bridge = 0, False
    if bridge:
        raise PhraseFault("ends with a gap; end with a word")
    if places and places[-1].bridge and () in places[-1].alternatives:
        raise PhraseFault("ends with a gap before words that may be missing; leave them out")
    if not any(_is_anchor(place) for place in places):
        raise PhraseFault("has no word in it that must stand in the text")
    return tuple(places)


def _is_anchor(place: Place) -> bool:
    """Whether the place cannot be skipped or filled by just any word."""
    return all(any(test.how != "any" for test in run) for run in place.alternatives)


def _words(text: str, exact: bool) -> tuple[WordTest, ...]:
    return tuple(test for raw in re.split(r"[\s\-‐‑]+", text) if raw for test in _word(raw, exact))


def _word(raw: str, exact: bool) -> list[WordTest]:
    bare = raw.removeprefix("=")
    how: Literal["exact", "lemma"] = "exact" if exact or raw != bare else "lemma"
    if bare == "*":
        return [WordTest("any", "*")]
    parts = tokens(bare.replace("*", "ҳ"), 0, len(bare))  # a letter stands in for the asterisk
    if not parts or parts[0].start or parts[-1].end != len(bare) or any(p.before for p in parts):
        raise PhraseFault(f"has a sign that no word can match in {raw!r}; write words only")
    if "*" not in bare:
        return [WordTest(how, part.form) for part in parts]
    if len(bare.replace("*", "")) < 2:
        raise PhraseFault(f"has a wildcard with fewer than two letters in {raw!r}")
    return [
        WordTest("glob", part.form.replace("ҳ", "*")) if "ҳ" in part.form else WordTest(how, part.form)
        for part in parts
    ]
