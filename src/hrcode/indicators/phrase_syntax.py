"""The phrase language: how a line such as ``(he|she) decide ... themselves`` is read.

word        any inflected form of a dictionary form
=word       this form only
^Word       this form with these capital letters only
harm*  *    wildcard inside a word; alone: any one word
{people}    any entry of the codebook's set of that name
(a|b c|)    alternatives; an empty one makes the place optional
...         a gap of up to ``gap`` words, which may bridge punctuation
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from hrcode.hints import nearest
from hrcode.language.words import tokens, word_forms

DEFAULT_GAP = 4
MAX_GAP = 20
MAX_PHRASE = 2_000


How = Literal["lemma", "exact", "cased", "glob", "any"]


class WordTest(NamedTuple):
    """What one word of the text has to be.

    Args:
        how (str): ``lemma``, ``exact``, ``cased``, ``glob`` or ``any``.
        word (str): The dictionary form, form or wildcard, in lower case unless ``cased``.
    """

    how: How
    word: str


Run = tuple[WordTest, ...]
"""Words that stand side by side."""


class Place(NamedTuple):
    """One place of a phrase.

    Args:
        alternatives (tuple[tuple[WordTest, ...], ...]): Runs of words, the longest first; any of
            them may stand here. An empty run makes the place optional.
        gap (int): How many words may be stepped over before it; 0 for none.
        bridge (bool): Whether a gap (of any width) was written before it, so that punctuation
            may stand there, too.
    """

    alternatives: tuple[Run, ...]
    gap: int = 0
    bridge: bool = False


Phrase = tuple[Place, ...]


class PhraseFault(ValueError):
    """A phrase that cannot be read; the message says why."""


_PIECE = re.compile(r"\(([^()]*)\)|(\.\.\.|…)|([^\s()]+)")
_SET = re.compile(r"\{([^{}]*)\}")
MAX_RUNS = 5_000
MAX_STARS = 3
_STAR = "ҳ"  # a letter that stands in for the asterisk while a word is cut


def parse_phrase(
    text: str,
    *,
    gap: int = DEFAULT_GAP,
    how: How = "lemma",
    sets: Mapping[str, Sequence[Run]] | None = None,
    language: str = "en",
) -> Phrase:
    """Read a phrase.

    Args:
        text (str): The phrase as a researcher writes it.
        gap (int): Width of ``...`` in words.
        how (str): What a plain word means: ``lemma``, ``exact`` or ``cased``.
        sets (Mapping[str, Sequence[Run]] | None): The named sets that it may use.
        language (str): Language code; decides how words are cut.

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
            places.append(Place(_alternatives(inner, how, sets or {}, language), width, bridge))
            width, bridge = 0, False
        elif "|" in plain:
            raise PhraseFault(f"has | outside brackets in {plain!r}; write (a|b)")
        elif plain.startswith("{"):
            # A set alone is taken as it is: many places then share one tuple.
            own = (sets or {}).get(plain[1:-1]) if plain.endswith("}") else None
            alternatives = tuple(own) if own else ordered(parse_runs(plain, how, sets or {}, language))
            places.append(Place(alternatives, width, bridge))
            width, bridge = 0, False
        else:
            for test in _words(plain, how, language):
                places.append(Place(((test,),), width, bridge))
                width, bridge = 0, False
    if bridge:
        raise PhraseFault("ends with a gap; end with a word")
    _check(places)
    return tuple(places)


def _check(places: Sequence[Place]) -> None:
    """Refuse places that together say nothing, or end in nothing."""
    optional = itertools.takewhile(lambda place: () in place.alternatives, reversed(places))
    if any(place.bridge for place in optional):
        raise PhraseFault("ends with a gap before words that may be missing; leave them out")
    if not any(_is_anchor(place) for place in places):
        raise PhraseFault("has no word in it that must stand in the text")


def _is_anchor(place: Place) -> bool:
    """Whether the place cannot be skipped or filled by just any word."""
    return all(any(test.how != "any" for test in run) for run in place.alternatives)


def _alternatives(text: str, how: How, sets: Mapping[str, Sequence[Run]], language: str) -> tuple[Run, ...]:
    return ordered(run for choice in text.split("|") for run in parse_runs(choice, how, sets, language))


def parse_runs(text: str, how: How, sets: Mapping[str, Sequence[Run]], language: str = "en") -> list[Run]:
    """Read words that stand side by side, some of which may be sets.

    Args:
        text (str): Such as ``tell {people}``; may be empty.
        how (str): What a plain word means.
        sets (Mapping[str, Sequence[Run]]): The named sets.
        language (str): Language code.

    Returns:
        list[Run]: One run for each choice of set entries.

    Raises:
        PhraseFault: When a set is unknown, or there are more than `MAX_RUNS` choices.
    """
    if "{" not in text:
        return [_words(text, how, language)]
    runs: list[Run] = [()]
    for i, part in enumerate(_SET.split(text)):
        if i % 2 == 0:
            words = _words(part, how, language)
            runs = [(*run, *words) for run in runs]
            continue
        if part not in sets:
            raise PhraseFault(f"uses the set {{{part}}}, which is not there.{nearest(part, sets)}")
        if len(runs) * len(sets[part]) > MAX_RUNS:
            raise PhraseFault(f"stands for more than {MAX_RUNS:,} phrases; make it simpler")
        runs = [(*run, *entry) for run in runs for entry in sets[part]]
    return runs


def ordered(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Put alternatives in the order in which they are tried: the longest first."""
    return tuple(sorted(sorted(set(runs)), key=len, reverse=True))


# The same words stand in many alternatives: "(use|take|do) drugs" in one phrase, "(use|try) it" in the next.
@functools.lru_cache(maxsize=20_000)
def _words(text: str, how: How, language: str) -> Run:
    return tuple(test for raw in text.split() for test in _word(raw, how, language))


@functools.lru_cache(maxsize=20_000)
def _word(raw: str, how: How, language: str) -> Run:
    """Read one written word; a hyphen or an apostrophe in it makes several tests."""
    bare = raw.lstrip("=^")
    if len(raw) - len(bare) > 1:
        raise PhraseFault(f"has more than one sign before the word in {raw!r}")
    if not bare:
        raise PhraseFault(f"has a sign without a word in {raw!r}")
    if raw != bare:
        how = "exact" if raw[0] == "=" else "cased"
    return tuple(
        test for part in re.split("[-‐‑]+", bare) if part for test in _part(part, raw, how, language)
    )


def _part(bare: str, raw: str, how: How, language: str) -> list[WordTest]:
    if bare == "*":
        return [WordTest("any", "*")]
    if bare.isalnum():  # as are most; no sign in it could be wrong
        words = word_forms(bare, language)
        return [WordTest(how, written if how == "cased" else form) for form, written in words]
    parts = tokens(bare.replace("*", _STAR), 0, len(bare), language)
    if not parts or parts[0].start or parts[-1].end != len(bare) or any(p.before for p in parts):
        raise PhraseFault(f"has a sign that no word can match in {raw!r}; write words only")
    if "*" in bare and len(bare.replace("*", "")) < 2:
        raise PhraseFault(f"has a wildcard with fewer than two letters in {raw!r}")
    if bare.count("*") > MAX_STARS:
        raise PhraseFault(f"has more than {MAX_STARS} asterisks in {raw!r}")
    tests: list[WordTest] = []
    for part in parts:
        if _STAR in part.form:
            tests.append(WordTest("glob", part.form.replace(_STAR, "*")))
        else:
            tests.append(WordTest(how, part.raw if how == "cased" else part.form))
    return tests
