"""Paths to transcripts: which files, read how, spoken by whom."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hrcode.errors import Fault, NotATranscript, TranscriptError
from hrcode.hints import nearest_file
from hrcode.transcripts.cast import Cast
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.formats import FORMATS
from hrcode.transcripts.model import (
    NO_GROUP,
    Participant,
    Transcript,
    Transcripts,
    natural,
)
from hrcode.transcripts.participants import FILE_NAME, read_participants

_USUAL = re.compile(r"[^\W\d_]{1,4}[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Survey:
    """What was understood of transcript files, sound or not.

    Args:
        transcripts (tuple[Transcript, ...]): Those that could be read, sorted by id.
        participants (tuple[Participant, ...]): Those who speak in them, sorted by group and id.
        files (Mapping[str, str]): File by transcript id.
        faults (tuple[Fault, ...]): What forbids to code them.
        warnings (tuple[Fault, ...]): What the user should know.
    """

    transcripts: tuple[Transcript, ...]
    participants: tuple[Participant, ...]
    files: Mapping[str, str]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def load_transcripts(
    paths: str | Path | Iterable[str | Path],
    *,
    participants: str | Path | None = None,
    conventions: Conventions | None = None,
    interviewers: Sequence[str] | None = None,
) -> Transcripts:
    """Read transcripts and find out who speaks in them.

    Args:
        paths (str | Path | Iterable[str | Path]): Files, or folders that are searched.
        participants (str | Path | None): The participants table; by default the
            ``participants.csv`` beside the transcripts, if there is one.
        conventions (Conventions | None): How the study writes its transcripts; by default the usual.
        interviewers (Sequence[str] | None): Labels of interviewers, whose turns are kept but not
            coded; by default those of the conventions.

    Returns:
        Transcripts: The transcripts, the people in them, and warnings.

    Raises:
        TranscriptError: With every fault found: nothing there, a file that cannot be read, a
            label that the participants table lacks.
    """
    survey = survey_transcripts(
        paths, participants=participants, conventions=conventions, interviewers=interviewers
    )
    if survey.faults:
        raise TranscriptError("The transcripts cannot be used:", survey.faults)
    return Transcripts(survey.transcripts, survey.participants, survey.warnings)


def survey_transcripts(
    paths: str | Path | Iterable[str | Path],
    *,
    participants: str | Path | None = None,
    conventions: Conventions | None = None,
    interviewers: Sequence[str] | None = None,
) -> Survey:
    """Read transcripts as far as they can be read (see `load_transcripts`).

    Args:
        paths (str | Path | Iterable[str | Path]): Files, or folders that are searched.
        participants (str | Path | None): The participants table.
        conventions (Conventions | None): How the study writes its transcripts; by default the usual.
        interviewers (Sequence[str] | None): Labels of interviewers.

    Returns:
        Survey: What was understood, and every fault.

    Raises:
        TranscriptError: When there is nothing to read, or the participants table has faults.
    """
    given = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    warnings: list[Fault] = []
    files = _find_files(given, warnings)
    tables = [Path(participants)] if participants else _find_tables(given)
    table = read_participants(tables) if tables else None
    usual = conventions or Conventions()
    asking = tuple(usual.interviewers if interviewers is None else interviewers)
    conventions = replace(
        usual, interviewers=asking, labels=frozenset({*usual.labels, *asking, *(table or ())})
    )
    people: dict[str, Participant] = {}
    transcripts: list[Transcript] = []
    faults: list[Fault] = []
    for name, path in files.items():
        try:
            draft = FORMATS[path.suffix.lower()](path, conventions)
        except NotATranscript as fault:
            if path in given:
                faults.append(Fault("", 0, 0, "unreadable", fault.message))
            else:
                message = "not read: it holds no transcript"
                warnings.append(Fault(str(path), 0, 0, "not-a-transcript", message, "warning"))
            continue
        except TranscriptError as fault:
            faults.extend(fault.faults or [Fault("", 0, 0, "unreadable", fault.message)])
            continue
        cast = Cast(str(path), draft, table, asking, str(tables[0]) if tables else "")
        turns = cast.turns(people, faults, warnings)
        warnings.extend(draft.notes)
        transcripts.append(Transcript(name, draft.text, turns, draft.format, draft.encoding, draft.places))
    _check_copies(transcripts, files, faults)
    warnings.extend(_silent(table or {}, people, tables))
    warnings.extend(_doubts(people.values(), table, tables))
    ordered = sorted(people.values(), key=lambda person: (natural(person.group), natural(person.id)))
    places = {name: str(path) for name, path in files.items()}
    return Survey(tuple(transcripts), tuple(ordered), places, tuple(faults), tuple(warnings))


def _silent(
    table: Mapping[str, Participant], people: Mapping[str, Participant], tables: Sequence[Path]
) -> list[Fault]:
    """Say which participants of the table speak in no transcript."""
    missing = sorted(set(table) - {known.id for known in people.values()}, key=natural)
    return [
        Fault(
            str(tables[0]), 0, 0, "no-transcript", f"participant {one!r} speaks in no transcript", "warning"
        )
        for one in missing
    ]


def _find_files(given: Sequence[Path], warnings: list[Fault]) -> dict[str, Path]:
    """Give the transcript files by transcript id, sorted by id."""
    found: dict[str, Path] = {}
    readable = ", ".join(FORMATS)
    for path in given:
        if path.is_dir():
            in_folder = _walk(path, warnings)
            if not in_folder:
                other = (
                    f" Not read: {', '.join(Path(w.path).name for w in warnings[:3])}." if warnings else ""
                )
                raise TranscriptError(f"{path}: holds no transcripts. Formats read: {readable}.{other}")
        elif path.exists():
            if path.suffix.lower() not in FORMATS:
                raise TranscriptError(
                    f"{path}: cannot read {path.suffix or 'such'} files. Formats read: {readable}."
                )
            in_folder = {path.stem: path}
            _check_name(path, path.stem)
        else:
            raise TranscriptError(f"{path}: no such file or folder.{nearest_file(path)}")
        for name, file in in_folder.items():
            if name in found and not file.samefile(found[name]):
                raise TranscriptError(f"{found[name]} and {file} would both be called {name!r}. Rename one.")
            found.setdefault(name, file)
    if not found:
        raise TranscriptError("No transcripts are named. Name files or a folder, such as transcripts/.")
    return dict(sorted(found.items(), key=lambda item: natural(item[0])))


def _walk(folder: Path, warnings: list[Fault]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for here, folders, names in os.walk(folder):
        if "run.json" in names and "codings.csv" in names:  # an earlier run's results
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if name.startswith((".", "~")) or path.stem.casefold() == "readme" or name == FILE_NAME:
                continue
            if path.suffix.lower() not in FORMATS:
                if path.suffix.lower() in (".docx", ".doc", ".odt", ".rtf", ".pdf"):
                    message = f"not read: {path.suffix} is not among the formats ({', '.join(FORMATS)})"
                    warnings.append(Fault(str(path), 0, 0, "format-not-read", message, "warning"))
                continue
            key = path.relative_to(folder).with_suffix("").as_posix()
            _check_name(path, key)
            if key in found:
                raise TranscriptError(f"{found[key]} and {path} would both be called {key!r}. Rename one.")
            found[key] = path
    return found


def _check_name(path: Path, name: str) -> None:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        raise TranscriptError(f"{shown}: the file's name is not Unicode text. Rename the file.") from None


def _find_tables(given: Sequence[Path]) -> list[Path]:
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in given)
    return [table for folder in folders if (table := folder / FILE_NAME).exists()]


def _doubts(
    people: Iterable[Participant], table: dict[str, Participant] | None, tables: Sequence[Path]
) -> list[Fault]:
    """Say what is odd about the participants and their groups."""
    found: list[Fault] = []
    known = list(people)
    # L1, S12 are what a study calls its participants; other labels may be something else.
    unusual = [person.id for person in known if table is None and not _USUAL.fullmatch(person.id)]
    if unusual and not any(person.attributes.keys() - {"group"} for person in known):
        listed = ", ".join(sorted(unusual, key=natural)[:12])
        message = f"there is no {FILE_NAME}, and these labels are taken for participants: {listed}"
        found.append(Fault("", 0, 0, "no-table", message, "warning"))
    others = sorted({name for person in known for name in person.attributes} - {"group"})
    if table and others and all(person.group == NO_GROUP for person in known):
        message = f"there is no column 'group'; name another with --group-by: {', '.join(others)}"
        found.append(Fault(str(tables[0]), 1, 0, "no-group", message, "warning"))
    groups: dict[str, str] = {}
    for person in known:
        first = groups.setdefault(person.group.casefold(), person.group)
        if first != person.group:
            message = f"groups {first!r} and {person.group!r} differ in capitals only and are compared as two"
            found.append(Fault("", 0, 0, "like-groups", message, "warning"))
    return sorted(set(found))


def _check_copies(transcripts: Iterable[Transcript], files: dict[str, Path], faults: list[Fault]) -> None:
    first: dict[str, str] = {}
    for transcript in transcripts:
        if other := first.get(transcript.sha256):
            message = f"holds the same text as {files[other]}; its codings would count twice. Take one out."
            faults.append(Fault(str(files[transcript.id]), 0, 0, "same-text", message))
        first.setdefault(transcript.sha256, transcript.id)
