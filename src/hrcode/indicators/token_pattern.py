"""The kind ``pattern``: a spaCy token pattern (Matcher), for what a phrase cannot say."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import Any

from hrcode.files import nearest
from hrcode.indicators.model import Complain, Find, Hit, Indicator, Kind, Sentence
from hrcode.indicators.safe_regex import regex_fault
from hrcode.language.words import MARK
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
MAX_TOKENS = 40
MAX_REPEAT = 20


def _read(fields: dict[str, Node], node: Node, complain: Complain) -> tuple[dict[str, Any], ...] | None:
    if not isinstance(node.value, list) or not node.items:
        complain(node, "bad-pattern", "a pattern is a list of tokens, such as [{LEMMA: pay}, {POS: NOUN}]")
        return None
    if len(node.items) > MAX_TOKENS:
        complain(node, "bad-pattern", f"a pattern has at most {MAX_TOKENS} tokens")
        return None
    sound = [_check_token(token, complain) for token in node.items]
    if not all(sound):
        return None
    if not any(set(token.fields) - {"OP"} for token in node.items):
        complain(node, "bad-pattern", "every token may be anything; name at least one attribute")
        return None
    return tuple(token.plain_value() for token in node.items)  # type: ignore[misc]


def _check_token(token: Node, complain: Complain) -> bool:
    if not isinstance(token.value, dict):
        complain(token, "bad-pattern", "each token of a pattern is a mapping, such as {LEMMA: pay}")
        return False
    return all(_check_attribute(token.keys[key], key, value, complain) for key, value in token.fields.items())


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


def _name(body: tuple[dict[str, Any], ...]) -> str:
    return " ".join("[" + " ".join(f"{k}={v}" for k, v in token.items()) + "]" for token in body)


def _needs(body: tuple[dict[str, Any], ...]) -> set[str]:
    return {part for token in body for key in token for part in ATTRIBUTES.get(key, ())}


def _finder(indicators: Sequence[Indicator], language: str) -> Find:
    from hrcode.language.pipeline import find_patterns

    needs = frozenset(part for indicator in indicators for part in _needs(indicator.body))
    search = find_patterns([list(indicator.body) for indicator in indicators], language, needs)

    def find(sentences: Sequence[Sentence]) -> Iterator[Hit]:
        clean = [_clean(sentence) for sentence in sentences]
        for number, indicator, start, end in search([text for text, _ in clean]):
            places = clean[number][1]
            hit = _to_hit(sentences[number], number, indicator, places[start], places[end - 1] + 1)
            if hit:
                yield hit

    return find


def _clean(sentence: Sentence) -> tuple[str, list[int]]:
    """Write the sentence as the pipeline should see it: no marks, single blanks, straight quotes.

    Returns:
        tuple[str, list[int]]: The text, and for each of its characters its place in the transcript.
    """
    marked = {
        i
        for mark in MARK.finditer(sentence.text[sentence.start : sentence.end])
        for i in range(sentence.start + mark.start(), sentence.start + mark.end())
    }
    characters: list[str] = []
    places: list[int] = []
    for i in range(sentence.start, sentence.end):
        character = sentence.text[i]
        if i in marked or character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append("'" if character in "’‘" else character)
        places.append(i)
    return "".join(characters), places


def _to_hit(sentence: Sentence, number: int, indicator: int, start: int, end: int) -> Hit | None:
    """Turn a stretch of the transcript into words; None where a mark or no word stands in it."""
    tokens = sentence.tokens
    first = bisect.bisect_right([token.end for token in tokens], start)
    last = bisect.bisect_left([token.start for token in tokens], end) - 1
    if first > last or any(token.after_mark for token in tokens[first + 1 : last + 1]):
        return None
    return Hit(number, indicator, first, last, frozenset())


PATTERN = Kind(read=_read, keys=frozenset(), name=_name, finder=_finder, needs=_needs)
