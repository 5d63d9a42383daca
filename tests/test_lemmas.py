from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcode.errors import LanguageError
from hrcode.language.lemmas import PARTS_OF_SPEECH, lemmas_for


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("decide", "decide"),
        ("decides", "decide"),
        ("decided", "decide"),
        ("deciding", "decide"),
        ("chose", "choose"),
        ("chosen", "choose"),
        ("is", "be"),
        ("was", "be"),
        ("been", "be"),
        ("'s", "be"),
        ("'re", "be"),
        ("'m", "be"),
        ("'ve", "have"),
        ("'ll", "will"),
        ("'d", "would"),
        ("'d", "have"),
        ("n't", "not"),
        ("ca", "can"),
        ("wo", "will"),
        ("sha", "shall"),
        ("an", "a"),
        ("persons", "person"),
        ("children", "child"),
        ("women", "woman"),
        ("policies", "policy"),
        ("clinics", "clinic"),
        ("better", "good"),
        ("better", "well"),
        ("best", "good"),
        ("worse", "bad"),
        ("safer", "safe"),
        ("safest", "safe"),
        ("left", "leave"),
        ("left", "left"),
        ("felt", "feel"),
        ("told", "tell"),
        ("paid", "pay"),
        ("relapsed", "relapse"),
        ("stopping", "stop"),
        ("stigmatized", "stigmatize"),
        ("did", "do"),
        ("having", "have"),
        ("gone", "go"),
        ("lives", "life"),
        ("lives", "live"),
    ],
)
def test_lemmas_of_a_form_hold_its_dictionary_form(form: str, lemma: str) -> None:
    assert lemma in lemmas_for("en")(form)


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("bus", "bu"),
        ("news", "new"),
        ("his", "hi"),
        ("us", "u"),
        ("people", "person"),
        ("is", "i"),
        ("thing", "th"),
        ("bring", "br"),
        ("need", "ne"),
        ("less", "les"),
        ("decide", "decided"),
        ("nothing", "noth"),
        ("string", "stre"),
        ("never", "nev"),
        ("care", "car"),
        ("cared", "car"),
    ],
)
def test_lemmas_of_a_form_hold_no_chance_resemblance(form: str, other: str) -> None:
    assert other not in lemmas_for("en")(form)


@pytest.mark.parametrize("form", ["blorfs", "blorfed", "blorfing"])
def test_lemmas_of_a_word_outside_the_tables_follow_the_suffix_rules(form: str) -> None:
    assert "blorf" in lemmas_for("en")(form)


@pytest.mark.parametrize("language", ["en", "de"])
@given(form=st.text(min_size=1, max_size=12))
def test_lemmas_hold_the_form_itself(language: str, form: str) -> None:
    assert form in lemmas_for(language)(form)


def test_lemmas_part_of_speech_keys_are_spacys_hashes() -> None:
    from spacy.strings import hash_string

    assert {part: hash_string(part) for part in PARTS_OF_SPEECH} == PARTS_OF_SPEECH


def test_lemmas_of_another_language_come_from_its_tables() -> None:
    assert "gehen" in lemmas_for("de")("geht")


@pytest.mark.parametrize("noun", [("häuser", "haus"), ("straßen", "straße")])
def test_lemmas_find_german_nouns_although_words_are_in_lower_case(noun: tuple[str, str]) -> None:
    form, lemma = noun
    assert lemma in lemmas_for("de")(form)


@pytest.mark.parametrize("language", ["xx", "EN", "", "../en"])
def test_lemmas_of_an_unknown_language_are_refused(language: str) -> None:
    with pytest.raises(LanguageError, match="language"):
        lemmas_for(language)
