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
