"""The phrases of all kinds of indicators, found in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hrcode.indicators.model import Found, Indicator, Kind, Loaded, Sentence
from hrcode.indicators.phrase_matcher import PhraseMatcher


def find_phrases(
    kinds: Sequence[tuple[Kind, Sequence[Indicator]]], loaded: Loaded
) -> Callable[[Sequence[Sentence]], list[Found]]:
    """Make a function that finds the phrases of several kinds at once.

    Args:
        kinds (Sequence[tuple[Kind, Sequence[Indicator]]]): Each kind with its indicators.
        loaded (Loaded): What the run has loaded.

    Returns:
        Callable[[Sequence[Sentence]], list[Found]]: Sentences in; for each kind what was found of its
        phrases out, numbered in the order of its indicators.
    """
    own = [
        [p for indicator in indicators for p in kind.phrases(indicator.body)] for kind, indicators in kinds
    ]
    owner = [(kind, number) for kind, phrases in enumerate(own) for number in range(len(phrases))]
    matcher = PhraseMatcher([phrase for phrases in own for phrase in phrases], loaded.language)

    def find(sentences: Sequence[Sentence]) -> list[Found]:
        found: list[Found] = [[] for _ in kinds]
        for number, sentence in enumerate(sentences) if owner else ():
            for span in matcher.find_in(sentence, prefilter=loaded.prefilter):
                kind, phrase = owner[span.phrase]
                found[kind].append((number, span._replace(phrase=phrase)))
        return found

    return find
