from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import codebook_dict, cut, find, fired, judged, make_codebook
from hrcode.coding.engine import Engine
from hrcode.errors import LanguageError

Row = tuple[str, str, str, str, str]


def rows(subcategories: dict[str, Any], text: str, **more: Any) -> list[Row]:
    """Give subcategory, indicator, evidence, reason and cue of everything found."""
    pieces = find(make_codebook(codebook_dict(subcategories, **more)), text)
    return [(p.subcategory.path, p.indicator.id, text[p.start : p.end], p.reason, p.cue) for p in pieces]


@pytest.mark.parametrize(
    ("rules", "text", "expected"),
    [
        (["own", "own choice"], "my own choice", ["own choice"]),
        (["own choice", "own choice today"], "own choice today", ["own choice today"]),
        (["my own", "own choice here"], "my own choice here", ["own choice here"]),
        (["my own", "own my"], "my own my", ["my own"]),
        (["own my", "my own"], "my own my", ["my own"]),
        (["a b", "b c", "c d"], "a b c d", ["a b", "c d"]),
        (["a b c", "c d", "d e f"], "a b c d e f", ["a b c", "d e f"]),
        (["a", "b"], "a b", ["a", "b"]),
        (["decide"], "decide decide", ["decide", "decide"]),
        (["a ... d", "b c"], "a b c d", ["a b c d"]),
        (["very (very|) good"], "very very very good", ["very very good"]),
        (["own choice", "own"], "own. Own choice.", ["own", "Own choice"]),
        (["long", "a b c d"], "long a b c d", ["long", "a b c d"]),
    ],
)
def test_engine_the_longest_match_of_a_subcategory_wins(
    rules: list[str], text: str, expected: list[str]
) -> None:
    assert expected == fired(rules, text)


def test_engine_the_longest_is_measured_in_words() -> None:
    assert ["my so unbelievable"] == fired(["my so un*", "un* choice"], "my so unbelievable choice")


@pytest.mark.parametrize("order", [["{a}", "{b}"], ["{b}", "{a}"]])
def test_engine_a_tie_goes_to_the_first_id(order: list[str]) -> None:
    rules = {"{a}": {"id": "aa", "phrase": "own *"}, "{b}": {"id": "bb", "phrase": "* choice"}}
    found = rows({"c/s": [rules[name] for name in order]}, "own choice")
    assert ["aa"] == [indicator for _, indicator, _, _, _ in found]


def test_engine_subcategories_never_see_each_other() -> None:
    found = rows({"c/one": ["own choice"], "c/two": ["choice"], "d/one": ["my own choice"]}, "My own choice.")
    expected = [("d/one", "My own choice"), ("c/one", "own choice"), ("c/two", "choice")]
    assert expected == [(path, evidence) for path, _, evidence, _, _ in found]


def test_engine_subcategories_of_the_same_name_in_two_categories_are_apart() -> None:
    found = rows({"c/same": ["own choice"], "d/same": ["own"]}, "own choice")
    assert [("d/same", "own"), ("c/same", "own choice")] == [(path, e) for path, _, e, _, _ in found]


def test_engine_adding_a_subcategory_changes_nothing_elsewhere() -> None:
    text = "They never judge. My own choice, my choice."
    alone = rows({"c/s": ["judge", "own choice"]}, text)
    both = rows({"c/s": ["judge", "own choice"], "c/t": ["choice", "never judge"]}, text)
    assert alone == [row for row in both if row[0] == "c/s"]


def test_engine_a_match_stays_inside_one_sentence() -> None:
    assert [] == fired("own ... choice", "It is my own. Choice matters.")


def test_engine_a_near_miss_keeps_its_reason_and_cue() -> None:
    assert [("c/s", "judge", "judge", "negated", "never")] == rows({"c/s": ["judge"]}, "They never judge.")


def test_engine_a_missing_negation_is_a_near_miss_without_a_cue() -> None:
    found = rows({"c/s": [{"phrase": "force", "negated": "require"}]}, "They force us.")
    assert [("c/s", "force [negated: require]", "force", "not negated", "")] == found


@pytest.mark.parametrize(
    ("rules", "text", "expected"),
    [
        (["judge people", "not judge"], "They don't judge people.", [("don't judge", "", "")]),
        (["judge", {"phrase": "judge", "negated": "require"}], "Never judge.", [("Never judge", "", "")]),
        (["judge", {"phrase": "judge", "negated": "require"}], "They judge.", [("judge", "", "")]),
        (["judge", {"phrase": "judge people", "negated": "require"}], "They judge people.",
         [("judge", "", "")]),
        (["judge", "judge people"], "Never judge people.", [("judge people", "negated", "Never")]),
    ],
)  # fmt: skip
def test_engine_what_fired_hides_a_near_miss_of_the_same_words(
    rules: list[Any], text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert expected == judged(rules, text)


def test_engine_a_near_miss_elsewhere_is_kept_beside_a_coding() -> None:
    assert [("judge", "negated", "never"), ("judge", "", "")] == judged(
        "judge", "They never judge; you judge."
    )


def test_engine_evidence_is_sorted_by_place_then_subcategory() -> None:
    found = rows({"z/z": ["one", "two"], "a/a": ["two", "one"]}, "One two. Two one.")
    assert [("a/a", "One"), ("z/z", "One"), ("a/a", "two"), ("z/z", "two"),
            ("a/a", "Two"), ("z/z", "Two"), ("a/a", "one"), ("z/z", "one")] == [
        (path, evidence) for path, _, evidence, _, _ in found
    ]  # fmt: skip


def test_engine_without_indicators_finds_nothing() -> None:
    assert [] == rows({"c/s": []}, "Any words.")


def test_engine_without_sentences_finds_nothing() -> None:
    assert [] == rows({"c/s": ["a"]}, " \n ")


def test_engine_can_be_used_again() -> None:
    engine = Engine(make_codebook(codebook_dict({"c/s": ["own choice"]})))
    first = list(engine.find(cut("my own choice")))
    list(engine.find(cut("other own choices, not mine")))
    assert first == list(engine.find(cut("my own choice")))


def test_engine_refuses_a_language_without_dictionary_forms() -> None:
    with pytest.raises(LanguageError, match="xx"):
        Engine(make_codebook(codebook_dict({"c/s": ["word"]})), "xx")


def test_engine_runs_another_language_with_its_own_forms() -> None:
    assert ["geht"] == fired("gehen", "Er geht heim.", language="de")


def test_engine_another_language_has_no_english_cues() -> None:
    assert [("geht", "", "")] == judged("gehen", "No never geht.", language="de")


def test_engine_another_language_takes_cues_from_the_codebook() -> None:
    found = judged("gehen", "Er will nie gehen.", language="de", cues={"negated": {"before": ["nie"]}})
    assert [("gehen", "negated", "nie")] == found


POOL: list[Any] = [
    "own", "own choice", "my own", "choice ... own", "(my|) choice", "never own", "* choice",
    {"phrase": "choice", "negated": "require"}, {"phrase": "own choice", "negated": "any"},
    {"exact": "own choice"}, {"id": "x", "phrase": "my (own|choice)"}, {"id": "y", "phrase": "choice my"},
]  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(["my", "own", "choice", "never", "but", ",", ".", "[m]", "wrong", "is"]), max_size=14
).map(" ".join)


@given(TEXTS, st.lists(st.sampled_from(range(len(POOL))), unique=True, min_size=2), st.randoms())
def test_engine_the_order_of_indicators_changes_nothing(
    text: str, chosen: list[int], random: random.Random
) -> None:
    shuffled = random.sample(chosen, len(chosen))
    expected = rows({"c/s": [POOL[i] for i in chosen]}, text)
    assert expected == rows({"c/s": [POOL[i] for i in shuffled]}, text)


@given(TEXTS, st.permutations([("a/x", 0), ("a/y", 1), ("b/x", 2), ("b/z", 3)]))
def test_engine_the_order_of_subcategories_changes_nothing(text: str, order: list[tuple[str, int]]) -> None:
    expected = rows({path: POOL[n::4] for path, n in sorted(order)}, text)
    assert expected == rows({path: POOL[n::4] for path, n in order}, text)


@given(TEXTS)
def test_engine_evidence_of_a_subcategory_never_overlaps(text: str) -> None:
    pieces = find(make_codebook(codebook_dict({"c/s": POOL})), text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))


@given(TEXTS)
def test_engine_evidence_lies_inside_one_sentence(text: str) -> None:
    sentences = cut(text)
    pieces = find(make_codebook(codebook_dict({"c/s": POOL})), text)
    assert all(any(s.start <= p.start < p.end <= s.end for s in sentences) for p in pieces)


@given(TEXTS)
def test_engine_evidence_holds_no_mark(text: str) -> None:
    assert not [evidence for evidence, _, _ in judged(POOL, text) if set(evidence) & set("[]")]


@given(TEXTS, TEXTS)
def test_engine_sentences_do_not_change_each_other(first: str, second: str) -> None:
    codebook = make_codebook(codebook_dict({"c/s": POOL}))
    both = cut(f"{first}. {second}.")
    one_by_one = [e._replace(sentence=n) for n, s in enumerate(both) for e in Engine(codebook).find([s])]
    assert one_by_one == list(Engine(codebook).find(both))


@given(TEXTS, st.integers(0, len(POOL) - 1))
def test_engine_more_indicators_never_uncode_a_sentence(text: str, extra: int) -> None:
    few = bool(fired(POOL[:3], text))
    assert few <= bool(fired([*POOL[:3], *([] if extra < 3 else [POOL[extra]])], text))
