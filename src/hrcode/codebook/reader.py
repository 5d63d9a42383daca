"""Reading the fields of a YAML mapping, collecting faults instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Collection

from hrcode.errors import Fault, Level
from hrcode.hints import nearest
from hrcode.yamltext import AMBIGUOUS, Node

MAX_HINTS = 20
_ID = re.compile(r"[a-z][a-z0-9_-]{0,79}")


class Reader:
    """Reads nodes of one file and keeps what is wrong with them.

    Args:
        path (str): Name of the file for the faults.
        faults (list[Fault]): Faults known already; grows.
    """

    def __init__(self, path: str, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        self.codes_named: list[tuple[Node, str]] = []  # by conditions; checked when all are known

    def complain(self, node: Node, rule: str, message: str, level: Level = "error") -> None:
        """Keep a fault at the place of a node."""
        self.faults.append(Fault(self.path, node.line, node.column, rule, message, level))

    def warn(self, node: Node, rule: str, message: str) -> None:
        """Keep a warning at the place of a node."""
        self.complain(node, rule, message, "warning")

    def fields(self, node: Node, what: str, known: Collection[str]) -> dict[str, Node] | None:
        """Give the fields of a mapping, after complaining of unknown keys.

        Args:
            node (Node): What should be a mapping.
            what (str): What it is, e.g. ``a category``.
            known (Collection[str]): The keys it may have.

        Returns:
            dict[str, Node] | None: The fields that are known, or None if it is no mapping.
        """
        if not isinstance(node.value, dict):
            self.complain(node, "not-a-mapping", f"{what} is a mapping of keys to values")
            return None
        unknown = [key for key in node.keys if key not in known]
        for i, key in enumerate(unknown):
            # Looking for the nearest takes time that a file of nothing but strange keys could waste.
            hint = nearest(key[:80], known) if i < MAX_HINTS else ""
            hint = hint or f" Known keys: {', '.join(sorted(known))}."
            self.complain(node.keys[key], "unknown-key", f"{what} has no key {key[:80]!r}.{hint}")
        return {key: value for key, value in node.fields.items() if key in known}

    def items(self, node: Node, what: str) -> list[Node]:
        """Give the items of a list, or complain."""
        if not isinstance(node.value, list):
            self.complain(node, "not-a-list", f"{what} is a list, one item a line after a dash")
            return []
        return node.items

    def text(self, parent: Node, fields: dict[str, Node], key: str, *, required: bool = False) -> str:
        """Give a text field with single blanks; complain if it is missing, empty or no text."""
        node = fields.get(key)
        if node is None:
            if required:
                self.complain(parent, f"missing-{key}", f"{key} is missing; add `{key}: ...`")
            return ""
        if isinstance(node.value, str):
            if node.plain and node.value.lower() in AMBIGUOUS:
                self.complain(node, "not-text", f"{key}: put {node.value!r} in quotes")
            words = " ".join(node.value.split())
            if not words and required:
                self.complain(node, f"missing-{key}", f"{key} is empty; write it out")
            return words
        if node.value is None:
            if required:
                self.complain(node, f"missing-{key}", f"{key} is empty; write it out")
        elif isinstance(node.value, list | dict):
            self.complain(node, "not-text", f"{key} is text; put it in quotes")
        else:
            return node.raw
        return ""

    def identifier(self, parent: Node, fields: dict[str, Node], key: str = "id") -> str:
        """Give an id: small letters, digits, ``_`` and ``-``."""
        text = self.text(parent, fields, key, required=True)
        if text and not _ID.fullmatch(text):
            self.complain(fields[key], "bad-id", f"{key} {text!r}: small letters a-z, digits, _ and - only")
        return text

    def choice(self, fields: dict[str, Node], key: str, choices: Collection[str], default: str) -> str:
        """Give a field that has to be one of a few words."""
        node = fields.get(key)
        if node is None:
            return default
        if isinstance(node.value, list | dict) or node.value is None:
            given = "a list" if isinstance(node.value, list) else "a mapping" if node.value else "nothing"
            self.complain(node, "bad-value", f"{key} is {' | '.join(choices)}, not {given}")
            return default
        if node.raw in choices:
            return node.raw
        hint = nearest(node.raw, choices)
        self.complain(node, "bad-value", f"{key} is {' | '.join(choices)}, not {node.raw[:40]!r}.{hint}")
        return default
