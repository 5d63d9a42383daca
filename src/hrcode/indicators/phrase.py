"""The kinds ``phrase`` and ``exact``: words of a sentence, inflected or as written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hrcode.indicators.model import Complain, Find, Hit, Indicator, Kind, Sentence
from hrcode.indicators.phrase_matcher import PhraseMatcher
from hrcode.indicators.phrase_syntax import DEFAULT_GAP, MAX_GAP, Phrase, PhraseFault, parse_phrase
from hrcode.yamltext import AMBIGUOUS, Node


class PhraseBody(NamedTuple):
    """A phrase as written, and as read."""

    text: str
    phrase: Phrase
    gap: int


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


def _read(fields: dict[str, Node], node: Node, complain: Complain, exact: bool) -> PhraseBody | None:
    gap = DEFAULT_GAP
    if width := fields.get("gap"):
        if type(width.value) is not int or not 0 <= width.value <= MAX_GAP:
            complain(width, "bad-value", f"gap is a whole number of words from 0 to {MAX_GAP}")
            return None
        gap = width.value
    text = read_words(node, complain)
    if text is None:
        return None
    try:
        return PhraseBody(text, parse_phrase(text, gap=gap, exact=exact), gap)
    except PhraseFault as fault:
        complain(node, "bad-phrase", f"{text!r} {fault}")
        return None


def _name(body: PhraseBody) -> str:
    return body.text if body.gap == DEFAULT_GAP else f"{body.text} [gap {body.gap}]"


def _finder(indicators: Sequence[Indicator], language: str) -> Find:
    matcher = PhraseMatcher([indicator.body.phrase for indicator in indicators], language)

    def find(sentences: Sequence[Sentence]) -> Iterator[Hit]:
        for number, sentence in enumerate(sentences):
            for span in matcher.find(sentence.tokens):
                yield Hit(number, *span)

    return find


PHRASE = Kind(
    read=lambda fields, node, complain: _read(fields, node, complain, exact=False),
    keys=frozenset({"gap"}),
    name=_name,
    finder=_finder,
    needs=lambda body: (),
)
EXACT = Kind(
    read=lambda fields, node, complain: _read(fields, node, complain, exact=True),
    keys=frozenset({"gap"}),
    name=lambda body: f"={_name(body)}",
    finder=_finder,
    needs=lambda body: (),
)
