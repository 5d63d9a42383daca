import math
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from builders import make_coded
from hrcode.analysis.accumulation import expected_curve, guest, interviews_needed, reached_over_orders
from hrcode.analysis.coverage import coverage
from hrcode.errors import StudyError
from hrcode.schema import COVERAGE

# Interviews with each of the 18 codes of the "insects" study in the R package novelqualcodes
# (Wong & Quintans, MIT licence): the raw matrices, not the table of its README, which miscounts.
INSECTS = [
    [1, 8, 9, 11, 12, 13], [1, 15], [1, 7], [1, 8], [1], [2, 3, 6, 9, 12, 14], [2, 5, 9, 11], [2, 5, 7, 14],
    [2, 12, 13], [3, 6, 14], [3, 14], [3, 4, 7, 15], [4, 5], [5, 9, 10], [6, 7], [8, 10, 13], [11, 15], [13],
]  # fmt: skip
NEW = [5, 4, 3, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0]
MEAN = [3.467, 6.295, 8.609, 10.506, 12.066, 13.351, 14.409, 15.279, 15.991, 16.568, 17.029, 17.391, 17.667,
        17.867, 18.0]  # fmt: skip
SD = [0.806, 1.146, 1.348, 1.456, 1.497, 1.487, 1.436, 1.351, 1.235, 1.091, 0.925, 0.742, 0.546, 0.34, 0.0]


def test_curve_of_insects():
    curve = expected_curve(INSECTS, 15)
    assert pytest.approx(MEAN, abs=6e-4) == [mean for mean, _ in curve]
    assert pytest.approx(SD, abs=6e-4) == [deviation for _, deviation in curve]


@given(st.lists(st.sets(st.integers(0, 4)), max_size=6))
def test_curve_is_that_of_all_orders(seen):
    sizes = [
        [len([1 for where in seen if where & set(order[:k])]) for k in range(1, 6)]
        for order in permutations(range(5))
    ]
    columns = list(zip(*sizes, strict=True))
    expected = [(sum(c) / 120, math.sqrt(sum((x - sum(c) / 120) ** 2 for x in c) / 120)) for c in columns]
    found = expected_curve(seen, 5)
    assert pytest.approx([m for m, _ in expected], abs=1e-9) == [m for m, _ in found]
    assert pytest.approx([d for _, d in expected], abs=1e-6) == [d for _, d in found]


# Guest, Namey & Chen (2020) PLoS ONE 15:e0232076: a base of 37, then 4, 3, 1, 0; 6+2.
GUEST = [
    ([10, 10, 10, 7, 4, 3, 1, 0], 4, 2, 0.05, "6+2"),
    # The tests of the package qdapy 0.1.0.
    ([4, 3, 2, 1, 1, 0, 0, 0], 4, 2, 0.05, "5+2"),
    ([4, 3, 2, 1, 0, 0, 0], 4, 3, 0.05, "4+3"),
    ([4] * 8, 4, 2, 0.05, None),
    # Insects: reached, though two codes come later.
    (NEW, 4, 2, 0.05, "8+2"),
    (NEW, 5, 2, 0.05, "8+2"),
    (NEW, 6, 2, 0.05, "8+2"),
    (NEW, 4, 3, 0.05, None),
    ([0, 0, 0, 0, 0, 0], 4, 2, 0.05, None),
    ([5, 1], 4, 2, 0.05, None),
]


@pytest.mark.parametrize(("new", "base", "run", "threshold", "expected"), GUEST)
def test_guest(new, base, run, threshold, expected):
    before, _ = guest(new, base, run, threshold)
    assert expected == (f"{before}+{run}" if before else None)


def test_guest_ratios_of_the_worked_example():
    _, runs = guest([10, 10, 10, 7, 4, 3, 1, 0], 4, 2, 0.05)
    assert [(5, 0.189), (6, 0.108), (7, 0.027)] == [(first, round(n / 37, 3)) for first, n in runs]


def test_guest_over_all_orders():
    held = [{0, 1}, {1, 2}, {0, 2}, {1}]
    expected = sorted(
        before + 1
        for order in permutations(held)
        if (before := guest([len(c - set().union(*order[:i])) for i, c in enumerate(order)], 2, 1, 0.0)[0])
    )
    assert (expected, 24, "all") == reached_over_orders(held, 2, 1, 0.0)


def test_guest_over_drawn_orders_is_the_same_each_time():
    held = [{code for code, where in enumerate(INSECTS) if i in where} for i in range(1, 16)]
    found, orders, how = reached_over_orders(held, 4, 2, 0.05)
    assert (2000, "drawn", found) == (orders, how, reached_over_orders(held, 4, 2, 0.05)[0])
    assert 4 + 2 <= found[0] <= found[-1] <= 15


# Fugard & Potts (2015) Int. J. Soc. Res. Methodol. 18:669-684, table 1: power .80.
INSTANCES = [1, 2, 3, 4, 5, 10, 20, 30]
FUGARD_POTTS = {
    0.05: [32, 59, 85, 110, 134, 249, 471, 687],
    0.10: [16, 29, 42, 54, 66, 124, 234, 343],
    0.25: [6, 11, 16, 21, 26, 49, 93, 136],
    0.50: [3, 5, 8, 10, 12, 24, 45, 66],
    0.95: [1, 2, 3, 4, 6, 11, 22, 33],
}


@pytest.mark.parametrize(("prevalence", "expected"), FUGARD_POTTS.items())
def test_plan_published(prevalence, expected):
    assert expected == [interviews_needed(prevalence, instances) for instances in INSTANCES]


@given(st.floats(0.01, 1.0), st.integers(1, 20), st.floats(0.05, 0.99))
def test_plan_is_the_least_number_by_scipys_binomial(prevalence, instances, power):
    number = interviews_needed(prevalence, instances, power)
    assert stats.binom.sf(instances - 1, number, prevalence) >= power - 1e-9
    assert number == instances or stats.binom.sf(instances - 1, number - 1, prevalence) < power + 1e-9


@pytest.mark.parametrize(
    "wrong", [(0.0, 1, 0.8), (1.1, 1, 0.8), (0.5, 0, 0.8), (0.5, 1, 1.0), (float("nan"), 1, 0.8)]
)
def test_plan_of_impossible_numbers(wrong):
    with pytest.raises(StudyError, match="prevalence"):
        interviews_needed(*wrong)


# A study: interview t1 to t6, one person each; codes by interview.
FRAME = ["food/cooks", "food/shares", "-food/wastes", "garden/digs"]
HELD = [["cooks"], ["cooks", "shares"], [], ["wastes"], [], ["cooks"]]


def study(held=HELD):
    people = {f"P{i}": "A" if i <= 3 else "B" for i in range(1, len(held) + 1)}
    codings = [(i, f"food/{sub}") for i, subs in enumerate(held) for sub in subs]
    made = make_coded(people, [(person, 10) for person in people], codings, FRAME)
    segments = tuple(s._replace(transcript=f"t{i}") for i, s in enumerate(made.segments, start=1))
    names = {s.segment_id: s.transcript for s in segments}
    return replace(
        made,
        segments=segments,
        codings=tuple(replace(c, transcript=names[c.segment_id]) for c in made.codings),
    )


def test_coverage_hand_worked():
    table = coverage(study())
    assert [*COVERAGE] == list(table.columns)
    assert [
        ("t1", "P1", "A", 1, 1, 1, 0.25, "food/cooks"),
        ("t2", "P2", "A", 2, 1, 2, 0.5, "food/shares"),
        ("t3", "P3", "A", 0, 0, 2, 0.5, ""),
        ("t4", "P4", "B", 1, 1, 3, 0.75, "food/wastes"),
        ("t5", "P5", "B", 0, 0, 3, 0.75, ""),
        ("t6", "P6", "B", 1, 0, 3, 0.75, ""),
    ] == [
        tuple(row)
        for row in table[
            [
                "transcript",
                "participants",
                "group",
                "codes",
                "new",
                "cumulative",
                "share_of_codebook",
                "new_codes",
            ]
        ].itertuples(index=False, name=None)
    ]
    assert (3, 4, ["garden/digs"]) == tuple(table.attrs[k] for k in ("observed", "codebook", "never"))
    assert ("4+2", 3, "", True) == tuple(
        table.attrs["guest"][k] for k in ("notation", "base_codes", "why_not", "is_none_new")
    )
    assert [(0, 0.0, "yes")] == [
        (r["run_new"], r["run_ratio"], r["met"]) for r in table.to_dict("records") if r["met"]
    ]
    assert 3.0 == table["expected"].iloc[-1]


def test_coverage_says_that_it_is_no_saturation():
    assert "not saturation" in coverage(study()).attrs["note"]


WHY_NOT = [
    (HELD[:4], "at least 6 interviews, and there are 4"),
    ([[]] * 6, "have no code"),
    ([["cooks"], [], [], [], ["shares"], ["wastes"]], "brings too much new"),
]


@pytest.mark.parametrize(("held", "words"), WHY_NOT)
def test_coverage_says_why_the_threshold_is_not_reached(held, words):
    found = coverage(study(held)).attrs["guest"]
    assert ("", True) == (found["notation"], words in found["why_not"])


def test_coverage_of_nobody():
    table = coverage(make_coded({}, [], [], FRAME))
    assert (0, 0, 4) == (len(table), table.attrs["observed"], len(table.attrs["never"]))


@pytest.mark.parametrize(
    "options", [{"base": 0}, {"run": 0}, {"threshold": -0.1}, {"threshold": float("nan")}]
)
def test_coverage_of_impossible_numbers(options):
    with pytest.raises(StudyError, match="from 1 up"):
        coverage(study(), **options)
