import pytest

from builders import KITCHEN, code_study
from hrcode.analysis.kwic import kwic
from hrcode.errors import StudyError
from hrcode.schema import KWIC

TALK = {
    "A1.txt": "I: Do you cook?\nA1: Before. I cooked soup yesterday, and I can't cook  fish. After.\n",
    "A2.txt": "A2: I like fish.\n",
    "B1.txt": "B1: She cooks.\n",
}


@pytest.fixture
def talk(tmp_path):
    return code_study(tmp_path, TALK, KITCHEN)


def lines(table):
    return [(r["participant"], r["left"], r["match"], r["right"]) for r in table.to_dict("records")]


def test_kwic_finds_inflected_forms_of_participants_coded_or_not(talk):
    table = kwic(talk, "cook")
    assert [*KWIC] == list(table.columns)
    assert [
        ("A1", "Before. I", "cooked", "soup yesterday, and I can't cook fish. After."),
        ("A1", "Before. I cooked soup yesterday, and I can't", "cook", "fish. After."),
        ("B1", "She", "cooks", "."),
    ] == lines(table)
    assert ["food/cooks, food/shares", "food/cooks, food/shares", ""] == list(table["coded"])
    assert ({"A": 1, "B": 1}, {"A": 2, "B": 1}) == (table.attrs["participants"], table.attrs["groups"])


PHRASES = {
    "exact": ({"phrase": "cooks", "exact": True}, ["cooks"]),
    "alternatives": ({"phrase": "(cook|like) fish"}, ["cook fish", "like fish"]),
    "wildcard": ({"phrase": "yester*"}, ["yesterday"]),
    "two in a row": ({"phrase": "I ... cook"}, ["I cooked", "I can't cook"]),
    "nowhere": ({"phrase": "sea"}, []),
    "group": ({"phrase": "cook", "group": "B"}, ["cooks"]),
    "filter": ({"phrase": "cook", "where": "group=B"}, ["cooks"]),
    "limit": ({"phrase": "cook", "limit": 1}, ["cooked"]),
}


@pytest.mark.parametrize(("options", "expected"), PHRASES.values(), ids=PHRASES)
def test_kwic_phrases(talk, options, expected):
    assert expected == list(kwic(talk, **options)["match"])


def test_kwic_width(talk):
    assert [("A1", "re. I", "cooked", "soup")] == lines(kwic(talk, "cook", width=6, limit=1))


WRONG = [
    ({"phrase": ""}, "phrase"),
    ({"phrase": "(cook"}, "bracket"),
    ({"phrase": "cook", "width": 0}, "width"),
    ({"phrase": "cook", "group": "C"}, "A, B"),
    ({"phrase": "*"}, "phrase"),
]


@pytest.mark.parametrize(("options", "words"), WRONG)
def test_kwic_wrong_option(talk, options, words):
    with pytest.raises(StudyError, match=words):
        kwic(talk, **options)
