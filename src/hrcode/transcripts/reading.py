"""One pass over transcript files: which files, read how, spoken by whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hrcode.errors import Fault, NotATranscript, TranscriptError
from hrcode.language.words import count_words
from hrcode.transcripts.about import About, from_front, merged, without_conversation
from hrcode.transcripts.attributes import sort_key
from hrcode.transcripts.cast import Cast
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.doubts import odd_participants, odd_sections, silent_participants
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.find import find_files
from hrcode.transcripts.formats import read_drafts
from hrcode.transcripts.labels import plain_label
from hrcode.transcripts.model import (
    Participant,
    Transcript,
    Turn,
    kind_of,
    natural,
    people,
)
from hrcode.transcripts.participants_table import find_tables, read_participants
from hrcode.transcripts.sampling import LeftOut, Sampling
from hrcode.transcripts.sampling_warnings import sampling_warnings
from hrcode.transcripts.sections import LEFT_OUT, in_sections
from hrcode.transcripts.transcripts_table import (
    find_transcripts_tables,
    read_transcripts_table,
    unknown_people,
    unknown_transcripts,
)


class Reading:
    """One pass over transcript files, which keeps no text: what is understood of a file is given once.

    Args:
        paths (str | Path | Iterable[str | Path]): Files, or folders that are searched.
        participants (str | Path | None): The participants table.
        conventions (Conventions | None): How the study writes its transcripts; by default the usual.
        interviewers (Sequence[str] | None): Labels of interviewers.
        sampling (Sampling | None): What the study settles about its participants.
        files (Mapping[str, Path] | None): The files of these paths to read, by transcript id, where that
            is not all of them.

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
        files: Mapping[str, Path] | None = None,
    ) -> None:
        self.given = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        notes: list[Fault] = []
        self.found = find_files(self.given, notes) if files is None else dict(files)
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
        self.of_people = {name for person in people for name in person.attributes}
        self.files: dict[str, str] = {}
        self.people: dict[str, Participant] = {}
        self.left_out: dict[str, LeftOut] = {}
        self.texts: dict[str, str] = {}
        self.in_section: Counter[str] = Counter()
        self.stated: set[str] = set()

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
            *silent_participants(table, self.people, self.tables),
            *odd_participants(self.people.values(), self.table, self.tables, self.stated),
            *odd_sections(self.conventions, self.in_section),
            *sampling_warnings(self.sampling, self.people.values(), self.left_out, self.tables),
        ]

    def _drafts(self, name: str, path: Path) -> Sequence[Draft]:
        """Read a file; nothing, and a fault, where that is not possible."""
        about = self._in_table(name)
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
        self.stated.update(person.id for person in cast.named)
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

    def _in_table(self, name: str) -> About:
        entry = self.about.get(plain_label(name))
        return entry.about if entry else About()

    def _known_of(self, name: str, path: str, draft: Draft) -> About:
        """Put together what the table and the front matter say of a conversation."""
        front, wrong = from_front(draft.front_matter)
        for key, message in wrong:
            line = next((n for n, row in enumerate(draft.text.splitlines(), 1) if row.startswith(key)), 1)
            self.faults.append(Fault(path, line, len(key) + 3, f"bad-{key}", message))
        about, differ = merged(self._in_table(name), front)
        for attribute in differ:
            message = f"says another {attribute} than the transcripts table, which holds"
            self.warnings.append(Fault(path, 1, 1, "contradiction", message, "warning"))
        return about

    def _usual(self, name: str, turns: Sequence[Turn]) -> dict[str, str]:
        """Give what goes without saying of a conversation: its kind by its speakers, itself as event."""
        speakers = {person for turn in turns for person in people(turn.participant)}
        usual = {"kind": kind_of(len(speakers)), "event": name}
        return {key: value for key, value in usual.items() if key not in self.of_people}


def _unreadable(path: Path, message: str) -> Fault:
    """Make a fault of an error's message, which begins with the file and perhaps a line."""
    placed = re.fullmatch(rf"{re.escape(str(path))}:(?:(\d+):)? (.*)", message, re.DOTALL)
    line, rest = placed.groups() if placed else (None, message)
    return Fault(str(path), int(line or 0), 0, "unreadable", rest)
