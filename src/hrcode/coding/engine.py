"""The heart: sentences x indicators to evidence, held back or not.

Rules, in this order. An indicator is matched inside one sentence. A negation cue decides whether a
match counts. Within a subcategory the longest match wins; subcategories never see each other. What
comes out does not depend on the order of anything in the codebook.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hrcode.codebook.model import Codebook, Subcategory
from hrcode.indicators import KINDS
from hrcode.indicators.model import Find, Hit, Indicator, Sentence
from hrcode.indicators.negation import Cue, Negation

NEGATED = "negated"
NOT_NEGATED = "not negated"


class Evidence(NamedTuple):
    """Words that made an indicator fire, or would have.

    Args:
        start (int): Start in the transcript, in code points.
        end (int): End in the transcript.
        subcategory (Subcategory): What the indicator stands for.
        indicator (Indicator): The indicator.
        reason (str): Why it was held back; empty when it fired.
        cue (str): The cue that held it back, as the transcript has it.
    """

    start: int
    end: int
    subcategory: Subcategory
    indicator: Indicator
    reason: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """All indicators of one kind with the subcategories they belong to, and their finder."""

    indicators: Sequence[tuple[Subcategory, Indicator]]
    find: Find


class Engine:
    """A codebook made ready to run; load it once, use it for every transcript.

    Args:
        codebook (Codebook): The codebook.
        language (str): Language code of the transcripts.

    Raises:
        LanguageError: When the language lacks what an indicator needs.
    """

    def __init__(self, codebook: Codebook, language: str = "en") -> None:
        by_kind: dict[str, list[tuple[Subcategory, Indicator]]] = defaultdict(list)
        for subcategory in codebook.subcategories:
            for indicator in subcategory.indicators:
                by_kind[indicator.kind].append((subcategory, indicator))
        self._rules = [
            _Rules(rules, KINDS[kind].finder([indicator for _, indicator in rules], language))
            for kind, rules in sorted(by_kind.items())
        ]
        self._negation = Negation(codebook.cues, language)

    def find(self, sentences: Sequence[Sentence]) -> Iterator[Evidence]:
        """Find what fires and what is held back.

        Args:
            sentences (Sequence[Sentence]): Sentences of one transcript.

        Yields:
            Evidence: Sorted by place, subcategory and indicator.
        """
        hits: dict[int, list[tuple[Hit, Subcategory, Indicator]]] = defaultdict(list)
        for rules in self._rules:
            for hit in rules.find(sentences):
                hits[hit.sentence].append((hit, *rules.indicators[hit.indicator]))
        for number in sorted(hits):
            yield from self._judge(sentences[number], hits[number])

    def _judge(
        self, sentence: Sentence, hits: Sequence[tuple[Hit, Subcategory, Indicator]]
    ) -> Iterator[Evidence]:
        cues = self._negation.cues(sentence, [hit for hit, _, _ in hits])
        by_subcategory: dict[str, list[Evidence]] = defaultdict(list)
        for (hit, subcategory, indicator), cue in zip(hits, cues, strict=True):
            by_subcategory[subcategory.path].append(_evidence(sentence, hit, subcategory, indicator, cue))
        kept = [piece for pieces in by_subcategory.values() for piece in _longest(pieces)]
        yield from sorted(kept, key=_order)


def _evidence(
    sentence: Sentence, hit: Hit, subcategory: Subcategory, indicator: Indicator, cue: Cue | None
) -> Evidence:
    """Say what a hit amounts to, given the cue that negates it, if any."""
    tokens = sentence.tokens
    first, last = hit.first, hit.last
    reason = words = ""
    if indicator.negated == "exclude" and cue:
        reason = NEGATED
        words = sentence.text[tokens[cue.first].start : tokens[cue.last].end]
    elif indicator.negated == "require" and not cue:
        reason = NOT_NEGATED
    elif indicator.negated == "require" and cue:
        # The cue is part of what made it fire, so it is part of the evidence.
        first, last = min(first, cue.first), max(last, cue.last)
    return Evidence(tokens[first].start, tokens[last].end, subcategory, indicator, reason, words)


def _longest(pieces: Iterable[Evidence]) -> list[Evidence]:
    """Keep, of one subcategory's pieces, the longest of those that overlap.

    What fired comes before what was held back: a near miss that overlaps a coding of the same
    subcategory is no miss. Ties go to the earlier, then to the indicator's id.
    """
    ranked = sorted(
        pieces,
        key=lambda p: (bool(p.reason), p.start - p.end, p.start, p.indicator.id, p.indicator.kind),
    )
    kept: list[Evidence] = []
    for piece in ranked:
        if all(piece.end <= other.start or piece.start >= other.end for other in kept):
            kept.append(piece)
    return kept


def _order(piece: Evidence) -> tuple[int, int, str, str]:
    return piece.start, piece.end, piece.subcategory.path, piece.indicator.id
