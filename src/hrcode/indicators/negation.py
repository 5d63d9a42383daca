"""Negation: does a cue such as "never" reach the words of an indicator?

The scheme is that of ConText (Harkema et al. 2009, J Biomed Inform 42:839-851): cues with a
direction, a reach in words, phrases that end the reach, and phrases that only look like a cue. The
lists are hrcode's own, in lay speech.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hrcode.indicators.model import Hit, Sentence
from hrcode.indicators.phrase_matcher import PhraseMatcher, Span
from hrcode.indicators.phrase_syntax import Phrase


@dataclass(frozen=True, slots=True)
class CueLists:
    """The words that negation is told by.

    Args:
        before (tuple[Phrase, ...]): Cues before what they negate.
        after (tuple[Phrase, ...]): Cues after what they negate.
        not_a_cue (tuple[Phrase, ...]): Phrases that hold a cue's words and negate nothing.
        ends (tuple[Phrase, ...]): Phrases at whose first word a reach ends.
        comma_before (tuple[Phrase, ...]): Phrases before which a comma ends a reach.
        reach (int): How many words a cue reaches.
    """

    before: tuple[Phrase, ...] = ()
    after: tuple[Phrase, ...] = ()
    not_a_cue: tuple[Phrase, ...] = ()
    ends: tuple[Phrase, ...] = ()
    comma_before: tuple[Phrase, ...] = ()
    reach: int = 6


LISTS = ("before", "after", "not_a_cue", "ends", "comma_before")


class Cue(NamedTuple):
    """A cue that reached an indicator's words.

    Args:
        first (int): Index of the cue's first word in the sentence.
        last (int): Index of its last word.
    """

    first: int
    last: int


class _Found(NamedTuple):
    before: list[Span]
    after: list[Span]
    ends: frozenset[int]


class Negation:
    """Tells whether hits are negated.

    Args:
        lists (CueLists): The cue lists.
        language (str): Language code.
    """

    def __init__(self, lists: CueLists, language: str) -> None:
        self._reach = lists.reach
        groups = [getattr(lists, name) for name in LISTS]
        self._list_of = [name for name, group in zip(LISTS, groups, strict=True) for _ in group]
        self._matcher = PhraseMatcher([phrase for group in groups for phrase in group], language)

    def cues(self, sentence: Sentence, hits: Sequence[Hit]) -> list[Cue | None]:
        """Find, for hits of one sentence, the cue that negates each.

        A cue inside the words of the hit itself is part of the indicator and negates nothing,
        unless it stands in a gap.

        Args:
            sentence (Sentence): The sentence.
            hits (Sequence[Hit]): Hits in it.

        Returns:
            list[Cue | None]: The nearest cue, or None for an affirmed hit.
        """
        found = self._find(sentence)
        if not found.before and not found.after:
            return [None] * len(hits)
        return [self._cue(found, hit) for hit in hits]

    def _find(self, sentence: Sentence) -> _Found:
        spans: dict[str, list[Span]] = {name: [] for name in LISTS}
        for span in self._matcher.find(sentence.tokens):
            spans[self._list_of[span.phrase]].append(span)
        pseudo = {k for span in spans["not_a_cue"] for k in range(span.first, span.last + 1)}
        ends = {span.first for span in spans["ends"]}
        comma = {span.first for span in spans["comma_before"]}
        for k, token in enumerate(sentence.tokens):
            if token.after_mark or token.before.strip(",") or (token.before and k in comma):
                ends.add(k)
        real = {
            name: [s for s in spans[name] if not pseudo.issuperset(range(s.first, s.last + 1))]
            for name in ("before", "after")
        }
        return _Found(real["before"], real["after"], frozenset(ends))

    def _cue(self, found: _Found, hit: Hit) -> Cue | None:
        own = set(range(hit.first, hit.last + 1)) - hit.gaps
        near: list[tuple[int, int, int]] = []
        for span in found.before:
            if own.isdisjoint(range(span.first, span.last + 1)) and span.last < hit.last:
                # A cue in a gap of the hit negates what follows it there.
                target = hit.first if span.last < hit.first else span.last + 1
                if self._reaches(found.ends, span.last + 1, target):
                    near.append((abs(target - span.last), span.first, span.last))
        for span in found.after:
            if span.first > hit.last and self._reaches(found.ends, hit.last + 1, span.first):
                near.append((span.first - hit.last, span.first, span.last))
        if not near:
            return None
        _, first, last = min(near, key=lambda cue: (cue[0], cue[1], -cue[2]))
        return Cue(first, last)

    def _reaches(self, ends: frozenset[int], start: int, target: int) -> bool:
        """Whether the words from ``start`` up to ``target`` are few enough and hold no end."""
        return target - start < self._reach and ends.isdisjoint(range(start, target + 1))
