"""The comparison of an archive, computed by DuckDB over Parquet files that need not fit into memory."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcode.analysis.codes import LEVELS, Code, Level, check_level, codes_of
from hrcode.analysis.compare import Comparison, about, as_table, per_1000
from hrcode.analysis.events import PARTICIPANT
from hrcode.analysis.pattern import pattern, robustness
from hrcode.archive.coded.heard import Heard, bases_of, prepare
from hrcode.archive.database import open_database
from hrcode.archive.record import frame_in, run_of
from hrcode.codebook.model import SUMMED

if TYPE_CHECKING:
    import pandas as pd

_BATCH = 10_000
_KEYS = {
    "subcategory": ("category", "subcategory", "true"),
    "category": ("category", "''", "stance IN $summed"),
    "total": ("''", "''", "stance IN $summed"),
}


class _Group(NamedTuple):
    """A group: its people, segments and words."""

    people: int
    segments: int
    words: int


class _Found(NamedTuple):
    """What was coded in a group with one code."""

    segments: int = 0
    codings: int = 0
    breadth: int = 0
    own: Sequence[tuple[str, int, int]] = ()  # person, segments, words of hers or his in all


def compare_archive(
    folder: str | Path,
    *,
    by: str | None = None,
    level: Level | None = None,
    where: str | None = None,
    count: str = PARTICIPANT,
    hide_below: int = 0,
) -> pd.DataFrame:
    """Compare groups of participants in an archive's results (see `hrcode.compare`).

    Args:
        folder (str | Path): The results folder.
        by (str | None): Attribute that makes the groups, or up to three with commas; by default the run's.
        level (str | None): ``category``, ``subcategory``, ``total``, or None for all.
        where (str | None): Filter, such as ``years>5, kind=interview``.
        count (str): What is counted: ``participant`` or ``event``.
        hide_below (int): Groups of fewer participants are left out; 0 for none.

    Returns:
        pandas.DataFrame: What `hrcode.compare` gives, to the number.

    Raises:
        ResultsError: When these are no results of an archive.
        StudyError: When nobody has the attribute, or there is no such level.
    """
    return as_table(
        compare_archive_rows(folder, by=by, level=level, where=where, count=count, hide_below=hide_below)
    )


def compare_archive_rows(
    folder: str | Path,
    *,
    by: str | None = None,
    level: Level | None = None,
    where: str | None = None,
    count: str = PARTICIPANT,
    hide_below: int = 0,
) -> Comparison:
    """Give the rows of a comparison, which `compare_archive` makes a table of (see there)."""
    check_level(level)
    run = run_of(folder)
    with open_database() as database:
        heard = prepare(database, folder, run, by=by, where=where, count=count, hide_below=hide_below)
        groups = _groups(database, heard)
        rows: list[dict[str, object]] = []
        frame = frame_in(run)
        for name in LEVELS if level is None else (level,):
            found = _found(database, name)
            for code in codes_of(frame, name):
                breadth = sum(code in codes_of([entry], name) for entry in frame)
                rows.extend(_rows(name, code, breadth, found.get(code, {}), groups))
    sizes = {group: one.people for group, one in groups.items()}
    unit = run["settings"]["unit"]
    return Comparison(rows, about(sizes, heard.warnings, heard.by, where, count, unit))


def _groups(database: Any, heard: Heard) -> dict[str, _Group]:
    people = dict(database.execute("SELECT grp, count(DISTINCT person) FROM spoken GROUP BY grp").fetchall())
    bases = bases_of(database)
    return {group: _Group(people[group], *bases.get(group, (0, 0))) for group in heard.groups}


def _found(database: Any, level: Level) -> dict[Code, dict[str, _Found]]:
    """Give what was coded, by code and group."""
    category, subcategory, condition = _KEYS[level]
    key = f"{category} AS k1, {subcategory} AS k2, stance AS k3, grp"
    condition = condition.replace("$summed", str(tuple(SUMMED)))
    sums = database.execute(
        f"SELECT {key}, count(DISTINCT segment_id), count(DISTINCT coding_id), "
        f"count(DISTINCT (category, subcategory)) FROM said WHERE {condition} GROUP BY k1, k2, k3, grp"
    ).fetchall()
    people = database.execute(
        f"SELECT k1, k2, k3, f.grp, f.person, f.n, s.words FROM "
        f"(SELECT {key}, person, count(DISTINCT segment_id) AS n FROM said WHERE {condition} "
        "GROUP BY k1, k2, k3, grp, person) f JOIN spoken s ON s.grp = f.grp AND s.person = f.person "
        "ORDER BY k1, k2, k3, f.grp"
    )
    own = {
        key: [row[4:] for row in rows]
        for key, rows in itertools.groupby(_fetched(people), lambda row: row[:4])
    }
    found: dict[Code, dict[str, _Found]] = {}
    for k1, k2, k3, grp, segments, codings, breadth in sums:
        here = _Found(segments, codings, breadth, own[k1, k2, k3, grp])
        found.setdefault(Code(k1, k2, k3), {})[grp] = here
    return found


def _fetched(result: Any) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(_BATCH):
        yield from rows


def _rows(
    level: Level, code: Code, breadth: int, found: Mapping[str, _Found], groups: Mapping[str, _Group]
) -> Iterator[dict[str, object]]:
    counts = {group: (len(found.get(group, _Found()).own), one.people) for group, one in groups.items()}
    label, robust = pattern(counts), robustness(counts)
    for group, base in groups.items():
        here = found.get(group, _Found())
        rates = sorted(1000 * n / words if words else 0.0 for _, n, words in here.own)
        share, person = _largest(here)
        yield {
            "level": level,
            "category": code.category,
            "subcategory": code.subcategory,
            "stance": code.stance,
            "group": group,
            "participants": counts[group][0],
            "participants_total": base.people,
            "segments": here.segments,
            "segments_total": base.segments,
            "codings": here.codings,
            "words": base.words,
            "per_1000_words": per_1000(here.codings, base.words),
            "rate_mean": round(math.fsum(rates) / base.people, 2),
            "rate_median": round(_median(rates, base.people), 2),
            "breadth": here.breadth,
            "breadth_total": breadth,
            "largest_share": share,
            "largest_share_from": person,
            "pattern": label,
            "robust": robust,
        }


def _median(rates: Sequence[float], number: int) -> float:
    """Give the median of sorted rates and as many zeros as make up the number."""
    zeros = number - len(rates)

    def at(index: int) -> float:
        return rates[index - zeros] if index >= zeros else 0.0

    return (at((number - 1) // 2) + at(number // 2)) / 2


def _largest(here: _Found) -> tuple[float, str]:
    if not here.segments:
        return 0.0, ""
    most = max(n for _, n, _ in here.own)
    who = [person for person, n, _ in here.own if n == most]
    return round(most / here.segments, 3), who[0] if len(who) == 1 else ""
