"""Words without which a spaCy pattern cannot match, so that most sentences need no parsing.

Complete, not clever: a pattern whose words cannot be told sends every sentence to the pipeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hrcode.language.lemmas import english_forms, ruled_lemmas

_LITERAL = ("LOWER", "ORTH", "TEXT")


def anchors(tokens: Sequence[dict[str, Any]], language: str) -> frozenset[str] | None:
    """Give words of which a sentence holds one if a pattern matches in it.

    Args:
        tokens (Sequence[dict[str, Any]]): Descriptions of the words that have to be there.
        language (str): Language code.

    Returns:
        frozenset[str]: Lower-case forms, of the token with the longest shortest form; None where no
        token names its words.
    """
    choices = [forms for token in tokens if (forms := _forms(token, language))]
    return max(choices, key=lambda forms: min(map(len, forms))) if choices else None


def _forms(token: dict[str, Any], language: str) -> frozenset[str] | None:
    if str(token.get("OP", "1")) not in ("1", "+"):
        return None
    for key in _LITERAL:
        if words := _words(token.get(key)):
            return frozenset(word.lower() for word in words)
    lemmas = [word.lower() for word in _words(token.get("LEMMA"))]
    if not lemmas or language != "en" or not ruled_lemmas().isdisjoint(lemmas):
        return None
    return frozenset(form for lemma in lemmas for form in english_forms(lemma))


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict) and isinstance(value.get("IN"), list):
        return list(value["IN"])
    return []


def union(found: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """Join the anchors of several patterns; None where one has none."""
    every = list(found)
    if any(forms is None for forms in every):
        return None
    return frozenset(form for forms in every if forms for form in forms)
