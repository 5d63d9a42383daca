"""The one door for YAML: text in, nodes that know their line and column out.

PyYAML's own loader reads the word ``no`` as False and lets the second of two equal keys win in
silence. A codebook is a list of words, so here plain scalars stay text unless they are ``true``,
``false``, ``null`` or a plain number, and a repeated key is a fault. Size, depth and the growth by
aliases are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from hrcode.errors import Fault

MAX_CHARACTERS = 5_000_000
MAX_DEPTH = 60
MAX_NODES = 200_000
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
# Words that YAML 1.1 tools (R's yaml, PyYAML) read as true or false when nobody quotes them.
AMBIGUOUS = frozenset({"y", "n", "yes", "no", "on", "off"})
# What YAML 1.1 does not allow in a file at all.
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Scalar = str | int | float | bool | None


@dataclass(slots=True)
class Node:
    """A piece of YAML with its place.

    Args:
        line (int): Line, from 1.
        column (int): Column, from 1.
        value (Scalar | list[Node] | dict[str, Node]): What stands there.
        keys (dict[str, Node]): For a mapping, the place of every key.
        plain (bool): Whether a scalar stood without quotes.
        raw (str): A scalar as it is written, so that version 1.10 does not become 1.1.
    """

    line: int
    column: int
    value: Scalar | list[Node] | dict[str, Node]
    keys: dict[str, Node] = field(default_factory=dict)
    plain: bool = False
    raw: str = ""

    @property
    def items(self) -> list[Node]:
        """The nodes of a list; empty for anything else."""
        return self.value if isinstance(self.value, list) else []

    @property
    def fields(self) -> dict[str, Node]:
        """The values of a mapping by key; empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    def plain_value(self) -> object:
        """Return the value without places: scalars, lists and dicts only."""
        if isinstance(self.value, list):
            return [node.plain_value() for node in self.value]
        if isinstance(self.value, dict):
            return {key: node.plain_value() for key, node in self.value.items()}
        return self.value


class _Stop(Exception):
    """Reading cannot go on; carries the fault."""

    def __init__(self, line: int, column: int, rule: str, message: str) -> None:
        super().__init__(message)
        self.place = (line, column, rule, message)


def parse_yaml(text: str, path: str) -> tuple[Node | None, list[Fault]]:
    """Read YAML text into nodes.

    Args:
        text (str): The YAML text.
        path (str): Name of the file for the faults.

    Returns:
        tuple[Node | None, list[Fault]]: The root, or None where nothing could be read, and the
        faults (``yaml-syntax``, ``duplicate-key``, ``too-large``).
    """
    faults: list[Fault] = []
    try:
        if len(text) > MAX_CHARACTERS:
            raise _Stop(1, 1, "too-large", f"more than {MAX_CHARACTERS:,} characters of YAML")
        if found := _NOT_YAML.search(text):
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            raise _Stop(line, column, "yaml-syntax", f"not valid YAML: control character {found[0]!r}")
        root = _Composer(path, faults).compose(yaml.parse(text, Loader=_Loader))
    except _Stop as stop:
        line, column, rule, message = stop.place
        return None, [*faults, Fault(path, line, column, rule, message)]
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = " ".join(str(part) for part in (fault.context, fault.problem) if part)
        return None, [*faults, Fault(path, line, column, "yaml-syntax", f"not valid YAML: {what}")]
    except (yaml.YAMLError, UnicodeError) as fault:
        what = str(fault).splitlines()[0]
        return None, [*faults, Fault(path, 1, 1, "yaml-syntax", f"not valid YAML: {what}")]
    return root, faults


class _Composer:
    """Builds nodes from parser events (one pass; recursion bounded by MAX_DEPTH)."""

    def __init__(self, path: str, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        self.anchors: dict[str, tuple[Node, int, int]] = {}
        self.deepest = 0
        self.nodes = 0

    def compose(self, events: Iterator[yaml.Event]) -> Node | None:
        """Return the root of the only document, or None when the text is empty."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise self._stop(event, "yaml-syntax", "a second document; keep one per file")
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, 0)
        return root

    def _stop(self, event: yaml.Event, rule: str, message: str) -> _Stop:
        return _Stop(*_place(event), rule, message)

    def _count(self, event: yaml.Event, by: int = 1) -> None:
        self.nodes += by
        if self.nodes > MAX_NODES:
            raise self._stop(event, "too-large", f"more than {MAX_NODES:,} YAML nodes")

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        self._check_depth(event, depth)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        self._count(event)
        before, deepest, self.deepest = self.nodes, self.deepest, depth
        line, column = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "", ":") and event.tag is None
            value = _resolve(event.value) if plain else event.value
            node = Node(line, column, value, plain=plain, raw=event.value)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Node(line, column, self._list(events, depth))
        else:
            node = Node(line, column, {})
            self._fill_mapping(node, events, depth)
        if anchor := getattr(event, "anchor", None):
            self.anchors[anchor] = (node, self.nodes - before + 1, self.deepest - depth)
        self.deepest = max(self.deepest, deepest)
        return node

    def _alias(self, event: yaml.AliasEvent, depth: int) -> Node:
        if event.anchor not in self.anchors:
            raise self._stop(event, "yaml-syntax", f"*{event.anchor} has no &{event.anchor}")
        node, size, height = self.anchors[event.anchor]
        self._count(event, size)  # an alias costs what it stands for: no exponential growth
        self._check_depth(event, depth + height)
        return node

    def _check_depth(self, event: yaml.Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise self._stop(event, "too-large", f"nested more than {MAX_DEPTH} deep")
        self.deepest = max(self.deepest, depth)

    def _list(self, events: Iterator[yaml.Event], depth: int) -> list[Node]:
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, depth + 1))
        return items

    def _fill_mapping(self, node: Node, events: Iterator[yaml.Event], depth: int) -> None:
        values = node.fields
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key_node = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if isinstance(key_node.value, list | dict):
                raise _Stop(key_node.line, key_node.column, "yaml-syntax", "a key must be a word")
            key = event.value if isinstance(event, yaml.ScalarEvent) else str(key_node.value)
            if key in values:
                first = node.keys[key].line
                message = f"key {key!r} stands twice (first on line {first}); keep one of them"
                self.faults.append(Fault(self.path, key_node.line, key_node.column, "duplicate-key", message))
                continue
            values[key] = value
            node.keys[key] = key_node


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _resolve(text: str) -> Scalar:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if len(text) < 20 and (number := _NUMBER.fullmatch(text)):
        return float(text) if number[2] else int(text)
    return text
