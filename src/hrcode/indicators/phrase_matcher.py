"""Finding phrases in the words of a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hrcode.indicators.phrase_syntax import Phrase, Place, WordTest
from hrcode.indicators.word_tests import WordTests
from hrcode.language.words import Token

_Run = tuple[int, ...]


class _Choice(NamedTuple):
    """The alternatives of a place in test numbers.

    Args:
        by_first (dict[int, tuple[tuple[int, _Run], ...]]): Runs by their first test, each with its
            rank (the longest first).
        optional (bool): Whether the place may be empty.
        rarest (frozenset[int]): Of each run the test that looks rarest; none where anything fits.
    """

    by_first: dict[int, tuple[tuple[int, _Run], ...]]
    optional: bool
    rarest: frozenset[int]

    def runs(self, passed: frozenset[int]) -> list[_Run]:
        """Give the runs that may begin with a word that passes these tests, in order of rank."""
        if len(self.by_first) < len(passed):
            found = [pair for test, pairs in self.by_first.items() if test in passed for pair in pairs]
        else:
            found = [pair for test in passed for pair in self.by_first.get(test, ())]
        return [run for _, run in sorted(found)]


class _Place(NamedTuple):
    choice: _Choice
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
        alternatives = {id(place.alternatives): place.alternatives for phrase in phrases for place in phrase}
        every = (test for runs in alternatives.values() for run in runs for test in run)
        self._tests = WordTests(every, language)
        self._choices: dict[int, _Choice] = {}
        self._phrases = [self._compile(phrase) for phrase in phrases]
        length = {number: len(test.word) for test, number in self._tests.number.items()}
        self._by_anchor: dict[int, list[int]] = defaultdict(list)
        for i, compiled in enumerate(self._phrases):
            # The place whose words look rarest; a text that holds the phrase passes one of its tests.
            for test in max(compiled.needs, key=lambda need: min(length[t] for t in need)):
                self._by_anchor[test].append(i)

    def _compile(self, phrase: Phrase) -> _Compiled:
        places = tuple(_Place(self._choice(place), place.gap, place.bridge) for place in phrase)
        starts: set[int] = set()
        for place in places:
            starts.update(place.choice.by_first)
            if not place.choice.optional:
                break
        needs = {i: place.choice.rarest for i, place in enumerate(places) if place.choice.rarest}
        return _Compiled(places, frozenset(starts), tuple(needs.values()), tuple(needs))

    def _choice(self, place: Place) -> _Choice:
        """Number the alternatives of a place; those of a set, which many places share, only once."""
        key = id(place.alternatives)
        if key not in self._choices:
            number = self._tests.number
            by_first: dict[int, list[tuple[int, _Run]]] = defaultdict(list)
            for rank, run in enumerate(place.alternatives):
                if run:
                    by_first[number[run[0]]].append((rank, tuple(number[test] for test in run)))
            self._choices[key] = _Choice(
                {test: tuple(runs) for test, runs in by_first.items()},
                () in place.alternatives,
                frozenset(number[test] for test in _rarest(place)),
            )
        return self._choices[key]

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
            runs = place.choice.runs(self.passed[here]) if here < len(self.tokens) else []
            for run in [*runs, ()] if place.choice.optional else runs:
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
