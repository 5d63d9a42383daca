import pytest

from builders import SIGNS, make_coded
from hrcode.analysis.compare import compare, group_warnings, per_1000
from hrcode.errors import StudyError
from hrcode.schema import COMPARISON

# Two groups: A1 (10 words) and A2 (30) in A, B1 (20, in two segments) in B; an interviewer (7 words).
PEOPLE = {
    "A1": {"group": "A", "town": "north"},
    "A2": {"group": "A", "town": "south"},
    "B1": {"group": "B", "town": "north"},
}
SEGMENTS = [("", 7), ("A1", 10), ("A2", 10), ("A2", 20), ("B1", 5), ("B1", 15)]
FRAME = ["food/cooks", "-food/wastes", "food/shares", "garden/digs"]
CODINGS = [
    (1, "food/cooks"), (1, "food/cooks"), (2, "food/cooks"), (4, "food/cooks"),
    (3, "food/wastes"), (1, "food/shares"), (2, "food/shares"),
]  # fmt: skip


@pytest.fixture
def coded():
    return make_coded(PEOPLE, SEGMENTS, CODINGS, FRAME)


def cells(table, *columns):
    return [tuple(row) for row in table[list(columns)].itertuples(index=False, name=None)]


def test_compare_columns(coded):
    assert [*COMPARISON] == list(compare(coded).columns)


# level, category, subcategory, stance, group, participants, of, segments, of, codings, words, per 1,000
COUNTS = [
    ("category", "food", "", "applies", "A", 2, 2, 2, 3, 5, 40, 125.0),
    ("category", "food", "", "applies", "B", 1, 1, 1, 2, 1, 20, 50.0),
    ("category", "food", "", "departs", "A", 1, 2, 1, 3, 1, 40, 25.0),
    ("category", "food", "", "departs", "B", 0, 1, 0, 2, 0, 20, 0.0),
    ("category", "garden", "", "applies", "A", 0, 2, 0, 3, 0, 40, 0.0),
    ("category", "garden", "", "applies", "B", 0, 1, 0, 2, 0, 20, 0.0),
    ("subcategory", "food", "cooks", "applies", "A", 2, 2, 2, 3, 3, 40, 75.0),
    ("subcategory", "food", "cooks", "applies", "B", 1, 1, 1, 2, 1, 20, 50.0),
    ("subcategory", "food", "wastes", "departs", "A", 1, 2, 1, 3, 1, 40, 25.0),
    ("subcategory", "food", "wastes", "departs", "B", 0, 1, 0, 2, 0, 20, 0.0),
    ("subcategory", "food", "shares", "applies", "A", 2, 2, 2, 3, 2, 40, 50.0),
    ("subcategory", "food", "shares", "applies", "B", 0, 1, 0, 2, 0, 20, 0.0),
    ("subcategory", "garden", "digs", "applies", "A", 0, 2, 0, 3, 0, 40, 0.0),
    ("subcategory", "garden", "digs", "applies", "B", 0, 1, 0, 2, 0, 20, 0.0),
    ("total", "", "", "applies", "A", 2, 2, 2, 3, 5, 40, 125.0),
    ("total", "", "", "applies", "B", 1, 1, 1, 2, 1, 20, 50.0),
    ("total", "", "", "departs", "A", 1, 2, 1, 3, 1, 40, 25.0),
    ("total", "", "", "departs", "B", 0, 1, 0, 2, 0, 20, 0.0),
]
# rate mean, rate median, breadth, of, largest share, from, pattern, robust; of the same rows
SPREAD = [
    (66.67, 66.67, 2, 2, 0.5, "", "shared (most)", "no"),
    (50.0, 50.0, 1, 2, 1.0, "B1", "shared (most)", "no"),
    (16.67, 16.67, 1, 1, 1.0, "A2", "single mention", "no"),
    (0.0, 0.0, 0, 1, 0.0, "", "single mention", "no"),
    (0.0, 0.0, 0, 1, 0.0, "", "not observed", "yes"),
    (0.0, 0.0, 0, 1, 0.0, "", "not observed", "yes"),
    (66.67, 66.67, 1, 1, 0.5, "", "shared (most)", "no"),
    (50.0, 50.0, 1, 1, 1.0, "B1", "shared (most)", "no"),
    (16.67, 16.67, 1, 1, 1.0, "A2", "single mention", "no"),
    (0.0, 0.0, 0, 1, 0.0, "", "single mention", "no"),
    (66.67, 66.67, 1, 1, 0.5, "", "only in A", "no"),
    (0.0, 0.0, 0, 1, 0.0, "", "only in A", "no"),
    (0.0, 0.0, 0, 1, 0.0, "", "not observed", "yes"),
    (0.0, 0.0, 0, 1, 0.0, "", "not observed", "yes"),
    (66.67, 66.67, 2, 3, 0.5, "", "shared (most)", "no"),
    (50.0, 50.0, 1, 3, 1.0, "B1", "shared (most)", "no"),
    (16.67, 16.67, 1, 1, 1.0, "A2", "single mention", "no"),
    (0.0, 0.0, 0, 1, 0.0, "", "single mention", "no"),
]
HAND_WORKED = [counts + spread for counts, spread in zip(COUNTS, SPREAD, strict=True)]


def test_compare_hand_worked_study(coded):
    assert HAND_WORKED == cells(compare(coded), *COMPARISON)


@pytest.mark.parametrize("level", ["category", "subcategory", "total"])
def test_compare_one_level(coded, level):
    assert [row for row in HAND_WORKED if row[0] == level] == cells(compare(coded, level=level), *COMPARISON)


def test_compare_by_another_attribute(coded):
    table = compare(coded, by="town", level="subcategory")
    expected = [
        ("cooks", "north", 2, 2, 2, 3, 3, 30, 100.0), ("cooks", "south", 1, 1, 1, 2, 1, 30, 33.33),
        ("wastes", "north", 0, 2, 0, 3, 0, 30, 0.0), ("wastes", "south", 1, 1, 1, 2, 1, 30, 33.33),
        ("shares", "north", 1, 2, 1, 3, 1, 30, 33.33), ("shares", "south", 1, 1, 1, 2, 1, 30, 33.33),
        ("digs", "north", 0, 2, 0, 3, 0, 30, 0.0), ("digs", "south", 0, 1, 0, 2, 0, 30, 0.0),
    ]  # fmt: skip
    columns = ["subcategory", "group", "participants", "participants_total", "segments", "segments_total"]
    assert expected == cells(table, *columns, "codings", "words", "per_1000_words")


@pytest.mark.parametrize("sign", ["~", "!", "="])
def test_what_neither_applies_nor_departs_has_a_row_and_no_sum(sign):
    frame = ["food/cooks", f"{sign}food/tires", f"{sign}garden/waits"]
    coded = make_coded(PEOPLE, SEGMENTS, [(1, "food/tires"), (2, "garden/waits"), (2, "food/cooks")], frame)
    of_a = compare(coded).query("group == 'A'")

    assert [
        ("food", "", "applies", 1),
        ("food", "cooks", "applies", 1),
        ("food", "tires", SIGNS[sign], 1),
        ("garden", "waits", SIGNS[sign], 1),
        ("", "", "applies", 1),
    ] == cells(of_a, "category", "subcategory", "stance", "codings")


def test_compare_zero_rows_when_nothing_is_coded():
    table = compare(make_coded(PEOPLE, SEGMENTS, [], FRAME), level="subcategory")
    assert [(0, 0, 0, "not observed")] * 8 == cells(table, "participants", "segments", "codings", "pattern")


def test_compare_participant_who_says_nothing_stays_in_the_base():
    table = compare(make_coded({**PEOPLE, "B2": "B"}, SEGMENTS, CODINGS, FRAME), level="category")
    assert {("A", 2), ("B", 2)} == set(cells(table, "group", "participants_total"))


def test_compare_group_whose_people_say_nothing_has_a_rate_of_zero():
    table = compare(make_coded({"A1": "A", "C1": "C"}, [("A1", 10)], [(0, "food/cooks")], ["food/cooks"]))
    assert {("A", 100.0), ("C", 0.0)} == set(cells(table, "group", "per_1000_words"))


def test_compare_attribute_not_stated_is_a_group_of_its_own():
    people = {"A1": {"group": "A", "town": "north"}, "A2": {"group": "A"}}
    table = compare(
        make_coded(people, [("A1", 5), ("A2", 5)], [(1, "food/cooks")], ["food/cooks"]), by="town"
    )
    assert {("(not stated)", 1), ("north", 0)} == set(cells(table, "group", "participants"))


def test_compare_groups_are_in_natural_order():
    people = {f"P{n}": f"G{n}" for n in (10, 2, 1)}
    table = compare(make_coded(people, [("P1", 1)], [], ["food/cooks"]), level="category")
    assert ["G1", "G2", "G10"] == list(table["group"])


@pytest.mark.parametrize("name", ["None", "nan", "NA", "1", "1.0", "", "true"])
def test_compare_group_of_an_odd_name_is_counted(name):
    table = compare(make_coded({"A1": name, "B1": "B"}, [("A1", 5)], [(0, "food/cooks")], ["food/cooks"]))
    assert 3 == table["codings"].sum()


@pytest.mark.parametrize("level", ["category", "subcategory"])
def test_compare_sums_equal_the_codings(coded, level):
    assert len(coded.codings) == compare(coded, level=level)["codings"].sum()


@pytest.mark.parametrize(
    ("option", "word"), [({"by": "twon"}, "Did you mean town"), ({"by": "x"}, "group, town")]
)
def test_compare_unknown_attribute_lists_those_there_are(coded, option, word):
    with pytest.raises(StudyError, match=word):
        compare(coded, **option)


def test_compare_unknown_level(coded):
    with pytest.raises(StudyError, match="Did you mean category"):
        compare(coded, level="categroy")


def test_compare_says_what_it_is(coded):
    attrs = compare(coded, by="town").attrs
    assert ("town", "sentence", {"north": 2, "south": 1}) == (attrs["by"], attrs["unit"], attrs["groups"])


@pytest.mark.parametrize(
    ("codings", "words", "expected"),
    [(0, 0, 0.0), (3, 0, 0.0), (1, 1000, 1.0), (1, 3, 333.33), (2, 3, 666.67)],
)
def test_compare_per_1000(codings, words, expected):
    assert expected == per_1000(codings, words)


WARNED = [
    ({"A": 10, "B": 12}, []),
    ({"A": 9, "B": 12}, ["A 9"]),
    ({"A": 4, "B": 4}, ["A 4, B 4"]),
    ({"A": 12}, ["one group"]),
    ({"A": 2}, ["one group", "A 2"]),
    ({}, ["no participants"]),
]


@pytest.mark.parametrize(("groups", "words"), WARNED)
def test_compare_warns_of_what_groups_cannot_show(groups, words):
    found = group_warnings(groups)
    assert (len(words), True) == (len(found), all(w in text for w, text in zip(words, found, strict=False)))
