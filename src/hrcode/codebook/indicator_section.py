"""Reading a subcategory's indicators."""

from __future__ import annotations

from collections.abc import Sequence

from hrcode.codebook.conditions import KEYS as CONDITION_KEYS
from hrcode.codebook.conditions import read_conditions
from hrcode.codebook.reader import Reader
from hrcode.indicators import KINDS
from hrcode.indicators.model import CONTEXTS, Conditions, Indicator, Reading
from hrcode.yamltext import Node

_KEYS = ("id", "note", *CONDITION_KEYS)


def read_indicators(
    items: Sequence[Node], language: str, base: Conditions, reader: Reader, reading: Reading
) -> list[Indicator]:
    """Read a list of indicators.

    Args:
        items (Sequence[Node]): The items.
        language (str): Language code of the texts they are for.
        base (Conditions): Conditions of the subcategory.
        reader (Reader): Collects the faults.
        reading (Reading): Sets of the codebook.

    Returns:
        list[Indicator]: Those without a fault.
    """
    found: list[Indicator] = []
    first: dict[str, int] = {}
    for item in items:
        indicator = _read(item, language, base, reader, reading)
        if indicator is None:
            continue
        if indicator.id in first:
            message = f"indicator {indicator.id!r} stands twice (first on line {first[indicator.id]})"
            reader.complain(item, "duplicate-indicator", message)
        first.setdefault(indicator.id, item.line)
        found.append(indicator)
    return found


def _read(node: Node, language: str, base: Conditions, reader: Reader, reading: Reading) -> Indicator | None:
    if not isinstance(node.value, dict):
        body = KINDS["phrase"].read({}, node, reading)
        if body is None:
            return None
        return Indicator(KINDS["phrase"].name(body), "phrase", body, base, language, node.line, node.column)
    kinds = [key for key in node.fields if key in KINDS]
    if len(kinds) != 1:
        found = f"{' and '.join(kinds)} at once" if kinds else "none of them"
        reader.complain(
            node, "unknown-kind", f"an indicator has one of the keys {', '.join(KINDS)}; this has {found}"
        )
        every = {key for kind in KINDS.values() for key in kind.keys}
        reader.fields(node, "an indicator", {*_KEYS, *KINDS, *every})
        return None
    kind = kinds[0]
    fields = reader.fields(node, f"an indicator of kind {kind}", {*_KEYS, kind, *KINDS[kind].keys}) or {}
    conditions = read_conditions(fields, base, reader, reading)
    given = reader.text(node, fields, "id")
    body = KINDS[kind].read(fields, fields[kind], reading)
    if body is None:
        return None
    name = given or KINDS[kind].name(body) + _suffix(fields, conditions, base)
    return Indicator(name, kind, body, conditions, language, node.line, node.column)


def _suffix(fields: dict[str, Node], own: Conditions, base: Conditions) -> str:
    """Write the conditions that set an indicator apart from one with the same words."""
    stated = [f"{key}: {own.context[key]}" for key in CONTEXTS if own.context[key] != base.context[key]]
    stated += [f"{key}: {fields[key].raw}" for key in ("min_turn_words", "weak") if key in fields]
    stated += [
        f"{key}: {_short(fields[key])}"
        for key in ("not_in", "with", "without", "asked", "only")
        if key in fields
    ]
    return f" [{'; '.join(stated)}]" if stated else ""


def _short(node: Node) -> str:
    if isinstance(node.value, dict):
        return " ".join(f"{key} {_short(value)}" for key, value in node.fields.items())
    return " | ".join(_short(item) for item in node.items) if node.items else node.raw
