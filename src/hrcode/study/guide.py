"""Keys of study.yaml about the interview guide: its sections, and which of them are not coded."""

from __future__ import annotations

from collections.abc import Iterable

from hrcode.hints import nearest
from hrcode.safe_regex import regex_fault
from hrcode.study.keys import Say
from hrcode.transcripts.sections import Section, own_expression
from hrcode.yamltext import Node

_KEYS = ("id", "label", "heading", "question")
_HOW = "a list of sections such as {id: d, heading: First meeting, question: how do you begin}"


def sections(node: Node, say: Say) -> tuple[Section, ...]:
    """Read ``sections``, what opens each section of the interview guide."""
    if not node.items:
        say(node, "not-a-list", f"sections is {_HOW}")
    found = [_section(item, say) for item in node.items]
    for number, section in enumerate(found):
        if section.id and section.id in {other.id for other in found[:number]}:
            say(node.items[number], "duplicate-section", f"section {section.id!r} stands twice")
    return tuple(found)


def _section(node: Node, say: Say) -> Section:
    fields = node.fields
    if not fields:
        say(node, "bad-section", f"sections is {_HOW}")
        return Section("")
    for key in fields:
        if key not in _KEYS:
            hint = nearest(key, _KEYS) or f" Keys: {', '.join(_KEYS)}."
            say(node.keys[key], "unknown-key", f"a section has no key {key!r}.{hint}")
    id_ = fields["id"].raw.strip() if "id" in fields else ""
    if not id_:
        say(node, "missing-id", "a section needs an id")
    headings, questions = (_phrases(key, fields.get(key), say) for key in ("heading", "question"))
    if not headings and not questions:
        say(node, "opens-nowhere", f"section {id_!r} needs a heading or a question that opens it")
    return Section(id_, headings, questions, fields["label"].raw if "label" in fields else "")


def _phrases(key: str, node: Node | None, say: Say) -> tuple[str, ...]:
    """Read a phrase, or a list of them; one between slashes is a regular expression."""
    found: list[str] = []
    for item in (node.items or [node]) if node else []:
        phrase = item.value.strip() if isinstance(item.value, str) else ""
        own = own_expression(phrase)
        if fault := regex_fault(own) if own else "":
            say(item, f"bad-{key}", fault.replace("REGEX", key))
        elif not any(character.isalnum() for character in phrase):
            say(item, f"bad-{key}", f"{key} needs words, or a regular expression between slashes")
        else:
            found.append(phrase)
    return tuple(found)


def leave_out(node: Node, say: Say) -> tuple[str, ...]:
    """Read ``leave_out``, a list of ids of sections."""
    ids = [item.raw for item in node.items if not item.items and not item.fields and item.raw]
    if not ids or len(ids) != len(node.items):
        say(node, "not-a-list", "leave_out is a list of ids of sections, such as [a, b]")
    return tuple(ids)


def unknown_sections(node: Node, known: Iterable[str], say: Say) -> None:
    """Complain of every id under ``leave_out`` that no section has."""
    ids = [*known]
    for item in node.items:
        if item.raw not in ids:
            hint = nearest(item.raw, ids) or f" Sections: {', '.join(ids) or 'none'}."
            say(item, "unknown-section", f"there is no section {item.raw!r}.{hint}")
