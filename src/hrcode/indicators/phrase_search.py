"""Whether a phrase stands somewhere in a row of words, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrcode.indicators.phrase_numbers import NumberedPlace, Run
from hrcode.language.words import Token

_FEW = 8


def words_by_test(passed: Sequence[frozenset[int]]) -> dict[int, int]:
    """Give for each test the words that pass it, as a number whose bit k stands for word k."""
    found: dict[int, int] = {}
    bit = 1
    for tests in passed:
        for test in tests:
            found[test] = found.get(test, 0) | bit
        bit <<= 1
    return found


def may_stand(places: Sequence[NumberedPlace], words: Mapping[int, int]) -> bool:
    """Say whether a phrase may stand in a row of words, punctuation and marks left aside.

    All starts are tried at once: a bit stands for every word at which the next place may begin
    (Baeza-Yates and Gonnet 1992, Commun ACM 35(10):74-82).

    Args:
        places (Sequence[NumberedPlace]): The phrase.
        words (Mapping[int, int]): What `words_by_test` gave.

    Returns:
        bool: False only if `Search` finds the phrase nowhere.
    """
    at = -1  # anywhere
    for choice, gap, _ in places:
        for _ in range(gap):
            at |= at << 1
        single = choice.single
        stands = 0
        for test in single if len(single) < _FEW else single & words.keys():
            if test in words:
                stands |= words[test]
        ends = (at & stands) << 1
        if choice.optional:
            ends |= at
        if choice.longer:
            for first in choice.longer.keys() & words.keys():
                begun = at & words[first]
                if begun:
                    for run in choice.longer[first]:
                        stands = begun << 1
                        for test in run[1:]:
                            stands = (stands & words.get(test, 0)) << 1
                        ends |= stands
        if not ends:
            return False
        at = ends
    return True


class Search:
    """One phrase in one sentence; remembers where it has failed, so that gaps cost no more than width."""

    def __init__(
        self, places: tuple[NumberedPlace, ...], tokens: Sequence[Token], passed: Sequence[frozenset[int]]
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

    def _stands(self, run: Run, here: int, end: int, started: bool, bridge: bool) -> bool:
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
