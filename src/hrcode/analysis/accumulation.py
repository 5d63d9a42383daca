"""How codes add up over interviews, whatever their order: exact, without drawing orders at random."""

from __future__ import annotations

import bisect
import math
import random
from collections.abc import Collection, Sequence
from itertools import combinations, permutations

from hrcode.errors import StudyError

RAREST, MOST_INSTANCES = 0.01, 100
ALL_ORDERS_UP_TO = 8
DRAWN_ORDERS = 2_000


def expected_curve(seen: Sequence[Collection[int]], interviews: int) -> list[tuple[float, float]]:
    """Give the mean and standard deviation of the number of codes seen, over all orders of interviews.

    The mean after k interviews is the sum over codes of 1 - C(n - f, k) / C(n, k), where f is the
    number of interviews with the code (Ugland, Gray & Ellingsen 2003, J. Anim. Ecol. 72:888-897); the
    variance comes from the same for pairs of codes.

    Args:
        seen (Sequence[Collection[int]]): For each code, the interviews that it is in.
        interviews (int): Number of interviews.

    Returns:
        list[tuple[float, float]]: Mean and standard deviation after 1, 2, ... interviews.
    """
    sets = [frozenset(where) for where in seen if where]
    unions = [len(a | b) for a, b in combinations(sets, 2)]
    curve = []
    for k in range(1, interviews + 1):
        absent = [_absent(len(where), interviews, k) for where in sets]
        variance = math.fsum(q * (1 - q) for q in absent) + 2 * math.fsum(
            _absent(union, interviews, k) - a * b
            for union, (a, b) in zip(unions, combinations(absent, 2), strict=True)
        )
        curve.append((len(sets) - math.fsum(absent), math.sqrt(max(0.0, variance))))
    return curve


def _absent(interviews_with: int, interviews: int, k: int) -> float:
    """Give the probability that k interviews drawn from all hold none of those."""
    return math.comb(interviews - interviews_with, k) / math.comb(interviews, k)


def guest(new: Sequence[int], base: int, run: int, threshold: float) -> tuple[int, list[tuple[int, int]]]:
    """Find when new information fell to a threshold (Guest, Namey & Chen 2020, PLoS ONE 15:e0232076).

    Args:
        new (Sequence[int]): New codes, by interview in order.
        base (int): Interviews of the base; its different codes are what runs are compared with.
        run (int): Interviews of a run; runs slide by one.
        threshold (float): Largest ratio of a run's new codes to the base's codes that counts as reached.

    Returns:
        tuple[int, list[tuple[int, int]]]: Interviews before the run that reached it (the first number
        of the authors' notation 6+2), 0 where none did; and for each run up to it its first
        interview, from 1, and its new codes. No runs where the base has no code.
    """
    codes = sum(new[:base])
    runs: list[tuple[int, int]] = []
    if not codes:
        return 0, runs
    for start in range(base, len(new) - run + 1):
        runs.append((start + 1, sum(new[start : start + run])))
        if runs[-1][1] <= threshold * codes + 1e-12:
            return start, runs
    return 0, runs


def reached_over_orders(
    held: Sequence[Collection[int]], base: int, run: int, threshold: float
) -> tuple[list[int], int, str]:
    """Say when `guest` would be reached in other orders of the same interviews.

    Args:
        held (Sequence[Collection[int]]): For each interview, its codes.
        base (int): See `guest`.
        run (int): See `guest`.
        threshold (float): See `guest`.

    Returns:
        tuple[list[int], int, str]: The interviews needed in each order that reaches it, sorted; the
        number of orders; ``all`` or ``drawn`` (the same ones every time).
    """
    number = len(held)
    numbers = range(number)
    if number <= ALL_ORDERS_UP_TO:
        orders, how = [*permutations(numbers)], "all"
    else:
        draw = random.Random(0)
        orders, how = [tuple(draw.sample(numbers, number)) for _ in range(DRAWN_ORDERS)], "drawn"
    masks = [sum(1 << code for code in codes) for codes in held]
    found = []
    for order in orders:
        seen = 0
        new = []
        for i in order:
            new.append((masks[i] & ~seen).bit_count())
            seen |= masks[i]
        if at := guest(new, base, run, threshold)[0]:
            found.append(at + run)
    return sorted(found), len(orders), how


def interviews_needed(prevalence: float, instances: int = 1, power: float = 0.8) -> int:
    """Give how many interviews it takes to hear something often enough (Fugard & Potts 2015).

    The smallest n for which a binomial number of interviews with it is at least ``instances`` with
    a probability of ``power`` (Int. J. Soc. Res. Methodol. 18:669-684, table 1).

    Args:
        prevalence (float): Share of the people who would say it, above 0, at most 1.
        instances (int): Interviews that are to have it.
        power (float): Wanted probability, below 1.

    Returns:
        int: Number of interviews.

    Raises:
        StudyError: When a number is out of its range.
    """
    if not (RAREST <= prevalence <= 1 and 1 <= instances <= MOST_INSTANCES and 0 < power < 1):
        raise StudyError(
            f"A plan needs a prevalence from {RAREST} to 1, from 1 to {MOST_INSTANCES} instances, and a "
            f"probability below 1; not {prevalence:g}, {instances} and {power:g}."
        )
    enough = instances
    while _at_least(instances, enough, prevalence) < power:
        enough *= 2
    return bisect.bisect_left(
        range(enough + 1), power, lo=instances, key=lambda number: _at_least(instances, number, prevalence)
    )


def _at_least(instances: int, number: int, prevalence: float) -> float:
    return 1 - math.fsum(
        math.comb(number, k) * prevalence**k * (1 - prevalence) ** (number - k) for k in range(instances)
    )
