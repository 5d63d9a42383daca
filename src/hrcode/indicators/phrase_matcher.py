"""Finding phrases in the words of a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hrcode.indicators.phrase_syntax import Phrase, Place, WordTest
from hrcode.indicators.word_tests import WordTests
from hrcode.language.words import Token

_Run = tuple[int, ...]


class _Place(NamedTuple):
    runs: tuple[_Run, ...]
    gap: int
    bridge: bool


class Span(NamedTuple):
    """Where a phrase stands in a sentence.

    Args:
        phrase (int): Index of the phrase.
        first (int): Index of its first word.
        last (int): Index of its last word.
        gaps (frozenset[int]): Words stepped over in between.
    """

    phrase: int
    first: int
    last: int
    gaps: frozenset[int]


class PhraseMatcher:
    """Finds many phrases at once; a phrase is tried only where its rarest-looking place occurs.

    Args:
        phrases (Sequence[Phrase]): The phrases.
        language (str): Language code.
    """

    def __init__(self, phrases: Sequence[Phrase], language: str) -> None:
        every = (t for p in phrases for place in p for run in place.alternatives for t in run)
        self._tests = WordTests(every, language)
        self._phrases = [tuple(self._numbered(place) for place in phrase) for phrase in phrases]
        self._by_anchor: dict[int, list[int]] = defaultdict(list)
        for i, phrase in enumerate(phrases):
            for test in _anchor(phrase):
                self._by_anchor[self._tests.number[test]].append(i)

    def _numbered(self, place: Place) -> _Place:
        number = self._tests.number
        runs = tuple(tuple(number[test] for test in run) for run in place.alternatives)
        return _Place(runs, place.gap, place.bridge)

    def find(self, tokens: Sequence[Token]) -> Iterator[Span]:
        """Find all phrases in a sentence.

        From each start a phrase is found once, with the narrowest gaps and the longest
        alternatives that fit.

        Args:
            tokens (Sequence[Token]): The words of one sentence.

        Yields:
            Span: In the order of phrase, then start.
        """
        passed = [self._tests.passed(token.form) for token in tokens]
        candidates = {
            phrase for test in frozenset().union(*passed) for phrase in self._by_anchor.get(test, ())
        }
        for index in sorted(candidates):
            for start in range(len(tokens)):
                if found := _match(self._phrases[index], 0, start, tokens, passed):
                    last, gaps = found
                    yield Span(index, start, last, frozenset(gaps))


def _anchor(phrase: Phrase) -> list[WordTest]:
    """Give, for the place with the longest shortest word, a test of each of its alternatives.

    A text that holds the phrase holds a word that passes one of these tests.
    """
    best: list[WordTest] = []
    best_score = -1
    for place in phrase:
        chosen = []
        for run in place.alternatives:
            fixed = [test for test in run if test.how != "any"]
            if not fixed:
                break
            chosen.append(max(fixed, key=lambda test: (len(test.word), test)))
        else:
            score = min(len(test.word) for test in chosen)
            if score > best_score:
                best, best_score = chosen, score
    return best


def _match(
    places: tuple[_Place, ...],
    index: int,
    at: int,
    tokens: Sequence[Token],
    passed: Sequence[frozenset[int]],
    started: bool = False,
    bridged: bool = False,
) -> tuple[int, tuple[int, ...]] | None:
    """Match the places from ``index`` on at word ``at``.

    Args:
        places (tuple[_Place, ...]): The phrase.
        index (int): The place to match next.
        at (int): The word to match it at.
        tokens (Sequence[Token]): The words of the sentence.
        passed (Sequence[frozenset[int]]): Per word, the tests it passes.
        started (bool): Whether a word of the phrase has been matched already.
        bridged (bool): Whether a gap before a place left empty allows punctuation here.

    Returns:
        tuple[int, tuple[int, ...]] | None: The last word and the words stepped over, or None.
    """
    if index == len(places):
        return at - 1, ()
    place = places[index]
    bridge = (bridged or place.bridge) and started
    for skipped in range((place.gap if started else 0) + 1):
        here = at + skipped
        if here > len(tokens) or (skipped and tokens[here - 1].after_mark):
            return None
        for run in place.runs:
            end = here + len(run)
            if end > len(tokens) or any(t not in passed[here + k] for k, t in enumerate(run)):
                continue
            if not _unbroken(tokens, here, end, started, bridge):
                continue
            on = started or bool(run)
            rest = _match(places, index + 1, end, tokens, passed, on, bridge and not run)
            if rest is not None:
                return rest[0], (*range(at, here), *rest[1])
    return None


def _unbroken(tokens: Sequence[Token], start: int, end: int, started: bool, bridge: bool) -> bool:
    """Whether no mark, and no punctuation but at a bridge, parts these words from what precedes."""
    for k in range(start, end):
        if k == start and not started:
            continue
        if tokens[k].after_mark or (tokens[k].before and not (k == start and bridge)):
            return False
    return True
