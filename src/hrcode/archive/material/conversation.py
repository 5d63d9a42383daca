"""Rows of a table of turns to one transcript, with what is known of it and of those who speak."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcode.archive.material.columns import Row, Table, about_of, label_of, of_speakers, stated_in
from hrcode.errors import Fault
from hrcode.language.words import count_words
from hrcode.transcripts.about import About
from hrcode.transcripts.cast import Cast
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.model import Participant, Transcript, Turn, kind_of
from hrcode.transcripts.model import people as speakers
from hrcode.transcripts.participants import check_values, make_participant
from hrcode.transcripts.sampling import LeftOut, Sampling
from hrcode.transcripts.sections import LEFT_OUT, in_sections
from hrcode.transcripts.utterances import Utterance, draft_of

_OF_TURNS = ("section", "language")  # may be another in every turn


class Talk(NamedTuple):
    """A transcript and those who speak in it, by id."""

    transcript: Transcript
    people: Mapping[str, Participant]


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
    stated = stated_in(table, rows)
    about = about_of(table, id_, rows, stated)
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
    known = _known(table, first, people, of_speakers(table, rows))
    kept = job.sampling.without(turns, known)
    of_table = _left_out(turns, kept, known, draft.text, job.sampling)
    for who, more in (*cast.left_out.items(), *of_table):
        table.left_out[who] = more.after(table.left_out.get(who))
    by_place = {place.start: own for place, own in zip(draft.places, stated, strict=True)}
    placed = _placed(table, kept, draft.text, by_place, about)
    own = {**_usual(table, id_, turns), **about.attributes}
    return Talk(Transcript(id_, draft.text, placed, draft.format, places=draft.places, attributes=own), known)


def _draft(table: Table, rows: Sequence[Row], stated: Sequence[Mapping[str, str]]) -> Draft:
    """Write the rows out as a text; another section or language begins another turn."""
    said = [
        Utterance(label_of(table, row), row[table.names["text"]], f"row {number}") for number, row in rows
    ]
    of_turns = [[own.get(name) for name in _OF_TURNS] for own in stated]
    apart = {n for n, (one, two) in enumerate(itertools.pairwise(of_turns), start=1) if one != two}
    return draft_of(said, table.path.rsplit(".", 1)[-1], apart)


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


def _known(
    table: Table, first: int, people: Mapping[str, Participant], stated: Mapping[str, Mapping[str, str]]
) -> dict[str, Participant]:
    """Give those who speak with what the table of turns says of them, and tell what of it is wrong."""
    known: dict[str, Participant] = {}
    for person in people.values():
        known[person.id], wrong = _with(person, stated.get(person.id, {}), table.job.sampling)
        for what in wrong:
            table.say(Fault(table.path, first, 0, "bad-value", f"{person.id}: {what}"))
    return known


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
