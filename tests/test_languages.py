"""Transcripts and turns in several languages, coded in one run, each with its own indicators."""

from dataclasses import replace

import pytest

from builders import make_transcript
from hrcode.analysis.kwic import kwic
from hrcode.checks.lint import lint
from hrcode.codebook.load import parse_codebook
from hrcode.coding.code import code
from hrcode.errors import LanguageError
from hrcode.transcripts.model import Participant, Transcripts

SOUP = {
    "en": ("cook soup", "I cooked soups."),
    "lt": ("virti sriuba", "Verdame sriubą."),
    "sv": ("koka soppa", "Vi kokade soppan."),
    "pl": ("gotować zupa", "Gotujemy zupę."),
    "es": ("preparar comida", "Preparamos comidas."),
    "de": ("Suppe kochen", "Wir haben Suppen gekocht."),
    "fr": ("manger (le|un|de) soupe", "Nous mangeons la soupe."),
    "it": ("mangiare zuppa", "Mangiamo zuppa."),
    "fi": ("keittää keitto", "Keitimme keittoa."),
}
HEAD = """codebook: kitchen
version: '1'
categories:
  - id: food
    label: Food
    definition: D
    subcategories:
      - id: cooks
        label: Cooks
        definition: D
        indicators:
"""


def book(rules):
    """Make a codebook of one subcategory with a rule for each language."""
    text = HEAD + "".join(f"          {language}: [{rule}]\n" for language, rule in rules.items())
    found, faults = parse_codebook(text, "kitchen.yaml")
    assert found, faults
    return found


def kitchen(*languages):
    return book({language: SOUP[language][0] for language in languages})


def talk(name, words, language="", others=None):
    """Make a transcript in which a question comes before each of the words; turns may say their language."""
    made = make_transcript("\n".join(f"I: And?\n{name}: {one}" for one in words), [name], name)
    turns = tuple(replace(turn, language=(others or {}).get(turn.number, "")) for turn in made.turns)
    return replace(made, turns=turns, attributes={"language": language} if language else {})


def study(*transcripts):
    people = tuple(Participant(t.id, "G", {"group": "G"}) for t in transcripts)
    return Transcripts(tuple(transcripts), people)


@pytest.mark.parametrize("language", SOUP)
def test_a_transcript_is_coded_in_its_own_language(language):
    words = SOUP[language][1]
    coded = code(
        study(talk("A1", ["Ach.", words], language), talk("B1", [SOUP["en"][1]])), kitchen("en", language)
    )
    evidence = {coding.transcript: coding.evidence for coding in coded.codings}
    assert {"A1", "B1"} == set(evidence)
    assert evidence["A1"] in words
    assert {"A1": language, "B1": "en"} == {s.transcript: s.language for s in coded.segments}


def test_a_turn_may_be_in_another_language_than_its_transcript():
    made = talk("A1", [SOUP["lt"][1], SOUP["en"][1], SOUP["lt"][1]], "lt", {4: "en"})
    coded = code(study(made), kitchen("en", "lt"))
    assert [(2, "Verdame sriubą"), (4, "cooked soups"), (6, "Verdame sriubą")] == [
        (c.turn, c.evidence) for c in coded.codings
    ]
    assert all(made.text[c.start : c.end] == c.evidence for c in coded.codings)


def test_codings_are_in_the_order_of_the_text_whatever_the_languages():
    made = talk("A1", [SOUP["lt"][1], SOUP["en"][1]] * 4, "lt", dict.fromkeys([4, 8, 12, 16], "en"))
    starts = [c.start for c in code(study(made), kitchen("en", "lt")).codings]
    assert (8, sorted(starts)) == (len(starts), starts)


def test_transcripts_in_a_language_without_indicators_are_named():
    material = study(talk("A1", ["Sopa."], "es"), talk("A2", ["Sopa."], "es"), talk("B1", ["Soup."]))
    (said,) = [w.message for w in code(material, kitchen("en")).warnings if w.rule == "language"]
    assert "the codebook has no indicators in 'es'; nothing can be coded in A1, A2" == said


def test_run_says_which_other_languages_were_used():
    both = code(study(talk("A1", ["Sriuba."], "lt"), talk("B1", ["Soup."])), kitchen("en", "lt"))
    one = code(study(talk("B1", ["Soup."])), kitchen("en", "lt"))
    assert (["lt"], False) == ([*both.run["other_languages"]], "other_languages" in one.run)


def test_a_language_that_nothing_is_known_of_names_its_transcripts():
    with pytest.raises(LanguageError, match=r"'xx'.*Transcripts in it: A1\."):
        code(study(talk("A1", ["Soup."], "xx"), talk("B1", ["Soup."])), kitchen("en"))


def test_the_question_is_read_in_the_language_of_the_answer():
    frame = book({"lt": "{phrase: taip, asked: virti}", "en": "{phrase: 'yes', asked: cook}"})
    made = make_transcript("I: Ar verdate? Do you cook?\nA1: Taip.\nA1: Yes.", ["A1"], "A1")
    turns = (*made.turns[:2], replace(made.turns[2], language="en"))
    coded = code(study(replace(made, turns=turns, attributes={"language": "lt"})), frame)
    assert ["Taip", "Yes"] == [c.evidence for c in coded.codings]


PIPELINES = {"lt": "install spaCy's lt_core_news_sm", "lv": "spaCy has none; write phrases for it"}


@pytest.mark.parametrize("language", PIPELINES)
def test_a_pattern_in_a_language_without_trained_pipeline_is_an_error_that_says_what_to_do(language):
    frame = book({language: "{pattern: [{POS: VERB}]}", "es": "sopa"})
    (fault,) = [fault for fault in lint(frame, "") if fault.rule == "language-without-pipeline"]
    assert ("error", 12) == (fault.level, fault.line)
    assert fault.message.endswith(PIPELINES[language])
    with pytest.raises(LanguageError, match=f"{PIPELINES[language]}.* Transcripts in it: A1"):
        code(study(talk("A1", ["Soup."], language)), frame)


def test_kwic_finds_the_forms_of_a_word_in_the_language_of_each_turn():
    made = talk("A1", ["Sriubą verdame.", "Soups are cooked."], "lt", {4: "en"})
    coded = code(study(made), kitchen("en", "lt"))
    assert [["Sriubą"], ["Soups"]] == [list(kwic(coded, word)["match"]) for word in ("sriuba", "soup")]


@pytest.mark.parametrize("prefilter", [True, False])
def test_zero_width_signs_alone_stop_no_language(prefilter):
    made = study(talk("A1", ["Sriubą \U0001f937\u200d♀️ verdame sriubą. \u200b \u00ad"], "lt"))
    coded = code(made, book({"lt": "virti sriuba"}), prefilter=prefilter)
    assert ["verdame sriubą"] == [c.evidence for c in coded.codings]
