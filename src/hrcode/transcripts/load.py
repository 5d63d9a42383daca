"""Paths to transcripts: which files, read how, spoken by whom."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from hrcode.errors import Fault, TranscriptError
from hrcode.files import nearest, nearest_file
from hrcode.spans import trimmed
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.formats import FORMATS
from hrcode.transcripts.model import (
    DEFAULT_INTERVIEWERS,
    Participant,
    Transcript,
    Transcripts,
    Turn,
    natural,
)
from hrcode.transcripts.participants import (
    FILE_NAME,
    from_front_matter,
    from_label,
    read_participants,
)
from hrcode.transcripts.speakers import DraftTurn

_MANY_WORDS = 80


def load_transcripts(
    paths: str | Path | Iterable[str | Path],
    *,
    participants: str | Path | None = None,
    interviewers: Sequence[str] = DEFAULT_INTERVIEWERS,
) -> Transcripts:
    """Read transcripts and find out who speaks in them.

    Args:
        paths (str | Path | Iterable[str | Path]): Files, or folders that are searched.
        participants (str | Path | None): The participants table; by default the
            ``participants.csv`` beside the transcripts, if there is one.
        interviewers (Sequence[str]): Labels of interviewers, whose turns are kept but not coded.

    Returns:
        Transcripts: The transcripts, the people in them, and warnings.

    Raises:
        TranscriptError: With every fault found: nothing there, a file that cannot be read, a
            label that the participants table lacks.
    """
    given = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    warnings: list[Fault] = []
    files = _find_files(given, warnings)
    tables = [Path(participants)] if participants else _find_tables(given)
    table = read_participants(tables) if tables else None
    known = {*interviewers, *(table or ())}
    drafts: dict[str, Draft] = {}
    faults: list[Fault] = []
    for name, path in files.items():
        try:
            drafts[name] = FORMATS[path.suffix.lower()](path, known)
        except TranscriptError as fault:
            faults.extend(fault.faults or [Fault("", 0, 0, "unreadable", fault.message)])
    people: dict[str, Participant] = {}
    transcripts: list[Transcript] = []
    for name, draft in drafts.items():
        cast = _Cast(str(files[name]), draft, table, interviewers, str(tables[0]) if tables else "")
        turns = cast.turns(faults, warnings)
        people.update(cast.people)
        transcripts.append(Transcript(name, draft.text, turns))
    _check_copies(transcripts, files, faults)
    if faults:
        raise TranscriptError("The transcripts cannot be used:", faults)
    warnings.extend(
        Fault(
            str(tables[0]),
            0,
            0,
            "no-transcript",
            f"participant {person!r} speaks in no transcript",
            "warning",
        )
        for person in sorted(set(table or ()) - set(people), key=natural)
    )
    ordered = sorted(people.values(), key=lambda person: (natural(person.group), natural(person.id)))
    return Transcripts(tuple(transcripts), tuple(ordered), tuple(warnings))


def _find_files(given: Sequence[Path], warnings: list[Fault]) -> dict[str, Path]:
    """Give the transcript files by transcript id, sorted by id."""
    found: dict[str, Path] = {}
    readable = ", ".join(FORMATS)
    for path in given:
        if path.is_dir():
            in_folder = _walk(path, warnings)
            if not in_folder:
                raise TranscriptError(f"{path}: holds no transcripts. Formats read: {readable}.")
        elif path.exists():
            if path.suffix.lower() not in FORMATS:
                raise TranscriptError(
                    f"{path}: cannot read {path.suffix or 'such'} files. Formats read: {readable}."
                )
            in_folder = {path.stem: path}
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
                if path.suffix.lower() in (".docx", ".doc", ".odt", ".rtf", ".pdf", ".vtt", ".srt"):
                    message = f"not read: {path.suffix} is not among the formats ({', '.join(FORMATS)})"
                    warnings.append(Fault(str(path), 0, 0, "format-not-read", message, "warning"))
                continue
            key = path.relative_to(folder).with_suffix("").as_posix()
            if key in found:
                raise TranscriptError(f"{found[key]} and {path} would both be called {key!r}. Rename one.")
            found[key] = path
    return found


def _find_tables(given: Sequence[Path]) -> list[Path]:
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in given)
    return [table for folder in folders if (table := folder / FILE_NAME).exists()]


class _Cast:
    """The speakers of one transcript."""

    def __init__(
        self,
        path: str,
        draft: Draft,
        table: dict[str, Participant] | None,
        interviewers: Sequence[str],
        table_name: str,
    ) -> None:
        self.path = path
        self.draft = draft
        self.table = table
        self.table_name = table_name
        self.interviewers = {label.casefold() for label in interviewers}
        self.people: dict[str, Participant] = {}
        known = from_front_matter(draft.front_matter) if table is None else table
        self.known = {person.casefold(): known[person] for person in known}

    def turns(self, faults: list[Fault], warnings: list[Fault]) -> tuple[Turn, ...]:
        """Give the turns with their participants; add what is wrong or odd."""
        drafts = self.draft.turns or self._whole_text()
        if not drafts:
            message = (
                "no speaker turns found; begin each turn on a new line with its label, such as `S1: ...`"
            )
            faults.append(Fault(self.path, 1, 1, "no-turns", message))
            return ()
        alias = self._single_speaker()
        turns: list[Turn] = []
        unknown: set[str] = set()
        for number, draft in enumerate(drafts, start=1):
            person = alias.get(draft.label.casefold()) or self._person(draft.label)
            if person is None and not self._is_interviewer(draft.label) and draft.label not in unknown:
                unknown.add(draft.label)
                faults.append(self._unknown(draft))
            if person is not None:
                self.people[person.id] = person
            turns.append(Turn(number, draft.label, person.id if person else "", draft.start, draft.end))
        if not self.people and not unknown:
            warnings.append(
                Fault(self.path, 0, 0, "no-participant", "only interviewers speak here", "warning")
            )
        if self.draft.turns and self.draft.preamble > _MANY_WORDS:
            message = f"{self.draft.preamble} words before the first speaker label are not coded"
            warnings.append(Fault(self.path, 1, 1, "preamble", message, "warning"))
        return tuple(turns)

    def _whole_text(self) -> tuple[DraftTurn, ...]:
        """Without labels, the whole text is one turn if the front matter names one participant."""
        if len(self.known) != 1 or self.table is not None:
            return ()
        text = self.draft.text
        (person,) = self.known.values()
        return (DraftTurn(person.id, *trimmed(text, self.draft.start, len(text))),)

    def _single_speaker(self) -> dict[str, Participant]:
        """Map the only other label (``R:``) to the one participant that the front matter names."""
        labels = {draft.label.casefold() for draft in self.draft.turns} - self.interviewers
        if self.table is None and len(self.known) == 1 and len(labels) == 1:
            return dict(zip(labels, self.known.values(), strict=True))
        return {}

    def _is_interviewer(self, label: str) -> bool:
        return label.casefold() in self.interviewers and label.casefold() not in self.known

    def _person(self, label: str) -> Participant | None:
        if label.casefold() in self.known:
            return self.known[label.casefold()]
        if self.table is not None or self._is_interviewer(label):
            return None
        return from_label(label)

    def _unknown(self, draft: DraftTurn) -> Fault:
        line = self.draft.text.count("\n", 0, draft.start) + 1
        choices = [*(person.id for person in self.known.values()), *sorted(self.interviewers)]
        hint = nearest(draft.label, choices)
        message = (
            f"speaker {draft.label!r} is not in {self.table_name}.{hint} Add the person, or mend the label."
        )
        return Fault(self.path, line, 0, "unknown-speaker", message)


def _check_copies(transcripts: Iterable[Transcript], files: dict[str, Path], faults: list[Fault]) -> None:
    first: dict[str, str] = {}
    for transcript in transcripts:
        if other := first.get(transcript.sha256):
            message = f"holds the same text as {files[other]}; its codings would count twice. Take one out."
            faults.append(Fault(str(files[transcript.id]), 0, 0, "same-text", message))
        first.setdefault(transcript.sha256, transcript.id)
