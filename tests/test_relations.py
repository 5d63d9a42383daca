"""Two things within a distance: near, before, after; and named sets."""

import pytest

from conftest import codebook_dict, cut, errors_of, fired, make_codebook
from hrcode.coding.engine import Engine
from hrcode.indicators.model import Sentence
from hrcode.language.sentences import sentence_spans

NEAR = {"near": ["rent", "help"]}


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (NEAR, "We help with the rent.", ["help with the rent"]),
        (NEAR, "The rent, we help.", ["rent, we help"]),
        (NEAR, "The rent. We help.", []),
        (NEAR, "We help.", []),
        ({**NEAR, "within": 1}, "We help with the rent.", []),
        ({**NEAR, "within": 2}, "We help with the rent.", ["help with the rent"]),
        ({**NEAR, "within": 0}, "We help rent.", ["help rent"]),
        ({"before": ["help", "rent"]}, "We help with rent.", ["help with rent"]),
        ({"before": ["rent", "help"]}, "We help with rent.", []),
        ({"after": ["rent", "help"]}, "We help with rent.", ["help with rent"]),
        ({"after": ["help", "rent"]}, "We help with rent.", []),
        (
            {"near": [["rent", "bill"], "(help|sort out)"]},
            "We sorted out his bills.",
            ["sorted out his bills"],
        ),
        (
            {"near": ["pay ... rent", "help"]},
            "We help him pay that old rent.",
            ["help him pay that old rent"],
        ),
        ({"near": ["rent", "rent"]}, "The rent.", []),
        ({"near": ["rent", "rent"]}, "Rent and rent.", ["Rent and rent"]),
        (NEAR, "Help with rent, help with the rent.", ["help with the rent"]),
        ({**NEAR, "in": "turn"}, "The rent. We help.", ["rent. We help"]),
        ({**NEAR, "in": "turn", "within": 0}, "The rent. We help.", []),
        ({**NEAR, "in": "turn", "within": 1}, "The rent. We help.", ["rent. We help"]),
        (NEAR, "We never help with the rent.", []),
        ({**NEAR, "negated": "require"}, "We never help with the rent.", ["never help with the rent"]),
    ],
)
def test_relations_find_both_sides(rule, text, expected):
    assert expected == fired(rule, text)


def test_relations_in_a_turn_do_not_reach_into_the_next():
    text = "The rent. We help."
    spans = sentence_spans(text, 0, len(text))
    apart = [Sentence(text, a, b, turn=n) for n, (a, b) in enumerate(spans)]
    engine = Engine(make_codebook(codebook_dict({"c/s": [{**NEAR, "in": "turn"}]})))

    assert [] == list(engine.find(apart))
    assert 1 == len(list(engine.find(cut(text))))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"near": "rent"}, "bad-relation"),
        ({"near": ["rent"]}, "bad-relation"),
        ({"near": ["rent", "help", "now"]}, "bad-relation"),
        ({"near": ["rent", "(help"]}, "bad-phrase"),
        ({"near": ["rent", []]}, "not-text"),
        ({"near": ["rent", "help"], "within": -1}, "bad-value"),
        ({"near": ["rent", "help"], "within": 101}, "bad-value"),
        ({"near": ["rent", "help"], "in": "room"}, "bad-value"),
        ({"near": ["rent", "help"], "before": ["a", "b"]}, "unknown-kind"),
    ],
)
def test_relations_faults(rule, expected):
    assert [expected] == [rule for _, _, rule in errors_of(codebook_dict({"c/s": [rule]}))]


SETS = {
    "person": ["client", "person", "the old man"],
    "they": ["he", "she", "{person}", "the {person}"],
    "empty_handed": ["have nothing"],
}


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("{they} decide", "She decides.", ["She decides"]),
        ("{they} decide", "The client decided.", ["The client decided"]),
        ("{they} decide", "The old man decides.", ["The old man decides"]),
        ("{they} decide", "We decide.", []),
        ("({they}|we) decide", "We decide.", ["We decide"]),
        ("({they}|we) decide", "Clients decide.", ["Clients decide"]),
        ("(tell {person}|ask) why", "Tell the old man why.", ["Tell the old man why"]),
        ("({person}|) decide", "Nobody knows who decides.", []),
        ({"near": ["{person}", "money"]}, "The client has money.", ["client has money"]),
        ({"phrase": "pay", "with": "{person}"}, "The client pays.", ["pays"]),
        ("{empty_handed}", "They had nothing.", ["had nothing"]),
    ],
)
def test_sets_stand_for_their_words(rule, text, expected):
    negated = {"phrase": rule, "negated": "any"} if isinstance(rule, str) and "nothing" in text else rule

    assert expected == fired(negated, text, sets=SETS)


@pytest.mark.parametrize(
    ("sets", "rule", "expected"),
    [
        ({"a": ["x"]}, "{b}", ["bad-phrase"]),
        ({"a": ["{b}"], "b": ["{a}"]}, "x", ["cyclic-set"]),
        ({"a": ["{a}"]}, "x", ["cyclic-set"]),
        ({"a": ["{c}"]}, "x", ["bad-phrase"]),
        ({"a": []}, "x", ["empty-set"]),
        ({"A": ["x"]}, "y", ["bad-id"]),
        ({"a": "x"}, "y", ["not-a-list"]),
        ({"a": [5]}, "y", ["not-text"]),
        (["a"], "y", ["not-a-mapping"]),
        ({"a": [f"w{n}" for n in range(80)], "b": ["{a} {a}"]}, "y", ["bad-phrase"]),
    ],
)
def test_sets_faults(sets, rule, expected):
    assert expected == [rule for _, _, rule in errors_of(codebook_dict({"c/s": [rule]}, sets=sets))]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ({"exact": "NA", "case_sensitive": True}, "I went to NA.", ["NA"]),
        ({"exact": "NA", "case_sensitive": True}, "na, I did not.", []),
        ("^NA meeting", "The NA meetings.", ["NA meetings"]),
        ("^NA meeting", "The na meetings.", []),
        ({"exact": "used needles"}, "USED needles", ["USED needles"]),
        ({"exact": "used needles"}, "uses needles", []),
    ],
)
def test_exact_and_case(rule, text, expected):
    assert expected == fired(rule, text)


def test_languages_take_their_own_indicators():
    book = codebook_dict({"c/s": []})
    book["categories"][0]["subcategories"][0]["indicators"] = {"en": ["we decide"], "lt": ["=sprendžia"]}
    codebook = make_codebook(book)

    def evidence(text, language):
        found = Engine(codebook, language).find(cut(text, language))
        return [text[p.start : p.end] for p in found]

    assert ["We decide"] == evidence("We decide. Jie sprendžia.", "en")
    assert ["sprendžia"] == evidence("We decide. Jie sprendžia.", "lt")


@pytest.mark.parametrize(
    ("indicators", "expected"),
    [
        ({"phrase": "x"}, ["not-a-list"]),
        ({"EN": ["x"]}, ["not-a-list"]),
        ({"en": "x"}, ["not-a-list"]),
        ({"en": [5]}, ["not-text"]),
    ],
)
def test_languages_faults(indicators, expected):
    book = codebook_dict({"c/s": []})
    book["categories"][0]["subcategories"][0]["indicators"] = indicators

    assert expected == [rule for _, _, rule in errors_of(book)]


WE_FORCE = [
    {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "force"}},
    {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "who", "RIGHT_ATTRS": {"DEP": "nsubj", "LOWER": "we"}},
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We really force people.", ["We really force"]),
        ("They force people and we wait.", []),
        ("We never force people.", []),
        ("We [laughs] force people.", []),
    ],
)
def test_dependency_tells_who_does_it(text, expected):
    assert expected == fired({"dependency": WE_FORCE, "id": "we-force"}, text)


@pytest.mark.parametrize(
    "pattern",
    [
        "word",
        [],
        [{"RIGHT_ID": "a"}],
        [{"RIGHT_ID": "a", "RIGHT_ATTRS": {}}],
        [{"RIGHT_ID": "a", "RIGHT_ATTRS": {"OP": "?", "LOWER": "x"}}],
        [{"LEFT_ID": "b", "REL_OP": ">", "RIGHT_ID": "a", "RIGHT_ATTRS": {"LOWER": "x"}}],
        [WE_FORCE[0], {**WE_FORCE[1], "LEFT_ID": "nobody"}],
        [WE_FORCE[0], {**WE_FORCE[1], "REL_OP": "=>"}],
        [WE_FORCE[0], {**WE_FORCE[1], "RIGHT_ID": "verb"}],
        [WE_FORCE[0], {"RIGHT_ID": "who", "RIGHT_ATTRS": {"LOWER": "x"}}],
        [WE_FORCE[0]] * 13,
    ],
)
def test_dependency_faults(pattern):
    found = errors_of(codebook_dict({"c/s": [{"dependency": pattern}]}))

    assert found
    assert {"bad-dependency"} == {rule for _, _, rule in found}
