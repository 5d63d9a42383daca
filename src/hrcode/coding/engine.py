"""The heart: sentences x indicators to evidence, held back or not.

Rules, in this order. An indicator is matched inside one sentence (a relation may say: one turn).
The judge says whether a match counts. Within a subcategory the longest match wins; subcategories
never see each other, unless a condition names another, which then comes first. What comes out does
not depend on the order of anything in the codebook.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import NamedTuple

from hrcode.codebook.model import Codebook, Subcategory
from hrcode.codebook.references import codes_named
from hrcode.coding.judge import Judge, Session, TurnFacts
from hrcode.indicators import KINDS
from hrcode.indicators.joint import find_jointly
from hrcode.indicators.model import Find, Hit, Indicator, Loaded, Sentence
from hrcode.language.lemmas import lemmas_for
from hrcode.language.words import word_end, word_start

_Match = tuple[Hit, Subcategory, Indicator]


class Evidence(NamedTuple):
    """Words that made an indicator fire, or would have.

    Args:
        start (int): Start in the transcript, in code points.
        end (int): End in the transcript.
        subcategory (Subcategory): What the indicator stands for.
        indicator (Indicator): The indicator.
        reason (str): Why it was held back; empty when it fired.
        cue (str): The words that held it back, as the transcript has them.
        context (str): Contexts that it stands in, with their cues, and what its kind records.
        sentence (int): Index of the sentence that it begins in.
        words (int): Number of words from its first to its last.
    """

    start: int
    end: int
    subcategory: Subcategory
    indicator: Indicator
    reason: str = ""
    cue: str = ""
    context: str = ""
    sentence: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class _Rules:
    """All indicators of one kind with the subcategories they belong to, and their finder."""

    indicators: Sequence[tuple[Subcategory, Indicator]]
    find: Find


class Engine:
    """A codebook made ready to run; load it once, use it for every transcript.

    Its attributes ``asks`` and ``counts`` say whether an indicator wants to know what the interviewer
    asked, and how long a turn is.

    Args:
        codebook (Codebook): The codebook.
        language (str): Language code of the transcripts.
        prefilter (bool): Whether sentences in which an indicator cannot match are left out before it
            is looked for; the results are the same.
        only (Collection[str] | None): The subcategories to find, as ``category/subcategory``; those
            that their conditions name have to be among them. By default all.

    Raises:
        LanguageError: When the language lacks what an indicator needs.
    """

    def __init__(
        self,
        codebook: Codebook,
        language: str = "en",
        *,
        prefilter: bool = True,
        only: Collection[str] | None = None,
    ) -> None:
        lemmas_for(language)  # refuses a language that nothing is known of
        by_kind: dict[str, list[tuple[Subcategory, Indicator]]] = defaultdict(list)
        components: set[str] = set()
        for subcategory in codebook.subcategories:
            for indicator in subcategory.indicators:
                if indicator.language == language:
                    if only is None or subcategory.path in only:
                        by_kind[indicator.kind].append((subcategory, indicator))
                    # All of the codebook's: tags depend on what else is loaded.
                    components.update(KINDS[indicator.kind].needs(indicator.body))
        loaded = Loaded(language, frozenset(components), prefilter)
        kinds = [(KINDS[kind], [one for _, one in rules]) for kind, rules in sorted(by_kind.items())]
        self._find_jointly = find_jointly(kinds, loaded)
        self._rules = [
            _Rules(rules, kind.finder(own, loaded))
            for (kind, own), (_, rules) in zip(kinds, sorted(by_kind.items()), strict=True)
        ]
        self._judge = Judge(codebook, language)
        conditions = [i.conditions for sub in codebook.subcategories for i in sub.indicators]
        self.asks = any(one.asked for one in conditions)
        self.counts = any(one.min_turn_words for one in conditions)
        self._order = _reading_order(codebook)

    def find(
        self, sentences: Sequence[Sentence], turns: Mapping[int, TurnFacts] | None = None
    ) -> Iterator[Evidence]:
        """Find what fires and what is held back.

        Args:
            sentences (Sequence[Sentence]): Sentences of one transcript.
            turns (Mapping[int, TurnFacts] | None): What conditions may ask of turns, by number.

        Yields:
            Evidence: Sorted by place, subcategory and indicator.
        """
        yield from sorted((piece for kept, _ in self._run(sentences, turns) for piece in kept), key=in_order)

    def find_all(
        self, sentences: Sequence[Sentence], turns: Mapping[int, TurnFacts] | None = None
    ) -> Iterator[Evidence]:
        """Find what every single indicator does, before the longest match is chosen (see `find`)."""
        yield from sorted(
            (piece for _, pieces in self._run(sentences, turns) for piece in pieces), key=in_order
        )

    def _run(
        self, sentences: Sequence[Sentence], turns: Mapping[int, TurnFacts] | None
    ) -> Iterator[tuple[list[Evidence], list[Evidence]]]:
        """Give, for each subcategory with a match, what is kept and all there is."""
        matches: dict[str, list[_Match]] = defaultdict(list)
        for rules, found in zip(self._rules, self._find_jointly(sentences), strict=True):
            for hit in rules.find(sentences, found):
                subcategory, indicator = rules.indicators[hit.indicator]
                matches[subcategory.path].append((hit, subcategory, indicator))
        session = self._judge.open(sentences, turns or {})
        fired: dict[str, set[int]] = {}
        for path in self._order:
            if path in matches:
                pieces = [_evidence(match, sentences, session, fired) for match in matches[path]]
                kept = _longest(pieces)
                fired[path] = {piece.sentence for piece in kept if not piece.reason}
                yield kept, pieces


def _reading_order(codebook: Codebook) -> list[str]:
    """Give the subcategories so that those named by a condition come before those that name them."""
    graph = {sub.path: codes_named(sub) for sub in codebook.subcategories}
    return list(TopologicalSorter(graph).static_order())


def _evidence(
    match: _Match, sentences: Sequence[Sentence], session: Session, fired: Mapping[str, set[int]]
) -> Evidence:
    """Say what a match amounts to; a cue that was required belongs to the evidence."""
    hit, subcategory, indicator = match
    verdict = session.judge(hit, indicator.conditions, fired)
    first, last = hit.first, hit.last
    if not verdict.reason and not hit.tail:
        first = min([first, *(cue.first for cue in verdict.cues)])
        last = max([last, *(cue.last for cue in verdict.cues)])
    end, last = (hit.tail[0], hit.tail[2]) if hit.tail else (hit.sentence, last)
    words = last - first + 1 + sum(len(sentences[n].tokens) for n in range(hit.sentence, end))
    return Evidence(
        word_start(sentences[hit.sentence].tokens, first),
        word_end(sentences[end].tokens, last),
        subcategory,
        indicator,
        verdict.reason,
        verdict.cue,
        "; ".join(filter(None, (verdict.context, hit.note))),
        hit.sentence,
        words,
    )


def _longest(pieces: Iterable[Evidence]) -> list[Evidence]:
    """Keep, of one subcategory's pieces, the longest (in words) of those that overlap.

    What fired comes before what was held back: a near miss that overlaps a coding of the same
    subcategory is no miss. A kind that gives way comes after all others: words that a rule named
    say more than a whole sentence. Ties go to the earlier, then to the indicator's id.
    """
    ranked = sorted(
        pieces,
        key=lambda p: (
            bool(p.reason),
            KINDS[p.indicator.kind].gives_way,
            -p.words,
            p.start,
            p.indicator.id,
            p.indicator.kind,
            p.reason,
        ),
    )
    kept: list[Evidence] = []
    places: list[tuple[int, int]] = []  # of what is kept, sorted; they do not overlap
    for piece in ranked:
        at = bisect.bisect_right(places, (piece.start, piece.end))
        before = places[at - 1] if at else (0, 0)
        after = places[at] if at < len(places) else (piece.end, piece.end)
        if before[1] <= piece.start and piece.end <= after[0]:
            kept.append(piece)
            places.insert(at, (piece.start, piece.end))
    return kept


def in_order(piece: Evidence) -> tuple[int, int, str, str]:
    """Give the key that sorts evidence by place, subcategory and indicator."""
    return piece.start, piece.end, piece.subcategory.path, piece.indicator.id
