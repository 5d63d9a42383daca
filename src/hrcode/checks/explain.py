"""Why a sentence was coded, or was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrcode.checks.examples import text_sentences
from hrcode.codebook.model import Codebook, Subcategory
from hrcode.coding.engine import Engine, Evidence
from hrcode.indicators.model import Indicator, Sentence
from hrcode.indicators.phrase import PhraseBody
from hrcode.indicators.phrase_matcher import PhraseMatcher
from hrcode.indicators.phrase_syntax import Place
from hrcode.language.lemmas import lemmas_for


@dataclass(frozen=True, slots=True)
class Almost:
    """An indicator that would have fired with one more word.

    Args:
        subcategory (Subcategory): Its subcategory.
        indicator (Indicator): The indicator.
        missing (str): The words of which one is missing; empty where only order or distance is wrong.
    """

    subcategory: Subcategory
    indicator: Indicator
    missing: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a codebook makes of a text.

    Args:
        text (str): The text.
        words (tuple[tuple[str, tuple[str, ...]], ...]): Each word with the dictionary forms it may be of.
        fired (tuple[Evidence, ...]): What coded it.
        covered (tuple[Evidence, ...]): What fired too, inside a longer match of the same subcategory.
        held_back (tuple[Evidence, ...]): What would have fired, with the reason.
        almost (tuple[Almost, ...]): What lacked a single word.
    """

    text: str
    words: tuple[tuple[str, tuple[str, ...]], ...]
    fired: tuple[Evidence, ...]
    covered: tuple[Evidence, ...]
    held_back: tuple[Evidence, ...]
    almost: tuple[Almost, ...]


def explain(codebook: Codebook, text: str, language: str | None = None, most: int = 5) -> Explanation:
    """Say what fires in a text, what nearly does, and why not.

    Args:
        codebook (Codebook): The codebook.
        text (str): A sentence or two, taken as one turn.
        language (str | None): Language code; by default the codebook's.
        most (int): Most indicators to name that lacked a word.

    Returns:
        Explanation: What the codebook makes of it.

    Raises:
        LanguageError: When the language lacks what an indicator needs.
    """
    language = language or codebook.language
    sentences = text_sentences(text, language)
    engine = Engine(codebook, language)
    every = list(engine.find_all(sentences))
    kept = list(engine.find(sentences))
    fired = tuple(piece for piece in kept if not piece.reason)
    lemmas = lemmas_for(language)
    return Explanation(
        text=text,
        words=tuple((t.raw, tuple(sorted(lemmas(t.form)))) for s in sentences for t in s.tokens),
        fired=fired,
        covered=tuple(piece for piece in every if not piece.reason and piece not in fired),
        held_back=tuple(piece for piece in every if piece.reason),
        almost=_almost(codebook, language, sentences, every, most),
    )


def _almost(
    codebook: Codebook, language: str, sentences: Sequence[Sentence], found: Sequence[Evidence], most: int
) -> tuple[Almost, ...]:
    """Name phrases that lacked one word, those with most words in place first."""
    rules = [
        (sub, indicator)
        for sub in codebook.subcategories
        for indicator in sub.indicators
        if indicator.language == language and isinstance(indicator.body, PhraseBody)
    ]
    matcher = PhraseMatcher([indicator.body.phrase for _, indicator in rules], language)
    known = {(piece.subcategory.path, piece.indicator.id) for piece in found}
    near: dict[int, str] = {}
    for sentence in sentences:
        for index, place in matcher.almost(sentence.tokens):
            sub, indicator = rules[index]
            if (sub.path, indicator.id) not in known:
                near.setdefault(index, _written(indicator.body.phrase[place]) if place >= 0 else "")
    ranked = sorted(near, key=lambda index: (-len(rules[index][1].body.phrase), index))
    return tuple(Almost(*rules[index], near[index]) for index in ranked[:most])


def _written(place: Place) -> str:
    words = sorted({" ".join(test.word for test in run) for run in place.alternatives})
    shown = " | ".join(words[:8])
    return f"{shown} | ..." if len(words) > 8 else shown
