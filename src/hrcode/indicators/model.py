"""What an indicator is, what it is matched on, and what a match says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from hrcode.language.words import Token
from hrcode.yamltext import Node

Negated = Literal["exclude", "require", "any"]
Complain = Callable[[Node, str, str], None]
"""Report a fault: the place, the rule's id, what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One rule of a subcategory.

    Args:
        id (str): Stable id: the ``id`` given in the codebook, else the rule as it is written.
        kind (str): Name of the kind, a key of `hrcode.indicators.KINDS`.
        negated (str): ``exclude`` (fires on affirmed use only), ``require`` or ``any``.
        body (Any): What the kind's reader made of the rule; only the kind looks inside.
        line (int): Line in the codebook, from 1.
        column (int): Column in the codebook, from 1.
    """

    id: str
    kind: str
    negated: Negated
    body: Any
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a transcript, cut into words.

    Args:
        text (str): The whole transcript's text.
        start (int): Where the sentence starts in it, in code points.
        end (int): Where it ends.
        tokens (tuple[Token, ...]): Its words.
    """

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]


class Hit(NamedTuple):
    """One place where an indicator's words stand, before negation is looked at.

    Args:
        sentence (int): Index of the sentence in the batch.
        indicator (int): Index of the indicator among those given to the finder.
        first (int): Index of the first word of the evidence in the sentence.
        last (int): Index of the last word.
        gaps (frozenset[int]): Words in between that a gap stepped over.
    """

    sentence: int
    indicator: int
    first: int
    last: int
    gaps: frozenset[int]


Find = Callable[[Sequence[Sentence]], Iterator[Hit]]


class Kind(NamedTuple):
    """A kind of indicator: how it is read from YAML, what it is called, and how it is found.

    Args:
        read: Takes the whole indicator as a mapping of nodes, the value of the kind's own key and
            a function to complain with; returns the body, or None after a complaint.
        keys: Further keys that an indicator of this kind may have.
        name: Writes a body back as text; the default id.
        finder: Makes, for all indicators of the kind and a language, the function that finds them.
        needs: The pipeline components that a body needs (a subset of
            ``tagger, parser, lemmatizer, ner``); empty for none.
    """

    read: Callable[[dict[str, Node], Node, Complain], Any]
    keys: frozenset[str]
    name: Callable[[Any], str]
    finder: Callable[[Sequence[Indicator], str], Find]
    needs: Callable[[Any], Iterable[str]]
