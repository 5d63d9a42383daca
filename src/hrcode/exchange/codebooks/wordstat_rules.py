"""WordStat's rules, such as ``@NOTGOOD [#POSITIVE AFTER #NEGATIONS /S 3] (1)``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hrcode.exchange.codebooks.model import Relation

RULE = re.compile(r"@(\S+)\s*\[(.*)\]\s*(?:\((-?[\d.,]+)\))?\s*")
_CONDITION = re.compile(
    r"(\S.*?)\s+(NOT\s+)?(AFTER|BEFORE|NEAR)\s+(\S.*?)(?:\s*/\s*([A-Z])\s*(\d{1,6})?)?\s*", re.IGNORECASE
)
_MORE = re.compile(r"\b(AND|OR|NOT|AFTER|BEFORE|NEAR|WITH|WITHOUT)\b|[\[\]/]", re.IGNORECASE)
WHOLE_SENTENCE = 100
MAX_PAIRS = 200


class CannotMapError(ValueError):
    """A rule that hrcode cannot say; the message says what it has."""


def plain_word(text: str) -> str:
    """Give a word or phrase as it is spoken: WordStat writes phrases with ``_``."""
    return " ".join(text.replace("_", " ").split())


def category_key(label: str) -> str:
    """Give the form in which names of categories are compared."""
    return " ".join(label.replace("_", " ").casefold().split())


def read_rule(
    name: str, condition: str, categories: Mapping[str, Sequence[str]], with_rules: set[str]
) -> tuple[Relation, list[str]]:
    """Read a rule.

    Args:
        name (str): Its name without ``@``.
        condition (str): What stands in its brackets.
        categories (Mapping[str, Sequence[str]]): Words of the categories, by `category_key`.
        with_rules (set[str]): Keys of categories that hold rules, too.

    Returns:
        tuple[Relation, list[str]]: The relation, and the categories of which it leaves out rules.

    Raises:
        CannotMapError: When hrcode cannot say it.
    """
    found = _CONDITION.fullmatch(condition.strip())
    if found is None:
        raise CannotMapError("rules that are not AFTER, BEFORE or NEAR of two sides")
    left, negated, kind, right, scope, within = found.groups()
    if negated:
        raise CannotMapError("rules with NOT")
    if any(_MORE.search(text) and category_key(text[1:]) not in categories for text in (left, right)):
        raise CannotMapError("rules with more than one condition")
    if scope and scope.upper() != "S":
        raise CannotMapError("rules that reach further than a sentence")
    sides = [_side(text, categories) for text in (left, right)]
    width = min(int(within), WHOLE_SENTENCE) if within else WHOLE_SENTENCE
    used = [text for text in (left, right) if text[0] == "#" and category_key(text[1:]) in with_rules]
    return Relation(kind.lower(), sides[0], sides[1], width, f"@{name}"), used


def _side(text: str, categories: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if text.startswith("#"):
        words = tuple(categories.get(category_key(text[1:]), ()))
        if not words:
            raise CannotMapError("rules with a category that is not there or has no words")
        return words
    if text.startswith("@"):
        raise CannotMapError("rules with another rule")
    word = plain_word(text.strip("\"'"))
    if not word:
        raise CannotMapError("rules without words on a side")
    return (word,)


def write_rules(relation: Relation, name: str, categories: Mapping[tuple[str, ...], str]) -> list[str]:
    """Write a relation as one rule, or as one for every pair of words.

    Args:
        relation (Relation): The relation.
        name (str): What its rules are called, without ``@``.
        categories (Mapping[tuple[str, ...], str]): Labels of categories by their sorted words.

    Returns:
        list[str]: The rules; empty where there would be more than `MAX_PAIRS`.
    """
    sides = [_names(side, categories) for side in (relation.left, relation.right)]
    pairs = [(left, right) for left in sides[0] for right in sides[1]]
    if len(pairs) > MAX_PAIRS:
        return []
    kind = relation.kind.upper()
    scope = "/S" if relation.within >= WHOLE_SENTENCE else f"/S {relation.within}"
    return [
        f"@{name}{f'_{i}' if len(pairs) > 1 else ''} [{left} {kind} {right} {scope}] (1)"
        for i, (left, right) in enumerate(pairs, 1)
    ]


def _names(side: tuple[str, ...], categories: Mapping[tuple[str, ...], str]) -> list[str]:
    label = categories.get(tuple(sorted(side)))
    if label:
        return ["#" + "_".join(label.split())]
    return ["_".join(word.split()) for word in side]
