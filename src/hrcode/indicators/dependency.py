"""The kind ``dependency``: a spaCy dependency pattern, for who does what to whom."""

from __future__ import annotations

from typing import Any

from hrcode.hints import nearest
from hrcode.indicators.anchors import Clauses, clauses
from hrcode.indicators.attributes import check_attributes, needs_of, tidy_values
from hrcode.indicators.model import Kind, Reading, as_found
from hrcode.yamltext import Node

MAX_NODES = 12
OPERATORS = ("<", ">", "<<", ">>", ".", ".*", ";", ";*", "$+", "$-", "$++", "$--",
             ">+", ">-", ">++", ">--", "<+", "<-", "<++", "<--")  # fmt: skip
_ANCHOR = {"RIGHT_ID", "RIGHT_ATTRS"}
_LINKED = {"LEFT_ID", "REL_OP", *_ANCHOR}


def _read(fields: dict[str, Node], node: Node, reading: Reading) -> tuple[dict[str, Any], ...] | None:
    if not isinstance(node.value, list) or not node.items:
        reading.complain(
            node,
            "bad-dependency",
            "a dependency pattern is a list that begins with {RIGHT_ID: verb, RIGHT_ATTRS: {LEMMA: ask}}",
        )
        return None
    if len(node.items) > MAX_NODES:
        reading.complain(node, "bad-dependency", f"a dependency pattern has at most {MAX_NODES} items")
        return None
    known: set[str] = set()
    sound = [_check_item(item, i == 0, known, reading) for i, item in enumerate(node.items)]
    return tuple(tidy_values(item.plain_value()) for item in node.items) if all(sound) else None


def _check_item(item: Node, first: bool, known: set[str], reading: Reading) -> bool:
    def fault(place: Node, message: str) -> bool:
        reading.complain(place, "bad-dependency", message)
        return False

    if not isinstance(item.value, dict):
        return fault(item, "each item is a mapping with RIGHT_ID and RIGHT_ATTRS")
    wanted = _ANCHOR if first else _LINKED
    for key, place in item.keys.items():
        if key not in wanted:
            why = " (the first item is the anchor and has no LEFT_ID or REL_OP)" if key in _LINKED else ""
            return fault(place, f"there is no key {key!r} here{why}.{nearest(key, wanted)}")
    if missing := sorted(wanted - set(item.fields)):
        return fault(item, f"{', '.join(missing)} is missing")
    name = item.fields["RIGHT_ID"]
    if not isinstance(name.value, str) or name.value in known:
        return fault(name, f"RIGHT_ID {name.raw!r} has to be a name that no other item has")
    known.add(name.value)
    if not first:
        left, operator = item.fields["LEFT_ID"], item.fields["REL_OP"]
        if left.raw not in known - {name.value}:
            return fault(left, f"LEFT_ID {left.raw!r} is no RIGHT_ID above.{nearest(left.raw, known)}")
        if operator.raw not in OPERATORS:
            return fault(operator, f"REL_OP {operator.raw!r} is none of {' '.join(OPERATORS)}")
    attributes = item.fields["RIGHT_ATTRS"]
    if "OP" in attributes.fields:
        return fault(attributes.keys["OP"], "RIGHT_ATTRS describes one word; it has no OP")
    if attributes.value == {}:
        return fault(attributes, "RIGHT_ATTRS is empty; name at least one attribute")
    return check_attributes(attributes, reading.complain)


def _name(body: tuple[dict[str, Any], ...]) -> str:
    return " ".join(
        f"{item.get('LEFT_ID', '')}{item.get('REL_OP', '')}{item['RIGHT_ID']}"
        f"[{' '.join(f'{k}={v}' for k, v in item['RIGHT_ATTRS'].items())}]"
        for item in body
    )


def _needs(body: tuple[dict[str, Any], ...]) -> set[str]:
    return {"tagger", "parser"} | needs_of(item["RIGHT_ATTRS"] for item in body)


def _anchors(body: tuple[dict[str, Any], ...], language: str) -> Clauses:
    return clauses([item["RIGHT_ATTRS"] for item in body], language)


DEPENDENCY = Kind(
    read=_read,
    keys=frozenset(),
    name=_name,
    finder=as_found,
    needs=_needs,
    matcher="dependency",
    loads=("spaCy",),
    anchors=_anchors,
)
