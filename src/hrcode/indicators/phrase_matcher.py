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


class _Compiled(NamedTuple):
    """A phrase in test numbers, with what is cheap to look at before matching it.

    Args:
        places (tuple[_Place, ...]): The phrase.
        starts (frozenset[int]): Tests of which its first word passes one.
        needs (tuple[frozenset[int], ...]): Per place that cannot be empty, tests of which some word
            of the sentence passes one if the phrase is there.
        need_places (tuple[int, ...]): Index of the place that each need belongs to.
    """

    places: tuple[_Place, ...]
    starts: frozenset[int]
    needs: tuple[frozenset[int], ...]
    need_places: tuple[int, ...]


class PhraseMatcher:
    """Finds many phrases at once; a phrase is tried only where all its places may be filled.

    Args:
        phrases (Sequence[Phrase]): The phrases.
        language (str): Language code.
    """

    def __init__(self, phrases: Sequence[Phrase], language: str) -> None:
        every = (t for p in phrases for place in p for run in place.alternatives for t in run)
        self._tests = WordTests(every, language)
        self._phrases = [self._compile(phrase) for phrase in phrases]
        self._by_anchor: dict[int, list[int]] = defaultdict(list)
        for i, phrase in enumerate(phrases):
            for test in _anchor(phrase):
                self._by_anchor[self._tests.number[test]].append(i)

    def _compile(self, phrase: Phrase) -> _Compiled:
        number = self._tests.number
        places = tuple(
            _Place(
                tuple(tuple(number[test] for test in run) for run in place.alternatives),
                place.gap,
                place.bridge,
            )
            for place in phrase
        )
        starts: set[int] = set()
        for place in places:
            starts.update(run[0] for run in place.runs if run)
            if () not in place.runs:
                break
        needs = {
            i: frozenset(number[test] for test in tests)
            for i, place in enumerate(phrase)
            if (tests := _rarest(place))
        }
        return _Compiled(places, frozenset(starts), tuple(needs.values()), tuple(needs))

    def find(self, tokens: Sequence[Token]) -> Iterator[Span]:
        """Find all phrases in a sentence.

        From each start a phrase is found once, with the narrowest gaps and the longest
        alternatives that fit.

        Args:
            tokens (Sequence[Token]): The words of one sentence.

        Yields:
            Span: In the order of phrase, then start.
        """
        passed = [self._tests.passed(token) for token in tokens]
        present = frozenset().union(*passed)
        candidates = {index for test in present for index in self._by_anchor.get(test, ())}
        for index in sorted(candidates):
            phrase = self._phrases[index]
            if any(need.isdisjoint(present) for need in phrase.needs):
                continue
            search = _Search(phrase.places, tokens, passed)
            for start, tests in enumerate(passed):
                if phrase.starts.isdisjoint(tests):
                    continue
                if found := search.match(0, start):
                    last, gaps = found
                    yield Span(index, start, last, frozenset(gaps))

    def almost(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Find phrases of which all places but one could be filled somewhere in a sentence.

        Args:
            tokens (Sequence[Token]): The words of one sentence.

        Yields:
            tuple[int, int]: Index of the phrase, and of the place that nothing fills; -1 where
            every place could be filled, but not in this order or so near together.
        """
        present = frozenset().union(*(self._tests.passed(token) for token in tokens))
        for index, phrase in enumerate(self._phrases):
            lacking = [i for i, need in enumerate(phrase.needs) if need.isdisjoint(present)]
            if len(phrase.needs) > len(lacking) + 1 and len(lacking) <= 1:
                yield index, phrase.need_places[lacking[0]] if lacking else -1


def _rarest(place: Place) -> list[WordTest]:
    """Give a test of each alternative, the longest word's; none where a place may be anything."""
    chosen: list[WordTest] = []
    for run in place.alternatives:
        fixed = [test for test in run if test.how != "any"]
        if not fixed:
            return []
        chosen.append(max(fixed, key=lambda test: (len(test.word), test)))
    return chosen


def _anchor(phrase: Phrase) -> list[WordTest]:
    """Give the tests of the place whose words look rarest (the longest shortest word).

    A text that holds the phrase holds a word that passes one of these tests.
    """
    choices = [tests for place in phrase if (tests := _rarest(place))]
    return max(choices, key=lambda tests: min(len(test.word) for test in tests))


class _Search:
    """One phrase in one sentence; remembers where it has failed, so that gaps cost no more than width."""

    def __init__(
        self, places: tuple[_Place, ...], tokens: Sequence[Token], passed: Sequence[frozenset[int]]
    ) -> None:
        self.places = places
        self.tokens = tokens
        self.passed = passed
        self.failed: set[tuple[int, int, bool, bool]] = set()

    def match(
        self, index: int, at: int, started: bool = False, bridged: bool = False
    ) -> tuple[int, tuple[int, ...]] | None:
        """Match the places from ``index`` on at word ``at``.

        Args:
            index (int): The place to match next.
            at (int): The word to match it at.
            started (bool): Whether a word of the phrase has been matched already.
            bridged (bool): Whether a gap before a place left empty allows punctuation here.

        Returns:
            tuple[int, tuple[int, ...]] | None: The last word and the words stepped over, or None.
        """
        if index == len(self.places):
            return at - 1, ()
        state = (index, at, started, bridged)
        if state in self.failed:
            return None
        place = self.places[index]
        bridge = (bridged or place.bridge) and started
        for skipped in range((place.gap if started else 0) + 1):
            here = at + skipped
            if here > len(self.tokens) or (skipped and self.tokens[here - 1].after_mark):
                break
            for run in place.runs:
                end = here + len(run)
                if not self._stands(run, here, end, started, bridge):
                    continue
                rest = self.match(index + 1, end, started or bool(run), bridge and not run)
                if rest is not None:
                    return rest[0], (*range(at, here), *rest[1])
        self.failed.add(state)
        return None

    def _stands(self, run: _Run, here: int, end: int, started: bool, bridge: bool) -> bool:
        if end > len(self.tokens) or any(t not in self.passed[here + k] for k, t in enumerate(run)):
            return False
        return _unbroken(self.tokens, here, end, started, bridge)


def _unbroken(tokens: Sequence[Token], start: int, end: int, started: bool, bridge: bool) -> bool:
    """Whether no mark, and no punctuation but at a bridge, parts these words from what precedes."""
    for k in range(start, end):
        if k == start and not started:
            continue
        if tokens[k].after_mark or (tokens[k].before and not (k == start and bridge)):
            return False
    return True
