"""Reading when a match counts: context, exclusions, conditions, scope."""

from __future__ import annotations

import dataclasses
from typing import Any, cast, get_args

from hrcode.codebook.reader import Reader
from hrcode.indicators.model import (
    CONTEXTS,
    SCOPES,
    Condition,
    Conditions,
    Reading,
    Scope,
    Verdict,
)
from hrcode.indicators.phrase import read_flag, read_phrase, read_width
from hrcode.indicators.phrase_syntax import Phrase
from hrcode.yamltext import Node

KEYS = (*CONTEXTS, "not_in", "with", "without", "asked", "only", "min_turn_words", "weak")
_CONDITION_KEYS = ("phrase", "any", "code", "in")
MAX_TURN_WORDS = 10_000


def read_conditions(
    fields: dict[str, Node], base: Conditions, reader: Reader, reading: Reading
) -> Conditions:
    """Read the conditions of an indicator or a subcategory.

    Args:
        fields (dict[str, Node]): The fields of the indicator or subcategory.
        base (Conditions): What holds already: an indicator's contexts and scope take the place of
            its subcategory's, its exclusions and conditions are added to them.
        reader (Reader): Collects the faults.
        reading (Reading): Sets of the codebook.

    Returns:
        Conditions: The conditions.
    """
    changes: dict[str, Any] = {}
    choices = get_args(Verdict)
    context = {
        name: cast(Verdict, reader.choice(fields, name, choices, base.context[name])) for name in CONTEXTS
    }
    if context != base.context:
        changes["context"] = context
    if node := fields.get("not_in"):
        changes["not_in"] = (*base.not_in, *read_phrases(node, reading))
    if node := fields.get("with"):
        changes["with_"] = (*base.with_, *_conditions(node, reader, reading))
    if node := fields.get("without"):
        changes["without"] = (*base.without, *_conditions(node, reader, reading))
    if node := fields.get("asked"):
        changes["asked"] = read_phrases(node, reading)
    if node := fields.get("only"):
        changes["only"] = _only(node, reader)
    if "min_turn_words" in fields:
        changes["min_turn_words"] = read_width(fields, "min_turn_words", 0, MAX_TURN_WORDS, reading) or 0
    if "weak" in fields:
        changes["weak"] = read_flag(fields, "weak", reading)
    return dataclasses.replace(base, **changes) if changes else base


def read_phrases(node: Node, reading: Reading) -> tuple[Phrase, ...]:
    """Read one phrase or a list of them."""
    found = (read_phrase(item, reading) for item in (node.items or [node]))
    return tuple(phrase for phrase in found if phrase)


def _conditions(node: Node, reader: Reader, reading: Reading) -> list[Condition]:
    found = (_condition(item, reader, reading) for item in (node.items or [node]))
    return [condition for condition in found if condition]


def _condition(node: Node, reader: Reader, reading: Reading) -> Condition | None:
    if not isinstance(node.value, dict):
        phrase = read_phrase(node, reading)
        return Condition(str(node.value), "sentence", (phrase,)) if phrase else None
    fields = reader.fields(node, "a condition", _CONDITION_KEYS) or {}
    kinds = [key for key in ("phrase", "any", "code") if key in fields]
    if len(kinds) != 1:
        reader.complain(
            node, "bad-condition", "a condition has one of phrase, any (a list of phrases) and code"
        )
        return None
    scope = cast(Scope, reader.choice(fields, "in", SCOPES, "sentence"))
    where = "" if scope == "sentence" else f" in {scope}"
    value = fields[kinds[0]]
    if kinds[0] == "code":
        if not isinstance(value.value, str) or value.value.count("/") != 1:
            reader.complain(value, "bad-condition", "code is category/subcategory")
            return None
        reader.codes_named.append((value, value.value))
        return Condition(f"{value.value}{where}", scope, code=value.value)
    phrases = read_phrases(value, reading)
    text = " | ".join(str(item.value) for item in (value.items or [value]))
    return Condition(f"{text}{where}", scope, phrases) if phrases else None


def _only(node: Node, reader: Reader) -> dict[str, tuple[str, ...]]:
    if not isinstance(node.value, dict):
        reader.complain(
            node, "bad-condition", "only is a mapping of attributes to values, such as {role: [peer]}"
        )
        return {}
    return {
        attribute: tuple(item.raw for item in (values.items or [values]))
        for attribute, values in node.fields.items()
    }
