"""The kinds ``near``, ``before`` and ``after``: two things within a distance of each other."""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Literal, NamedTuple

from hrcode.indicators.model import Find, Found, Hit, Indicator, Kind, Loaded, Reading, Sentence
from hrcode.indicators.phrase import read_phrase, read_width
from hrcode.indicators.phrase_numbers import phrase_anchors
from hrcode.indicators.phrase_syntax import DEFAULT_GAP, MAX_GAP, Phrase
from hrcode.yamltext import Node

DEFAULT_WITHIN = 10
MAX_WITHIN = 100
_LONGEST = 500  # words that a phrase may span; more than the longest can
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
        gap (int): Width of ``...`` in its phrases.
    """

    relation: _Relation
    left: tuple[Phrase, ...]
    right: tuple[Phrase, ...]
    within: int
    turn: bool
    text: str
    gap: int


_Side = tuple[int, int]  # an indicator's index, and 0 for its left or 1 for its right side


class _Place(NamedTuple):
    """Words of one side: sentence, first and last word there, and both counted over the scope."""

    sentence: int
    first: int
    last: int
    start: int
    end: int


_Sides = dict[_Side, list[_Place]]


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
    return RelationBody(relation, left, right, within, scope == "turn", text, gap)


def _read_side(node: Node, gap: int, reading: Reading) -> tuple[Phrase, ...]:
    phrases = [read_phrase(item, reading, gap=gap) for item in (node.items or [node])]
    return () if None in phrases else tuple(phrase for phrase in phrases if phrase)


def _name(body: RelationBody) -> str:
    gap = "" if body.gap == DEFAULT_GAP else f", gap {body.gap}"
    return f"{body.text} [within {body.within}{' in turn' if body.turn else ''}{gap}]"


def _phrases(body: RelationBody) -> tuple[Phrase, ...]:
    return (*body.left, *body.right)


def _finder(indicators: Sequence[Indicator], loaded: Loaded) -> Find:
    owners = [
        (i, side)
        for i, indicator in enumerate(indicators)
        for side, phrases in enumerate((indicator.body.left, indicator.body.right))
        for _ in phrases
    ]

    def find(sentences: Sequence[Sentence], found: Found) -> Iterator[Hit]:
        for _, turn in itertools.groupby(found, key=lambda pair: sentences[pair[0]].turn):
            in_turn: _Sides = defaultdict(list)
            for number, spans in itertools.groupby(turn, key=itemgetter(0)):
                in_sentence: _Sides = defaultdict(list)
                for _, span in spans:
                    owner = owners[span.phrase]
                    sides = in_turn if indicators[owner[0]].body.turn else in_sentence
                    sides[owner].append(_Place(number, span.first, span.last, span.first, span.last))
                yield from _hits(indicators, in_sentence)
            if any((i, 1) in in_turn for i, side in in_turn if side == 0):
                yield from _hits(indicators, _counted(in_turn, sentences))

    return find


def _counted(sides: _Sides, sentences: Sequence[Sentence]) -> _Sides:
    """Count the words of places from the first sentence that one stands in."""
    numbers = [place.sentence for places in sides.values() for place in places]
    turn = range(min(numbers), max(numbers) + 1)
    sizes = itertools.accumulate((len(sentences[n].tokens) for n in turn), initial=0)
    before = dict(zip(turn, sizes, strict=False))
    return {
        side: [_Place(n, first, last, before[n] + first, before[n] + last) for n, first, last, _, _ in places]
        for side, places in sides.items()
    }


def _hits(indicators: Sequence[Indicator], sides: _Sides) -> Iterator[Hit]:
    """Pair the sides that were found in one sentence or in one turn."""
    for places in sides.values():
        places.sort(key=lambda place: place.start)
    for i in sorted({i for i, side in sides if side == 0}):
        for a in sides[i, 0]:
            if b := _partner(indicators[i].body, a, sides.get((i, 1), ())):
                yield _hit(i, a, b)


def _partner(body: RelationBody, a: _Place, others: Sequence[_Place]) -> _Place | None:
    """Give the nearest right side that fits the left side ``a``."""
    fitting: list[tuple[int, int, _Place]] = []
    # The places are in order: only those within reach need to be looked at.
    low = bisect.bisect_left(others, a.start - body.within - _LONGEST, key=lambda b: b.start)
    for b in others[low:]:
        if b.start - a.end - 1 > body.within:
            break
        before, after = b.start > a.end, a.start > b.end
        between = b.start - a.end - 1 if before else a.start - b.end - 1
        fits = {"near": before or after, "before": before, "after": after}[body.relation]
        if fits and between <= body.within:
            fitting.append((between, b.start, b))
    return min(fitting)[2] if fitting else None


def _hit(indicator: int, a: _Place, b: _Place) -> Hit:
    first, last = (a, b) if a.start < b.start else (b, a)
    if first.sentence == last.sentence:
        gaps = frozenset(range(first.last + 1, last.first))
        return Hit(first.sentence, indicator, first.first, last.last, gaps)
    tail = (last.sentence, last.first, last.last)
    return Hit(first.sentence, indicator, first.first, first.last, frozenset(), tail)


def _anchors(body: RelationBody, language: str) -> list[frozenset[str]]:
    """Both sides have to be there: of each, a word of one of its phrases."""
    sides = (
        [words for phrase in side for words in phrase_anchors(phrase)[:1]] for side in (body.left, body.right)
    )
    return [frozenset().union(*words) for words in sides]


def _kind(relation: _Relation) -> Kind:
    return Kind(
        read=lambda fields, node, reading: _read(relation, fields, node, reading),
        keys=frozenset({"within", "in", "gap"}),
        name=_name,
        finder=_finder,
        needs=lambda body: (),
        anchors=_anchors,
        phrases=_phrases,
        loads=("dictionary forms",),
    )


NEAR, BEFORE, AFTER = _kind("near"), _kind("before"), _kind("after")
