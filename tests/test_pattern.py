"""Labels and flags by the rules of docs/compare.md, against a second reading of them."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcode.analysis.pattern import is_robust, pattern, pattern_rule, robustness, side

# Read off the rules a second time, with fractions and one list of (says it, who) per person.


def label_of(a, b):
    """Label two groups, each a list of 0 and 1."""
    n_a, n_b = sum(a), sum(b)
    share_a, share_b = Fraction(n_a, len(a)), Fraction(n_b, len(b))
    rules = [
        (n_a + n_b == 0, "not observed"),
        (n_a + n_b == 1, "single mention"),
        (n_b == 0, "only in A"),
        (n_a == 0, "only in B"),
        (share_a - share_b >= Fraction(1, 2), "predominant in A"),
        (share_b - share_a >= Fraction(1, 2), "predominant in B"),
        (min(share_a, share_b) >= Fraction(3, 4), "shared (most)"),
        (True, "shared"),
    ]
    return next(name for holds, name in rules if holds)


def side_of(a, b):
    last = label_of(a, b)[-1]
    return last if last in "AB" else ""


def robust_of(a, b):
    dropped = [(a[:i] + a[i + 1 :], b) for i in range(len(a))] + [
        (a, b[:i] + b[i + 1 :]) for i in range(len(b))
    ]
    return all(side_of(*people) == side_of(a, b) for people in dropped)


def people_of(n, total):
    return [1] * n + [0] * (total - n)


TABLES_4_4 = [*product(range(5), range(5))]


@pytest.mark.parametrize(("n_a", "n_b"), TABLES_4_4)
def test_pattern_all_25_tables_of_4_against_4(n_a, n_b):
    a, b = people_of(n_a, 4), people_of(n_b, 4)
    counts = {"A": (n_a, 4), "B": (n_b, 4)}
    assert (label_of(a, b), side_of(a, b), robust_of(a, b)) == (
        pattern(counts),
        side(counts),
        is_robust(counts),
    )


@given(st.integers(2, 12), st.integers(2, 12), st.data())
def test_pattern_any_two_groups(total_a, total_b, data):
    n_a, n_b = data.draw(st.integers(0, total_a)), data.draw(st.integers(0, total_b))
    a, b = people_of(n_a, total_a), people_of(n_b, total_b)
    counts = {"A": (n_a, total_a), "B": (n_b, total_b)}
    assert (label_of(a, b), robust_of(a, b)) == (pattern(counts), is_robust(counts))


# The examples that the rules were published with in this project, written out.
WRITTEN = [
    ((0, 4), (0, 4), "not observed", True),
    ((1, 4), (0, 4), "single mention", True),
    ((4, 4), (1, 4), "predominant in A", True),
    ((3, 4), (1, 4), "predominant in A", False),
    ((2, 4), (0, 4), "only in A", False),
    ((3, 4), (0, 4), "only in A", True),
    ((0, 4), (4, 4), "only in B", True),
    ((4, 4), (3, 4), "shared (most)", True),
    ((2, 4), (2, 4), "shared", True),
    ((3, 4), (2, 4), "shared", False),
    ((2, 3), (1, 6), "predominant in A", False),
]


@pytest.mark.parametrize(("a", "b", "label", "robust"), WRITTEN)
def test_pattern_written_out(a, b, label, robust):
    assert (label, robust) == (pattern({"A": a, "B": b}), is_robust({"A": a, "B": b}))


SEVERAL = [
    ({"A": (0, 4), "B": (0, 4), "C": (0, 4)}, "not observed", ""),
    ({"A": (0, 4), "B": (1, 4), "C": (0, 4)}, "single mention", ""),
    ({"A": (2, 4), "B": (0, 4), "C": (0, 4)}, "only in A", "A"),
    ({"A": (4, 4), "B": (2, 4), "C": (1, 4)}, "predominant in A", "A"),
    ({"A": (4, 4), "B": (3, 4), "C": (1, 4)}, "in all 3", ""),
    ({"A": (4, 4), "B": (3, 4), "C": (0, 4)}, "in 2 of 3: A, B", ""),
    ({"A": (1, 4), "B": (0, 4), "C": (4, 4)}, "predominant in C", "C"),
    # Groups of one or two people get no label, but what they say is not forgotten.
    ({"A": (4, 4), "B": (4, 4), "C": (0, 2)}, "in all 2", ""),
    ({"A": (3, 4), "B": (0, 4), "C": (1, 2)}, "predominant in A", "A"),
    ({"A": (1, 4), "B": (0, 4), "C": (1, 2)}, "in 1 of 2: A", ""),
    ({"A": (0, 4), "B": (0, 4), "C": (2, 2)}, "in 0 of 2", ""),
    ({"A": (2, 2), "B": (0, 2), "C": (1, 1)}, "groups too small", ""),
]


@pytest.mark.parametrize(("counts", "label", "group"), SEVERAL)
def test_pattern_more_than_two_groups(counts, label, group):
    assert (label, group) == (pattern(counts), side(counts))


def brute_robust(counts):
    """Leave out each person in turn; groups of four and more stay large enough to be labelled."""
    return all(
        side({**counts, group: (n - (person < n), total - 1)}) == side(counts)
        for group, (n, total) in counts.items()
        for person in range(total)
    )


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(4, 6)), min_size=3, max_size=5))
def test_pattern_robust_of_several_groups_is_that_of_leaving_each_out(pairs):
    counts = {f"G{i}": (min(n, total), total) for i, (n, total) in enumerate(pairs)}
    assert brute_robust(counts) == is_robust(counts)


@pytest.mark.parametrize(
    ("counts", "label", "flag"),
    [
        ({"A": (0, 4)}, "not observed", "yes"),
        ({"A": (1, 4)}, "single mention", "yes"),
        ({"A": (2, 4)}, "one group", ""),
        ({}, "not observed", "yes"),
        ({"A": (1, 1), "B": (1, 1)}, "shared (most)", "no"),
        ({"A": (1, 1), "B": (0, 1)}, "single mention", "no"),
        ({"A": (2, 2), "B": (0, 2), "C": (1, 1)}, "groups too small", ""),
    ],
)
def test_pattern_where_little_can_be_compared(counts, label, flag):
    assert (label, flag) == (pattern(counts), robustness(counts))


@pytest.mark.parametrize("groups", [2, 3])
def test_pattern_rule_names_its_thresholds(groups):
    assert [] == [word for word in ("50 percentage points", "Fragile") if word not in pattern_rule(groups)]
