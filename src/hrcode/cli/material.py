"""Transcripts as a command names them, read the way the study says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hrcode.transcripts.check import Checked
    from hrcode.transcripts.load import Survey
    from hrcode.transcripts.model import Transcripts


def load_material(paths: Sequence[str | Path], participants: str | None) -> Transcripts:
    """Read transcripts with the participants and interviewers of ``study.yaml``.

    Args:
        paths (Sequence[str | Path]): Transcript files or folders.
        participants (str | None): The participants table, if it was named.

    Returns:
        Transcripts: The transcripts.

    Raises:
        StudyError, TranscriptError: When they, or ``study.yaml``, cannot be read.
    """
    from hrcode.study import find_settings
    from hrcode.transcripts.load import load_transcripts

    settings = find_settings(paths, Path())
    return load_transcripts(
        paths,
        participants=participants or settings.participants or None,
        conventions=settings.conventions,
        sampling=settings.sampling,
    )


def check_material(
    paths: Sequence[str], participants: str | None, done: Callable[[int, int], None] | None = None
) -> Checked:
    """Say what is understood of transcripts, with the study's settings (see `load_material`).

    Args:
        paths (Sequence[str]): Transcript files or folders.
        participants (str | None): The participants table, if it was named.
        done (Callable[[int, int], None] | None): Called with the number of files read and of all.

    Returns:
        Checked: What was understood, and what is odd.
    """
    from hrcode.study import find_settings, transcript_paths
    from hrcode.transcripts.check import check_transcripts

    settings = find_settings(paths, Path())
    return check_transcripts(
        transcript_paths(settings, paths),
        participants=participants or settings.participants or None,
        conventions=settings.conventions,
        sampling=settings.sampling,
        language=settings.language,
        done=done,
    )


def survey_material(paths: Sequence[str], participants: str | None) -> Survey:
    """Read transcripts as far as they can be read, with the study's settings (see `load_material`)."""
    from hrcode.study import find_settings
    from hrcode.transcripts.load import survey_transcripts

    settings = find_settings(paths, Path())
    return survey_transcripts(
        paths,
        participants=participants or settings.participants or None,
        conventions=settings.conventions,
        sampling=settings.sampling,
    )
