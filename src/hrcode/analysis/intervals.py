"""Intervals for shares of small groups."""

from __future__ import annotations

import math
from statistics import NormalDist

LEVEL = 0.95


def wilson(n: int, total: int, level: float = LEVEL) -> tuple[float, float]:
    """Give the score interval of a share (Wilson 1927, JASA 22:209-212).

    Args:
        n (int): Participants with the code.
        total (int): Participants, at least one.
        level (float): Confidence level.

    Returns:
        tuple[float, float]: Lower and upper limit, from 0 to 1.
    """
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    middle = (n + z2 / 2) / (total + z2)
    half = math.sqrt(z2 * (n * (total - n) / total + z2 / 4)) / (total + z2)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(n1: int, total1: int, n2: int, total2: int, level: float = LEVEL) -> tuple[float, float]:
    """Give the interval of the difference of two shares (Newcombe 1998, Stat. Med. 17:873-890, method 10).

    Args:
        n1 (int): Participants of the first group with the code.
        total1 (int): Participants of the first group, at least one.
        n2 (int): Participants of the second group with the code.
        total2 (int): Participants of the second group, at least one.
        level (float): Confidence level.

    Returns:
        tuple[float, float]: Limits of the first share minus the second, from -1 to 1.
    """
    p1, p2 = n1 / total1, n2 / total2
    (low1, high1), (low2, high2) = wilson(n1, total1, level), wilson(n2, total2, level)
    low = p1 - p2 - math.hypot(p1 - low1, high2 - p2)
    high = p1 - p2 + math.hypot(high1 - p1, p2 - low2)
    return max(-1.0, low), min(1.0, high)
