"""Keys of study.yaml about the way transcripts are written."""

from __future__ import annotations

from hrcode.study.keys import Say
from hrcode.transcripts.conventions import COLUMNS
from hrcode.yamltext import Node


def interviewers(node: Node, say: Say) -> tuple[str, ...]:
    """Read ``interviewers``, a list of speaker labels."""
    labels = [item.value for item in node.items if isinstance(item.value, str)]
    if not labels or len(labels) != len(node.items):
        say(node, "not-a-list", "interviewers is a list of speaker labels, such as [I, INT]")
    return tuple(labels)


def together(node: Node, say: Say) -> tuple[str, ...]:
    """Read ``together``, a list of labels of what everybody says with one voice."""
    labels = [item.value for item in node.items if isinstance(item.value, str)]
    if not labels or len(labels) != len(node.items):
        say(node, "not-a-list", "together is a list of labels of everybody who speaks, such as [Both, Abi]")
    return tuple(labels)


def columns(node: Node, say: Say) -> dict[str, str]:
    """Read ``columns``, the names of columns in transcripts that are tables."""
    found: dict[str, str] = {}
    for key, value in node.fields.items():
        if key in COLUMNS and isinstance(value.value, str) and value.value.strip():
            found[key] = value.value.strip()
    if not isinstance(node.value, dict) or len(found) != len(node.fields):
        message = (
            f"columns names a column for any of {', '.join(COLUMNS)}, such as {{speaker: Who, text: Said}}"
        )
        say(node, "bad-columns", message)
    return found
