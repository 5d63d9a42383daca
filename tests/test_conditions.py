"""When a match counts: contexts, exclusions, conditions, scope."""

import pytest

from conftest import codebook_dict, errors_of, make_codebook
from hrcode.coding.engine import Engine
from hrcode.coding.judge import TurnFacts
from hrcode.indicators.model import Sentence
from hrcode.language.sentences import sentence_spans

ASK = "What does the money go on?"


def outcome(rules, text, *, path="c/s", facts=None, segment_of=lambda n: 0, **more):
    """What an indicator does in a turn: (evidence, reason, cue) of every piece of one subcategory."""
    rules = rules if isinstance(rules, dict) and "c/s" in rules else {"c/s": [rules]}
    engine = Engine(make_codebook(codebook_dict(rules, **more)))
    sentences = [
        Sentence(text, a, b, turn=1, segment=segment_of(n))
        for n, (a, b) in enumerate(sentence_spans(text, 0, len(text)))
    ]
    found = engine.find(sentences, {1: facts} if facts else None)
    return [(text[p.start : p.end], p.reason, p.cue) for p in found if p.subcategory.path == path]


def fired(*args, **more):
    return [words for words, reason, _ in outcome(*args, **more) if not reason]


CONTEXTS = [
    # question
    ("question", "They force him.", False),
    ("question", "Do they force him?", True),
    ("question", "Why would you force him, tell me?", True),
    ("question", "What then? They force him.", False),
    # hypothetical
    ("hypothetical", "They force him.", False),
    ("hypothetical", "If they force him, he leaves.", True),
    ("hypothetical", "He leaves if they force him.", True),
    ("hypothetical", "Unless they force him he stays.", True),
    ("hypothetical", "They might force him.", True),
    ("hypothetical", "You could force him.", True),
    ("hypothetical", "Suppose they force him.", True),
    ("hypothetical", "Maybe they force him.", True),
    ("hypothetical", "They should force him.", True),
    ("hypothetical", "They want to force him.", True),
    ("hypothetical", "In an ideal world they force him.", True),
    ("hypothetical", "They tried it and it worked, so they force him.", False),
    ("hypothetical", "If it rains we stay, but they force him.", False),
    # other people's views
    ("reported", "We force him.", False),
    ("reported", "They say we force him.", True),
    ("reported", "They always say we force him.", True),
    ("reported", "My boss thinks we force him.", True),
    ("reported", "The police expect us to force him.", True),
    ("reported", "His mother wants me to force him.", True),
    ("reported", "Some people believe we force him.", True),
    ("reported", "According to the manager we force him.", True),
    ("reported", "We were told to force him.", True),
    ("reported", "I hear that they force him.", True),
    ("reported", "We force him, they say.", True),
    ("reported", "In their view we force him.", True),
    ("reported", "The idea is that we force him.", True),
    ("reported", "Society sees them as a problem, but we force him.", False),
    ("reported", "They say a lot, and I force him.", False),
    ("reported", "I say we force him.", False),
    ("reported", "We think we force him.", False),
    ("reported", "My manager says no, but I force him.", False),
    # past
    ("past", "We force him.", False),
    ("past", "We used to force him.", True),
    ("past", "Back then we forced him.", True),
    ("past", "In those days they forced him.", True),
    ("past", "When I started we forced him.", True),
    ("past", "We forced him years ago.", True),
    ("past", "At my old job we forced him.", True),
    ("past", "We used to wait, but now we force him.", False),
    ("past", "I got used to it and we force him.", False),
]


@pytest.mark.parametrize(("name", "text", "holds"), CONTEXTS)
def test_context_is_told_and_recorded(name, text, holds):
    engine = Engine(make_codebook(codebook_dict({"c/s": [{"phrase": "force him", "negated": "any"}]})))
    sentences = [Sentence(text, a, b) for a, b in sentence_spans(text, 0, len(text))]

    contexts = [piece.context for piece in engine.find(sentences)]

    assert [holds] == [f"{name}: " in context for context in contexts]


@pytest.mark.parametrize(("name", "text", "holds"), CONTEXTS)
def test_context_exclude_and_require_are_opposites(name, text, holds):
    exclude = outcome({"phrase": "force him", "negated": "any", name: "exclude"}, text)
    require = outcome({"phrase": "force him", "negated": "any", name: "require"}, text)

    assert [name if holds else ""] == [reason for _, reason, _ in exclude]
    assert ["" if holds else f"not {name}"] == [reason for _, reason, _ in require]


def test_context_require_puts_the_cue_into_the_evidence():
    assert ["They say we force him"] == fired(
        {"phrase": "force him", "reported": "require"}, "They say we force him."
    )


def test_context_of_a_subcategory_holds_for_its_indicators_and_may_be_overruled():
    book = codebook_dict({"c/s": ["force him", {"phrase": "press him", "question": "any"}]})
    book["categories"][0]["subcategories"][0]["question"] = "exclude"
    engine = Engine(make_codebook(book))
    text = "Do they force him or press him?"
    found = engine.find([Sentence(text, 0, len(text))])

    assert [("force him", "question"), ("press him", "")] == [
        (text[p.start : p.end], p.reason) for p in found
    ]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ({"phrase": "pay", "not_in": "pay attention"}, "They pay.", [("pay", "", "")]),
        (
            {"phrase": "pay", "not_in": "pay attention"},
            "Pay attention.",
            [("Pay", "excluded", "Pay attention")],
        ),
        (
            {"phrase": "pay", "not_in": ["pay attention", "pay off"]},
            "Paying off pays.",
            [("Paying", "excluded", "Paying off"), ("pays", "", "")],
        ),
        ({"phrase": "pay", "not_in": "never pay"}, "They never pay.", [("pay", "excluded", "never pay")]),
        ({"phrase": "bank", "with": "money"}, "The bank has money.", [("bank", "", "")]),
        ({"phrase": "bank", "with": "money"}, "The bank is muddy.", [("bank", "without money", "")]),
        (
            {"phrase": "bank", "with": ["money", "loan"]},
            "The bank has money.",
            [("bank", "without loan", "")],
        ),
        (
            {"phrase": "bank", "with": {"any": ["money", "loan"]}},
            "A loan, the bank said.",
            [("bank", "", "")],
        ),
        ({"phrase": "bank", "with": "money"}, "The bank. It has money.", [("bank", "without money", "")]),
        (
            {"phrase": "bank", "with": {"phrase": "money", "in": "turn"}},
            "The bank. It has money.",
            [("bank", "", "")],
        ),
        ({"phrase": "bank", "without": "river"}, "The bank of the river.", [("bank", "with river", "")]),
        ({"phrase": "bank", "without": "river"}, "The bank opens.", [("bank", "", "")]),
        ({"phrase": "bank", "with": "bank"}, "The bank opens.", [("bank", "without bank", "")]),
        ({"phrase": "bank", "with": "bank"}, "The bank of banks.", [("bank", "", ""), ("banks", "", "")]),
        ({"phrase": "bank", "weak": True}, "The bank opens.", [("bank", "weak", "")]),
    ],
)
def test_conditions_in_the_words_around(rule, text, expected):
    assert expected == outcome(rule, text)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("sentence", []), ("segment", []), ("turn", ["bank"])],
    ids=["sentence", "segment", "turn"],
)
def test_conditions_reach_as_far_as_their_scope(scope, expected):
    rule = {"phrase": "bank", "with": {"phrase": "money", "in": scope}}

    assert expected == fired(rule, "The bank. It has money.", segment_of=lambda n: n)


def test_conditions_segment_holds_the_sentences_of_the_unit():
    rule = {"phrase": "bank", "with": {"phrase": "money", "in": "segment"}}

    assert ["bank"] == fired(rule, "The bank. It has money.")


@pytest.mark.parametrize(
    ("rule", "facts", "reason"),
    [
        ({"min_turn_words": 3}, TurnFacts(words=3), ""),
        ({"min_turn_words": 3}, TurnFacts(words=2), "short turn"),
        ({"only": {"role": ["peer"]}}, TurnFacts(attributes={"role": "peer"}), ""),
        ({"only": {"role": "peer"}}, TurnFacts(attributes={"role": "peer"}), ""),
        (
            {"only": {"role": ["peer", "boss"]}},
            TurnFacts(attributes={"role": "nurse"}),
            "role is not peer or boss",
        ),
        ({"only": {"role": ["peer"]}}, TurnFacts(), "role is not peer"),
        ({"asked": "money"}, TurnFacts(question=Sentence(ASK, 0, len(ASK))), ""),
        ({"asked": ["rent", "money go"]}, TurnFacts(question=Sentence(ASK, 0, len(ASK))), ""),
        ({"asked": "rent"}, TurnFacts(question=Sentence(ASK, 0, len(ASK))), "not asked"),
        ({"asked": "rent"}, TurnFacts(), "not asked"),
    ],
)
def test_conditions_on_the_turn(rule, facts, reason):
    assert [("bank", reason, "")] == outcome({"phrase": "bank", **rule}, "The bank opens.", facts=facts)


REFERENCES = {"c/s": [{"phrase": "he", "with": {"code": "c/t", "in": "turn"}}], "c/t": ["trust"]}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("He came. I trust.", ""),
        ("He came.", "without c/t in turn"),
        ("He came. I do not trust.", "without c/t in turn"),
    ],
)
def test_conditions_on_another_code(text, reason):
    assert [reason] == [reason for _, reason, _ in outcome(REFERENCES, text)]


def test_conditions_on_another_code_do_not_depend_on_the_order():
    turned = dict(reversed(REFERENCES.items()))

    assert outcome(REFERENCES, "He came. I trust.") == outcome({**turned}, "He came. I trust.")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"c/s": [{"phrase": "a", "with": {"code": "c/z"}}]}, ["unknown-code"]),
        ({"c/s": [{"phrase": "a", "with": {"code": "z"}}]}, ["bad-condition"]),
        ({"c/s": [{"phrase": "a", "with": {"code": "c/s"}}]}, ["cyclic-code"]),
        (
            {
                "c/s": [{"phrase": "a", "with": {"code": "c/t"}}],
                "c/t": [{"phrase": "a", "without": {"code": "c/s"}}],
            },
            ["cyclic-code"],
        ),
        ({"c/s": [{"phrase": "a", "with": {}}]}, ["bad-condition"]),
        ({"c/s": [{"phrase": "a", "with": {"phrase": "b", "any": ["c"]}}]}, ["bad-condition"]),
        ({"c/s": [{"phrase": "a", "with": {"phrase": "b", "in": "room"}}]}, ["bad-value"]),
        ({"c/s": [{"phrase": "a", "with": {"phrase": "b", "near": 3}}]}, ["unknown-key"]),
        ({"c/s": [{"phrase": "a", "with": "(b"}]}, ["bad-phrase"]),
        ({"c/s": [{"phrase": "a", "not_in": "(b"}]}, ["bad-phrase"]),
        ({"c/s": [{"phrase": "a", "asked": 5}]}, ["not-text"]),
        ({"c/s": [{"phrase": "a", "only": "peer"}]}, ["bad-condition"]),
        ({"c/s": [{"phrase": "a", "min_turn_words": -1}]}, ["bad-value"]),
        ({"c/s": [{"phrase": "a", "weak": "often"}]}, ["bad-value"]),
        ({"c/s": [{"phrase": "a", "past": "maybe"}]}, ["bad-value"]),
    ],
)
def test_conditions_faults(rules, expected):
    assert expected == [rule for _, _, rule in errors_of(codebook_dict(rules))]
