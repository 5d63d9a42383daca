"""Who says what in an archive: `hrcode.analysis.voices` in SQL, for what does not fit into memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrcode.analysis.by import BETWEEN, attributes_of_groups, group_order
from hrcode.analysis.cautions import nothing_compared
from hrcode.analysis.events import EVENT, PARTICIPANT, check_count
from hrcode.analysis.small import hidden_warning, small_groups
from hrcode.archive.heard_warnings import not_independent, warnings_of
from hrcode.archive.heard_where import accepted, check_conditions
from hrcode.archive.read import make_coded, table_files
from hrcode.coding.groups import SECTION
from hrcode.errors import StudyError
from hrcode.hints import nearest
from hrcode.transcripts.participants import NOT_STATED
from hrcode.transcripts.where import parse_where

TABLES = ("participants", "transcripts", "segments", "codings")
_FILES = """
CREATE VIEW transcripts AS SELECT * FROM read_parquet($transcripts);
CREATE VIEW segments AS SELECT * FROM read_parquet($segments);
CREATE VIEW codings AS SELECT * FROM read_parquet($codings);
CREATE TEMP TABLE partitions AS
    SELECT unnest($participants) AS filename, unnest(range(len($participants))) AS place;
CREATE TEMP TABLE people AS
    SELECT participant AS person, arg_min(attributes, (place, file_row_number)) AS attributes
    FROM read_parquet($participants, filename = true, file_row_number = true)
    JOIN partitions USING (filename) GROUP BY participant
"""
# A turn of two who speak together is each one's. What is known of the conversation goes before what is
# known of the person; the run's own grouping stands in the segments and goes before both.
_VOICED = """
CREATE TEMP TABLE places AS
    SELECT transcript, participant, "group", {section} AS section,
           count(*)::BIGINT AS segments, sum(words)::BIGINT AS words
    FROM segments WHERE participant <> '' GROUP BY ALL;
CREATE TEMP TABLE known AS SELECT person, {of_person}, {consent} AS consent FROM people;
CREATE TEMP TABLE talks AS
    SELECT transcript, {of_talk}, {event} AS event FROM transcripts GROUP BY ALL;
CREATE TEMP TABLE voiced AS
    SELECT s.*, coalesce(nullif(t.event, ''), s.transcript) AS event, t.transcript IS NOT NULL AS is_known,
           {values}
    FROM (SELECT *, NOT contains(participant, ' + ') AS alone,
                 unnest(string_split(participant, ' + ')) AS person FROM places) s
    LEFT JOIN known p USING (person) LEFT JOIN talks t USING (transcript);
CREATE TEMP TABLE quiet AS
    SELECT person, {own_values} FROM known p WHERE person NOT IN (SELECT person FROM voiced);
"""


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
    _open_files(database, folder, run)
    of_people, of_talks = _names_in(database, "people"), _names_in(database, "transcripts")
    known = of_people | of_talks
    _make_voiced(database, run["settings"]["group_by"], wanted, known)
    check_conditions(database, conditions, wanted, known, run)
    for name in names if of_people else ():
        _check_name(name, known)
    kept = accepted(database, conditions, wanted, run)
    label = f"concat_ws('{BETWEEN}', {', '.join(f'v{wanted.index(name)}' for name in names)})"
    countable = count == PARTICIPANT and not any(name not in of_people for name in names)
    database.execute(f"CREATE TEMP TABLE absent AS SELECT person, {label} AS grp FROM quiet "
                     f"WHERE {kept if countable else 'false'}")  # fmt: skip
    database.execute(f"CREATE TEMP TABLE heard AS SELECT *, {label} AS grp FROM voiced WHERE {kept}")
    members = database.execute("SELECT DISTINCT person, grp FROM heard UNION SELECT person, grp FROM absent")
    small = small_groups(members.fetchall(), hide_below) if hide_below else frozenset()
    for table in ("heard", "absent") if small else ():
        database.execute(f"DELETE FROM {table} WHERE grp IN (SELECT unnest($small))", {"small": [*small]})
    shared = [*not_independent(database)] if count == PARTICIPANT else []
    _count_as(database, count)
    coded = make_coded(run, (), (), (), ())
    groups = [grp for (grp,) in database.execute("SELECT DISTINCT grp FROM spoken").fetchall()]
    groups.sort(key=group_order(coded, names))
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


def _quoted(text: str) -> str:
    """Write a text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def _open_files(database: Any, folder: str | Path, run: Mapping[str, Any]) -> None:
    """Make a view of each table, and of people of several partitions the first."""
    files = {name: table_files(folder, run, name) for name in TABLES}
    for statement in _FILES.split(";\n"):
        for name, some in files.items():
            statement = statement.replace(f"${name}", "[" + ", ".join(map(_quoted, some)) + "]")
        database.execute(statement)


def _names_in(database: Any, table: str) -> set[str]:
    """Name the attributes that a table has."""
    found = database.execute(f"SELECT DISTINCT unnest(json_keys(attributes)) FROM {table}").fetchall()
    return {name for (name,) in found}


def _make_voiced(database: Any, own: str, wanted: Sequence[str], known: set[str]) -> None:
    """Make the tables of who speaks where, with the values of the attributes as ``v0``, ``v1`` ..."""
    given = [f"coalesce(json_extract_string(attributes, {_quoted(_path(name))}), '')" for name in wanted]
    by_section = [name == SECTION and SECTION not in known for name in wanted]
    values, own_values = [], []
    for i, name in enumerate(wanted):
        talk = "s.section" if by_section[i] else f"coalesce(t.t{i}, '')"
        group = 'WHEN s.alone AND s."group" <> \'\' THEN s."group"' if name == own else ""
        person = f"WHEN p.p{i} <> '' THEN p.p{i} ELSE '{NOT_STATED}' END AS v{i}"
        values.append(f"CASE {group} WHEN {talk} <> '' THEN {talk} {person}")
        own_values.append(f"CASE {person}")
    parts = {
        "section": "section" if any(by_section) else "''",
        "of_person": ", ".join(f"{text} AS p{i}" for i, text in enumerate(given)),
        "of_talk": ", ".join(f"{text} AS t{i}" for i, text in enumerate(given)),
        "consent": "coalesce(json_extract_string(attributes, '$.consent'), 'yes')",
        "event": "coalesce(json_extract_string(attributes, '$.event'), '')",
        "values": ", ".join(values),
        "own_values": ", ".join(own_values),
    }
    for statement in filter(str.strip, _VOICED.split(";\n")):
        database.execute(statement.format(**parts))


def _path(name: str) -> str:
    return '$."' + name.replace('"', "") + '"'


def _check_name(name: str, known: set[str]) -> None:
    if name != SECTION and name not in known:
        raise StudyError(
            f"No participant and no transcript has an attribute {name!r}.{nearest(name, known)} "
            f"There are: {', '.join(sorted(known))}."
        )


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
        "CREATE TEMP VIEW said AS SELECT h.grp, h.person, c.segment_id, c.coding_id, c.category, "
        f"c.subcategory, c.stance FROM codings c {joined}"
    )


def _has_sections(database: Any) -> bool:
    return bool(database.execute("SELECT count(*) FROM places WHERE section <> ''").fetchone()[0])
