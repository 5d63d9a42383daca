"""A look at transcripts before they are coded: what was understood of each, and what is odd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrcode.errors import Fault
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.describe import Description, describe
from hrcode.transcripts.model import natural
from hrcode.transcripts.odd import oddities
from hrcode.transcripts.reading import Reading
from hrcode.transcripts.sampling import Sampling


@dataclass(frozen=True, slots=True)
class Checked:
    """What was understood of transcript files.

    Args:
        descriptions (tuple[Description, ...]): One for each transcript, sorted by id.
        groups (Mapping[str, str]): Group of each participant who speaks, by id.
        findings (tuple[Fault, ...]): What is wrong or odd, sorted.
        files (Mapping[str, str]): File by transcript id.
        found (tuple[str, ...]): Every file that was looked at.
        unread (tuple[str, ...]): Files and folders that could not be read.
    """

    descriptions: tuple[Description, ...]
    groups: Mapping[str, str]
    findings: tuple[Fault, ...]
    files: Mapping[str, str]
    found: tuple[str, ...]
    unread: tuple[str, ...]


def check_transcripts(
    paths: str | Path | Iterable[str | Path],
    *,
    participants: str | Path | None = None,
    conventions: Conventions | None = None,
    interviewers: Sequence[str] | None = None,
    sampling: Sampling | None = None,
    language: str = "",
    done: Callable[[int, int], None] | None = None,
) -> Checked:
    """Say what is understood of transcripts, and what is odd.

    Files are read one after the other and no text is kept, so that a thousand need no more memory
    than one.

    Args:
        paths (str | Path | Iterable[str | Path]): Files, or folders that are searched.
        participants (str | Path | None): The participants table; by default the
            ``participants.csv`` beside the transcripts, if there is one.
        conventions (Conventions | None): How the study writes its transcripts; by default the usual.
        interviewers (Sequence[str] | None): Labels of interviewers; by default those of the
            conventions.
        sampling (Sampling | None): What the study settles about its participants.
        language (str): Language that the study declares.
        done (Callable[[int, int], None] | None): Called with the number of files read and of all.

    Returns:
        Checked: Descriptions and findings.

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
    descriptions: list[Description] = []
    odd: list[Fault] = []
    for transcript in reading.transcripts(done):
        description = describe(transcript, language)
        descriptions.append(description)
        odd.extend(oddities(transcript, description, reading.files[transcript.id]))
    descriptions.sort(key=lambda description: natural(description.transcript))
    findings = sorted([*reading.faults, *reading.warnings, *reading.doubts(), *odd])
    groups = {person.id: person.group for person in reading.participants()}
    found = tuple(map(str, reading.found.values()))
    return Checked(tuple(descriptions), groups, tuple(findings), reading.files, found, tuple(reading.unread))
