"""Who is counted where: pairs, people in two groups, people who say nothing, filters."""

from dataclasses import replace

import pytest

from builders import make_coded
from hrcode.analysis.compare import compare
from hrcode.analysis.voices import people, voices
from hrcode.errors import StudyError

PEOPLE = {
    "A1": {"group": "A", "years": "3", "town": "north"},
    "A2": {"group": "A", "years": "9", "town": "south"},
    "B1": {"group": "B", "years": "12", "town": "north"},
    "B2": {"group": "B", "town": "south"},
}
FRAME = ["food/cooks", "-food/wastes"]


@pytest.mark.parametrize(
    ("participant", "expected"), [("", []), ("A1", ["A1"]), ("A1 + A2", ["A1", "A2"]), ("A+B", ["A+B"])]
)
def test_people(participant, expected):
    assert expected == people(participant)


def row(table, group, **where):
    wanted = {"level": "subcategory", "subcategory": "cooks", "group": group, **where}
    (found,) = [r for r in table.to_dict("records") if all(r[k] == v for k, v in wanted.items())]
    return found


def test_a_turn_said_by_two_counts_for_each_of_them_and_once_for_their_group():
    coded = make_coded(PEOPLE, [("A1 + A2", 10), ("A1", 10)], [(0, "food/cooks")], FRAME)
    found = row(compare(coded), "A")
    assert (2, 1, 1, 20, 0.5 * (50 + 100)) == (
        found["participants"],
        found["segments"],
        found["codings"],
        found["words"],
        found["rate_mean"],
    )


def test_a_turn_said_by_two_of_different_groups_counts_in_both():
    coded = make_coded(PEOPLE, [("A1 + B1", 10)], [(0, "food/cooks")], FRAME)
    table = compare(coded)
    assert [("A", 1, 1), ("B", 1, 1)] == [
        (group, row(table, group)["participants"], row(table, group)["segments"]) for group in "AB"
    ]


def test_a_person_heard_in_two_groups_is_a_member_of_both():
    coded = make_coded(PEOPLE, [("A1", 10), ("A1", 30), ("B1", 5)], [(1, "food/cooks")], FRAME)
    moved = coded.segments[1]._replace(group="B")
    coded = replace(
        coded,
        segments=(coded.segments[0], moved, coded.segments[2]),
        codings=(replace(coded.codings[0], group="B"),),
    )
    heard = voices(coded)
    # A2 and B2 say nothing: they stand where the participants table has them.
    assert {"A": ("A1", "A2"), "B": ("A1", "B1", "B2")} == dict(heard.members)
    assert (10, 30) == (heard.words["A", "A1"], heard.words["B", "A1"])
    assert [("A1", "B")] == [(piece.person, piece.group) for piece in heard.said]
    assert 1 == sum("more than one group" in warning for warning in heard.warnings)


def test_those_who_say_nothing_count_in_n_and_are_named():
    coded = make_coded(PEOPLE, [("A1", 10), ("B1", 10)], [(0, "food/cooks")], FRAME)
    table = compare(coded)
    assert {"A": 2, "B": 2} == table.attrs["groups"]
    assert 1 == sum("A2, B2" in warning for warning in table.attrs["warnings"])


FILTERS = {
    "number": ("years>5", {"A": ("A2",), "B": ("B1",)}),
    "text": ("town=north", {"A": ("A1",), "B": ("B1",)}),
    "both": ("years>5, town=south", {"A": ("A2",)}),
    "nobody": ("years>50", {}),
    "not": ("years!=3", {"A": ("A2",), "B": ("B1",)}),
}


@pytest.mark.parametrize(("where", "expected"), FILTERS.values(), ids=FILTERS)
def test_where_leaves_people_out(where, expected):
    coded = make_coded(PEOPLE, [(p, 10) for p in PEOPLE], [], FRAME)
    assert expected == dict(voices(coded, where=where).members)


def test_where_names_those_whose_value_is_missing():
    coded = make_coded(PEOPLE, [(p, 10) for p in PEOPLE], [], FRAME)
    assert [True] == ["B2" in warning for warning in voices(coded, where="years>5").warnings]


def test_where_names_those_whose_value_has_no_more_and_less():
    known = {**PEOPLE, "A2": {**PEOPLE["A2"], "years": "about nine"}}
    heard = voices(make_coded(known, [(p, 10) for p in known], [], FRAME), where="years>5, years<99")
    assert {"B": ("B1",)} == dict(heard.members)
    assert ["years is no number or date for A2, left out by the filter."] == [
        warning for warning in heard.warnings if "A2" in warning
    ]


def test_by_two_attributes():
    coded = make_coded(PEOPLE, [(p, 10) for p in PEOPLE], [], FRAME)
    assert {"A / north": 1, "A / south": 1, "B / north": 1, "B / south": 1} == voices(
        coded, "group, town"
    ).sizes


@pytest.mark.parametrize("by", ["", "a,,b", "group,town,years,age", "town,town", ","])
def test_by_what_is_not_one_to_three_attributes_is_refused(by):
    coded = make_coded(PEOPLE, [("A1", 10)], [], FRAME)
    with pytest.raises(StudyError, match="--by"):
        voices(coded, by)


def test_nobody_left_says_so_and_gives_no_rows():
    coded = make_coded(PEOPLE, [(p, 10) for p in PEOPLE], [(0, "food/cooks")], FRAME)
    table = compare(coded, where="years>50")
    assert (0, True) == (len(table), any("Nobody is left" in w for w in table.attrs["warnings"]))


def test_an_attribute_that_is_not_stated_for_anybody_is_named():
    coded = make_coded(PEOPLE, [("A1", 10), ("B1", 10)], [(0, "food/cooks")], FRAME)
    assert "section: not stated for anybody." in voices(coded, by="section").warnings
    assert not [line for line in voices(coded, by="group").warnings if "anybody" in line]
