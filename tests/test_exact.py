"""Intervals and p-values: published figures, and other libraries' answers."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from hrcode.analysis.exact import (
    SAMPLED,
    holm,
    kruskal_wallis_p,
    permutation_p,
    presence_p,
    smallest_presence_p,
)
from hrcode.analysis.intervals import newcombe, wilson

# Newcombe (1998) Stat. Med. 17:873-890, table II, method 10.
NEWCOMBE_1998 = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]


@pytest.mark.parametrize(("n1", "total1", "n2", "total2", "low", "high"), NEWCOMBE_1998)
def test_newcombe_published(n1, total1, n2, total2, low, high):
    assert (low, high) == pytest.approx(newcombe(n1, total1, n2, total2), abs=5e-5)


COUNT = st.integers(1, 40).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(COUNT, COUNT)
def test_newcombe_is_that_of_statsmodels(first, second):
    expected = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert expected == pytest.approx(newcombe(*first, *second), abs=1e-9)


@given(COUNT)
def test_wilson_is_that_of_statsmodels(count):
    assert proportion_confint(*count, method="wilson") == pytest.approx(wilson(*count), abs=1e-9)


# Presence tables of 4 against 4: difference, limits, Fisher's p (computed with scipy and statsmodels).
FOUR_AGAINST_FOUR = {
    (0, 0): (0.0, -0.4899, 0.4899, 1.0),
    (1, 0): (0.25, -0.2808, 0.6994, 1.0),
    (1, 1): (0.0, -0.4937, 0.4937, 1.0),
    (2, 0): (0.5, -0.1021, 0.85, 0.4286),
    (2, 1): (0.25, -0.3196, 0.6553, 1.0),
    (2, 2): (0.0, -0.4949, 0.4949, 1.0),
    (3, 0): (0.75, 0.0852, 0.9544, 0.1429),
    (3, 1): (0.5, -0.1355, 0.7891, 0.4857),
    (3, 2): (0.25, -0.3196, 0.6553, 1.0),
    (3, 3): (0.0, -0.4937, 0.4937, 1.0),
    (4, 0): (1.0, 0.3072, 1.0, 0.0286),
    (4, 1): (0.75, 0.0852, 0.9544, 0.1429),
    (4, 2): (0.5, -0.1021, 0.85, 0.4286),
    (4, 3): (0.25, -0.2808, 0.6994, 1.0),
    (4, 4): (0.0, -0.4899, 0.4899, 1.0),
}


@pytest.mark.parametrize(("present", "expected"), FOUR_AGAINST_FOUR.items())
def test_presence_4_against_4(present, expected):
    a, b = present
    difference, low, high, p = expected
    forward = ((a - b) / 4, *newcombe(a, 4, b, 4), presence_p([a, b], [4, 4]))
    backward = ((b - a) / 4, *newcombe(b, 4, a, 4), presence_p([b, a], [4, 4]))
    assert (difference, low, high, p) == pytest.approx(forward, abs=6e-5)
    assert (-difference, -high, -low, p) == pytest.approx(backward, abs=6e-5)


@given(COUNT, COUNT)
def test_presence_p_of_two_groups_is_fishers(first, second):
    table = [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]
    assert stats.fisher_exact(table).pvalue == pytest.approx(
        presence_p([first[0], second[0]], [first[1], second[1]]), abs=1e-9
    )


def test_presence_p_freeman_halton_five_groups():
    # By enumeration of 435 tables; scipy's default for tables larger than 2x2 is a random sample.
    assert 0.017892324 == pytest.approx(presence_p([5, 1, 2, 0, 1], [5, 5, 4, 4, 4]), abs=1e-9)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=4), st.data())
def test_presence_p_is_the_share_of_assignments_no_likelier(totals, data):
    present = [data.draw(st.integers(0, total)) for total in totals]
    weights = {
        table: math.prod(math.comb(total, n) for total, n in zip(totals, table, strict=True))
        for table in itertools.product(*(range(total + 1) for total in totals))
        if sum(table) == sum(present)
    }
    expected = sum(w for w in weights.values() if w <= weights[tuple(present)]) / sum(weights.values())
    assert expected == pytest.approx(presence_p(present, totals))


@pytest.mark.parametrize("totals", [(2, 2), (3, 3), (3, 4), (4, 4), (3, 5), (2, 3, 4), (1, 1, 1)])
def test_presence_p_smallest_is_that_of_some_table(totals):
    tables = itertools.product(*(range(total + 1) for total in totals))
    assert min(presence_p(table, totals) for table in tables) == pytest.approx(smallest_presence_p(totals))


SMALLEST = [
    ((2, 2), 0.33333, 0.33333),
    ((3, 3), 0.1, 0.1),
    ((3, 4), 0.05714, 0.02857),
    ((4, 4), 0.02857, 0.02857),
    ((3, 5), 0.03571, 0.01786),
    ((4, 5), 0.01587, 0.00794),
    ((5, 5), 0.00794, 0.00794),
    ((4, 6), 0.00952, 0.00476),
    ((6, 6), 0.00216, 0.00216),
]


@pytest.mark.parametrize(("sizes", "permutation", "fisher"), SMALLEST)
def test_smallest_p_of_small_groups(sizes, permutation, fisher):
    first, second = sizes
    apart, _ = permutation_p([0.0] * first, [1.0] * second)
    assert (permutation, fisher) == pytest.approx((apart, smallest_presence_p(sizes)), abs=6e-6)


def test_presence_p_forty_groups_of_equal_size():
    assert 1.0 == presence_p([3] * 40, [5] * 40)


def test_presence_p_of_too_many_tables_is_none():
    assert (None, None) == (presence_p([3] * 8, [*range(9, 17)]), smallest_presence_p([*range(9, 17)]))


def test_permutation_p_published_example():
    p, how = permutation_p([3.1, 2.0, 4.4, 5.0], [0.0, 1.1, 0.4, 1.9])
    assert (2 / 70, "exact") == (pytest.approx(p), how)


RATES = st.lists(st.integers(0, 5).map(float), min_size=2, max_size=5)


@settings(max_examples=25)
@given(RATES, RATES)
def test_permutation_p_is_that_of_scipy(first, second):
    result = stats.permutation_test(
        (first, second),
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        n_resamples=np.inf,
        vectorized=True,
    )
    assert result.pvalue == pytest.approx(permutation_p(first, second)[0])


def test_permutation_p_of_many_people_is_drawn_and_the_same_each_time():
    first, second = [float(i) for i in range(20)], [float(i + 3) for i in range(20)]
    p, how = permutation_p(first, second)
    again, _ = permutation_p(first, second)
    expected = stats.permutation_test((first, second), lambda x, y: np.mean(x) - np.mean(y), rng=1).pvalue
    assert ("sampled", True, p) == (how, 1 / (SAMPLED + 1) <= p <= 1, again)
    assert expected == pytest.approx(p, abs=0.03)


def test_kruskal_wallis_p_is_near_scipys():
    groups = [[1.0, 2, 3, 4, 5, 9], [3.0, 4, 5, 6, 7, 8], [6.0, 7, 8, 9, 10, 11]]
    p, how = kruskal_wallis_p(groups)
    assert ("sampled", p) == (how, pytest.approx(stats.kruskal(*groups).pvalue, abs=0.01))


def test_kruskal_wallis_p_of_equal_values_is_one():
    assert 1.0 == kruskal_wallis_p([[1.0] * 4, [1.0] * 3, [1.0]])[0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
@settings(max_examples=20)  # statsmodels takes a tenth of a second a call
def test_holm_is_that_of_statsmodels(values):
    assert list(multipletests(values, method="holm")[1]) == pytest.approx(holm(values))


def test_holm_counts_what_could_not_be_tested():
    assert [pytest.approx(0.03), None, pytest.approx(0.06)] == holm([0.01, None, 0.03])
