"""Phrases in the numbers of their word tests, with what is cheap to ask before they are searched for."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hrcode.indicators.phrase_syntax import Phrase, Place, WordTest
from hrcode.language.common import rarity

Run = tuple[int, ...]


class Neighbours(NamedTuple):
    """A phrase needs a word of ``left`` before one of ``right``, or else a word of ``alone``."""

    left: frozenset[int] = frozenset()
    right: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()


class Choice(NamedTuple):
    """The alternatives of a place in test numbers.

    Args:
        by_first (dict[int, tuple[tuple[int, Run], ...]]): Runs by their first test, each with its
            rank (the longest first).
        optional (bool): Whether the place may be empty.
        rarest (frozenset[int]): Of each run the test that looks rarest; none where anything fits.
        single (frozenset[int]): The runs of one test.
        longer (dict[int, tuple[Run, ...]]): The longer runs by their first test.
        ends (frozenset[int]): The last tests of all runs.
        inside (Neighbours): What stands side by side in the runs.
    """

    by_first: dict[int, tuple[tuple[int, Run], ...]]
    optional: bool
    rarest: frozenset[int]
    single: frozenset[int]
    longer: dict[int, tuple[Run, ...]]
    ends: frozenset[int]
    inside: Neighbours

    def runs(self, passed: frozenset[int]) -> list[Run]:
        """Give the runs that may begin with a word that passes these tests, in order of rank."""
        if len(self.by_first) < len(passed):
            found = [pair for test, pairs in self.by_first.items() if test in passed for pair in pairs]
        else:
            found = [pair for test in passed for pair in self.by_first.get(test, ())]
        return [run for _, run in sorted(found)]


class NumberedPlace(NamedTuple):
    """A place of a phrase (see `hrcode.indicators.phrase_syntax.Place`)."""

    choice: Choice
    gap: int
    bridge: bool


class NumberedPhrase(NamedTuple):
    """A phrase in test numbers.

    Args:
        places (tuple[NumberedPlace, ...]): The phrase.
        starts (frozenset[int]): Tests of which its first word passes one.
        needs (tuple[frozenset[int], ...]): Per place that cannot be empty, tests of which some word
            of the sentence passes one if the phrase is there.
        need_places (tuple[int, ...]): Index of the place that each need belongs to.
        word (frozenset[int]): Where the phrase is one word, the tests of which that passes one; else none.
    """

    places: tuple[NumberedPlace, ...]
    starts: frozenset[int]
    needs: tuple[frozenset[int], ...]
    need_places: tuple[int, ...]
    word: frozenset[int]


def number_phrases(phrases: Sequence[Phrase], number: Mapping[WordTest, int]) -> list[NumberedPhrase]:
    """Write phrases in the numbers of their tests.

    Args:
        phrases (Sequence[Phrase]): The phrases.
        number (Mapping[WordTest, int]): The number of each test.

    Returns:
        list[NumberedPhrase]: The same, in the same order.
    """
    # The same alternatives stand in many places, and are numbered once.
    places = {place.alternatives: place for phrase in phrases for place in phrase}
    choices = {key: _choice(place, number) for key, place in places.items()}
    return [_phrase(phrase, choices) for phrase in phrases]


def phrase_anchors(phrase: Phrase) -> list[frozenset[str]]:
    """Give the words of a phrase, place by place, the rarest first: a sentence holds one of each.

    Args:
        phrase (Phrase): The phrase.

    Returns:
        list[frozenset[str]]: Per place that cannot be empty, a word of each alternative, as the
        codebook has it.
    """
    found = [
        frozenset(test.word for test in _rarest(place)) for place in phrase if () not in place.alternatives
    ]
    return sorted(filter(None, found), key=lambda words: min(map(rarity, words)), reverse=True)


def _phrase(phrase: Phrase, choices: Mapping[tuple[tuple[WordTest, ...], ...], Choice]) -> NumberedPhrase:
    places = tuple(NumberedPlace(choices[place.alternatives], place.gap, place.bridge) for place in phrase)
    starts: set[int] = set()
    for place in places:
        starts.update(place.choice.by_first)
        if not place.choice.optional:
            break
    needs = {i: place.choice.rarest for i, place in enumerate(places) if place.choice.rarest}
    word = places[0].choice.single if len(places) == 1 and not places[0].choice.longer else frozenset()
    return NumberedPhrase(places, frozenset(starts), tuple(needs.values()), tuple(needs), word)


def _choice(place: Place, number: Mapping[WordTest, int]) -> Choice:
    runs = [tuple([number[test] for test in run]) for run in place.alternatives]
    by_first: dict[int, list[tuple[int, Run]]] = defaultdict(list)
    longer: dict[int, list[Run]] = defaultdict(list)
    for rank, run in enumerate(runs):
        if run:
            by_first[run[0]].append((rank, run))
        if len(run) > 1:
            longer[run[0]].append(run)
    single = frozenset([run[0] for run in runs if len(run) == 1])
    pairs = [_rarest_pair(run) for run in place.alternatives if len(run) > 1]
    return Choice(
        {test: tuple(runs) for test, runs in by_first.items()},
        () in place.alternatives,
        frozenset([number[test] for test in _rarest(place)]),
        single,
        {test: tuple(runs) for test, runs in longer.items()},
        frozenset([run[-1] for run in runs if run]),
        Neighbours(
            frozenset([number[first] for first, _ in pairs]),
            frozenset([number[second] for _, second in pairs]),
            single,
        ),
    )


def _rarest(place: Place) -> list[WordTest]:
    """Give a test of each alternative, the rarest word's; none where a place may be anything."""
    chosen: list[WordTest] = []
    for run in place.alternatives:
        fixed = [test for test in run if test.how != "any"]
        if not fixed:
            return []
        chosen.append(fixed[0] if len(fixed) == 1 else max(fixed, key=_rarity))
    return chosen


def _rarest_pair(run: Sequence[WordTest]) -> tuple[WordTest, WordTest]:
    if len(run) == 2:
        return run[0], run[1]
    return max(itertools.pairwise(run), key=lambda pair: (rarity(pair[0].word) + rarity(pair[1].word), pair))


def _rarity(test: WordTest) -> tuple[float, WordTest]:
    return rarity(test.word), test
