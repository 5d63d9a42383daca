"""Rows of a table of turns to one transcript, with what is known of it and of those who speak."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from hrcode.archive.job import Job
from hrcode.errors import Fault
from hrcode.language.words import count_words
from hrcode.transcripts.about import KNOWN, About, checked_attribute, merged
from hrcode.transcripts.cast import Cast
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.model import Participant, Transcript, Turn, kind_of
from hrcode.transcripts.model import people as speakers
from hrcode.transcripts.participants import check_values, make_participant
from hrcode.transcripts.sampling import LeftOut, Sampling
from hrcode.transcripts.sections import LEFT_OUT, in_sections
from hrcode.transcripts.transcripts_table import Entry, transcript_key
from hrcode.transcripts.utterances import Utterance, draft_of

COLUMNS = ("id", "speaker", "text")
ROLES = (*COLUMNS, "participant", *KNOWN)
_OF_TURNS = ("section", "language")  # may be another in every turn
_MOST = 200  # characters of a value
Row = tuple[int, Mapping[str, Any]]
"""Number of a row, and its cells by column."""


class Talk(NamedTuple):
    """A transcript and those who speak in it, by id."""

    transcript: Transcript
    people: Mapping[str, Participant]


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


def make_talk(table: Table, id_: str, rows: Sequence[Row]) -> Talk:
    """Make a transcript of its rows.

    Args:
        table (Table): Where they stand.
        id_ (str): The transcript's id.
        rows (Sequence[Row]): Its rows.

    Returns:
        Talk: The transcript and those who speak in it.
    """
    job, first = table.job, rows[0][0]
    rows = [row for row in rows if row[1][table.names["text"]].strip()]
    stated = _stated(table, rows)
    about = _about(table, id_, rows, stated)
    draft = _draft(table, rows, stated)
    people: dict[str, Participant] = {}
    odd: list[Fault] = []
    cast = Cast(
        f"{table.path}: {id_}",
        draft,
        table.people,
        job.conventions.interviewers,
        job.participants,
        job.sampling,
        about,
        job.conventions.together,
    )
    turns = cast.turns(people, odd, odd)
    for fault in odd:
        table.say(replace(fault, path=table.path, line=first))
    attributes = _of_speakers(table, rows)
    known: dict[str, Participant] = {}
    for person in people.values():
        known[person.id], wrong = _with(person, attributes.get(person.id, {}), job.sampling)
        for what in wrong:
            table.say(Fault(table.path, first, 0, "bad-value", f"{person.id}: {what}"))
    kept = job.sampling.without(turns, known)
    of_table = _left_out(turns, kept, known, draft.text, job.sampling)
    for who, more in (*cast.left_out.items(), *of_table):
        table.left_out[who] = more.after(table.left_out.get(who))
    by_place = {place.start: own for place, own in zip(draft.places, stated, strict=True)}
    placed = _placed(table, kept, draft.text, by_place, about)
    own = {**_usual(table, id_, turns), **about.attributes}
    return Talk(Transcript(id_, draft.text, placed, draft.format, places=draft.places, attributes=own), known)


def _stated(table: Table, rows: Sequence[Row]) -> list[dict[str, str]]:
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


def _about(table: Table, id_: str, rows: Sequence[Row], stated: Sequence[Mapping[str, str]]) -> About:
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


def _draft(table: Table, rows: Sequence[Row], stated: Sequence[Mapping[str, str]]) -> Draft:
    """Write the rows out as a text; another section or language begins another turn."""
    said = [Utterance(_label(table, row), row[table.names["text"]], f"row {number}") for number, row in rows]
    of_turns = [[own.get(name) for name in _OF_TURNS] for own in stated]
    apart = {n for n, (one, two) in enumerate(itertools.pairwise(of_turns), start=1) if one != two}
    return draft_of(said, table.path.rsplit(".", 1)[-1], apart)


def _label(table: Table, row: Mapping[str, Any]) -> str:
    """Name who speaks in a row: the participant where there is one, else the label."""
    return " ".join(str(row.get(table.names["participant"]) or row[table.names["speaker"]]).split())


def _of_speakers(table: Table, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Give what the other columns say of each speaker; the first value that there is holds."""
    found: dict[str, dict[str, str]] = {}
    known = frozenset(table.names.values())
    for _, row in rows:
        own = found.setdefault(_label(table, row), {})
        for name, value in row.items():
            if name not in known and (text := _text(value)):
                own.setdefault(name, text)
    return found


def _usual(table: Table, id_: str, turns: Sequence[Turn]) -> dict[str, str]:
    """Give what goes without saying: the kind by those who speak, the conversation itself as event."""
    kind = kind_of(len({person for turn in turns for person in speakers(turn.participant)}))
    return {name: value for name, value in (("kind", kind), ("event", id_)) if name not in table.of_people}


def _placed(
    table: Table,
    turns: Sequence[Turn],
    text: str,
    by_place: Mapping[int, Mapping[str, str]],
    about: About,
) -> tuple[Turn, ...]:
    """Say in which section and language each turn lies: as its row says, else as the study does."""
    conventions, spoken = table.job.conventions, about.attributes.get("language", "")
    first = about.attributes.get("section", "")
    if not any("section" in own for own in by_place.values()) and (conventions.sections or first):
        turns = in_sections(
            turns, text, (), conventions.sections, leave_out=conventions.leave_out, first=first
        )
    return tuple(_as_stated(turn, by_place[turn.start], spoken, conventions.leave_out) for turn in turns)


def _as_stated(turn: Turn, own: Mapping[str, str], spoken: str, leave_out: Collection[str]) -> Turn:
    """Give a turn with the section and the language that its row states."""
    section, stated = own.get("section", ""), own.get("language", spoken)
    if section:
        silent = section in leave_out and bool(turn.participant)
        turn = replace(turn, section=section)
        turn = replace(turn, participant="", left_out=LEFT_OUT) if silent else turn
    return replace(turn, language=stated) if stated != spoken and not turn.language else turn


def _left_out(
    turns: Sequence[Turn],
    kept: Sequence[Turn],
    people: Mapping[str, Participant],
    text: str,
    sampling: Sampling,
) -> Iterator[tuple[str, LeftOut]]:
    """Say whose turns are left out for what the table of turns says of them."""
    for turn, after in zip(turns, kept, strict=True):
        if turn.participant and not after.participant:
            words = count_words(text[turn.start : turn.end])
            for person in speakers(turn.participant):
                if reason := sampling.reason(people[person]):
                    yield person, LeftOut(reason, 1, words)


def _with(
    person: Participant, attributes: Mapping[str, str], sampling: Sampling
) -> tuple[Participant, list[str]]:
    """Add what the table of turns says of somebody to what is known; and say what of it is wrong."""
    if not attributes:
        return person, []
    declared = sampling.attributes
    own = {n: v for n, v in person.attributes.items() if n not in declared or not declared[n].source}
    values, wrong = check_values({**own, **attributes}, declared)
    made = make_participant(person.id, values)
    names = (*person.names, *made.names)
    return replace(made, aliases=(*person.aliases, *made.aliases), names=names), [what for _, what in wrong]
