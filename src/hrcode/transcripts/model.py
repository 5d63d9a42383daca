"""Transcripts, turns and participants, as values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from hrcode.errors import Fault
from hrcode.transcripts.places import Place
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.transcripts.attributes import Attribute
    from hrcode.transcripts.sampling import LeftOut

NO_GROUP = "(no group)"
TOGETHER = " + "
DEFAULT_TOGETHER = ("Both", "All", "Everyone")
DEFAULT_INTERVIEWERS = ("I", "INT", "Interviewer", "Q", "Moderator")


@dataclass(frozen=True, slots=True)
class Participant:
    """A person whose speech is coded.

    Args:
        id (str): Id, e.g. ``L1``.
        group (str): Group, e.g. ``L``; `NO_GROUP` where none is known.
        attributes (Mapping[str, str]): All columns known of the person, ``group`` included, but not
            the two that follow.
        aliases (tuple[str, ...]): Further labels under which the person stands in transcripts.
        names (tuple[str, ...]): Real names, for taking them out of texts; they go into no result.
    """

    id: str
    group: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech.

    Args:
        number (int): Number in the transcript, from 1; interviewer's turns count.
        speaker (str): Label as the transcript writes it.
        participant (str): Id of the participant; empty for a turn that is not coded, such as an
            interviewer's; several ids joined by `TOGETHER` for words that a pair says with one voice.
        start (int): Where the speech starts in the transcript's text, in code points.
        end (int): Where it ends.
        section (str): Section of the interview guide; empty where there is none.
        left_out (str): Why a turn is not coded: ``section``, ``unknown speaker``, ``withdrawn``,
            ``not included``; empty if it is, and for an interviewer's.
        language (str): Language code where it differs from the transcript's; else empty.
    """

    number: int
    speaker: str
    participant: str
    start: int
    end: int
    section: str = ""
    left_out: str = ""
    language: str = ""


@dataclass(frozen=True)
class Transcript:
    """One recorded conversation.

    Args:
        id (str): Name of the file without its ending, with its folder where there is one.
        text (str): The text as stored, without byte order mark; all offsets point into it.
        turns (tuple[Turn, ...]): In order.
        format (str): Name of the file's format, such as ``docx``.
        encoding (str): Encoding of a text file; empty where the format settles it.
        places (tuple[Place, ...]): Where a person finds the text in the file; empty for lines.
        attributes (Mapping[str, str]): What is known of the conversation: ``kind``, ``event``,
            ``wave``, ``language`` ...
    """

    id: str
    text: str
    turns: tuple[Turn, ...]
    format: str = "text"
    encoding: str = ""
    places: tuple[Place, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def sha256(self) -> str:
        """Hash of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def __repr__(self) -> str:
        """Say which it is, without its text."""
        return f"Transcript({self.id!r}, {counted(len(self.turns), 'turn')})"


@dataclass(frozen=True, slots=True)
class Transcripts:
    """What was read: transcripts, the people in them, and what is odd.

    Args:
        transcripts (tuple[Transcript, ...]): Sorted by id.
        participants (tuple[Participant, ...]): Those who speak in them, sorted by group and id.
        warnings (tuple[Fault, ...]): What the user should know.
        attributes (Mapping[str, Attribute]): Attributes of participants that the study declares.
        left_out (Mapping[str, LeftOut]): What is left out of coding, by the id of who said it.
    """

    transcripts: tuple[Transcript, ...]
    participants: tuple[Participant, ...]
    warnings: tuple[Fault, ...] = ()
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Transcript]:
        """Iterate over the transcripts."""
        return iter(self.transcripts)

    def __len__(self) -> int:
        """Count the transcripts."""
        return len(self.transcripts)

    def __repr__(self) -> str:
        """Say how many there are."""
        return f"Transcripts({len(self.transcripts):,} of {counted(len(self.participants), 'participant')})"


def kind_of(speakers: int) -> str:
    """Name the kind of a conversation by how many people are interviewed in it."""
    return "interview" if speakers < 2 else "pair" if speakers == 2 else "focus group"


def people(participant: str) -> list[str]:
    """Give the persons who say a turn.

    Args:
        participant (str): A turn's, segment's or coding's participant.

    Returns:
        list[str]: Their ids: one, several for words said with one voice, none for an interviewer.
    """
    return participant.split(TOGETHER) if participant else []


def spoken_in(transcript: Transcript, turn: Turn, otherwise: str) -> str:
    """Give the language of a turn.

    Args:
        transcript (Transcript): Its transcript.
        turn (Turn): The turn.
        otherwise (str): Language code of the transcripts that do not say theirs.

    Returns:
        str: The turn's own, else the transcript's, else ``otherwise``.
    """
    return turn.language or transcript.attributes.get("language", "") or otherwise


def languages(transcript: Transcript, otherwise: str) -> list[str]:
    """Give the language of each turn, in order (see `spoken_in`)."""
    usual = transcript.attributes.get("language", "") or otherwise
    return [turn.language or usual for turn in transcript.turns]


def natural(name: str) -> tuple[tuple[int, str | int], ...]:
    """Give a sort key that puts L2 before L10.

    Args:
        name (str): Any name.

    Returns:
        tuple: The key.
    """
    parts = re.split(r"([0-9]+)", name)
    return tuple((1, int(part)) if part.isdigit() and part.isascii() else (0, part) for part in parts if part)


def listed(names: Iterable[str], most: int = 8) -> str:
    """Write names in natural order, with commas; of many, the first and how many more there are."""
    ordered = sorted(names, key=natural)
    more = len(ordered) - most
    return ", ".join(ordered[:most]) + (f" and {more} more" if more > 0 else "")
