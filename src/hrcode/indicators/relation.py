"""The kinds ``near``, ``before`` and ``after``: two things within a distance of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from hrcode.indicators.model import Find, Hit, Indicator, Kind, Reading, Sentence
from hrcode.indicators.phrase import read_phrase, read_width
from hrcode.indicators.phrase_matcher import PhraseMatcher
from hrcode.indicators.phrase_syntax import DEFAULT_GAP, MAX_GAP, Phrase
from hrcode.yamltext import Node

DEFAULT_WITHIN = 10
MAX_WITHIN = 100
_Relation = Literal["near", "before", "after"]


class RelationBody(NamedTuple):
    """Two sides of a relation.

    Args:
        relation (str): ``near``, ``before`` (left stands before right) or ``after``.
        left (tuple[Phrase, ...]): Any of these ...
        right (tuple[Phrase, ...]): ... and any of these,
        within (int): with at most so many words between,
        turn (bool): in the same turn, or else in the same sentence.
        text (str): As the codebook has it.
    """

    relation: _Relation
    left: tuple[Phrase, ...]
    right: tuple[Phrase, ...]
    within: int
    turn: bool
    text: str


class _Place(NamedTuple):
    """Words of one side: sentence, first and last word there, and both counted over the scope."""

    sentence: int
    first: int
    last: int
    start: int
    end: int


def _read(relation: _Relation, fields: dict[str, Node], node: Node, reading: Reading) -> RelationBody | None:
    if len(node.items) != 2:
        reading.complain(node, "bad-relation", f"{relation} takes a list of two: [this, that]")
        return None
    within = read_width(fields, "within", DEFAULT_WITHIN, MAX_WITHIN, reading)
    gap = read_width(fields, "gap", DEFAULT_GAP, MAX_GAP, reading)
    scope = fields["in"].raw if "in" in fields else "sentence"
    if scope not in ("sentence", "turn"):
        reading.complain(fields["in"], "bad-value", f"in is sentence | turn, not {scope!r}")
        return None
    if within is None or gap is None:
        return None
    left, right = (_read_side(side, gap, reading) for side in node.items)
    if not (left and right):
        return None
    texts = [" | ".join(str(item.value) for item in (side.items or [side])) for side in node.items]
    text = f" {relation} ".join(texts)
    return RelationBody(relation, left, right, within, scope == "turn", text)


def _read_side(node: Node, gap: int, reading: Reading) -> tuple[Phrase, ...]:
    phrases = [read_phrase(item, reading, gap=gap) for item in (node.items or [node])]
    return () if None in phrases else tuple(phrase for phrase in phrases if phrase)


def _name(body: RelationBody) -> str:
    return f"{body.text} [within {body.within}{' in turn' if body.turn else ''}]"


def _finder(indicators: Sequence[Indicator], language: str, components: frozenset[str]) -> Find:
    owners = [
        (i, side)
        for i, indicator in enumerate(indicators)
        for side, phrases in enumerate((indicator.body.left, indicator.body.right))
        for _ in phrases
    ]
    every = [phrase for indicator in indicators for phrase in (*indicator.body.left, *indicator.body.right)]
    matcher = PhraseMatcher(every, language)

    def find(sentences: Sequence[Sentence]) -> Iterator[Hit]:
        by_turn: dict[int, list[int]] = defaultdict(list)
        for number, sentence in enumerate(sentences):
            by_turn[sentence.turn].append(number)
        for numbers in by_turn.values():
            sides = _sides(sentences, numbers, matcher, owners)
            for i, indicator in enumerate(indicators):
                left, right = sides.get((i, 0), ()), sides.get((i, 1), ())
                for a in left:
                    if b := _partner(indicator.body, a, right):
                        yield _hit(i, a, b, sentences)

    return find


def _sides(
    sentences: Sequence[Sentence],
    numbers: Sequence[int],
    matcher: PhraseMatcher,
    owners: Sequence[tuple[int, int]],
) -> dict[tuple[int, int], list[_Place]]:
    """Find all sides of all relations in one turn."""
    found: dict[tuple[int, int], list[_Place]] = defaultdict(list)
    offset = 0
    for number in numbers:
        tokens = sentences[number].tokens
        for span in matcher.find(tokens):
            place = _Place(number, span.first, span.last, offset + span.first, offset + span.last)
            found[owners[span.phrase]].append(place)
        offset += len(tokens)
    return found


def _partner(body: RelationBody, a: _Place, others: Sequence[_Place]) -> _Place | None:
    """Give the nearest right side that fits the left side ``a``."""
    fitting: list[tuple[int, int, _Place]] = []
    for b in others:
        if not body.turn and a.sentence != b.sentence:
            continue
        between = b.start - a.end - 1 if b.start > a.end else a.start - b.end - 1
        in_order = {"near": True, "before": b.start > a.end, "after": a.start > b.end}[body.relation]
        apart = b.start > a.end or a.start > b.end
        if apart and in_order and between <= body.within:
            fitting.append((between, b.start, b))
    return min(fitting)[2] if fitting else None


def _hit(indicator: int, a: _Place, b: _Place, sentences: Sequence[Sentence]) -> Hit:
    first, last = (a, b) if a.start < b.start else (b, a)
    if first.sentence == last.sentence:
        gaps = frozenset(range(first.last + 1, last.first))
        return Hit(first.sentence, indicator, first.first, last.last, gaps)
    gaps = frozenset(range(first.last + 1, len(sentences[first.sentence].tokens)))
    return Hit(first.sentence, indicator, first.first, last.last, gaps, last.sentence)


def _kind(relation: _Relation) -> Kind:
    return Kind(
        read=lambda fields, node, reading: _read(relation, fields, node, reading),
        keys=frozenset({"within", "in", "gap"}),
        name=_name,
        finder=_finder,
        needs=lambda body: (),
    )


NEAR, BEFORE, AFTER = _kind("near"), _kind("before"), _kind("after")
