"""Which of many phrases a row of words rules out, all phrases at once.

A number stands for a set of phrases, phrase i for its bit i; so one operation on two numbers asks
the same of every phrase. What is asked is less than a phrase needs, so none that is there is ruled out.
"""

from __future__ import annotations

import functools
import operator
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from hrcode.indicators.phrase_numbers import Neighbours, NumberedPhrase, NumberedPlace

PLACES = 3  # of a phrase that are asked for


class _Having(dict[frozenset[int], int]):
    """For the tests that a word passes, the phrases that need one of them for something; remembered."""

    def __init__(self, needed: Iterable[frozenset[int]]) -> None:
        super().__init__()
        self._by_test: dict[int, int] = defaultdict(int)
        for phrase, tests in enumerate(needed):
            for test in tests:
                self._by_test[test] |= 1 << phrase

    def __missing__(self, tests: frozenset[int]) -> int:
        found = self[tests] = _any_of(self._by_test[test] for test in tests if test in self._by_test)
        return found


class Sieve:
    """Rules out phrases by the words that they need, and by two that have to stand side by side.

    Args:
        phrases (Sequence[NumberedPhrase]): The phrases.
        rarity (Sequence[float]): How rare the word of each test is likely to be.
    """

    def __init__(self, phrases: Sequence[NumberedPhrase], rarity: Sequence[float]) -> None:
        def least(tests: Iterable[int]) -> float:
            return min(map(rarity.__getitem__, tests), default=0)

        def worth(pair: Neighbours) -> float:
            both = least(pair.left) + least(pair.right)
            return min(both, least(pair.alone)) if pair.alone else both

        ranked = [sorted(phrase.needs, key=least, reverse=True) for phrase in phrases]
        self._needed = [_Having(rank[min(n, len(rank) - 1)] for rank in ranked) for n in range(PLACES)]
        none = Neighbours()
        pairs = [max(_neighbours(phrase.places), key=worth, default=none) for phrase in phrases]
        self._unpaired = sum(1 << i for i, pair in enumerate(pairs) if pair is none)
        self._left = _Having(pair.left for pair in pairs)
        self._right = _Having(pair.right for pair in pairs)
        self._alone = _Having(pair.alone for pair in pairs)

    def is_rare(self, passed: Iterable[frozenset[int]]) -> bool:
        """Say whether one of some words fills the rarest place of a phrase; if none does, none is there."""
        return any(self._needed[0][tests] for tests in passed)

    def sift(self, passed: Sequence[frozenset[int]]) -> list[int]:
        """Give the phrases that may stand in a row of words.

        Args:
            passed (Sequence[frozenset[int]]): For each word, the tests that it passes.

        Returns:
            list[int]: Indexes of phrases, in order.
        """
        found = -1
        for having in self._needed:
            found &= _any_of(map(having.__getitem__, passed))
            if not found:
                return []
        left, right = map(self._left.__getitem__, passed), map(self._right.__getitem__, passed[1:])
        together = _any_of(map(operator.and_, left, right)) | _any_of(map(self._alone.__getitem__, passed))
        return list(_members(found & (together | self._unpaired)))


def _neighbours(places: Sequence[NumberedPlace]) -> Iterator[Neighbours]:
    """Give what has to stand side by side: inside a place, and where two places meet."""
    for i, (choice, _, _) in enumerate(places):
        if choice.optional:
            continue
        if choice.longer:
            yield choice.inside
        following: set[int] = set()
        for after in places[i + 1 :]:
            if after.gap:
                break
            following.update(after.choice.by_first)
            if not after.choice.optional:
                yield Neighbours(choice.ends, frozenset(following))
                break


def _any_of(numbers: Iterable[int]) -> int:
    return functools.reduce(operator.or_, numbers, 0)


def _members(number: int) -> Iterator[int]:
    """Give the bits that are set, from the lowest."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
