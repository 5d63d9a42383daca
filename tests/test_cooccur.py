from dataclasses import replace

import pytest

from builders import make_coded
from hrcode.analysis.cooccur import c_coefficient, cooccur
from hrcode.errors import StudyError
from hrcode.schema import COOCCURRENCE

PEOPLE = {"A1": "A", "A2": "A", "B1": "B"}
FRAME = ["food/cooks", "food/shares", "-garden/digs"]
# Segments 0-5; cooks and shares meet in 0 and 3, cooks and digs in 3 alone.
SEGMENTS = [("A1", 5), ("A1", 5), ("A1", 5), ("A2", 5), ("B1", 5), ("B1", 5)]
CODINGS = [
    (0, "food/cooks"), (0, "food/shares"), (3, "food/cooks"), (3, "food/shares"), (3, "garden/digs"),
    (1, "food/cooks"), (5, "garden/digs"), (4, "food/shares"),
]  # fmt: skip


@pytest.fixture
def coded():
    """Give the study; each subcategory has an indicator of its own."""
    made = make_coded(PEOPLE, SEGMENTS, CODINGS, FRAME)
    return replace(made, codings=tuple(replace(c, indicator=c.subcategory) for c in made.codings))


def pairs(table):
    return {
        (row["code_a"].split("/")[-1], row["code_b"].split("/")[-1]): row for row in table.to_dict("records")
    }


def test_c_coefficient_of_atlas_ti_manual():
    # Manual of ATLAS.ti 22, "Code Co-Occurrence Table": 5 / (100 + 10 - 5).
    assert 0.048 == pytest.approx(c_coefficient(100, 10, 5), abs=5e-4)


def test_cooccur_in_segments_hand_worked(coded):
    row = pairs(cooccur(coded))["cooks", "shares"]
    # cooks in 0, 1, 3; shares in 0, 3, 4; both in 0 and 3, of six segments.
    expected = {
        "n_a": 3, "n_b": 3, "n_both": 2, "c_coefficient": 0.5, "share_of_a": 0.667, "share_of_b": 0.667,
        "expected": 1.5, "lift": 1.33, "participants_both": 2, "participants_total": 3, "largest_share": 0.5,
        "flags": "same category", "both_A": 2, "both_B": 0,
    }  # fmt: skip
    assert expected == {key: row[key] for key in expected}


WITHIN = {
    "segment": ({}, {("cooks", "shares"): 2, ("cooks", "digs"): 1, ("shares", "digs"): 1}),
    "near by one": (
        {"within": "near", "near": 1},
        # Stretches of two: B1's segments 4 and 5 share one; A1's 0 and 1 another, besides those of 0.
        {("cooks", "shares"): 4, ("cooks", "digs"): 2, ("shares", "digs"): 3},
    ),
    "participant": (
        {"within": "participant"},
        {("cooks", "shares"): 2, ("cooks", "digs"): 1, ("shares", "digs"): 2},
    ),
}


@pytest.mark.parametrize(("options", "expected"), WITHIN.values(), ids=WITHIN)
def test_cooccur_within(coded, options, expected):
    assert expected == {pair: row["n_both"] for pair, row in pairs(cooccur(coded, **options)).items()}


def test_cooccur_in_turns_sees_segments_of_a_turn_together(coded):
    one_turn = tuple(s._replace(turn=9 if s.participant == "B1" else s.turn) for s in coded.segments)
    row = pairs(cooccur(replace(coded, segments=one_turn), within="turn"))["shares", "digs"]
    assert (2, 2) == (row["n_both"], row["participants_both"])


def test_cooccur_by_category(coded):
    table = cooccur(coded, level="category")
    assert [("food", "garden", 1)] == [
        (r["code_a"], r["code_b"], r["n_both"]) for r in table.to_dict("records")
    ]


def test_cooccur_marks_pairs_made_by_one_rule(coded):
    same = tuple(replace(c, indicator="word") for c in coded.codings)
    flags = {row["flags"] for row in pairs(cooccur(replace(coded, codings=same))).values()}
    assert {"shared indicator, same category", "shared indicator"} == flags


def test_cooccur_marks_unequal_codes():
    coded = make_coded(
        {"A1": "A"},
        [("A1", 5)] * 12,
        [(i, "food/cooks") for i in range(12)] + [(0, "food/shares"), (1, "food/shares")],
        FRAME,
    )
    assert ["unequal"] == [row["flags"].split(",")[0] for row in pairs(cooccur(coded)).values()]


@pytest.mark.parametrize("codings", [[], [(0, "food/cooks")], [(0, "food/cooks"), (1, "food/shares")]])
def test_cooccur_nothing_together(codings):
    table = cooccur(make_coded(PEOPLE, SEGMENTS, codings, FRAME))
    assert (0, [*COOCCURRENCE, "both_A", "both_B"]) == (len(table), list(table.columns))


WRONG = [
    ({"within": "sentence"}, "segment"),
    ({"within": "near", "near": 0}, "1 to 50"),
    ({"within": "near", "near": 999}, "1 to 50"),
    ({"level": "total"}, "subcategory"),
]


@pytest.mark.parametrize(("options", "words"), WRONG)
def test_cooccur_wrong_option(coded, options, words):
    with pytest.raises(StudyError, match=words):
        cooccur(coded, **options)
