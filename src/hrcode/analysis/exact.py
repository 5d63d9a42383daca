"""Exact p-values with the participant as the unit; never one of segments.

With no true difference between groups, a chi-squared test on segments "finds" one in most studies of
this size, because the segments of one person resemble each other.
"""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

MOST_TABLES = 200_000
MOST_ASSIGNMENTS = 200_000
SAMPLED = 9_999
_ALMOST = 1e-9


def presence_p(present: Sequence[int], totals: Sequence[int]) -> float | None:
    """Test whether a code is as frequent in all groups, given how many have it in all.

    For two groups Fisher's exact test, for more Freeman and Halton's (1951, Biometrika 38:141-149):
    the probability of all tables that are no likelier than the one seen. Whole numbers throughout,
    so that ties are ties.

    Args:
        present (Sequence[int]): Participants with the code, by group.
        totals (Sequence[int]): Participants, by group.

    Returns:
        float | None: Two-sided p; None where there are too many tables to go through.
    """
    ways = _tables(tuple(sorted(totals)))
    if ways is None:
        return None
    seen = math.prod(math.comb(total, n) for n, total in zip(present, totals, strict=True))
    mentions = sum(present)
    likely = sum(weight * number for weight, number in ways[mentions].items() if weight <= seen)
    return likely / math.comb(sum(totals), mentions)


def smallest_presence_p(totals: Sequence[int]) -> float | None:
    """Give the smallest p that `presence_p` can take with groups of these sizes.

    Args:
        totals (Sequence[int]): Participants, by group.

    Returns:
        float | None: The p of the most unequal table; None where there are too many tables.
    """
    ways = _tables(tuple(sorted(totals)))
    if ways is None:
        return None
    people = sum(totals)
    return min(min(w) * w[min(w)] / math.comb(people, n) for n, w in enumerate(ways) if w)


@functools.lru_cache(maxsize=64)
def _tables(totals: tuple[int, ...]) -> list[dict[int, int]] | None:
    """Give, for each number of people with a code, the weights of all tables and how many have each.

    A table's weight is the number of ways to choose its people. Only different weights are kept,
    which are few, so that forty groups are no more work than four.
    """
    ways: list[dict[int, int]] = [{1: 1}]
    for total in totals:
        grown: list[dict[int, int]] = [{} for _ in range(len(ways) + total)]
        for mentions, weights in enumerate(ways):
            for n in range(total + 1):
                target, factor = grown[mentions + n], math.comb(total, n)
                for weight, number in weights.items():
                    target[weight * factor] = target.get(weight * factor, 0) + number
        ways = grown
        if sum(map(len, ways)) > MOST_TABLES:
            return None
    return ways


def permutation_p(first: Sequence[float], second: Sequence[float]) -> tuple[float, str]:
    """Test whether the mean of two groups' rates differs, by giving the people to groups at random.

    Twice the smaller tail, as in ``scipy.stats.permutation_test``. Every assignment is gone through
    where there are at most `MOST_ASSIGNMENTS`; else `SAMPLED` are drawn, always the same.

    Args:
        first (Sequence[float]): One rate a participant of the first group.
        second (Sequence[float]): Of the second.

    Returns:
        tuple[float, str]: Two-sided p, and ``exact`` or ``sampled``.
    """
    values = np.array([*first, *second])
    index, how = _assignments(len(first), len(second))
    sums, seen = values[index].sum(axis=1), sum(first)
    slack = _ALMOST * max(1.0, float(np.abs(values).sum()))
    extra = 1 if how == "sampled" else 0  # the assignment that was seen belongs to the sample
    tails = [(int(tail.sum()) + extra) for tail in (sums >= seen - slack, sums <= seen + slack)]
    return min(1.0, 2 * min(tails) / (len(index) + extra)), how


@functools.lru_cache(maxsize=8)
def _assignments(first: int, second: int) -> tuple[np.ndarray, str]:
    people = first + second
    if math.comb(people, first) <= MOST_ASSIGNMENTS:
        return np.array([*combinations(range(people), first)], dtype=int), "exact"
    draw = random.Random(0)
    return np.array([draw.sample(range(people), first) for _ in range(SAMPLED)]), "sampled"


def kruskal_wallis_p(groups: Sequence[Sequence[float]]) -> tuple[float, str]:
    """Test whether the ranks of several groups' rates differ (Kruskal & Wallis 1952, JASA 47:583-621).

    The statistic is that of the H test; the p comes from `SAMPLED` random assignments of the people
    to groups, always the same.

    Args:
        groups (Sequence[Sequence[float]]): One rate a participant, by group.

    Returns:
        tuple[float, str]: p, and ``sampled``.
    """
    ranks = pd.Series([value for group in groups for value in group]).rank().to_numpy()
    ends = np.cumsum([len(group) for group in groups])
    starts = np.array([0, *ends[:-1]])
    sums = np.add.reduceat(ranks[_orders(len(ranks))], starts, axis=1)
    statistic = (sums**2 / (ends - starts)).sum(axis=1)
    return float((statistic >= statistic[0] * (1 - _ALMOST)).mean()), "sampled"


@functools.lru_cache(maxsize=8)
def _orders(people: int) -> np.ndarray:
    """Give orders of people, one a row: that which was seen, and random ones."""
    draw = np.random.default_rng(0)
    return np.array([np.arange(people), *(draw.permutation(people) for _ in range(SAMPLED))])


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Correct p-values for their number (Holm 1979, Scand. J. Stat. 6:65-70).

    Args:
        values (Sequence[float | None]): p-values; None stays None, but counts.

    Returns:
        list[float | None]: Corrected p-values in the same order.
    """
    number = len(values)
    ordered = sorted((p, i) for i, p in enumerate(values) if p is not None)
    found: list[float | None] = [None] * number
    least = 0.0
    for rank, (p, i) in enumerate(ordered):
        least = max(least, min(1.0, p * (number - rank)))
        found[i] = least
    return found
