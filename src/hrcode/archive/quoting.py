"""As much of an archive as its quotes need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hrcode.archive.database import open_database, run_of
from hrcode.archive.part import TABLES
from hrcode.archive.read import make_coded, people_of, table_files
from hrcode.archive.sql import as_patterns
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.transcripts.model import people
from hrcode.transcripts.participants import NOT_QUOTED

MOST_QUOTES = 100_000
# As `hrcode.quotes` has it: SQL's small letters are not Python's (ß, İ), which are asked for only there.
_HOLDS = "contains(CASE WHEN strlen(text) = length(text) THEN lower(text) ELSE casefold(text) END, ?)"


def coded_part(
    folder: str | Path,
    *,
    limit: int | None,
    category: str | None = None,
    group: str | None = None,
    participant: str | None = None,
    stance: str | None = None,
    indicator: str | None = None,
    containing: str | None = None,
) -> tuple[Coded, int]:
    """Give the first codings that fit, with the turns they stand in: enough to show quotes.

    Args:
        folder (str | Path): The results folder of an archive.
        limit (int | None): Most codings; None for all, as it takes to rank them.
        category (str | None): Category, or ``category/subcategory``.
        group (str | None): Group.
        participant (str | None): Participant.
        stance (str | None): Stance.
        indicator (str | None): Indicator's id, or a part of it.
        containing (str | None): Text that the segment holds, in any case of letters.

    Returns:
        tuple[Coded, int]: The material, in the archive's order, and how many codings fit and may be quoted.

    Raises:
        StudyError: When none fits, or more than `MOST_QUOTES` do and all are wanted.
    """
    run = run_of(folder)
    files = {name: table_files(folder, run, name) for name in ("participants", "segments", "codings")}
    patterns = {name: as_patterns(own) for name, own in files.items()}
    wanted, _, sub = (category or "").partition("/")
    tests = {
        "evidence <> ?": NOT_QUOTED,
        "category = ?": wanted, "subcategory = ?": sub, '"group" = ?': group, "stance = ?": stance,
        "list_contains(string_split(participant, ' + '), ?)": participant,
        "contains(indicator, ?)": indicator,
    }  # fmt: skip
    chosen = {test: value for test, value in tests.items() if value}
    condition, values = " AND ".join(["true", *chosen]), [*chosen.values()]
    if containing:
        condition += f" AND segment_id IN (SELECT segment_id FROM read_parquet(?) WHERE {_HOLDS})"
        values += [patterns["segments"], containing.casefold()]  # type: ignore[list-item]
    with open_database() as database:
        database.create_function("casefold", str.casefold, ["VARCHAR"], "VARCHAR")

        def rows(table: str, condition: str, values: Sequence[Any], more: str = "") -> list[tuple[Any, ...]]:
            names = ", ".join(f'"{name}"' for name in TABLES[table])
            file = "read_parquet(?, filename = true, file_row_number = true)"
            order = "ORDER BY list_position(?, filename), file_row_number"
            text = f"SELECT {names} FROM {file} WHERE {condition} {order} {more}"
            found: list[tuple[Any, ...]] = database.execute(
                text, [patterns[table], *values, files[table]]
            ).fetchall()
            return found

        total = database.execute(
            f"SELECT count(*) FROM read_parquet(?) WHERE {condition}", [patterns["codings"], *values]
        ).fetchone()[0]
        if not total:
            raise StudyError("No coding of the archive fits what was asked for.")
        if limit is None and total > MOST_QUOTES:
            raise StudyError(
                f"{total:,} codings fit, too many to rank; {MOST_QUOTES:,} can be. Narrow them with "
                "--category, --group, --stance, --indicator or --where."
            )
        codings = rows("codings", condition, values, "" if limit is None else f"LIMIT {int(limit)}")
        turns = sorted({f"{row[1]}\x1f{row[4]}" for row in codings})
        segments = rows("segments", "list_contains(?, transcript || '\x1f' || turn)", [turns])
        named = sorted({person for row in codings for person in people(row[2])})
        who = rows("participants", "list_contains(?, participant)", [named])
    return make_coded(run, segments, codings, (), people_of(who)), total
