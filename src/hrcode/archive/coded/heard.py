"""Who says what in an archive: `hrcode.analysis.voices` in SQL, for what does not fit into memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrcode.analysis.by import BETWEEN, attributes_of_groups, group_order
from hrcode.analysis.cautions import nothing_compared
from hrcode.analysis.events import EVENT, PARTICIPANT, check_count
from hrcode.analysis.small import hidden_warning, small_groups
from hrcode.archive.coded.heard_values import make_voiced, names_in, open_tables
from hrcode.archive.coded.heard_warnings import not_independent, warnings_of
from hrcode.archive.coded.heard_where import accepted, check_conditions
from hrcode.archive.coded.read import make_coded
from hrcode.coding.groups import SECTION
from hrcode.errors import StudyError
from hrcode.hints import nearest
from hrcode.transcripts.where import parse_where

_SAID = (
    "coding_id", "transcript", "participant", "segment_id", "category", "subcategory", "stance", "indicator",
    "filename", "file_row_number",
)  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """What a comparison of an archive needs besides the tables that `prepare` makes.

    Args:
        by (str): The attributes that make the groups, joined by commas.
        groups (Sequence[str]): The groups, in order.
        warnings (Sequence[str]): What the reader of any table of it should know.
    """

    by: str
    groups: Sequence[str]
    warnings: Sequence[str]


def prepare(
    database: Any,
    folder: str | Path,
    run: Mapping[str, Any],
    *,
    by: str | None = None,
    where: str | None = None,
    count: str = PARTICIPANT,
    hide_below: int = 0,
) -> Heard:
    """Say who says what, in groups (see `hrcode.analysis.voices.voices`).

    It makes the tables ``heard`` (where a person says something: transcript, participant, group,
    section; how much; the person, or event, and the label of the group), ``spoken`` (words by group and
    person) and the view ``said`` (codings with group and person).

    Args:
        database (Any): An open database.
        folder (str | Path): The results folder.
        run (Mapping[str, Any]): Its record.
        by (str | None): Attributes that make the groups; by default the run's.
        where (str | None): Filter.
        count (str): ``participant`` or ``event``.
        hide_below (int): Groups of fewer participants are left out.

    Returns:
        Heard: The groups, and what to know of them.

    Raises:
        StudyError: When attributes or filter fit neither participants nor transcripts.
    """
    names = attributes_of_groups(run["settings"]["group_by"] if by is None else by)
    check_count(count)
    conditions = parse_where(where)
    wanted = [*dict.fromkeys([*names, *(condition.attribute for condition in conditions)])]
    open_tables(database, folder, run)
    of_people, of_talks = names_in(database, "people"), names_in(database, "transcripts")
    known = of_people | of_talks
    make_voiced(database, run["settings"]["group_by"], wanted, known)
    check_conditions(database, conditions, known, run)
    _check_names(names if of_people else (), known)
    label = f"concat_ws('{BETWEEN}', {', '.join(f'v{wanted.index(name)}' for name in names)})"
    _keep(database, label, accepted(database, conditions, wanted, run))
    if count != PARTICIPANT or not of_people.issuperset(names):
        database.execute("DELETE FROM absent")  # who says nothing took part in no event, wave or section
    small = _hide(database, hide_below)
    shared = [*not_independent(database)] if count == PARTICIPANT else []
    _count_as(database, count)
    groups = [grp for (grp,) in database.execute("SELECT DISTINCT grp FROM spoken").fetchall()]
    groups.sort(key=group_order(make_coded(run, (), (), (), ()), names))
    warnings = [
        *nothing_compared(names, groups),
        *warnings_of(database, conditions, wanted, of_talks, run),
        *shared,
        *hidden_warning(small, hide_below),
    ]
    return Heard(",".join(names), groups, warnings)


def bases_of(database: Any) -> dict[str, tuple[int, int]]:
    """Count the segments and words of each group, each once (after `prepare`)."""
    place = 'transcript, participant, "group", section'
    rows = database.execute(
        "SELECT grp, sum(segments)::BIGINT, sum(words)::BIGINT "
        f"FROM (SELECT DISTINCT grp, {place}, segments, words FROM heard) GROUP BY grp"
    ).fetchall()
    return {group: (segments, words) for group, segments, words in rows}


def _check_names(names: Iterable[str], known: set[str]) -> None:
    """Refuse attributes that make groups and that nobody has."""
    for name in names:
        if name != SECTION and name not in known:
            raise StudyError(
                f"No participant and no transcript has an attribute {name!r}.{nearest(name, known)} "
                f"There are: {', '.join(sorted(known))}."
            )


def _keep(database: Any, label: str, kept: str) -> None:
    """Make ``heard`` and ``absent`` (those without a word) of what the filter leaves, with the group."""
    database.execute(f"CREATE TEMP TABLE heard AS SELECT *, {label} AS grp FROM voiced WHERE {kept}")
    database.execute(f"CREATE TEMP TABLE absent AS SELECT person, {label} AS grp FROM quiet WHERE {kept}")


def _hide(database: Any, hide_below: int) -> frozenset[str]:
    """Take small groups out of ``heard`` and ``absent``, and name them."""
    members = "SELECT DISTINCT person, grp FROM heard UNION SELECT person, grp FROM absent"
    small = small_groups(database.execute(members).fetchall(), hide_below) if hide_below else frozenset()
    for table in ("heard", "absent") if small else ():
        database.execute(f"DELETE FROM {table} WHERE grp IN (SELECT unnest($small))", {"small": [*small]})
    return small


def _count_as(database: Any, count: str) -> None:
    """Make ``heard`` what is counted, people or events, and the tables that follow from it."""
    place = 'transcript, participant, "group", section, segments, words'
    if count == EVENT:
        database.execute(
            f"CREATE OR REPLACE TEMP TABLE heard AS SELECT DISTINCT {place}, event AS person, grp FROM heard"
        )
    database.execute(
        "CREATE TEMP TABLE spoken AS SELECT grp, person, sum(words)::BIGINT AS words FROM heard GROUP BY ALL;"
        "INSERT INTO spoken SELECT grp, person, 0 FROM absent"
    )
    joined = (
        'JOIN heard h USING (transcript, participant, "group")'
        if not _has_sections(database)
        else "JOIN (SELECT segment_id, section FROM segments) USING (segment_id) "
        'JOIN heard h USING (transcript, participant, "group", section)'
    )
    database.execute(
        f"CREATE TEMP VIEW said AS SELECT h.grp, h.person, {', '.join(f'c.{name}' for name in _SAID)} "
        f"FROM codings c {joined}"
    )


def _has_sections(database: Any) -> bool:
    return bool(database.execute("SELECT count(*) FROM places WHERE section <> ''").fetchone()[0])
