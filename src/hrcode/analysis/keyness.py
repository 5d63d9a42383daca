"""How much a word tells two texts apart: scores to rank words by, never to test with.

Both treat words as independent of each other, which they are not within a person; a large score says
where to look.
"""

from __future__ import annotations

import math
from collections.abc import Mapping


def g2(a: int, b: int, c: int, d: int) -> float:
    """Give the log-likelihood keyness of a word, two terms (Rayson & Garside 2000, Proc. ACL workshop 9:1-6).

    Args:
        a (int): Uses in the first text.
        b (int): Uses in the second.
        c (int): Words of the first text.
        d (int): Words of the second.

    Returns:
        float: 2(a ln(a/E1) + b ln(b/E2)) with E1 = c(a+b)/(c+d), E2 = d(a+b)/(c+d).
    """
    return 2 * (_term(a, c * (a + b) / (c + d)) + _term(b, d * (a + b) / (c + d)))


def _term(seen: int, expected: float) -> float:
    return seen * math.log(seen / expected) if seen else 0.0


def log_odds(
    first: Mapping[str, int], second: Mapping[str, int], prior: Mapping[str, float]
) -> dict[str, float]:
    """Give each word's log-odds ratio over its standard error (Monroe et al. 2008, Polit. Anal. 16:372-403).

    Args:
        first (Mapping[str, int]): Uses of each word in the first text.
        second (Mapping[str, int]): In the second.
        prior (Mapping[str, float]): Pseudo-uses of each word, all above 0.

    Returns:
        dict[str, float]: z of every word of the prior (equations 16, 20 and 22): positive for the first.
    """
    mass = sum(prior.values())
    n1, n2 = sum(first.values()) + mass, sum(second.values()) + mass
    found = {}
    for word, pseudo in prior.items():
        y1, y2 = first.get(word, 0) + pseudo, second.get(word, 0) + pseudo
        # All words of both texts may be this one; then there are no odds.
        if n1 - y1 <= 0 or n2 - y2 <= 0:
            found[word] = 0.0
            continue
        delta = math.log(y1 / (n1 - y1)) - math.log(y2 / (n2 - y2))
        found[word] = delta / math.sqrt(1 / y1 + 1 / y2)
    return found


def background(first: Mapping[str, int], second: Mapping[str, int], mass: float) -> dict[str, float]:
    """Give an informative prior: a number of pseudo-uses, shared out as the words of both texts are.

    Args:
        first (Mapping[str, int]): Uses of each word in the first text.
        second (Mapping[str, int]): In the second.
        mass (float): Pseudo-uses in all.

    Returns:
        dict[str, float]: Pseudo-uses of each word.
    """
    words = {word: first.get(word, 0) + second.get(word, 0) for word in {**first, **second}}
    total = sum(words.values())
    return {word: mass * number / total for word, number in words.items() if number}
