"""What indicators of all kinds look for, found in one go: their phrases, and their patterns.

Each sentence is cut into pieces once, and parsed once, whatever the number of kinds that want to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from hrcode.indicators.clean import MayMatch, find_in_clean
from hrcode.indicators.model import Found, Indicator, Kind, Loaded, Sentence, Span
from hrcode.indicators.phrase_matcher import PhraseMatcher

Kinds = Sequence[tuple[Kind, Sequence[Indicator]]]
_BLOCK = 2_000  # sentences that are looked through at a time
_Parse = Callable[[Sequence[Sentence], Sequence[int]], Iterator[tuple[int, Span]]]


def find_jointly(kinds: Kinds, loaded: Loaded) -> Callable[[Sequence[Sentence]], list[Found]]:
    """Make a function that finds the phrases and patterns of several kinds at once.

    Args:
        kinds (Kinds): Each kind with its indicators.
        loaded (Loaded): What the run has loaded.

    Returns:
        Callable[[Sequence[Sentence]], list[Found]]: Sentences of a transcript in; for each kind what was
        found of its phrases or patterns out, numbered in the order of its indicators.

    Raises:
        LanguageError: When the language lacks what a pattern needs.
    """
    phrases = [[p for one in own for p in kind.phrases(one.body)] for kind, own in kinds]
    phrase_of = [(n, number) for n, own in enumerate(phrases) for number in range(len(own))]
    patterns = [[one for one in own if kind.matcher] for kind, own in kinds]
    pattern_of = [(n, number) for n, own in enumerate(patterns) for number in range(len(own))]
    matcher = PhraseMatcher([phrase for own in phrases for phrase in own], loaded.language)
    may, parse = _pipeline(kinds, loaded) if pattern_of else (None, _nothing)

    def find(sentences: Sequence[Sentence]) -> list[Found]:
        found: list[Found] = [[] for _ in kinds]
        parsed: list[int] = []
        for start in range(0, len(sentences), _BLOCK) if phrase_of or pattern_of else ():
            block = [sentence.chunks for sentence in sentences[start : start + _BLOCK]]
            every = frozenset[str]().union(*block)
            telling = matcher.telling(every) if loaded.prefilter else None
            for at in _holding(telling, block):
                sentence, pieces = sentences[start + at], block[at]
                for span in matcher.find_in(sentence, pieces, prefilter=loaded.prefilter):
                    kind, phrase = phrase_of[span.phrase]
                    found[kind].append((start + at, span._replace(phrase=phrase)))
            if may:
                parsed += [start + at for at in _holding(may.telling(every), block) if may(block[at])]
        for number, span in parse(sentences, parsed):
            kind, pattern = pattern_of[span.phrase]
            found[kind].append((number, span._replace(phrase=pattern)))
        return found

    return find


def _holding(telling: Set[str] | None, block: Sequence[Sequence[str]]) -> list[int]:
    """Give the indexes of the sentences that hold one of some pieces; all where none are named."""
    if telling is None:
        return [*range(len(block))]
    return [at for at, pieces in enumerate(block) if not telling.isdisjoint(pieces)]


def _pipeline(kinds: Kinds, loaded: Loaded) -> tuple[MayMatch, _Parse]:
    """Say which sentences the trained pipeline has to see, and make what finds patterns in them."""
    from hrcode.language.pipeline import Pattern, find_patterns

    patterns: list[Pattern] = [
        (kind.matcher, [*one.body]) for kind, own in kinds if kind.matcher for one in own
    ]
    search = find_patterns(patterns, loaded.language, loaded.components)
    anchors = [
        tuple(kind.anchors(one.body, loaded.language)) for kind, own in kinds if kind.matcher for one in own
    ]
    may = MayMatch(anchors if loaded.prefilter else [()])
    return may, lambda sentences, numbers: find_in_clean(sentences, numbers, search)


def _nothing(sentences: Sequence[Sentence], numbers: Sequence[int]) -> Iterator[tuple[int, Span]]:
    return iter(())
