from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import codebook_dict, errors_of, fired, judged, make_codebook, parse
from hrcode.coding.engine import Engine
from hrcode.indicators.attributes import ATTRIBUTES
from hrcode.language.pipeline import load_pipeline, pipeline_name

HEAD = """\
codebook: invented
version: "1"
categories:
- id: c
  label: C
  definition: D
  subcategories:
  - id: s
    label: S
    definition: D
    indicators:
    - pattern: """


def column_of(pattern: str, column: int) -> tuple[int, int]:
    return 12, len("    - pattern: ") + column


@pytest.mark.parametrize(
    ("pattern", "column"),
    [
        ("word", 1),
        ("[]", 1),
        ("{LEMMA: pay}", 1),
        ("5", 1),
        ("[pay]", 2),
        ("[[{LEMMA: pay}]]", 2),
        ("[{LEMMA: pay}, pay]", 16),
        ("[{}]", 1),
        ("[{OP: '?'}]", 1),
        ("[{OP: '*'}, {}]", 1),
        ("[{LEMA: pay}]", 3),
        ("[{lemma: pay}]", 3),
        ("[{_: {x: 1}}]", 3),
        ("[{LEMMA: }]", 10),
        ("[{LEMMA: 5}]", 10),
        ("[{LEMMA: true}]", 10),
        ("[{LEMMA: [pay]}]", 10),
        ("[{LEMMA: {}}]", 10),
        ("[{POS: VRB}]", 8),
        ("[{POS: verb}]", 8),
        ("[{POS: {IN: [NOUN, VRB]}}]", 8),
        ("[{LENGTH: long}]", 11),
        ("[{LENGTH: 1.5}]", 11),
        ("[{LENGTH: true}]", 11),
        ("[{IS_ALPHA: yes}]", 13),
        ("[{IS_ALPHA: 1}]", 13),
        ("[{LOWER: {IN: pay}}]", 10),
        ("[{LOWER: {IN: []}}]", 10),
        ("[{LOWER: {IN: [5]}}]", 10),
        ("[{LOWER: {IN: [{a: b}]}}]", 10),
        ("[{LOWER: {in: [pay]}}]", 10),
        ("[{LOWER: {FUZZY: pay}}]", 10),
        ("[{LENGTH: {'>': many}}]", 11),
        ("[{LOWER: {REGEX: '('}}]", 10),
        ("[{LOWER: {REGEX: '(a+)+'}}]", 10),
        ("[{LOWER: {REGEX: 5}}]", 10),
        ("[{LOWER: {REGEX: [a]}}]", 10),
        ("[{LOWER: pay, OP: x}]", 19),
        ("[{LOWER: pay, OP: '??'}]", 19),
        ("[{LOWER: pay, OP: }]", 19),
        ("[{LOWER: pay, OP: 2}]", 19),
        ("[{LOWER: pay, OP: '{}'}]", 19),
        ("[{LOWER: pay, OP: '{,}'}]", 19),
        ("[{LOWER: pay, OP: '{3,2}'}]", 19),
        ("[{LOWER: pay, OP: '{21}'}]", 19),
        ("[{LOWER: pay, OP: '{1,99}'}]", 19),
        ("[{LOWER: pay, OP: '{999}'}]", 19),
        ("[{LOWER: pay, OP: ['?']}]", 19),
        (f"[{', '.join(['{LOWER: a}'] * 41)}]", 1),
    ],
)  # fmt: skip
def test_token_patterns_that_cannot_be_read_are_refused_with_their_place(pattern: str, column: int) -> None:
    assert [(*column_of(pattern, column), "bad-pattern")] == errors_of(HEAD + pattern + "\n")


def test_token_patterns_all_faults_of_a_pattern_are_reported() -> None:
    pattern = "[{LEMA: pay}, {POS: VRB}, {LOWER: a, OP: x}]"
    assert [3, 21, 42] == [column - 15 for _, column, _ in errors_of(HEAD + pattern + "\n")]


@pytest.mark.parametrize(
    "pattern",
    [
        "[{LEMMA: pay}]",
        "[{LOWER: pay}, {}]",
        "[{LOWER: pay}, {OP: '*'}, {LOWER: rent}]",
        "[{POS: PRON, OP: '?'}, {LEMMA: {IN: [pay, owe]}}]",
        "[{LENGTH: 3}, {LENGTH: {'>=': 4}}]",
        "[{IS_ALPHA: true, LOWER: {REGEX: '^un'}}]",
        "[{LOWER: pay, OP: '!'}]",
        "[{LOWER: pay, OP: '{2}'}]",
        "[{LOWER: pay, OP: '{0,3}'}]",
        "[{LOWER: pay, OP: '{,3}'}]",
        "[{LOWER: pay, OP: '{2,}'}]",
        "[{LOWER: pay, OP: '{20}'}]",
        f"[{', '.join(['{LOWER: a}'] * 40)}]",
    ],
)
def test_token_patterns_that_are_sound_have_no_fault(pattern: str) -> None:
    assert [] == errors_of(HEAD + pattern + "\n")


def test_token_patterns_misspelt_attribute_names_the_near_one() -> None:
    rule = {"pattern": [{"LEMA": "pay"}]}
    faults = parse(codebook_dict({"c/s": [rule]}))[1]
    assert ["LEMMA"] == [f.message.split("mean ")[1].rstrip("?") for f in faults if f.level == "error"]


def test_token_patterns_default_id_says_what_is_looked_for() -> None:
    codebook = make_codebook(HEAD + "[{LEMMA: pay}, {POS: NOUN, OP: '?'}]\n")
    assert ["[LEMMA=pay] [POS=NOUN OP=?]"] == [i.id for s in codebook.subcategories for i in s.indicators]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ([{"LEMMA": "decide"}], "She decided and decides.", ["decided", "decides"]),
        ([{"LOWER": "decide"}], "Decide! She decided.", ["Decide"]),
        ([{"LOWER": "tea"}, {"LOWER": "cup"}], "a tea cup", ["tea cup"]),
        ([{"LOWER": "tea"}, {"LOWER": "cup"}], "a tea, cup", []),
        ([{"LOWER": "tea"}, {"LOWER": "cup"}], "a tea\n  cup", ["tea\n  cup"]),
        ([{"LOWER": "tea"}, {"LOWER": "cup"}], "a tea [pause] cup", []),
        ([{"LOWER": "tea"}, {"LOWER": "cup"}], "a tea. Cup", []),
        ([{"LOWER": "tea"}], "[tea] and <tea> and tea", ["tea"]),
        ([{"LOWER": "tea"}], "[long mark] 😀 <x>tea<y>", ["tea"]),
        ([{"LOWER": "tea"}], "“tea” ‘tea’", ["tea", "tea"]),
        ([{"LOWER": "do"}, {"LOWER": "n't"}], "they don’t", ["don’t"]),
        ([{"LOWER": "can"}, {"LOWER": "not"}], "they cannot", ["cannot"]),
        ([{"LEMMA": "pay"}, {"POS": "DET", "OP": "?"}, {"LOWER": "rent"}],
         "She paid the rent.", ["paid the rent"]),
        ([{"LOWER": "very", "OP": "+"}, {"LOWER": "good"}], "very very good", ["very very good"]),
        ([{"LOWER": "a"}, {"OP": "*"}, {"LOWER": "z"}], "a b c z", ["a b c z"]),
        ([{"LOWER": {"REGEX": "^harm"}}], "harmful charm", ["harmful"]),
        ([{"LOWER": {"IN": ["tea", "cup"]}}], "cup of tea", ["cup", "tea"]),
        ([{"LENGTH": {">=": 6}}], "a longer word", ["longer"]),
        ([{"IS_PUNCT": True}], "Well, yes.", []),
        ([{"LOWER": "tea"}, {"IS_PUNCT": True}], "Tea, yes.", ["Tea"]),
        ([{"LOWER": "tea", "OP": "?"}], "no cup", []),
        ([{"POS": "PRON"}, {"LEMMA": "decide"}], "She decides.", ["She decides"]),
        ([{"LOWER": "judgmental"}], "non-judgmental", ["judgmental"]),
    ],
)  # fmt: skip
def test_token_patterns_find_their_words(
    pattern: list[dict[str, object]], text: str, expected: list[str]
) -> None:
    assert expected == fired({"pattern": pattern, "negated": "any"}, text)


@pytest.mark.slow
def test_token_patterns_a_match_over_a_mark_does_not_hide_the_shorter_one() -> None:
    pattern = [{"LOWER": "tea"}, {"OP": "*"}, {"LOWER": "cup"}]
    assert ["tea cup"] == fired({"pattern": pattern}, "A tea cup [laughs] and cup.")


@pytest.mark.slow
def test_token_patterns_find_decomposed_letters() -> None:
    assert ["cafe\u0301"] == fired({"pattern": [{"LOWER": "café"}]}, "The cafe\u0301 is open.")


@pytest.mark.slow
def test_token_patterns_are_held_back_by_negation() -> None:
    rule = {"pattern": [{"LEMMA": "judge"}]}
    assert [("judged", "negated", "never"), ("judge", "", "")] == judged(rule, "They never judged. I judge.")


@pytest.mark.slow
def test_token_patterns_cue_inside_the_pattern_is_part_of_it() -> None:
    rule = {"pattern": [{"LOWER": "n't"}, {"LEMMA": "judge"}]}
    assert ["don't judge"] == fired(rule, "They don't judge.")


@pytest.mark.slow
def test_token_patterns_see_a_sentence_alone() -> None:
    rule = {"pattern": [{"POS": "VERB"}], "negated": "any"}
    first = fired(rule, "They left the house. People care about it.")
    alone = fired(rule, "They left the house.") + fired(rule, "People care about it.")
    assert alone == first


@pytest.mark.slow
@given(
    st.lists(
        st.sampled_from(["tea", "cup", "can't", "’", "[m m]", "<x>", "\n", ",", "😀", "é", "non-tea"]),
        max_size=12,
    ),
    st.sampled_from([[{"LOWER": "tea"}, {"OP": "?"}, {"LOWER": "cup"}], [{"IS_ALPHA": True, "OP": "+"}]]),
)
@settings(max_examples=40)
def test_token_patterns_evidence_never_holds_a_mark(
    words: list[str], pattern: list[dict[str, object]]
) -> None:
    found = fired({"pattern": pattern, "negated": "any"}, " ".join(words))
    assert not [evidence for evidence in found if set(evidence) & set("[]<>")]


def _values() -> list[tuple[str, object]]:
    """Give for every attribute the shapes of value that a codebook might hold."""
    rows: list[tuple[str, object]] = []
    for name in ATTRIBUTES:
        whole = 3 if name == "LENGTH" else True if name.startswith(("IS_", "LIKE_", "SPACY")) else "NOUN"
        sets = ("IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS")
        rows += [(name, whole), (name, {">=": 3}), (name, {"REGEX": "a"})]
        rows += [(name, {predicate: [whole]}) for predicate in sets]
        rows += [(name, {"IN": [whole], "NOT_IN": [whole]}), (name, {"REGEX": "a", "IN": [whole]})]
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_token_patterns_that_pass_the_check_can_run(attribute: str) -> None:
    broken = []
    for name, value in _values():
        codebook = codebook_dict({"c/s": [{"pattern": [{name: value}, {"LOWER": "tea"}]}]})
        if name != attribute or errors_of(codebook):
            continue
        try:
            Engine(make_codebook(codebook))
            fired({"pattern": [{name: value}, {"LOWER": "tea"}]}, "A NOUN tea.")
        except Exception as fault:
            broken.append((json.dumps(value), type(fault).__name__))
    assert [] == broken


@pytest.mark.slow
@pytest.mark.parametrize("operator", ["!", "?", "+", "*", "{0}", "{2}", "{0,3}", "{,3}", "{2,}", "{20}"])
def test_token_patterns_operators_that_pass_the_check_can_run(operator: str) -> None:
    rule = {"pattern": [{"LOWER": "tea", "OP": operator}, {"LOWER": "cup"}], "negated": "any"}
    assert all("cup" in evidence for evidence in fired(rule, "tea tea cup"))


@pytest.mark.slow
def test_token_patterns_pipeline_is_what_spacy_itself_would_load():
    import spacy

    own = load_pipeline("en", frozenset({"tagger", "parser", "lemmatizer"}))
    theirs = spacy.load(pipeline_name("en"), exclude=["senter", "ner"])
    assert theirs.pipe_names == own.pipe_names
    assert theirs.tokenizer.to_bytes(exclude=["vocab"]) == own.tokenizer.to_bytes(exclude=["vocab"])


@pytest.mark.slow
def test_token_patterns_spacy_comes_without_its_command_line_and_gives_it_when_asked():
    start = (
        "import sys\n"
        "from hrcode.language.pipeline import load_pipeline\n"
        "load_pipeline('en', frozenset({'tagger'}))\n"
        "print(sorted({'spacy', 'spacy.cli', 'weasel', 'requests'} & {*sys.modules}))\n"
        "import spacy, spacy.cli\n"
        "print('spacy_version' in spacy.info(silent=True), callable(spacy.cli.download))"
    )
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)
    assert ["['spacy']", "True True"] == done.stdout.splitlines()[-2:]
