"""Paths to transcripts: all that the files hold, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hrcode.errors import Fault, TranscriptError
from hrcode.transcripts.attributes import Attributes
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.model import (
    Participant,
    Transcript,
    Transcripts,
    natural,
)
from hrcode.transcripts.reading import Reading
from hrcode.transcripts.sampling import LeftOut, Sampling


@dataclass(frozen=True, slots=True)
class Survey:
    """What was understood of transcript files, sound or not.

    Args:
        transcripts (tuple[Transcript, ...]): Those that could be read, sorted by id.
        participants (tuple[Participant, ...]): Those who speak in them, sorted by group and id.
        files (Mapping[str, str]): File by transcript id.
        faults (tuple[Fault, ...]): What forbids to code them.
        warnings (tuple[Fault, ...]): What the user should know.
        attributes (Attributes): Attributes of participants that the study declares.
        left_out (Mapping[str, LeftOut]): What is left out of coding, by the id of who said it.
    """

    transcripts: tuple[Transcript, ...]
    participants: tuple[Participant, ...]
    files: Mapping[str, str]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    attributes: Attributes = field(default_factory=dict)
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)


def load_transcripts(
    paths: str | Path | Iterable[str | Path],
    *,
    participants: str | Path | None = None,
    conventions: Conventions | None = None,
    interviewers: Sequence[str] | None = None,
    sampling: Sampling | None = None,
) -> Transcripts:
    """Read transcripts and find out who speaks in them.

    Args:
        paths (str | Path | Iterable[str | Path]): Files, or folders that are searched.
        participants (str | Path | None): The participants table; by default the
            ``participants.csv`` beside the transcripts, if there is one.
        conventions (Conventions | None): How the study writes its transcripts; by default the usual.
        interviewers (Sequence[str] | None): Labels of interviewers, whose turns are kept but not
            coded; by default those of the conventions.
        sampling (Sampling | None): Attributes, inclusion rules; by default none are declared.

    Returns:
        Transcripts: The transcripts, the people in them, and warnings.

    Raises:
        TranscriptError: With every fault found: nothing there, a file that cannot be read, a
            label that the participants table lacks.
    """
    survey = survey_transcripts(
        paths,
        participants=participants,
        conventions=conventions,
        interviewers=interviewers,
        sampling=sampling,
    )
    if survey.faults:
        raise TranscriptError("The transcripts cannot be used:", survey.faults)
    return Transcripts(
        survey.transcripts, survey.participants, survey.warnings, survey.attributes, survey.left_out
    )


def survey_transcripts(
    paths: str | Path | Iterable[str | Path],
    *,
    participants: str | Path | None = None,
    conventions: Conventions | None = None,
    interviewers: Sequence[str] | None = None,
    sampling: Sampling | None = None,
) -> Survey:
    """Read transcripts as far as they can be read (see `load_transcripts`).

    Args:
        paths (str | Path | Iterable[str | Path]): Files, or folders that are searched.
        participants (str | Path | None): The participants table.
        conventions (Conventions | None): How the study writes its transcripts; by default the usual.
        interviewers (Sequence[str] | None): Labels of interviewers.
        sampling (Sampling | None): What the study settles about its participants.

    Returns:
        Survey: What was understood, and every fault.

    Raises:
        TranscriptError: When there is nothing to read, or the participants table has faults.
    """
    reading = Reading(
        paths,
        participants=participants,
        conventions=conventions,
        interviewers=interviewers,
        sampling=sampling,
    )
    transcripts = sorted(reading.transcripts(), key=lambda transcript: natural(transcript.id))
    return Survey(
        tuple(transcripts),
        reading.participants(),
        reading.files,
        tuple(reading.faults),
        (*reading.warnings, *reading.doubts()),
        reading.sampling.attributes,
        reading.left_out,
    )
