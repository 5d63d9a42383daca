"""A study folder from a heap of files: read them, guess, write, and look again."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrcode.codebook.find import SUFFIXES as BOOK_SUFFIXES
from hrcode.codebook.find import builtin_names, find_codebook
from hrcode.codebook.template import TEMPLATE
from hrcode.errors import Fault, StudyError
from hrcode.hints import nearest_file
from hrcode.start.columns import guess_columns
from hrcode.start.guess import Guesses, guess_settings
from hrcode.start.texts import participants_text, study_text, transcripts_text
from hrcode.study import FILE_NAME, Settings, read_settings
from hrcode.transcripts.check import Checked, check_transcripts
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.decode import read_decoded
from hrcode.transcripts.participants_table import FILE_NAME as TABLE_NAME
from hrcode.transcripts.participants_table import find_tables
from hrcode.transcripts.rows import Row, csv_rows, xlsx_rows
from hrcode.transcripts.transcripts_table import FILE_NAMES, find_transcripts_tables
from hrcode.writing import write_new

COPIES = "transcripts"
ABOUT_NAME = FILE_NAMES[0]
STARTER = "codebooks/my_codebook.yaml"
_TABLES = (".csv", ".tsv", ".xlsx")
_USELESS = ("no-turns", "no-speaker", "same-text", "same-name", "not-a-transcript")


@dataclass(frozen=True, slots=True)
class Started:
    """A study folder that was made.

    Args:
        folder (Path): The folder.
        settings (Settings): Its settings, read back from the ``study.yaml`` that was written.
        guesses (Guesses): What was guessed.
        checked (Checked): What is understood of the transcripts with these settings.
        written (tuple[str, ...]): Files written, from the folder.
        copied (tuple[str, ...]): Transcripts copied, from the folder; none where they stay in place.
        left (tuple[Fault, ...]): Why files of the heap cannot be used as transcripts.
    """

    folder: Path
    settings: Settings
    guesses: Guesses
    checked: Checked
    written: tuple[str, ...]
    copied: tuple[str, ...]
    left: tuple[Fault, ...]


def init_study(
    folder: str | Path,
    *,
    source: str | Path | None = None,
    codebook: str | None = None,
    done: Callable[[int, int], None] | None = None,
) -> Started:
    """Make a study folder from a heap of files.

    Nothing is overwritten, moved or changed: a ``study.yaml`` that is there is an error, a participants
    table or a codebook that is there is used.

    Args:
        folder (str | Path): The heap itself; with ``source``, a folder that is new or empty.
        source (str | Path | None): A heap elsewhere, whose transcripts are copied.
        codebook (str | None): A built-in codebook's name or a file; by default the only one in
            ``codebooks/``, else a commented one to begin with.
        done (Callable[[int, int], None] | None): Called with the number of files read and of all.

    Returns:
        Started: What was guessed and written.

    Raises:
        StudyError: When there is a ``study.yaml``, or the folder cannot be written.
        TranscriptError: When there are no transcripts.
        CodebookError: When there is no such codebook.
    """
    target, heap = Path(folder), Path(source or folder)
    _check_folders(target, heap, copying=source is not None)
    first, columns = _understood(heap, done)
    usable = _usable(first)
    if not usable:
        raise StudyError(f"{heap}: none of its files can be used as a transcript.", first.findings)
    sound = [one for one in first.descriptions if _file_of(first.files[one.transcript], set(usable))]
    guesses = guess_settings(sound, columns)
    copies: dict[str, Path] = {}
    if source is not None:
        copies = {f"{COPIES}/{Path(file).relative_to(heap).as_posix()}": Path(file) for file in usable}
        copies |= {table.name: table for table in find_tables([heap])}
        copies |= {f"{COPIES}/{table.name}": table for table in find_transcripts_tables([heap])}
    files = _files(target, heap, guesses, usable, codebook, copying=source is not None)
    write_new(target, files, copies, error=StudyError)
    settings = read_settings(target / FILE_NAME)
    checked = check_transcripts(
        settings.transcripts,
        participants=settings.participants or None,
        conventions=settings.conventions,
        sampling=settings.sampling,
        language=settings.language,
        done=done,
    )
    left = tuple(fault for fault in first.findings if fault.rule in _USELESS or fault.rule == "unreadable")
    return Started(target, settings, guesses, checked, tuple(files), tuple(copies), left)


def _check_folders(target: Path, heap: Path, *, copying: bool) -> None:
    """Refuse what would mix a study with another, or with the heap that it is made of."""
    if (target / FILE_NAME).exists():
        raise StudyError(f"{target / FILE_NAME}: is there already; this is a study. Change it by hand.")
    if not heap.is_dir():
        what = "is not a folder" if heap.exists() else f"no such folder.{nearest_file(heap)}"
        raise StudyError(f"{heap}: {what} Name the folder that your transcripts are in.")
    if copying and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StudyError(f"{target}: is there already and not empty. Name a new folder for the copies.")
    if copying and target.resolve().is_relative_to(heap.resolve()):
        raise StudyError(f"{target}: lies inside {heap}. Name a folder outside it, or leave out --from.")


def _understood(heap: Path, done: Callable[[int, int], None] | None) -> tuple[Checked, dict[str, str]]:
    """Look at a heap without settings; guess the columns of tables if that makes more files readable."""
    first = check_transcripts(heap, done=done)
    unread = [Path(fault.path) for fault in first.findings if fault.rule == "not-a-transcript"]
    for path in unread:
        if path.suffix.lower() in _TABLES and (columns := guess_columns(_rows(path))):
            again = check_transcripts(heap, conventions=Conventions(columns=columns))
            if len(again.descriptions) > len(first.descriptions):
                return again, columns
    return first, {}


def _rows(path: Path) -> list[Row]:
    if path.suffix.lower() == ".xlsx":
        return xlsx_rows(path)
    text, _, _ = read_decoded(path)
    return csv_rows(text, path)


def _usable(checked: Checked) -> list[str]:
    """Give the files that hold transcripts which can be coded."""
    places = {fault.path for fault in checked.findings if fault.rule in _USELESS} | set(checked.unread)
    spoilt = {_file_of(place, set(checked.found)) for place in places}
    return [file for file in checked.found if file not in spoilt]


def _file_of(place: str, files: set[str]) -> str:
    """Give the file of a transcript; one of a project is named ``project.qdpx/name``."""
    return next((name for name in (place, *map(str, Path(place).parents)) if name in files), "")


def _files(
    target: Path, heap: Path, guesses: Guesses, usable: Sequence[str], codebook: str | None, *, copying: bool
) -> dict[str, str]:
    """Give the text of each file to be written, by its name from the study's folder."""
    files: dict[str, str] = {}
    if copying:
        transcripts = COPIES
    else:
        transcripts = (
            Path(os.path.commonpath([Path(file).parent for file in usable])).relative_to(heap).as_posix()
        )
    own = [table.relative_to(heap).as_posix() for table in find_tables([heap / transcripts, heap])]
    if not own:
        files[TABLE_NAME] = participants_text(guesses.people)
    about = guesses.named and not own and not find_transcripts_tables([heap / transcripts, heap])
    if about:
        above = "" if copying else f"{transcripts}/"
        named = {name.removeprefix(above): person for name, person in guesses.named.items()}
        files[ABOUT_NAME] = transcripts_text(named)
    chosen = _codebook(target, codebook)
    if chosen == STARTER:
        files[STARTER] = TEMPLATE.format(id=Path(STARTER).stem, file=STARTER)
    settings = study_text(
        guesses,
        transcripts=transcripts,
        table=ABOUT_NAME if about else "",
        participants=own[0] if own else TABLE_NAME,
        codebook=chosen,
        built_in=builtin_names(),
    )
    return {FILE_NAME: settings, **files}


def _codebook(target: Path, named: str | None) -> str:
    """Choose the study's codebook: the one named, the only one there, or one to begin with."""
    if named:
        path = find_codebook(named)
        return named if named in builtin_names() else Path(os.path.relpath(path, target)).as_posix()
    own = sorted(path for path in (target / "codebooks").glob("*") if path.suffix in BOOK_SUFFIXES)
    if len(own) > 1:
        return ""
    return own[0].relative_to(target).as_posix() if own else STARTER
