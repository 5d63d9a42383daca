"""Words without which a spaCy pattern cannot match, so that most sentences need no parsing.

Complete, not clever: a pattern that names no word sends every sentence to the pipeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hrcode.language.lemmas import english_forms, ruled_lemmas

_LITERAL = ("LOWER", "ORTH", "TEXT")


Clauses = tuple[frozenset[str], ...]
"""Of each clause a sentence holds a word if the pattern matches in it."""


def clauses(tokens: Sequence[dict[str, Any]], language: str) -> Clauses:
    """Give the words of which a sentence has to hold some if a pattern matches in it.

    Args:
        tokens (Sequence[dict[str, Any]]): Descriptions of the words of the pattern.
        language (str): Language code.

    Returns:
        Clauses: For each token that has to be there and names its words, their forms, folded by
        `fold_context_free`; none where no token does.
    """
    found = (forms for token in tokens if (forms := _forms(token, language)))
    return tuple(frozenset(map(fold_context_free, forms)) for forms in found)


def fold_context_free(text: str) -> str:
    """Fold capitals so that a part of a text folds to a part of the folded text.

    Python lowers a capital sigma by what stands beside it; nothing else looks at its neighbours.

    Args:
        text (str): Any text.

    Returns:
        str: The text in lower case, with one small sigma.
    """
    return text.lower().replace("ς", "σ")


def _forms(token: dict[str, Any], language: str) -> frozenset[str] | None:
    if str(token.get("OP", "1")) not in ("1", "+"):
        return None
    for key in _LITERAL:
        if words := _words(token.get(key)):
            return frozenset(words) if _without_blanks(words) else None
    lemmas = [word.lower() for word in _words(token.get("LEMMA"))]
    if not lemmas or not _without_blanks(lemmas) or language != "en" or not ruled_lemmas().isdisjoint(lemmas):
        return None
    return frozenset(form for lemma in lemmas for form in english_forms(lemma))


def _without_blanks(words: Iterable[str]) -> bool:
    """Whether each can be looked for in the pieces of a text between blanks."""
    return all(word.split() == [word] for word in words)


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict) and isinstance(value.get("IN"), list):
        return list(value["IN"])
    return []
