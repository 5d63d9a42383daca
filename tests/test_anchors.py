"""The words without which a pattern cannot match: nothing that could match may be left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrcode.indicators.anchors import anchors, union
from hrcode.language.lemmas import english_forms, ruled_lemmas


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ([{"LOWER": "Pay"}], {"pay"}),
        ([{"TEXT": {"IN": ["NA", "AA"]}}], {"na", "aa"}),
        ([{"POS": "NOUN"}, {"LOWER": "rent"}], {"rent"}),
        ([{"LOWER": "a"}, {"LOWER": "rent"}], {"rent"}),
        ([{"LOWER": "rent", "OP": "+"}], {"rent"}),
        ([{"LOWER": "rent", "OP": "?"}], None),
        ([{"LOWER": "rent", "OP": "*"}], None),
        ([{"LOWER": "rent", "OP": "!"}], None),
        ([{"LOWER": "rent", "OP": "{0,2}"}], None),
        ([{"LOWER": {"NOT_IN": ["rent"]}}], None),
        ([{"LOWER": {"REGEX": "rent"}}], None),
        ([{"LEMMA": "be"}], None),
        ([{"POS": "NOUN"}], None),
    ],
)
def test_anchors_of_a_pattern(tokens, expected):
    assert expected == anchors(tokens, "en")


def test_anchors_of_a_dictionary_form_hold_its_inflections():
    assert anchors([{"LEMMA": "take"}], "en") >= {"take", "takes", "took", "taken", "taking"}


def test_anchors_of_a_dictionary_form_are_unknown_in_other_languages():
    assert anchors([{"LEMMA": "gehen"}], "de") is None


@pytest.mark.parametrize(
    ("found", "expected"), [([{"a"}, {"b"}], {"a", "b"}), ([{"a"}, None], None), ([], frozenset())]
)
def test_anchors_union_is_unknown_if_one_is(found, expected):
    assert expected == union(found)


@pytest.mark.slow
def test_anchors_hold_every_form_that_the_pipeline_lemmatises_to_a_word():
    from hrcode.language.pipeline import load_pipeline

    nlp = load_pipeline("en", frozenset({"tagger", "parser", "lemmatizer"}))
    lemmatizer = nlp.get_pipe("lemmatizer")
    forms = {
        form
        for table in ("lemma_exc",)
        for part in lemmatizer.lookups.get_table(table).values()
        for form in part
    }
    words = sorted(forms)[::7]
    for pos in ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "X"):
        for word in words:
            doc = nlp.make_doc(word)
            if len(doc) != 1:
                continue
            doc[0].pos_ = pos
            for lemma in lemmatizer.rule_lemmatize(doc[0]):
                assert lemma.lower() in ruled_lemmas() or word in english_forms(lemma.lower()), (
                    word,
                    pos,
                    lemma,
                )


SENTENCES = st.lists(
    st.sampled_from(
        "they took the money and nobody was asked what we're doing here it can't be judged people's lives "
        "better children went worse judging us them he's gone running ran goin' gonna".split()
    ),
    min_size=1,
    max_size=10,
).map(" ".join)
LEMMAS = st.sampled_from(
    ["take", "judge", "life", "good", "child", "go", "bad", "run", "be", "we", "not", "person"]
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(text=SENTENCES, lemma=LEMMAS)
def test_anchors_are_in_every_sentence_that_a_pattern_matches(text, lemma):
    from hrcode.language.pipeline import find_patterns

    search = find_patterns([[{"LEMMA": lemma}]], "en", frozenset({"tagger", "parser", "lemmatizer"}))
    words = anchors([{"LEMMA": lemma}], "en")

    if list(search([text])):
        assert words is None or any(word in text for word in words)
