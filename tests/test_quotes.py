from dataclasses import replace

import pytest

from builders import code_study, make_coded
from hrcode.analysis.quotes import quotes
from hrcode.errors import StudyError
from hrcode.schema import QUOTES

PEOPLE = {"A2": "A", "A10": "A", "B1": "B"}
SEGMENTS = [("B1", 5), ("A10", 5), ("A2", 5), ("A2", 5)]
FRAME = ["food/cooks", "-food/wastes", "garden/digs"]
CODINGS = [
    (0, "food/cooks"),
    (0, "food/wastes"),
    (1, "food/cooks"),
    (2, "food/cooks"),
    (3, "food/cooks"),
    (3, "food/wastes"),
]


@pytest.fixture
def coded():
    return make_coded(PEOPLE, SEGMENTS, CODINGS, FRAME)


def rows(table):
    return [
        (p, s, g)
        for p, s, g in zip(table["participant"], table["subcategory"], table["segment_id"], strict=True)
    ]


COOKS = [
    ("A2", "cooks", "t:3.1"),
    ("A2", "cooks", "t:4.1"),
    ("A10", "cooks", "t:2.1"),
    ("B1", "cooks", "t:1.1"),
]
WASTES = [("A2", "wastes", "t:4.1"), ("B1", "wastes", "t:1.1")]
FILTERS = {
    "all": ({}, COOKS + WASTES),
    "category": ({"category": "food"}, COOKS + WASTES),
    "subcategory": ({"category": "food/wastes"}, WASTES),
    "category without codings": ({"category": "garden"}, []),
    "group": ({"group": "B"}, [COOKS[3], WASTES[1]]),
    "participant": ({"participant": "A2"}, [COOKS[0], COOKS[1], WASTES[0]]),
    "all three": ({"category": "food/cooks", "group": "A", "participant": "A10"}, [COOKS[2]]),
    "person of another group": ({"group": "B", "participant": "A2"}, []),
    "limit": ({"limit": 2}, COOKS[:2]),
    "limit above": ({"limit": 99}, COOKS + WASTES),
}


@pytest.mark.parametrize(("options", "expected"), FILTERS.values(), ids=FILTERS)
def test_quotes_filters_and_order(coded, options, expected):
    assert expected == rows(quotes(coded, **options))


def test_quotes_columns_stay_when_there_are_no_rows(coded):
    assert [*QUOTES] == list(quotes(coded, category="garden").columns)


def test_quotes_total_counts_beyond_the_limit(coded):
    assert 4 == quotes(coded, category="food/cooks", limit=1).attrs["total"]


MISSPELT = {
    "category": ({"category": "foood"}, "Did you mean food"),
    "subcategory": ({"category": "food/cook"}, "Did you mean cooks"),
    "subcategory of another category": ({"category": "garden/cooks"}, "digs"),
    "empty category": ({"category": ""}, "food"),
    "group": ({"group": "a"}, "Did you mean A"),
    "participant": ({"participant": "A3"}, "A2, A10, B1"),
}


@pytest.mark.parametrize(("options", "words"), MISSPELT.values(), ids=MISSPELT)
def test_quotes_misspelt_filter_names_what_there_is(coded, options, words):
    with pytest.raises(StudyError, match=words):
        quotes(coded, **options)


def test_quotes_evidence_start_counts_from_the_segment(tmp_path):
    table = quotes(code_study(tmp_path))
    found = [
        t[a : a + len(e)]
        for t, a, e in zip(table["text"], table["evidence_start"], table["evidence"], strict=True)
    ]
    assert (True, list(table["evidence"])) == (len(found) > 2, found)


def test_quotes_of_a_turn_said_by_two_are_each_ones():
    coded = make_coded(PEOPLE, [("A2 + B1", 5)], [(0, "food/cooks")], FRAME)
    found = [quotes(coded, participant=person)["participant"].tolist() for person in ("A2", "B1", "A10")]
    assert [["A2 + B1"], ["A2 + B1"], []] == found
    assert ["A, B"] == quotes(coded)["group"].tolist()


MORE_FILTERS = {
    "stance": ({"stance": "departs"}, WASTES),
    "indicator": ({"indicator": "wor"}, COOKS + WASTES),
    "indicator that never fired": ({"indicator": "soup"}, []),
    "text": ({"containing": "WORD word"}, COOKS + WASTES),
    "text that nobody says": ({"containing": "soup"}, []),
    "where": ({"where": "group=B"}, [COOKS[3], WASTES[1]]),
    "each": ({"each": 1}, [COOKS[0], WASTES[0]]),
    "spread": ({"category": "food/cooks", "spread": True}, [COOKS[0], COOKS[2], COOKS[3], COOKS[1]]),
    "spread and each": ({"spread": True, "each": 2}, [COOKS[0], COOKS[2], *WASTES]),
}


@pytest.mark.parametrize(("options", "expected"), MORE_FILTERS.values(), ids=MORE_FILTERS)
def test_quotes_more_filters(coded, options, expected):
    assert expected == rows(quotes(coded, **options))


def exemplar_study(**changes):
    """Make a study of one person's five segments, all coded; ``changes`` are of codings by number."""
    made = make_coded({"A1": "A"}, [("A1", n) for n in (5, 10, 60, 20, 30)],
                      [(i, "food/cooks") for i in (0, 1, 2, 3, 4, 4)], FRAME)  # fmt: skip
    codings = [replace(c, **changes.get(f"c{i}", {})) for i, c in enumerate(made.codings)]
    return replace(made, codings=tuple(codings))


EXEMPLARS = {
    "length": ({}, ["t:2.1", "t:4.1", "t:5.1", "t:1.1", "t:3.1"]),
    "two indicators": (
        {"c5": {"indicator": "other"}, "c1": {"context": "reported: they say"}},
        ["t:5.1", "t:4.1", "t:2.1", "t:1.1", "t:3.1"],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), EXEMPLARS.values(), ids=EXEMPLARS)
def test_quotes_exemplars_are_ranked_by_the_rule_that_is_said(changes, expected):
    table = quotes(exemplar_study(**changes), exemplars=True)
    assert (expected, True) == (list(table["segment_id"]), "8 to 50 words" in table.attrs["rule"])


TALK = {"A1.txt": "I: Well?\nA1: Before this. I cook soup. After that.\nI: And?\nA1: I bake bread.\n"}


def test_quotes_context_and_article_style(tmp_path):
    table = quotes(code_study(tmp_path, TALK), category="food/cooks", context=2)
    assert [
        ("I: Well?\nA1: Before this.", "A1: After that.\nI: And?", 'A1: "<...> I cook soup. <...>"'),
        ("A1: After that.\nI: And?", "", 'A1: "I bake bread."'),
    ] == [tuple(row) for row in table[["before", "after", "article"]].itertuples(index=False, name=None)]


@pytest.mark.parametrize("context", [-1, 21])
def test_quotes_context_of_too_many_segments(coded, context):
    with pytest.raises(StudyError, match="from 0 to 20"):
        quotes(coded, context=context)
