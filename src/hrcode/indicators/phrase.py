"""The kinds ``phrase`` and ``exact``: words of a sentence, inflected or as written."""

from __future__ import annotations

from typing import NamedTuple

from hrcode.indicators.model import Complain, Kind, Reading, as_found
from hrcode.indicators.phrase_numbers import phrase_anchors
from hrcode.indicators.phrase_syntax import (
    DEFAULT_GAP,
    MAX_GAP,
    How,
    Phrase,
    PhraseFault,
    parse_phrase,
)
from hrcode.yamltext import AMBIGUOUS, Node


class PhraseBody(NamedTuple):
    """A phrase as written, and as read."""

    text: str
    phrase: Phrase
    gap: int
    how: How


def read_words(node: Node, complain: Complain) -> str | None:
    """Read a node that has to hold words.

    Args:
        node (Node): The node.
        complain (Complain): Called with ``not-text`` or ``empty-indicator``.

    Returns:
        str | None: The words, with single blanks; None after a complaint.
    """
    if not isinstance(node.value, str):
        kind = {dict: "a mapping", list: "a list", type(None): "nothing"}.get(
            type(node.value), f"the {'truth value' if isinstance(node.value, bool) else 'number'} {node.raw}"
        )
        rule = "empty-indicator" if node.value is None else "not-text"
        complain(node, rule, f"words are needed here, not {kind}; put words in quotes")
        return None
    if node.plain and node.value.lower() in AMBIGUOUS:
        truth = "true" if node.value.lower() in {"y", "yes", "on"} else "false"
        complain(node, "not-text", f"{node.value} without quotes is {truth} to other YAML readers; "
                 f"write '{node.value}' in quotes")  # fmt: skip
        return None
    words = " ".join(node.value.split())
    if not words:
        complain(node, "empty-indicator", "is empty; write the words to look for, or take it out")
        return None
    return words


def read_phrase(node: Node, reading: Reading, *, gap: int = DEFAULT_GAP, how: How = "lemma") -> Phrase | None:
    """Read a node that has to hold a phrase.

    Args:
        node (Node): The node.
        reading (Reading): Sets, and what to call with ``not-text``, ``empty-indicator`` or ``bad-phrase``.
        gap (int): Width of ``...`` in words.
        how (str): What a plain word means (see `parse_phrase`).

    Returns:
        Phrase | None: The phrase, or None after a complaint.
    """
    text = read_words(node, reading.complain)
    if text is None:
        return None
    try:
        return parse_phrase(text, gap=gap, how=how, sets=reading.sets, language=reading.language)
    except PhraseFault as fault:
        reading.complain(node, "bad-phrase", f"{text!r} {fault}")
        return None


def read_width(fields: dict[str, Node], key: str, default: int, most: int, reading: Reading) -> int | None:
    """Read a number of words; None after a complaint."""
    node = fields.get(key)
    if node is None:
        return default
    if type(node.value) is int and 0 <= node.value <= most:
        return node.value
    reading.complain(node, "bad-value", f"{key} is a whole number of words from 0 to {most}")
    return None


def read_flag(fields: dict[str, Node], key: str, reading: Reading) -> bool:
    """Read true or false; False where it is missing or after a complaint."""
    node = fields.get(key)
    if node is None or isinstance(node.value, bool):
        return bool(node and node.value)
    reading.complain(node, "bad-value", f"{key} is true or false")
    return False


def _read(fields: dict[str, Node], node: Node, reading: Reading, how: How) -> PhraseBody | None:
    gap = read_width(fields, "gap", DEFAULT_GAP, MAX_GAP, reading)
    if read_flag(fields, "case_sensitive", reading):
        how = "cased"
    if gap is None:
        return None
    phrase = read_phrase(node, reading, gap=gap, how=how)
    return None if phrase is None else PhraseBody(" ".join(str(node.value).split()), phrase, gap, how)


def _name(body: PhraseBody) -> str:
    lead = {"exact": "exact: ", "cased": "exact, case-sensitive: "}.get(body.how, "")
    return f"{lead}{body.text}" + ("" if body.gap == DEFAULT_GAP else f" [gap {body.gap}]")


def _essence(body: PhraseBody) -> PhraseBody:
    """Leave out what was read from the words alone; what a set stands for is not in them."""
    return body if "{" in body.text else body._replace(phrase=())


def _anchors(body: PhraseBody, language: str) -> list[frozenset[str]]:
    return phrase_anchors(body.phrase)


PHRASE = Kind(
    read=lambda fields, node, reading: _read(fields, node, reading, "lemma"),
    keys=frozenset({"gap"}),
    name=_name,
    finder=as_found,
    needs=lambda body: (),
    anchors=_anchors,
    phrases=lambda body: (body.phrase,),
    essence=_essence,
    loads=("dictionary forms",),
)
EXACT = Kind(
    read=lambda fields, node, reading: _read(fields, node, reading, "exact"),
    keys=frozenset({"gap", "case_sensitive"}),
    name=_name,
    finder=as_found,
    needs=lambda body: (),
    anchors=_anchors,
    phrases=lambda body: (body.phrase,),
    essence=_essence,
)
