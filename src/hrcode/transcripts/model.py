"""Transcripts, turns and participants, as values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from hrcode.errors import Fault

NO_GROUP = "(no group)"
DEFAULT_INTERVIEWERS = ("I", "INT", "Interviewer", "Q", "Moderator")


@dataclass(frozen=True, slots=True)
class Participant:
    """A person whose speech is coded.

    Args:
        id (str): Id, e.g. ``L1``.
        group (str): Group, e.g. ``L``; `NO_GROUP` where none is known.
        attributes (Mapping[str, str]): All columns known of the person, ``group`` included.
    """

    id: str
    group: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech.

    Args:
        number (int): Number in the transcript, from 1; interviewer's turns count.
        speaker (str): Label as the transcript writes it.
        participant (str): Id of the participant; empty for an interviewer, who is never coded.
        start (int): Where the speech starts in the transcript's text, in code points.
        end (int): Where it ends.
    """

    number: int
    speaker: str
    participant: str
    start: int
    end: int


@dataclass(frozen=True)
class Transcript:
    """One recorded conversation.

    Args:
        id (str): Name of the file without its ending, with its folder where there is one.
        text (str): The text as stored, without byte order mark; all offsets point into it.
        turns (tuple[Turn, ...]): In order.
    """

    id: str
    text: str
    turns: tuple[Turn, ...]

    @cached_property
    def sha256(self) -> str:
        """Hash of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Transcripts:
    """What was read: transcripts, the people in them, and what is odd.

    Args:
        transcripts (tuple[Transcript, ...]): Sorted by id.
        participants (tuple[Participant, ...]): Those who speak in them, sorted by group and id.
        warnings (tuple[Fault, ...]): What the user should know.
    """

    transcripts: tuple[Transcript, ...]
    participants: tuple[Participant, ...]
    warnings: tuple[Fault, ...] = ()

    def __iter__(self) -> Iterator[Transcript]:
        """Iterate over the transcripts."""
        return iter(self.transcripts)

    def __len__(self) -> int:
        """Count the transcripts."""
        return len(self.transcripts)


def natural(name: str) -> tuple[tuple[int, str | int], ...]:
    """Give a sort key that puts L2 before L10.

    Args:
        name (str): Any name.

    Returns:
        tuple: The key.
    """
    parts = re.split(r"([0-9]+)", name)
    return tuple((1, int(part)) if part.isdigit() and part.isascii() else (0, part) for part in parts if part)
