"""Attributes of spaCy tokens in a codebook: which there are, what they may be, what they cost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hrcode.hints import nearest
from hrcode.indicators.model import Complain
from hrcode.language.words import tidy
from hrcode.safe_regex import regex_fault
from hrcode.yamltext import Node

# Attributes of a token, and the pipeline components that set them (none: the tokenizer does).
_TAGS = ("tagger", "parser")  # the attribute ruler reads the parse where it maps tags to POS
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ["ORTH", "TEXT", "LOWER", "NORM", "LENGTH", "SHAPE", "SPACY"], ()
    ),
    **dict.fromkeys(
        ["IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT",
         "IS_SPACE", "IS_STOP", "IS_QUOTE", "IS_BRACKET", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL"],
        (),
    ),
    **dict.fromkeys(["POS", "TAG", "MORPH"], _TAGS),
    "LEMMA": ("tagger", "parser", "lemmatizer"),
    "DEP": ("tagger", "parser"),
    "ENT_TYPE": ("ner",),
}  # fmt: skip
_LISTS = frozenset({"IN", "NOT_IN"})
_SETS = frozenset({"IS_SUBSET", "IS_SUPERSET", "INTERSECTS"})
_COMPARISONS = frozenset({"==", "!=", ">=", "<=", ">", "<"})
_POS = frozenset(
    [
        "ADJ",
        "ADP",
        "ADV",
        "AUX",
        "CCONJ",
        "CONJ",
        "DET",
        "INTJ",
        "NOUN",
        "NUM",
        "PART",
        "PRON",
        "PROPN",
        "PUNCT",
        "SCONJ",
        "SPACE",
        "SYM",
        "VERB",
        "X",
    ]
)
_OP = re.compile(r"[!?+*]|\{(\d{1,2})\}|\{(\d{0,2}),(\d{0,2})\}")
MAX_REPEAT = 20


def check_attributes(token: Node, complain: Complain) -> bool:
    """Complain of what is wrong with a token description such as ``{LEMMA: pay}``.

    Args:
        token (Node): The description.
        complain (Complain): Called with ``bad-pattern``.

    Returns:
        bool: Whether it is sound.
    """
    if not isinstance(token.value, dict):
        complain(token, "bad-pattern", "each token of a pattern is a mapping, such as {LEMMA: pay}")
        return False
    sound = [_check_attribute(token.keys[key], key, value, complain) for key, value in token.fields.items()]
    return all(sound)


def _check_attribute(place: Node, key: str, node: Node, complain: Complain) -> bool:
    """Complain of the first thing wrong with ``key: node``; say whether it is sound."""
    if key == "OP":
        problem = _operator_fault(node.value)
    elif key not in ATTRIBUTES:
        problem = f"there is no token attribute {key!r}.{nearest(key, [*ATTRIBUTES, 'OP'])}"
        node = place
    elif isinstance(node.value, dict):
        problem = _predicate_fault(key, node)
    else:
        problem = _value_fault(key, node.value)
    if problem:
        complain(node, "bad-pattern", problem)
    return not problem


def _operator_fault(value: object) -> str:
    match = _OP.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return f"OP {value!r} is none of ! ? + * {{n}} {{n,m}} (put it in quotes)"
    exact, low, high = match.groups()
    if match[0].startswith("{") and not any((exact, low, high)):
        return f"OP {value!r} names no number"
    if max(int(number or 0) for number in (exact, low, high)) > MAX_REPEAT:
        return f"OP {value!r} repeats more than {MAX_REPEAT} times"
    if low and high and int(low) > int(high):
        return f"OP {value!r} has its numbers the wrong way round"
    return ""


def _is_flag(key: str) -> bool:
    return key.startswith(("IS_", "LIKE_")) or key == "SPACY"


def _value_fault(key: str, value: object) -> str:
    if _is_flag(key):
        return "" if isinstance(value, bool) else f"{key} is true or false"
    if key == "LENGTH":
        return "" if type(value) is int else f"{key} is a whole number"
    if not isinstance(value, str):
        return f"{key} needs text; put {value!r} in quotes" if value is not None else f"{key} is empty"
    if key == "POS" and value not in _POS:
        return f"there is no part of speech {value!r}.{nearest(value, _POS)}"
    if key == "MORPH" and "=" not in value:
        return f"MORPH is such as Number=Plur, not {value!r}"
    return ""


def _predicates(key: str) -> frozenset[str]:
    """What ``{KEY: {PREDICATE: value}}`` may say of an attribute; spaCy's matcher knows no others."""
    if _is_flag(key):
        return frozenset()
    return {"LENGTH": _COMPARISONS, "MORPH": _SETS}.get(key, _LISTS | {"REGEX"})


def _predicate_fault(key: str, node: Node) -> str:
    choices = _predicates(key)
    for predicate, value in node.fields.items():
        if predicate not in choices:
            listed = ", ".join(sorted(choices)) or "none"
            return f"{key} has no predicate {predicate!r}; there are: {listed}"
        if predicate in _COMPARISONS:
            fault = "" if type(value.value) is int else f"{predicate} needs a whole number"
        elif predicate == "REGEX":
            fault = regex_fault(value.value)
        elif not value.items:
            fault = f"{predicate} needs a list"
        else:
            fault = next((fault for item in value.items if (fault := _value_fault(key, item.value))), "")
        if fault:
            return fault
    return "" if node.fields else f"{key} is empty"


def needs_of(tokens: Iterable[dict[str, Any]]) -> set[str]:
    """Give the pipeline components that set the attributes of some token descriptions."""
    return {part for token in tokens for key in token for part in ATTRIBUTES.get(key, ())}


def tidy_values(value: Any) -> Any:
    """Write the texts of a pattern as the pipeline sees the transcript's: straight apostrophes, composed."""
    if isinstance(value, dict):
        return {key: tidy_values(item) for key, item in value.items()}
    if isinstance(value, list):
        return [tidy_values(item) for item in value]
    return tidy(value) if isinstance(value, str) else value
