"""The words without which a pattern cannot match: nothing that could match may be left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrcode.indicators.anchors import clauses, fold_context_free
from hrcode.language.lemmas import english_forms, ruled_lemmas


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ([{"LOWER": "Pay"}], [{"pay"}]),
        ([{"TEXT": {"IN": ["NA", "AA"]}}], [{"na", "aa"}]),
        ([{"POS": "NOUN"}, {"LOWER": "rent"}], [{"rent"}]),
        ([{"LOWER": "a"}, {"LOWER": "rent"}], [{"a"}, {"rent"}]),
        ([{"LOWER": "rent", "OP": "+"}], [{"rent"}]),
        ([{"LOWER": "rent", "OP": "?"}], []),
        ([{"LOWER": "rent", "OP": "*"}], []),
        ([{"LOWER": "rent", "OP": "!"}], []),
        ([{"LOWER": "rent", "OP": "{0,2}"}], []),
        ([{"LOWER": {"NOT_IN": ["rent"]}}], []),
        ([{"LOWER": {"REGEX": "rent"}}], []),
        ([{"LOWER": "the rent"}], []),
        ([{"LEMMA": "be"}], []),
        ([{"POS": "NOUN"}], []),
        ([{"LOWER": "ΛΌΓΟΣ"}], [{"λόγοσ"}]),
    ],
)
def test_anchors_of_a_pattern(tokens, expected):
    assert expected == list(clauses(tokens, "en"))


def test_anchors_of_a_dictionary_form_hold_its_inflections():
    assert clauses([{"LEMMA": "take"}], "en")[0] >= {"take", "takes", "took", "taken", "taking"}


def test_anchors_of_a_dictionary_form_are_unknown_in_other_languages():
    assert () == clauses([{"LEMMA": "gehen"}], "de")


@given(st.text(st.sampled_from("aSßΣςσİıIÉe\u0301ǅﬁ' .")), st.data())
def test_anchors_a_part_of_a_text_folds_to_a_part_of_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fold_context_free(text[start:end]) in fold_context_free(text)


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

    search = find_patterns(
        [("token", [{"LEMMA": lemma}])], "en", frozenset({"tagger", "parser", "lemmatizer"})
    )
    needed = clauses([{"LEMMA": lemma}], "en")

    if list(search([text])):
        assert all(any(word in text for word in words) for words in needed)
