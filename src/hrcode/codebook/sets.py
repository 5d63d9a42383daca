"""Named sets: lists of words that many indicators use."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter

from hrcode.codebook.reader import Reader
from hrcode.indicators.phrase import read_words
from hrcode.indicators.phrase_syntax import PhraseFault, Run, ordered, parse_runs
from hrcode.yamltext import Node

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_USE = re.compile(r"\{([^{}]*)\}")


def read_sets(node: Node | None, reader: Reader) -> dict[str, tuple[Run, ...]]:
    """Read the ``sets`` of a codebook; a set may use others, but not itself.

    Args:
        node (Node | None): A mapping of names to lists of words.
        reader (Reader): Collects ``bad-id``, ``not-a-list``, ``bad-phrase`` and ``cyclic-set``.

    Returns:
        dict[str, tuple[Run, ...]]: The entries of each set; those with a fault have none.
    """
    if node is None:
        return {}
    if not isinstance(node.value, dict):
        reader.complain(node, "not-a-mapping", "sets is a mapping of names to lists of words")
        return {}
    entries = {name: _entries(name, value, node.keys[name], reader) for name, value in node.fields.items()}
    uses = {
        name: {use for _, text in own for use in _USE.findall(text)} & set(entries)
        for name, own in entries.items()
    }
    try:
        order = list(TopologicalSorter(uses).static_order())
    except CycleError as fault:
        circle = fault.args[1]
        reader.complain(
            node.keys[circle[0]], "cyclic-set", f"sets use each other in a circle: {' -> '.join(circle)}"
        )
        return dict.fromkeys(entries, ())
    sets: dict[str, tuple[Run, ...]] = {}
    for name in order:
        sets[name] = ordered(run for place, text in entries[name] for run in _runs(place, text, sets, reader))
    return sets


def _entries(name: str, node: Node, key: Node, reader: Reader) -> list[tuple[Node, str]]:
    if not _NAME.fullmatch(name):
        reader.complain(key, "bad-id", f"set name {name!r}: small letters a-z, digits and _ only")
    items = reader.items(node, f"set {name!r}")
    if isinstance(node.value, list) and not items:
        reader.complain(node, "empty-set", f"set {name!r} has no words")
    return [(item, text) for item in items if (text := read_words(item, reader.complain))]


def _runs(place: Node, text: str, sets: dict[str, tuple[Run, ...]], reader: Reader) -> list[Run]:
    try:
        return parse_runs(text, "lemma", sets)
    except PhraseFault as fault:
        reader.complain(place, "bad-phrase", f"{text!r} {fault}")
        return []
