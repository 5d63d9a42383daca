"""Segments, codings and near misses, and what a run gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

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
        segments (tuple[Segment, ...]): All segments, interviewers' included (no participant).
        codings (tuple[Coding, ...]): Sorted by transcript, place and subcategory.
        near_misses (tuple[NearMiss, ...]): Sorted likewise.
        participants (tuple[Participant, ...]): Those who speak in the transcripts.
        frame (tuple[FrameEntry, ...]): The coding frame, in the codebook's order.
        run (Mapping[str, object]): Versions, hashes, settings and counts (``run.json``).
        warnings (tuple[Fault, ...]): What the user should know; not saved.
        transcripts (Mapping[str, Mapping[str, str]]): Attributes of the transcripts, by id.
    """

    segments: tuple[Segment, ...]
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
