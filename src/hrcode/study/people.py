"""Keys of study.yaml about participants: their attributes, and whom the study includes."""

from __future__ import annotations

from dataclasses import replace

from hrcode.errors import StudyError
from hrcode.study.keys import Say
from hrcode.transcripts.attributes import Attribute, banded
from hrcode.transcripts.sampling import Rule
from hrcode.transcripts.where import Condition, parse_where
from hrcode.yamltext import Node

_TYPES = ("text", "number", "date")
HOW = (
    "write text, number or date, a list for an order ([low, middle, high]), {from: age, bands: [30, 45]}, "
    "or {from: service, map: {old value: new value}}"
)


def attributes(node: Node, say: Say) -> dict[str, Attribute]:
    """Read ``attributes``, the types of attributes and how some are made of others."""
    if not isinstance(node.value, dict):
        say(node, "bad-attributes", f"attributes is a mapping of names; for each, {HOW}")
    found: dict[str, Attribute] = {}
    for name, value in node.fields.items():
        attribute = _attribute(name, value, say)
        found[name] = attribute
        if attribute.bands:
            found.setdefault(attribute.source, Attribute("number"))
    return found


def _attribute(name: str, node: Node, say: Say) -> Attribute:
    if node.value in _TYPES:
        return Attribute(node.value)  # type: ignore[arg-type]
    if node.items:
        return Attribute("ordered", _order(node, say))
    if set(node.fields) == {"from", "bands"}:
        return replace(_bands(node.fields["bands"], say), source=_text(node.fields["from"], say))
    if set(node.fields) == {"from", "map"}:
        mapping = {old: _text(new, say) for old, new in node.fields["map"].fields.items()}
        if not mapping:
            say(node.fields["map"], "bad-map", "map gives a new value for each old one: {shelter: housing}")
        order = tuple(dict.fromkeys(mapping.values()))
        return Attribute("ordered", order, source=_text(node.fields["from"], say), mapping=mapping)
    say(node, "bad-attribute", f"{name}: {HOW}")
    return Attribute("text")


def _order(node: Node, say: Say) -> tuple[str, ...]:
    order = tuple(_text(item, say) for item in node.items)
    if len({value.casefold() for value in order}) < len(order):
        say(node, "bad-order", "an order names each value once")
    return order


def _bands(node: Node, say: Say) -> Attribute:
    starts = [item.value for item in node.items]
    numbers = [float(start) for start in starts if type(start) in (int, float)]  # type: ignore[arg-type]
    if not numbers or len(numbers) < len(starts) or sorted(set(numbers)) != numbers:
        say(node, "bad-bands", "bands is a list of rising numbers at which bands begin, such as [30, 45, 60]")
        return Attribute("ordered")
    return banded(numbers)


def _text(node: Node, say: Say) -> str:
    """Give a scalar as it is written, so that 1 and 1.10 are values, too."""
    value = node.value if isinstance(node.value, str) else node.raw
    if isinstance(node.value, dict | list) or not value.strip():
        say(node, "not-text", "this needs a word or a number")
        return ""
    return " ".join(value.split())


def include(node: Node, say: Say) -> tuple[Rule, ...]:
    """Read ``include``, the rules that participants have to fulfil."""
    if not node.items:
        say(node, "not-a-list", 'include is a list of conditions, such as ["years>=2"]')
    rules = []
    for item in node.items:
        if set(item.fields) == {"where", "rule"}:
            where, rule = (_conditions(item.fields[key], say) for key in ("where", "rule"))
            rules.append(Rule(rule, where))
        else:
            rules.append(Rule(_conditions(item, say)))
    return tuple(rules)


def _conditions(node: Node, say: Say) -> tuple[Condition, ...]:
    if not isinstance(node.value, str):
        how = '"years>=2", or {where: "group=peers", rule: "years>=2"}'
        say(node, "bad-rule", f"a rule is a condition such as {how}")
        return ()
    try:
        return parse_where(node.value)
    except StudyError as fault:
        say(node, "bad-rule", fault.message)
        return ()


def exclude_others(node: Node, say: Say) -> bool:
    """Read ``exclude_others``, whether those who break a rule are left out of coding."""
    if not isinstance(node.value, bool):
        say(node, "not-true-or-false", "exclude_others is true or false")
    return node.value is True
