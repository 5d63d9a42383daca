"""Segments, codings and near misses, and what a run gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, overload

from hrcode.codebook.model import Stance
from hrcode.coding import summary
from hrcode.errors import Fault
from hrcode.transcripts.model import Participant


class Segment(NamedTuple):
    """A unit of analysis; its fields are the columns of ``segments.csv`` (see `hrcode.schema`).

    There are many of them, and a tuple is made several times faster than a dataclass.
    """

    segment_id: str
    transcript: str
    turn: int
    speaker: str
    participant: str
    group: str
    unit: str
    start: int
    end: int
    words: int
    text: str
    section: str = ""
    location: str = ""
    language: str = ""


class Columns(NamedTuple):
    """The fields of many segments, each field by itself, in the order of `Segment`."""

    segment_id: Sequence[str]
    transcript: Sequence[str]
    turn: Sequence[int]
    speaker: Sequence[str]
    participant: Sequence[str]
    group: Sequence[str]
    unit: Sequence[str]
    start: Sequence[int]
    end: Sequence[int]
    words: Sequence[int]
    text: Sequence[str]
    section: Sequence[str]
    location: Sequence[str]
    language: Sequence[str]


class Segments(Sequence[Segment]):
    """Many segments, kept column by column; each is made when somebody asks for it.

    Counting, and writing them to a file, needs columns and no segment.

    Args:
        columns (Columns): Their fields, columns of the same length.
    """

    __slots__ = ("columns",)

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def __len__(self) -> int:
        """Count them."""
        return len(self.columns.segment_id)

    def __iter__(self) -> Iterator[Segment]:
        """Give one after the other."""
        return map(Segment._make, zip(*self.columns, strict=True))

    @overload
    def __getitem__(self, at: int) -> Segment: ...

    @overload
    def __getitem__(self, at: slice) -> Segments: ...

    def __getitem__(self, at: int | slice) -> Segment | Segments:
        """Give the one at a place, or those in a slice."""
        found = (column[at] for column in self.columns)
        return Segments(Columns._make(found)) if isinstance(at, slice) else Segment._make(found)

    def __eq__(self, other: object) -> bool:
        """Say whether another sequence holds the same segments."""
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Sum them up in a line."""
        return f"<{len(self):,} segments>"


def in_columns(segments: Iterable[Segment]) -> Segments:
    """Keep segments column by column.

    Args:
        segments (Iterable[Segment]): The segments; what is in columns already is given back.

    Returns:
        Segments: The same.
    """
    if isinstance(segments, Segments):
        return segments
    columns = [*zip(*segments, strict=True)] or [()] * len(Segment._fields)
    return Segments(Columns._make(columns))


def join(parts: Sequence[Sequence[Segment]]) -> Segments:
    """Put the segments of several transcripts one after the other.

    Args:
        parts (Sequence[Sequence[Segment]]): Those of each.

    Returns:
        Segments: All.
    """
    found: list[list[object]] = [[] for _ in Columns._fields]
    for part in parts:
        for column, own in zip(found, in_columns(part).columns, strict=True):
            column.extend(own)
    return Segments(Columns._make(found))


@dataclass(frozen=True, slots=True)
class Coding:
    """A subcategory given to a segment; its fields are the columns of ``codings.csv``."""

    coding_id: str
    transcript: str
    participant: str
    group: str
    turn: int
    segment_id: str
    category: str
    subcategory: str
    stance: str
    start: int
    end: int
    evidence: str
    indicator: str
    kind: str
    coder: str
    codebook: str
    codebook_version: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class NearMiss(Coding):
    """An indicator that was held back; its fields are the columns of ``near_misses.csv``."""

    reason: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class FrameEntry:
    """A subcategory as tables need it: names and stance, no rules.

    Args:
        category (str): Category id.
        category_label (str): Category label.
        subcategory (str): Subcategory id.
        label (str): Subcategory label.
        stance (str): One of `hrcode.codebook.model.STANCES`.
    """

    category: str
    category_label: str
    subcategory: str
    label: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Coded:
    """The outcome of a run: everything that tables are made of.

    Args:
        segments (Sequence[Segment]): All segments, interviewers' included (no participant).
        codings (tuple[Coding, ...]): Sorted by transcript, place and subcategory.
        near_misses (tuple[NearMiss, ...]): Sorted likewise.
        participants (tuple[Participant, ...]): Those who speak in the transcripts.
        frame (tuple[FrameEntry, ...]): The coding frame, in the codebook's order.
        run (Mapping[str, object]): Versions, hashes, settings and counts (``run.json``).
        warnings (tuple[Fault, ...]): What the user should know; not saved.
        transcripts (Mapping[str, Mapping[str, str]]): Attributes of the transcripts, by id.
    """

    segments: Sequence[Segment]
    codings: tuple[Coding, ...]
    near_misses: tuple[NearMiss, ...]
    participants: tuple[Participant, ...]
    frame: tuple[FrameEntry, ...]
    run: Mapping[str, object]
    warnings: tuple[Fault, ...] = ()
    transcripts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Sum it up in a line."""
        return summary.line(self)

    def __str__(self) -> str:
        """Sum it up by group."""
        return summary.text(self)

    def _repr_html_(self) -> str:
        """Sum it up by group, for a notebook."""
        return summary.table(self)
