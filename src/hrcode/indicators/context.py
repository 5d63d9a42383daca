"""Context: is what an indicator found negated, a question, hypothetical, someone else's view, past?

The scheme is that of ConText (Harkema et al. 2009, J Biomed Inform 42:839-851): cues with a
direction, a reach in words, phrases that end the reach, and phrases that only look like a cue. The
lists are hrcode's own, in lay speech. A question is told by its question mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hrcode.indicators.model import CONTEXTS, Sentence, Span
from hrcode.indicators.phrase_matcher import PhraseMatcher
from hrcode.indicators.phrase_syntax import Phrase
from hrcode.language.words import blank_marks, word_end, word_start


@dataclass(frozen=True, slots=True)
class CueLists:
    """The words that one context is told by.

    Args:
        before (tuple[Phrase, ...]): Cues before what they bear on.
        after (tuple[Phrase, ...]): Cues after what they bear on.
        not_a_cue (tuple[Phrase, ...]): Phrases that hold a cue's words and change nothing.
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
        first (int): Index of the cue's first word in the sentence; -1 for a question mark.
        last (int): Index of its last word.
        text (str): The cue as the transcript has it.
    """

    first: int
    last: int
    text: str


# Of the punctuation between two words, what ends a clause; a full stop there is an abbreviation's.
_BREAKS = re.compile(r"[;:!?()–—]")
_PAUSES = re.compile(r"[,.…]")


class _Found(NamedTuple):
    before: list[Span]
    after: list[Span]
    ends: frozenset[int]
    ends_after: frozenset[int]


class Context:
    """Tells in which contexts words stand.

    Args:
        lists (Mapping[str, CueLists]): Cue lists by context; ``question`` needs none.
        language (str): Language code.
    """

    def __init__(self, lists: Mapping[str, CueLists], language: str) -> None:
        self._lists = {name: lists[name] for name in CONTEXTS if name != "question" and name in lists}
        self._cue = _Lists(self._lists, ("before", "after"), language)
        self._other = _Lists(self._lists, ("not_a_cue", "ends", "comma_before"), language)
        self._last: tuple[Sentence, dict[str, _Found]] | None = None  # hits come sentence by sentence

    def find(self, sentence: Sentence, first: int, last: int, gaps: frozenset[int]) -> dict[str, Cue]:
        """Find the contexts of some words.

        A cue among the words themselves is part of the indicator and does not count, unless it
        stands in a gap.

        Args:
            sentence (Sentence): The sentence.
            first (int): Index of the first word.
            last (int): Index of the last word.
            gaps (frozenset[int]): Words in between that a gap stepped over.

        Returns:
            dict[str, Cue]: The nearest cue of each context that holds, in the order of `CONTEXTS`.
        """
        if self._last is None or self._last[0] is not sentence:
            self._last = (sentence, self._cues(sentence))
        cues = self._last[1]
        found: dict[str, Cue] = {}
        for name in CONTEXTS:
            if name == "question":
                cue = _question(sentence, last)
            elif name in cues:
                cue = _nearest(sentence, cues[name], self._lists[name].reach, first, last, gaps)
            else:
                continue
            if cue:
                found[name] = cue
        return found

    def _cues(self, sentence: Sentence) -> dict[str, _Found]:
        """Find the cues in a sentence, for each context that has some."""
        cues = self._cue.find(sentence)
        others = self._other.find(sentence) if cues else {}
        return {context: _real(sentence, own, others.get(context, {})) for context, own in cues.items()}


class _Lists:
    """Some lists of all contexts, to be looked for in one go."""

    def __init__(self, lists: Mapping[str, CueLists], names: Sequence[str], language: str) -> None:
        phrases = [
            (phrase, (context, name))
            for context, own in lists.items()
            for name in names
            for phrase in getattr(own, name)
        ]
        self._list_of = [of for _, of in phrases]
        self._matcher = PhraseMatcher([phrase for phrase, _ in phrases], language)

    def find(self, sentence: Sentence) -> dict[str, dict[str, list[Span]]]:
        """Give, by context and list, the phrases of it that stand in a sentence."""
        found: dict[str, dict[str, list[Span]]] = {}
        for span in self._matcher.find_in(sentence):
            context, name = self._list_of[span.phrase]
            found.setdefault(context, {}).setdefault(name, []).append(span)
        return found


def _real(
    sentence: Sentence, cues: Mapping[str, Sequence[Span]], others: Mapping[str, Sequence[Span]]
) -> _Found:
    """Leave out what only looks like a cue; say where a reach ends."""
    pseudo = {k for span in others.get("not_a_cue", ()) for k in range(span.first, span.last + 1)}
    ends = {span.first for span in others.get("ends", ())}
    comma = {span.first for span in others.get("comma_before", ())}
    hard = {k for k, t in enumerate(sentence.tokens) if t.after_mark or _BREAKS.search(t.before)}
    soft = {k for k in comma if _PAUSES.search(sentence.tokens[k].before)}
    before, after = (
        [s for s in cues.get(name, ()) if not pseudo.issuperset(range(s.first, s.last + 1))]
        for name in ("before", "after")
    )
    return _Found(before, after, frozenset(ends | hard | soft), frozenset(ends | hard))


def _nearest(
    sentence: Sentence, found: _Found, reach: int, first: int, last: int, gaps: frozenset[int]
) -> Cue | None:
    """Give the nearest cue that reaches some words of a sentence, if there is one."""

    def reaches(ends: frozenset[int], start: int, target: int) -> bool:
        """Whether the words from ``start`` up to ``target`` are few enough and hold no end."""
        return target - start < reach and ends.isdisjoint(range(start, target + 1))

    own = set(range(first, last + 1)) - gaps
    near: list[tuple[int, int, int]] = []
    for span in found.before:
        if own.issuperset(range(span.first, span.last + 1)) or span.last >= last:
            continue
        # A cue in a gap bears on the next word of the indicator.
        target = first if span.first < first else min(k for k in own if k > span.last)
        if reaches(found.ends, span.last + 1, target):
            near.append((abs(target - span.last), span.first, span.last))
    for span in found.after:
        # "Pushing people, that's not on": a comma before the cue's own subject is no end.
        if span.first > last and reaches(found.ends_after, last + 1, span.first):
            near.append((span.first - last, span.first, span.last))
    if not near:
        return None
    _, start, end = min(near, key=lambda cue: (cue[0], cue[1], -cue[2]))
    tokens = sentence.tokens
    return Cue(start, end, sentence.text[word_start(tokens, start) : word_end(tokens, end)])


def _question(sentence: Sentence, last: int) -> Cue | None:
    """A question mark after the words, in their sentence."""
    after = blank_marks(sentence.text[sentence.tokens[last].end : sentence.end])
    return Cue(-1, -1, "?") if "?" in after else None
