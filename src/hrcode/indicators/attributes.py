"""Attributes of spaCy tokens in a codebook: which there are, what they may be, what they cost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hrcode.files import nearest
from hrcode.indicators.model import Complain
from hrcode.indicators.safe_regex import regex_fault
from hrcode.yamltext import Node

# Attributes of a token, and the pipeline components that set them (none: the tokenizer does).
_TAGS = ("tagger", "parser")  # the attribute ruler reads the parse where it maps tags to POS
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ["ORTH", "TEXT", "LOWER", "NORM", "LENGTH", "SHAPE", "PREFIX", "SUFFIX", "SPACY"], ()
    ),
    **dict.fromkeys(
        ["IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT",
         "IS_SPACE", "IS_STOP", "IS_QUOTE", "IS_BRACKET", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL"],
        (),
    ),
    **dict.fromkeys(["POS", "TAG", "MORPH"], _TAGS),
    "LEMMA": ("tagger", "parser", "lemmatizer"),
    "DEP": ("tagger", "parser"),
    **dict.fromkeys(["ENT_TYPE", "ENT_IOB"], ("ner",)),
}  # fmt: skip
_NUMBERS = frozenset({"LENGTH"})
_SETS = frozenset({"IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS"})
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


def _value_fault(key: str, value: object) -> str:
    if key.startswith(("IS_", "LIKE_")) or key == "SPACY":
        return "" if isinstance(value, bool) else f"{key} is true or false"
    if key in _NUMBERS:
        return "" if type(value) is int else f"{key} is a whole number"
    if not isinstance(value, str):
        return f"{key} needs text; put {value!r} in quotes" if value is not None else f"{key} is empty"
    if key == "POS" and value not in _POS:
        return f"there is no part of speech {value!r}.{nearest(value, _POS)}"
    return ""


def _predicate_fault(key: str, node: Node) -> str:
    for predicate, value in node.fields.items():
        if predicate in _SETS:
            faults = [_value_fault(key, item.value) for item in value.items]
            if not value.items:
                return f"{predicate} needs a list"
            if any(faults):
                return next(fault for fault in faults if fault)
        elif predicate == "REGEX":
            if fault := regex_fault(value.value):
                return fault
        elif predicate not in _COMPARISONS or type(value.value) is not int:
            choices = sorted(_SETS | {"REGEX"})
            return f"{key} has no predicate {predicate!r}; there are {', '.join(choices)}"
    return "" if node.fields else f"{key} is empty"


def needs_of(tokens: Iterable[dict[str, Any]]) -> set[str]:
    """Give the pipeline components that set the attributes of some token descriptions."""
    return {part for token in tokens for key in token for part in ATTRIBUTES.get(key, ())}
