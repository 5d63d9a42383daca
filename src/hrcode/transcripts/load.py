"""Paths to transcripts: which files, read how, spoken by whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hrcode.errors import Fault, NotATranscript, TranscriptError
from hrcode.language.words import count_words
from hrcode.transcripts.about import About, from_front, merged, without_conversation
from hrcode.transcripts.attributes import Attributes, sort_key
from hrcode.transcripts.cast import Cast
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.find import find_files
from hrcode.transcripts.formats import read_drafts
from hrcode.transcripts.labels import plain_label
from hrcode.transcripts.model import (
    NO_GROUP,
    Participant,
    Transcript,
    Transcripts,
    Turn,
    kind_of,
    natural,
    people,
)
from hrcode.transcripts.participants_table import FILE_NAME, find_tables, read_participants
from hrcode.transcripts.sampling import LeftOut, Sampling
from hrcode.transcripts.sampling_warnings import sampling_warnings
from hrcode.transcripts.sections import LEFT_OUT, in_sections
from hrcode.transcripts.transcripts_table import (
    find_transcripts_tables,
    read_transcripts_table,
    unknown_people,
    unknown_transcripts,
)

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


class Reading:
    """One pass over transcript files, which keeps no text: what is understood of a file is given once.

    Args:
        paths (str | Path | Iterable[str | Path]): Files, or folders that are searched.
        participants (str | Path | None): The participants table.
        conventions (Conventions | None): How the study writes its transcripts; by default the usual.
        interviewers (Sequence[str] | None): Labels of interviewers.
        sampling (Sampling | None): What the study settles about its participants.

    Raises:
        TranscriptError: When there is nothing to read, or the participants table has faults.
    """

    def __init__(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        participants: str | Path | None = None,
        conventions: Conventions | None = None,
        interviewers: Sequence[str] | None = None,
        sampling: Sampling | None = None,
    ) -> None:
        self.given = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        notes: list[Fault] = []
        self.found = find_files(self.given, notes)
        self.faults = [note for note in notes if note.level == "error"]
        self.warnings = [note for note in notes if note.level == "warning"]
        self.unread = [fault.path for fault in self.faults]  # files and folders that gave nothing
        self.tables = [Path(participants)] if participants else find_tables(self.given)
        self.sampling = sampling or Sampling()
        self.table = read_participants(self.tables, self.sampling.attributes) if self.tables else None
        usual = conventions or Conventions()
        self.asking = tuple(map(plain_label, usual.interviewers if interviewers is None else interviewers))
        people = (self.table or {}).values()
        known = {label for person in people for label in (person.id, *person.aliases)}
        labels = frozenset({*usual.labels, *self.asking, *known, *usual.together})
        self.conventions = replace(usual, interviewers=self.asking, labels=labels)
        named = usual.transcripts_table
        self.about = read_transcripts_table([Path(named)] if named else find_transcripts_tables(self.given))
        if self.table is not None:
            self.faults += unknown_people(self.about, known)
        self.files: dict[str, str] = {}
        self.people: dict[str, Participant] = {}
        self.left_out: dict[str, LeftOut] = {}
        self.texts: dict[str, str] = {}
        self.in_section: Counter[str] = Counter()

    def transcripts(self, done: Callable[[int, int], None] | None = None) -> Iterator[Transcript]:
        """Read one file after the other.

        Args:
            done (Callable[[int, int], None] | None): Called with the number of files read and of all.

        Yields:
            Transcript: Each that can be read.
        """
        for number, (name, path) in enumerate(self.found.items(), start=1):
            for draft in self._drafts(name, path):
                yield self._transcript(name, path, draft)
            if done:
                done(number, len(self.found))
        folders = [path if path.is_dir() else path.parent for path in self.given]
        self.faults += unknown_transcripts(self.about, {*self.files, *self.found}, folders)

    def participants(self) -> tuple[Participant, ...]:
        """Give those who spoke so far and are not left out, sorted by group and id."""
        declared = self.sampling.attributes.get("group")
        kept = [person for person in self.people.values() if not self.sampling.reason(person)]
        return tuple(sorted(kept, key=lambda person: (sort_key(person.group, declared), natural(person.id))))

    def doubts(self) -> list[Fault]:
        """Say what is odd about the participants, once all files are read."""
        table = self.table or {}
        return [
            *_silent(table, self.people, self.tables),
            *_doubts(self.people.values(), self.table, self.tables),
            *self._section_warnings(),
            *sampling_warnings(self.sampling, self.people.values(), self.left_out, self.tables),
        ]

    def _drafts(self, name: str, path: Path) -> Sequence[Draft]:
        """Read a file; nothing, and a fault, where that is not possible."""
        about = self.about[name].about if name in self.about else About()
        labels = self.conventions.labels.union(about.participants)
        speakers = not about.is_written
        try:
            return read_drafts(path, replace(self.conventions, labels=labels, speakers=speakers))
        except NotATranscript as fault:
            if path not in self.given:
                message = "not read: it holds no transcript"
                self.warnings.append(Fault(str(path), 0, 0, "not-a-transcript", message, "warning"))
                return []
            self.faults.append(_unreadable(path, fault.message))
        except TranscriptError as fault:
            self.faults.extend(fault.faults or [_unreadable(path, fault.message)])
        self.unread.append(str(path))
        return []

    def _transcript(self, name: str, path: Path, draft: Draft) -> Transcript:
        """Find out who speaks in a draft."""
        id_, shown = (f"{name}/{draft.name}", f"{path}/{draft.name}") if draft.name else (name, str(path))
        about = self._known_of(id_, shown, draft)
        draft = replace(draft, front_matter=without_conversation(draft.front_matter))
        table_name = str(self.tables[0]) if self.tables else ""
        cast = Cast(
            shown,
            draft,
            self.table,
            self.asking,
            table_name,
            self.sampling,
            about,
            self.conventions.together,
        )
        turns = (
            cast.written(id_, self.people, self.faults, self.warnings)
            if about.is_written
            else cast.turns(self.people, self.faults, self.warnings)
        )
        for person, more in cast.left_out.items():
            self.left_out[person] = more.after(self.left_out.get(person))
        self.warnings.extend(draft.notes)
        attributes = {**self._usual(id_, turns), **about.attributes}
        turns = in_sections(
            turns,
            draft.text,
            draft.headings,
            self.conventions.sections,
            leave_out=self.conventions.leave_out,
            first=about.attributes.get("section", ""),
        )
        for turn in turns:
            if turn.section:
                silent = draft.text[turn.start : turn.end] if turn.left_out == LEFT_OUT else ""
                self.in_section[turn.section] += count_words(silent)
        transcript = Transcript(
            id_,
            draft.text,
            turns,
            draft.format,
            draft.encoding,
            draft.places,
            attributes,
        )
        if id_ in self.files:
            message = f"would be called {id_!r}, as {self.files[id_]} is. Rename one, or take one out"
            self.faults.append(Fault(shown, 0, 0, "same-name", message))
        if first := self.texts.get(transcript.sha256):
            message = f"holds the same text as {first}; its codings would count twice. Take one out."
            self.faults.append(Fault(shown, 0, 0, "same-text", message))
        self.files.setdefault(id_, shown)
        self.texts.setdefault(transcript.sha256, shown)
        return transcript

    def _section_warnings(self) -> Iterator[Fault]:
        """Say which sections are left out, and which open nowhere."""
        conventions = self.conventions
        for section in conventions.leave_out:
            message = f"section {section!r} is left out: {self.in_section[section]:,} words are not coded"
            yield Fault("", 0, 0, "section-left-out", message, "warning")
        nowhere = [one.id for one in conventions.sections if one.id not in self.in_section]
        if nowhere:
            message = f"no heading and no question opens section {', '.join(nowhere)} in any transcript"
            yield Fault("", 0, 0, "section-nowhere", message, "warning")

    def _known_of(self, name: str, path: str, draft: Draft) -> About:
        """Put together what the table and the front matter say of a conversation."""
        front, wrong = from_front(draft.front_matter)
        for key, message in wrong:
            line = next((n for n, row in enumerate(draft.text.splitlines(), 1) if row.startswith(key)), 1)
            self.faults.append(Fault(path, line, len(key) + 3, f"bad-{key}", message))
        about, differ = merged(self.about[name].about if name in self.about else About(), front)
        for attribute in differ:
            message = f"says another {attribute} than {self.about[name].path}, which holds"
            self.warnings.append(Fault(path, 1, 1, "contradiction", message, "warning"))
        return about

    def _usual(self, name: str, turns: Sequence[Turn]) -> dict[str, str]:
        """Give what goes without saying of a conversation: its kind by its speakers, itself as event."""
        speakers = {person for turn in turns for person in people(turn.participant)}
        of_people = {name for person in (self.table or {}).values() for name in person.attributes}
        usual = {"kind": kind_of(len(speakers)), "event": name}
        return {key: value for key, value in usual.items() if key not in of_people}


def _unreadable(path: Path, message: str) -> Fault:
    """Make a fault of an error's message, which begins with the file and perhaps a line."""
    placed = re.fullmatch(rf"{re.escape(str(path))}:(?:(\d+):)? (.*)", message, re.DOTALL)
    line, rest = placed.groups() if placed else (None, message)
    return Fault(str(path), int(line or 0), 0, "unreadable", rest)


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
