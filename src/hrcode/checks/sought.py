"""What an indicator looks for: its phrases, their words, its regular expressions."""

from __future__ import annotations

from hrcode.indicators.model import Indicator
from hrcode.indicators.phrase import PhraseBody
from hrcode.indicators.phrase_syntax import Phrase, WordTest
from hrcode.indicators.relation import RelationBody


def has_wildcard(indicator: Indicator) -> bool:
    """Say whether an indicator has a wildcard inside a word."""
    return any(test.how == "glob" for test in words_of(indicator))


def _phrases(indicator: Indicator) -> list[Phrase]:
    """Give the phrases of an indicator that is made of some; none for another."""
    if isinstance(indicator.body, PhraseBody):
        return [indicator.body.phrase]
    if isinstance(indicator.body, RelationBody):
        return [*indicator.body.left, *indicator.body.right]
    return []


def words_of(indicator: Indicator) -> set[WordTest]:
    """Give all words that stand in the phrases of an indicator."""
    return {
        t for phrase in _phrases(indicator) for place in phrase for run in place.alternatives for t in run
    }


def regexes_of(body: object) -> list[str]:
    """Give the regular expressions in the body of a pattern, however deep."""
    found: set[str] = set()
    stack = [body]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            found.update(text for key, text in value.items() if key == "REGEX")
            stack.extend(value.values())
        elif isinstance(value, list | tuple):
            stack.extend(value)
    return sorted(found)
