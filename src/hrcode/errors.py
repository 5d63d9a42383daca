"""What can go wrong with a user's material: faults with a place, and the errors that carry them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a user's file, and where.

    Args:
        path (str): The file, as the user named it; empty where no file is meant.
        line (int): Line, from 1; 0 where the fault has no line.
        column (int): Column, from 1; 0 where the fault has no column.
        rule (str): Stable id of the rule that was broken, e.g. ``duplicate-key``.
        message (str): What is wrong and what would be right.
        level (str): ``error``, ``warning``, or ``note`` for what is no fault but good to know.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    level: Level = "error"

    def __str__(self) -> str:
        """Return ``path:line:column: level: message (rule)`` without the parts that are missing."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        lead = f"{place}: " if place else ""
        return f"{lead}{self.level}: {self.message} ({self.rule})"


class HrcodeError(Exception):
    """Base of every expected failure: the message says what is wrong and what to do next.

    Args:
        message (str): One or more sentences for the user.
        faults (Iterable[Fault]): The single faults behind it, shown one a line.
    """

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = tuple(faults)

    def __str__(self) -> str:
        """Return the message and, below it, every fault."""
        return "\n".join([self.message, *map(str, self.faults)])


class CodebookError(HrcodeError):
    """A codebook cannot be found, read or used."""


class TranscriptError(HrcodeError):
    """A transcript or the participants table cannot be read or does not fit."""


class NotATranscript(TranscriptError):
    """A sound table or JSON file that holds no transcript; beside transcripts it is left out."""


class StudyError(HrcodeError):
    """``study.yaml`` or an option of a run does not fit the study."""


class LanguageError(HrcodeError):
    """A language, or something a language would need, is not installed."""


class ResultsError(HrcodeError):
    """A results folder cannot be read or written."""


class RunError(HrcodeError):
    """A run cannot start or go on: a process died, another run is in the way, an option does not fit."""


class PrivacyError(HrcodeError):
    """Texts cannot be pseudonymised, restored or searched for names."""
