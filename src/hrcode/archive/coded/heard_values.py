"""Where everybody speaks in an archive, with the values that groups and filters ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrcode.archive.coded.read import table_files
from hrcode.archive.sql import as_list, as_patterns, value_of
from hrcode.coding.groups import SECTION
from hrcode.transcripts.participants import NOT_STATED

_TABLES = ("transcripts", "segments", "codings")
_PEOPLE = """
CREATE TEMP TABLE partitions AS
    SELECT unnest({files}) AS filename, unnest(range(len({files}))) AS place;
CREATE TEMP TABLE people AS
    SELECT participant AS person, arg_min(attributes, (place, file_row_number)) AS attributes
    FROM read_parquet({patterns}, filename = true, file_row_number = true)
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
    SELECT person, {own_values} FROM known p WHERE person NOT IN (SELECT person FROM voiced)
"""


def open_tables(database: Any, folder: str | Path, run: Mapping[str, Any]) -> None:
    """Make a view of each table of an archive, and ``people``: of those in several partitions the first."""
    for table in _TABLES:
        patterns = as_list(as_patterns(table_files(folder, run, table)))
        file = f"read_parquet({patterns}, filename = true, file_row_number = true)"
        database.execute(f"CREATE VIEW {table} AS SELECT * FROM {file}")
    files = table_files(folder, run, "participants")
    database.execute(_PEOPLE.format(files=as_list(files), patterns=as_list(as_patterns(files))))


def names_in(database: Any, table: str) -> set[str]:
    """Name the attributes that a table has."""
    found = database.execute(f"SELECT DISTINCT unnest(json_keys(attributes)) FROM {table}").fetchall()
    return {name for (name,) in found}


def make_voiced(database: Any, own: str, wanted: Sequence[str], known: set[str]) -> None:
    """Make the tables ``voiced`` (a row a person and place) and ``quiet`` (those without a word).

    Args:
        database (Any): With the tables of `open_tables`.
        own (str): The attribute that makes the run's groups.
        wanted (Sequence[str]): The attributes whose values they get, as ``v0``, ``v1`` ...
        known (set[str]): Attributes that people and transcripts have.
    """
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
        "of_person": ", ".join(f"{value_of(name)} AS p{i}" for i, name in enumerate(wanted)),
        "of_talk": ", ".join(f"{value_of(name)} AS t{i}" for i, name in enumerate(wanted)),
        "consent": "coalesce(json_extract_string(attributes, '$.consent'), 'yes')",
        "event": value_of("event"),
        "values": ", ".join(values),
        "own_values": ", ".join(own_values),
    }
    database.execute(_VOICED.format(**parts))
