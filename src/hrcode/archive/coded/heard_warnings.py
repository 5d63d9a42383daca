"""What the reader of an archive's tables should know: what `hrcode.analysis.voices` says in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hrcode.analysis import cautions
from hrcode.archive.coded.heard_where import values_of
from hrcode.coding.groups import declared_attributes
from hrcode.transcripts.participants import NOT_STATED
from hrcode.transcripts.where import Condition


def not_independent(database: Any) -> Iterator[str]:
    """Say in which events several people speak (see `hrcode.analysis.events.not_independent`)."""
    shared = database.execute(
        "SELECT event, count(DISTINCT person) AS n FROM heard WHERE is_known GROUP BY event HAVING n > 1"
    ).fetchall()
    if shared:
        yield cautions.heard_each_other(shared)


def warnings_of(
    database: Any,
    conditions: Sequence[Condition],
    wanted: Sequence[str],
    of_talks: set[str],
    run: Mapping[str, Any],
) -> list[str]:
    """Say who is in several groups, not quoted, silent, or left out by the filter for want of a value.

    Args:
        database (Any): With the tables that `hrcode.archive.coded.heard.prepare` makes.
        conditions (Sequence[Condition]): The filter.
        wanted (Sequence[str]): The attribute of each ``v``.
        of_talks (set[str]): Attributes that transcripts have.
        run (Mapping[str, Any]): The record of the run.

    Returns:
        list[str]: Sentences.
    """
    declared = declared_attributes(run)

    def names(query: str, values: Sequence[Any] = ()) -> list[str]:
        return [name for (name,) in database.execute(query, [*values]).fetchall()]

    found: list[str] = []
    for condition in conditions:
        name, number = condition.attribute, wanted.index(condition.attribute)
        who = "transcript" if name in of_talks else "person"
        own = declared.get(name)
        stated = [value for value in values_of(database, number) if value != NOT_STATED]
        odd = [value for value in stated if not condition.weighs(value, own)]
        missing = names(f"SELECT DISTINCT {who} FROM voiced WHERE v{number} = ?", [NOT_STATED])
        others = {*names(f"SELECT DISTINCT {who} FROM voiced WHERE list_contains(?, v{number})", [odd])}
        if missing:
            found.append(cautions.not_stated(name, missing))
        if others := others - {*missing}:
            found.append(cautions.not_measured(name, others))
    found = [*dict.fromkeys(found)]
    if several := names("SELECT person FROM spoken GROUP BY person HAVING count(*) > 1"):
        found.append(cautions.in_several_groups(several))
    if hidden := names("SELECT person FROM known SEMI JOIN spoken USING (person) WHERE consent <> 'yes'"):
        found.append(cautions.not_quoted(hidden))
    if quiet := names("SELECT person FROM absent"):
        found.append(cautions.without_a_word(quiet))
    if conditions and not database.execute("SELECT count(*) FROM spoken").fetchone()[0]:
        found.append(cautions.NOBODY_LEFT)
    return found
