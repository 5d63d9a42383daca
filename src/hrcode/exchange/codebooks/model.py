"""The neutral form between readers and writers of codebooks: entries in a tree, and what was lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SEPARATOR = " / "
"""Between the labels of an entry's path, and of levels that were joined."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the other form cannot hold.

    Args:
        kind (str): What sort of thing, in the plural, e.g. ``colours``.
        example (str): Which one, for people.
        count (int): How many it stands for.
    """

    kind: str
    example: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sides that have to stand near each other.

    Args:
        kind (str): ``near``, ``before`` (left stands before right) or ``after``.
        left (tuple[str, ...]): Any of these words or phrases ...
        right (tuple[str, ...]): ... and any of these,
        within (int): with at most so many words between.
        name (str): Its name; may be empty.
    """

    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    within: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a codebook.

    Args:
        label (str): Name for people.
        parents (tuple[str, ...]): Labels from the root to its parent.
        id (str): Small letters, digits and ``_``, unique among its siblings; empty before `complete`.
        definition (str): Definition, in one line.
        words (tuple[str, ...]): Words and phrases exactly as they are spoken; ``*`` is a wildcard.
        relations (tuple[Relation, ...]): Pairs of words.
        fields (Mapping[str, tuple[str, ...]]): Other texts, such as ``brief`` or ``match``.
        codable (bool): Whether it can be assigned, or only holds others.
        rules (int): How many indicators its words and relations were, and those that were lost.
    """

    label: str
    parents: tuple[str, ...] = ()
    id: str = ""
    definition: str = ""
    words: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codable: bool = True
    rules: int = 0

    @property
    def path(self) -> tuple[str, ...]:
        """The labels from the root to the entry itself."""
        return (*self.parents, self.label)

    @property
    def name(self) -> str:
        """The path, for people."""
        return SEPARATOR.join(self.path)


@dataclass(frozen=True, slots=True)
class Book:
    """A codebook.

    Args:
        entries (tuple[Entry, ...]): Parents before their children.
        losses (tuple[Loss, ...]): What was not read.
        fields (Mapping[str, str]): Texts about the whole, such as ``title``.
        rule_losses (tuple[Loss, ...]): What was lost of words and rules alone; of no interest where
            the other form holds no words at all.
    """

    entries: tuple[Entry, ...]
    losses: tuple[Loss, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    rule_losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of codebook file is read and written.

    Args:
        title (str): Its name, for people.
        suffixes (tuple[str, ...]): Endings of its files.
        read (Callable[[Path], Book]): Reads a file; raises `CodebookError`.
        write (Callable[[Book], tuple[str | bytes, list[Loss]]]): Gives a file's content, and what it lacks.
        words (bool): Whether it holds words.
    """

    title: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], Book]
    write: Callable[[Book], tuple[str | bytes, list[Loss]]]
    words: bool
