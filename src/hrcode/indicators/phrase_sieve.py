"""Which of many phrases a sentence rules out, all phrases at once.

A number stands for a set of phrases, phrase i for its bit i; so one operation on two numbers asks
the same of every phrase, and of several sets that lie side by side in the numbers. What is asked is less
than a phrase needs, so none that is there is ruled out. What a piece of text says of the phrases is
worked out once, however often it is said.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from hrcode.indicators.phrase_numbers import Neighbours, NumberedPhrase, NumberedPlace

_T = TypeVar("_T")
NEEDS = 4  # places of a phrase that are asked for
PAIRS = 2  # pairs of words side by side that are asked for


class Signs(NamedTuple):
    """What a piece of a sentence says of all phrases.

    Args:
        needed (int): `NEEDS` sets side by side: the phrases that need one of its words for their rarest
            place, for the next rarest (or the rarest again where there is none), and so on.
        left (int): `PAIRS` sets side by side: the phrases of which a pair may begin with its last word.
        right (int): Likewise, those of which a pair may end with its first word.
        inside (int): Likewise, those of which it holds a pair, or the one word that will do instead.
    """

    needed: int
    left: int
    right: int
    inside: int


_NO_WORD = Signs(0, -1, -1, 0)  # the words on either side of it are side by side
_OTHER_WORDS = Signs(0, 0, 0, 0)
_NEEDED, _LEFT, _RIGHT, _INSIDE = map(operator.itemgetter, range(4))


class Sieve:
    """Rules out phrases by the words that they need, and by words that have to stand side by side.

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

        needs = [sorted(phrase.needs, key=least, reverse=True) for phrase in phrases]
        pairs = [sorted(_neighbours(phrase.places), key=worth, reverse=True) for phrase in phrases]
        self._size = len(phrases)
        self._all = (1 << self._size) - 1
        self._needed = _by_test(_nth(needs, n) for n in range(NEEDS))
        best = [_nth([own or [Neighbours()] for own in pairs], n) for n in range(PAIRS)]
        self._left = _by_test([pair.left for pair in row] for row in best)
        self._right = _by_test([pair.right for pair in row] for row in best)
        self._alone = _by_test([pair.alone for pair in row] for row in best)
        self._unpaired = sum(1 << i for i, own in enumerate(pairs) if not own)

    def signs(self, words: Sequence[frozenset[int]]) -> Signs:
        """Say what a piece of a sentence means for all phrases; worth remembering.

        Args:
            words (Sequence[frozenset[int]]): For each of its words, the tests that it passes.

        Returns:
            Signs: What `sift` wants.
        """
        if not words:
            return _NO_WORD
        if not any(words):  # as for most pieces
            return _OTHER_WORDS
        needed, left, right, alone = (
            [_having(by_test, word) for word in words]
            for by_test in (self._needed, self._left, self._right, self._alone)
        )
        inside = _any_of(map(operator.and_, left, right[1:])) | _any_of(alone)
        return Signs(_any_of(needed), left[-1], right[0], inside)

    def tells(self, signs: Signs) -> bool:
        """Say whether a piece holds a word for the rarest place of a phrase; some piece has to."""
        return bool(signs.needed & self._all)  # the first of the sets side by side

    def sift(self, pieces: Sequence[Signs]) -> list[int]:
        """Give the phrases that may stand in a sentence.

        Args:
            pieces (Sequence[Signs]): What `signs` said of its pieces, in order.

        Returns:
            list[int]: Indexes of phrases, in order.
        """
        needed = _any_of(map(_NEEDED, pieces))
        found = needed and self._in_all(needed, NEEDS)
        if not found:
            return []
        together = _any_of(map(operator.and_, map(_LEFT, pieces), map(_RIGHT, pieces[1:])))
        paired = self._in_all(together | _any_of(map(_INSIDE, pieces)), PAIRS)
        return list(_members(found & (paired | self._unpaired)))

    def _in_all(self, sets: int, number: int) -> int:
        """Give the phrases that are in each of some sets side by side; their number is a power of two."""
        while number > 1:
            number //= 2
            sets &= sets >> number * self._size
        return sets & self._all


def _nth(ranked: Sequence[Sequence[_T]], n: int) -> list[_T]:
    """Give the nth of each row, or its last."""
    return [row[min(n, len(row) - 1)] for row in ranked]


def _by_test(sets: Iterable[Sequence[frozenset[int]]]) -> dict[int, int]:
    """Give, for each test, the phrases in whose tests it is; the sets side by side."""
    found: dict[int, int] = defaultdict(int)
    for place, tests in enumerate(itertools.chain.from_iterable(sets)):
        for test in tests:
            found[test] |= 1 << place
    return dict(found)


def _having(by_test: Mapping[int, int], tests: frozenset[int]) -> int:
    return _any_of(by_test[test] for test in tests if test in by_test)


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
