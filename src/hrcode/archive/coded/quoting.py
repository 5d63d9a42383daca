"""As much of an archive as its quotes need."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrcode.analysis.quote_filters import QuoteFilters, check_codes, check_known
from hrcode.archive.coded.read import make_coded, people_of, table_files
from hrcode.archive.database import open_database
from hrcode.archive.record import frame_in, run_of
from hrcode.archive.sql import as_patterns
from hrcode.archive.work.tables import TABLES
from hrcode.coding.model import Coded, Segment
from hrcode.errors import StudyError
from hrcode.transcripts.model import people
from hrcode.transcripts.participants import NOT_QUOTED

MOST_QUOTES = 100_000
# As `hrcode.quotes` has it: SQL's small letters are not Python's (ß, İ), which are asked for only there.
_HOLDS = "contains(CASE WHEN strlen(text) = length(text) THEN lower(text) ELSE casefold(text) END, ?)"


def coded_part(folder: str | Path, filters: QuoteFilters, *, limit: int | None) -> tuple[Coded, int]:
    """Give the first codings that fit, with the turns they stand in: enough to show quotes.

    Args:
        folder (str | Path): The results folder of an archive.
        filters (QuoteFilters): What the codings have to be.
        limit (int | None): Most codings; None for all, as it takes to rank them.

    Returns:
        tuple[Coded, int]: The material, in the archive's order, and how many codings fit and may be quoted.

    Raises:
        StudyError: When there is no such code, group or participant, or more than `MOST_QUOTES` fit and
            all are wanted.
    """
    run = run_of(folder)
    check_codes(frame_in(run), filters)
    files = {name: table_files(folder, run, name) for name in ("participants", "segments", "codings")}
    condition, values = _condition(filters, files["segments"])
    with open_database() as database:
        database.create_function("casefold", str.casefold, ["VARCHAR"], "VARCHAR")
        total = database.execute(
            f"SELECT count(*) FROM read_parquet(?) WHERE {condition}",
            [as_patterns(files["codings"]), *values],
        ).fetchone()[0]
        if not total:
            _check_known(database, files, filters)
        if limit is None and total > MOST_QUOTES:
            raise StudyError(
                f"{total:,} codings fit, too many to rank; {MOST_QUOTES:,} can be. Narrow them with "
                "--category, --group, --stance, --indicator or --where."
            )
        rows = functools.partial(_rows, database, files)
        codings = rows("codings", condition, values, limit)
        turns = sorted({f"{row[1]}\x1f{row[4]}" for row in codings})
        segments = rows("segments", "list_contains(?, transcript || '\x1f' || turn)", [turns])
        named = sorted({person for row in codings for person in people(row[2])})
        who = rows("participants", "list_contains(?, participant)", [named])
    return make_coded(run, map(Segment._make, segments), codings, (), people_of(who)), total


def _check_known(database: Any, files: Mapping[str, Sequence[str]], filters: QuoteFilters) -> None:
    """Refuse a group or a participant that the archive does not have, naming the nearest."""
    for what, value, table in (
        ("group", filters.group, "segments"),
        ("participant", filters.participant, "participants"),
    ):
        if value is not None:
            names = f"SELECT DISTINCT \"{what}\" FROM read_parquet(?) WHERE participant <> ''"
            found = database.execute(names, [as_patterns(files[table])]).fetchall()
            check_known(what, value, [name for (name,) in found])


def _rows(
    database: Any,
    files: Mapping[str, Sequence[str]],
    table: str,
    condition: str,
    values: Sequence[Any],
    limit: int | None = None,
) -> list[tuple[Any, ...]]:
    """Give the rows of a table that fit, in the order of the archive."""
    names = ", ".join(f'"{name}"' for name in TABLES[table])
    found: list[tuple[Any, ...]] = database.execute(
        f"SELECT {names} FROM read_parquet(?, filename = true, file_row_number = true) WHERE {condition} "
        f"ORDER BY list_position(?, filename), file_row_number LIMIT {'ALL' if limit is None else limit}",
        [as_patterns(files[table]), *values, files[table]],
    ).fetchall()
    return found


def _condition(filters: QuoteFilters, segments: Sequence[str]) -> tuple[str, list[Any]]:
    """Give what is asked of a coding in SQL, and the values in it."""
    category, subcategory = filters.code
    tests = {
        "evidence <> ?": NOT_QUOTED,
        "category = ?": category,
        "subcategory = ?": subcategory,
        '"group" = ?': filters.group,
        "stance = ?": filters.stance,
        "list_contains(string_split(participant, ' + '), ?)": filters.participant,
        "contains(indicator, ?)": filters.indicator,
    }
    chosen = {test: value for test, value in tests.items() if value is not None}
    condition, values = " AND ".join(chosen), [*chosen.values()]
    if not filters.containing:
        return condition, values
    condition += f" AND segment_id IN (SELECT segment_id FROM read_parquet(?) WHERE {_HOLDS})"
    return condition, [*values, as_patterns(segments), filters.containing.casefold()]
