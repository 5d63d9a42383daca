"""What the columns of a table of turns say: of a conversation, of a turn and of those who speak."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrcode.archive.job import Job
from hrcode.errors import Fault
from hrcode.transcripts.about import KNOWN, About, checked_attribute, merged
from hrcode.transcripts.model import Participant
from hrcode.transcripts.sampling import LeftOut
from hrcode.transcripts.transcripts_table import Entry, transcript_key

COLUMNS = ("id", "speaker", "text")
ROLES = (*COLUMNS, "participant", *KNOWN)
_MOST = 200  # characters of a value
Row = tuple[int, Mapping[str, Any]]
"""Number of a row, and its cells by column."""


@dataclass(frozen=True)
class Table:
    """A table of turns, and all that its rows are read with.

    Args:
        path (str): The file or URL.
        job (Job): How the study tells who speaks.
        people (dict[str, Participant] | None): The participants table, if there is one.
        about (Mapping[str, Entry]): The transcripts table.
        say (Callable[[Fault], None]): Told of every row or value that is left out, and of what is odd.
        left_out (dict[str, LeftOut]): Grows by what is left out of coding, by participant.
    """

    path: str
    job: Job
    people: dict[str, Participant] | None
    about: Mapping[str, Entry]
    say: Callable[[Fault], None]
    left_out: dict[str, LeftOut]

    @functools.cached_property
    def names(self) -> dict[str, str]:
        """The column of each of `ROLES`, as it is called here."""
        return {role: self.job.columns.get(role, role) for role in ROLES}

    @functools.cached_property
    def of_people(self) -> frozenset[str]:
        """Attributes that the participants table gives to people."""
        return frozenset(name for person in (self.people or {}).values() for name in person.attributes)


def said_of_columns(columns: Collection[str], names: Mapping[str, str]) -> str:
    """Say which columns of a table were read as what.

    Args:
        columns (Collection[str]): Its columns.
        names (Mapping[str, str]): Column by role.

    Returns:
        str: A message.
    """
    talk = [names[role] for role in KNOWN if names[role] in columns]
    own = [name for name in columns if name not in names.values()]
    parts = ["columns read: " + ", ".join(names[r] for r in ROLES if r not in KNOWN and names[r] in columns)]
    parts += [f"of the conversation: {', '.join(talk)}"] if talk else []
    parts += [f"of who speaks: {', '.join(own)}"] if own else []
    return "; ".join(parts)


def stated_in(table: Table, rows: Sequence[Row]) -> list[dict[str, str]]:
    """Give what each row says of the conversation; a value that cannot be is told once and left out."""
    columns = set[str]().union(*(row for _, row in rows))
    present = [name for name in KNOWN if table.names[name] in columns]
    wrong: set[tuple[str, str]] = set()
    found = []
    for number, row in rows:
        own: dict[str, str] = {}
        for name in present:
            if value := _text(row.get(table.names[name])):
                own[name], message = checked_attribute(name, value)
                if message and (name, value) not in wrong:
                    wrong.add((name, value))
                    table.say(Fault(table.path, number, 0, f"bad-{name}", message))
        found.append({name: value for name, value in own.items() if value})
    return found


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())[:_MOST]


def about_of(table: Table, id_: str, rows: Sequence[Row], stated: Sequence[Mapping[str, str]]) -> About:
    """Put together what rows and the transcripts table say of a conversation; the table goes before."""
    own: dict[str, str] = {}
    for (number, _), said in zip(rows, stated, strict=True):
        for name, value in said.items():
            if name == "section" or own.setdefault(name, value) == value or name == "language":
                continue
            message = f"{id_}: {name} is {value!r} here and {own[name]!r} in a row before, which holds"
            table.say(Fault(table.path, number, 0, "contradiction", message, "warning"))
    entry = table.about.get(transcript_key(id_))
    about, differ = merged(entry.about if entry else About(), About(own))
    for name in differ:
        message = f"{id_}: says another {name} than the transcripts table, which holds"
        table.say(Fault(table.path, rows[0][0], 0, "contradiction", message, "warning"))
    return about


def label_of(table: Table, row: Mapping[str, Any]) -> str:
    """Name who speaks in a row: the participant where there is one, else the label."""
    return " ".join(str(row.get(table.names["participant"]) or row[table.names["speaker"]]).split())


def of_speakers(table: Table, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Give what the other columns say of each speaker; the first value that there is holds."""
    found: dict[str, dict[str, str]] = {}
    known = frozenset(table.names.values())
    for _, row in rows:
        own = found.setdefault(label_of(table, row), {})
        for name, value in row.items():
            if name not in known and (text := _text(value)):
                own.setdefault(name, text)
    return found
