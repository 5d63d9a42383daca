import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_coded
from hrcode.analysis.compare import compare
from hrcode.analysis.sensitivity import NOBODY_LEFT, interview_kinds, sensitivity
from hrcode.schema import SENSITIVITY

PEOPLE = {**{f"A{i}": "A" for i in range(1, 5)}, **{f"B{i}": "B" for i in range(1, 5)}}
SEGMENTS = [(person, 10) for person in PEOPLE]
FRAME = ["food/cooks"]


def cooks(*who):
    """Make a study of four against four in which these people cook, each by an indicator of their own."""
    names = [*PEOPLE]
    return make_coded(PEOPLE, SEGMENTS, [(names.index(person), "food/cooks") for person in who], FRAME)


def changes(table):
    return [
        (row["left_out"], row["name"], row["pattern"], row["pattern_without"], row["change"])
        for row in table[table["level"] == "subcategory"].to_dict("records")
    ]


def test_sensitivity_columns():
    assert [*SENSITIVITY] == list(sensitivity(cooks("A1", "A2")).columns)


def test_sensitivity_finding_of_two_people_hangs_on_each_and_on_their_indicator():
    table = sensitivity(cooks("A1", "A2"))
    assert [
        ("participant", "A1", "only in A", "single mention", "side"),
        ("participant", "A2", "only in A", "single mention", "side"),
        ("indicator", "food/cooks: word", "only in A", "not observed", "side"),
    ] == changes(table)


def test_sensitivity_names_counts_and_quotes_what_is_lost():
    row = sensitivity(cooks("A1", "A2"), level="subcategory").to_dict("records")[0]
    assert ("A 2/4, B 0/4", "A 1/3, B 0/4", 1, "A1", "t:1.1", " ".join(["word"] * 10)) == tuple(
        row[c] for c in ("counts", "counts_without", "codings_lost", "participant", "segment_id", "quote")
    )


def test_sensitivity_person_without_the_code_may_matter_and_is_not_quoted():
    table = sensitivity(cooks("A1", "A2", "A3", "B1", "B2"), level="subcategory")
    (row,) = table[table["name"] == "A4"].to_dict("records")
    assert ("shared", "predominant in A", 0, "") == (
        row["pattern"], row["pattern_without"], row["codings_lost"], row["quote"],
    )  # fmt: skip


def test_sensitivity_single_mentions_are_not_listed():
    table = sensitivity(cooks("A1"))
    assert ([], {"category": 0, "subcategory": 0, "total": 0}) == (changes(table), table.attrs["compared"])


def test_sensitivity_group_of_one_cannot_lose_its_person():
    coded = make_coded(
        {"A1": "A", "B1": "B"}, [("A1", 5), ("B1", 5)], [(0, "food/cooks"), (1, "food/cooks")], FRAME
    )
    assert {NOBODY_LEFT} == {row[3] for row in changes(sensitivity(coded)) if row[0] == "participant"}


@given(st.sets(st.sampled_from([*PEOPLE])))
def test_sensitivity_lists_a_participant_of_every_fragile_pattern_and_of_no_other(who):
    coded = cooks(*sorted(who))
    table = sensitivity(coded, level="subcategory")
    listed = ((table["left_out"] == "participant") & (table["change"] == "side")).any()
    flag = compare(coded, level="subcategory")["robust"].iloc[0]
    assert (flag == "no") == bool(listed)


def test_sensitivity_without_pair_interviews():
    people = {"A1": "A", "A2": "A", "B1": "B", "B2": "B", "A3": "A"}
    coded = make_coded(people, [("A1", 5), ("A2", 5), ("B1", 5), ("B2", 5), ("A3", 5)],
                       [(0, "food/cooks"), (1, "food/cooks")], FRAME)  # fmt: skip
    from dataclasses import replace

    names = ["pair", "pair", "b1", "b2", "a3"]
    segments = [s._replace(transcript=name) for s, name in zip(coded.segments, names, strict=True)]
    codings = [replace(c, transcript="pair") for c in coded.codings]
    coded = replace(coded, segments=tuple(segments), codings=tuple(codings))
    assert {"pair": "pair", "b1": "interview", "b2": "interview", "a3": "interview"} == interview_kinds(coded)
    table = sensitivity(coded, level="subcategory")
    assert [("interview", NOBODY_LEFT), ("pair", "not observed")] == [
        (row[1], row[3]) for row in changes(table) if row[0] == "interviews"
    ]


def test_sensitivity_of_groups_too_small_for_a_label_lists_nothing():
    people = {f"P{i}": f"G{i}" for i in range(5)}
    coded = make_coded(people, [(p, 5) for p in people], [(i, "food/cooks") for i in range(5)], FRAME)
    assert (0, 0) == (len(sensitivity(coded)), sensitivity(coded).attrs["compared"]["subcategory"])


@pytest.mark.parametrize("codings", [[], [(0, "food/cooks")]])
def test_sensitivity_of_next_to_nothing(codings):
    assert 0 == len(sensitivity(make_coded({"A1": "A"}, [("A1", 5)], codings, FRAME)))
