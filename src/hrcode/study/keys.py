"""How one key of study.yaml is read: shared words, and the keys that are a line of text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any

from hrcode.hints import nearest
from hrcode.safe_regex import regex_fault
from hrcode.schema import UNITS
from hrcode.yamltext import Node

Say = Callable[[Node, str, str], None]
"""Reports a fault: where it is, the rule's id, and what would be right."""
Reader = Callable[[Node, Say], Any]
"""Gives the value of a key; whatever it gives after reporting a fault is not used."""


def text(name: str, check: Callable[[str], str] = lambda value: "") -> Reader:
    """Make the reader of a key that is a line of text.

    Args:
        name (str): The key.
        check (Callable[[str], str]): Says what is wrong with a text; empty where nothing is.

    Returns:
        Reader: It gives the text without blanks around it.
    """

    def read(node: Node, say: Say) -> str:
        if not isinstance(node.value, str) or not node.value.strip():
            say(node, "not-text", f"{name} needs text")
            return ""
        value = node.value.strip()
        if message := check(value):
            say(node, f"bad-{name.replace('_', '-')}", message)
        return value

    return read


def encoding_fault(value: str) -> str:
    """Say whether Python knows no encoding of this name."""
    try:
        codecs.lookup(value)
    except (LookupError, ValueError):
        return f"there is no encoding {value!r}; such as utf-8, windows-1252, windows-1257, utf-16"
    return ""


def label_pattern_fault(value: str) -> str:
    """Say what is wrong with a regular expression of speaker labels."""
    fault = regex_fault(value)
    if not fault and "label" not in re.compile(value).groupindex:
        fault = r"the expression names no group `label`, such as ^(?P<label>[A-Z]+[0-9]+)\s*-"
    return fault.replace("REGEX", "label_pattern")


def unit_fault(value: str) -> str:
    """Say whether there is no unit of analysis of this name."""
    known = ", ".join(UNITS)
    return "" if value in UNITS else f"there is no unit {value!r}.{nearest(value, UNITS)} Units: {known}"
