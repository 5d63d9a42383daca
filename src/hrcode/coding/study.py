"""A study as one value: what stands in its folder, read the way its ``study.yaml`` says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hrcode.codebook.find import choose_codebook
from hrcode.codebook.load import load_codebook
from hrcode.codebook.model import Codebook
from hrcode.coding.cache import Cache
from hrcode.coding.code import Progress, code
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.hints import nearest_file
from hrcode.schema import Unit
from hrcode.study import Settings, find_settings, transcript_paths
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.model import Transcripts


@dataclass(frozen=True, slots=True)
class Study:
    """Transcripts, codebook and settings of a study, ready to be coded.

    Args:
        settings (Settings): What ``study.yaml`` settles.
        transcripts (Transcripts): Transcripts and participants.
        codebook (Codebook): The codebook.
        chosen (str): The codebook as it was named, and why it was chosen.
    """

    settings: Settings
    transcripts: Transcripts
    codebook: Codebook
    chosen: str = ""

    def code(
        self,
        *,
        group_by: str | None = None,
        unit: Unit | None = None,
        language: str | None = None,
        processes: int | None = 1,
        prefilter: bool = True,
        cache: Cache | None = None,
        progress: Progress | None = None,
    ) -> Coded:
        """Code the transcripts (see `hrcode.code`); what is not named is as the study settles it."""
        settings = self.settings
        return code(
            self.transcripts,
            self.codebook,
            group_by=group_by or settings.group_by or "group",
            unit=unit or settings.unit or "sentence",  # type: ignore[arg-type]
            language=language or settings.language or None,
            processes=processes,
            prefilter=prefilter,
            cache=cache,
            progress=progress,
        )

    def __repr__(self) -> str:
        """Say what there is, in a line."""
        return f"Study({str(self.settings.folder)!r}: {self.transcripts!r}, {self.codebook!r})"


def load_study(
    folder: str | Path = ".",
    *,
    transcripts: Sequence[str | Path] = (),
    codebook: str | Path | None = None,
    participants: str | Path | None = None,
) -> Study:
    """Read a study from its folder.

    Args:
        folder (str | Path): The folder, with ``study.yaml`` if there is one.
        transcripts (Sequence[str | Path]): Transcript files or folders; by default those of
            ``study.yaml``, else ``transcripts/``.
        codebook (str | Path | None): Codebook file or name; by default that of ``study.yaml``, else the
            only one in ``codebooks/``, else ``harm_reduction``.
        participants (str | Path | None): Participants table; by default that of ``study.yaml``, else
            ``participants.csv`` beside the transcripts.

    Returns:
        Study: Everything that `Study.code` needs.

    Raises:
        StudyError, CodebookError, TranscriptError: When something is missing or cannot be read, with
            every fault.
    """
    home = Path(folder)
    if not home.is_dir():
        raise StudyError(f"{home}: no such folder.{nearest_file(home)} Name the folder of the study.")
    settings = find_settings(transcripts, home)
    paths = transcript_paths(settings, transcripts)
    return read_study(settings, paths, codebook=codebook, participants=participants)


def read_study(
    settings: Settings,
    paths: Sequence[str | Path],
    *,
    codebook: str | Path | None = None,
    participants: str | Path | None = None,
) -> Study:
    """Read what a study's settings and the user name (see `load_study`)."""
    named = str(codebook) if codebook else None
    chosen, why = choose_codebook(named, settings.codebook, settings.folder)
    frame = load_codebook(chosen)
    material = load_transcripts(
        paths,
        participants=participants or settings.participants or None,
        conventions=settings.conventions,
        sampling=settings.sampling,
    )
    return Study(settings, material, frame, f"{chosen}, {why}")
