"""The kind ``pattern``: a spaCy token pattern (Matcher), for what a phrase cannot say."""

from __future__ import annotations

from typing import Any

from hrcode.indicators.anchors import clauses
from hrcode.indicators.attributes import check_attributes, needs_of, tidy_values
from hrcode.indicators.model import Kind, Reading, as_found
from hrcode.yamltext import Node

MAX_TOKENS = 40


def _read(fields: dict[str, Node], node: Node, reading: Reading) -> tuple[dict[str, Any], ...] | None:
    complain = reading.complain
    if not isinstance(node.value, list) or not node.items:
        complain(node, "bad-pattern", "a pattern is a list of tokens, such as [{LEMMA: pay}, {POS: NOUN}]")
        return None
    if len(node.items) > MAX_TOKENS:
        complain(node, "bad-pattern", f"a pattern has at most {MAX_TOKENS} tokens")
        return None
    sound = [check_attributes(token, complain) for token in node.items]
    if not all(sound):
        return None
    if not any(set(token.fields) - {"OP"} for token in node.items):
        complain(node, "bad-pattern", "every token may be anything; name at least one attribute")
        return None
    return tuple(tidy_values(token.plain_value()) for token in node.items)


def _name(body: tuple[dict[str, Any], ...]) -> str:
    return " ".join("[" + " ".join(f"{k}={v}" for k, v in token.items()) + "]" for token in body)


PATTERN = Kind(
    read=_read,
    keys=frozenset(),
    name=_name,
    finder=as_found,
    needs=needs_of,
    matcher="token",
    loads=("spaCy",),
    anchors=clauses,
)
