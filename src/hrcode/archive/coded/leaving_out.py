"""What of an archive's comparison hangs on one person, one indicator or one kind of interview."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd

from hrcode.analysis.codes import Level, check_level
from hrcode.analysis.leave_out import Interviews
from hrcode.analysis.sensitivity import sensitivity_of
from hrcode.archive.coded.heard import prepare
from hrcode.archive.coded.heard_voices import read_voices
from hrcode.archive.database import open_database
from hrcode.archive.record import frame_in, run_of
from hrcode.archive.sql import value_of
from hrcode.transcripts.model import kind_of

_KINDS = f"""
SELECT transcript, coalesce(kind, ''), count(DISTINCT person)
FROM voiced LEFT JOIN (SELECT transcript, {value_of("kind")} AS kind FROM transcripts) USING (transcript)
GROUP BY ALL
"""


def sensitivity_archive(
    folder: str | Path,
    *,
    by: str | None = None,
    level: Level | None = None,
    where: str | None = None,
    hide_below: int = 0,
) -> pd.DataFrame:
    """Leave out each participant, indicator and kind of interview of an archive (see `hrcode.sensitivity`).

    Args:
        folder (str | Path): The results folder.
        by (str | None): Attribute that makes the groups, or up to three with commas; by default the run's.
        level (str | None): ``category``, ``subcategory``, ``total``, or None for all.
        where (str | None): Filter.
        hide_below (int): Groups of fewer participants are left out; 0 for none.

    Returns:
        pandas.DataFrame: What `hrcode.sensitivity` gives.

    Raises:
        ResultsError: When these are no results of an archive, or there are more than a million codings.
        StudyError: When an option does not fit the study.
    """
    check_level(level)
    run = run_of(folder)
    with open_database() as database:
        heard = prepare(database, folder, run, by=by, where=where, hide_below=hide_below)

        def texts(ids: Collection[str]) -> dict[str, str]:
            wanted = "SELECT segment_id, text FROM segments WHERE list_contains($ids::VARCHAR[], segment_id)"
            return dict(database.execute(wanted, {"ids": [*ids]}).fetchall())

        return sensitivity_of(
            read_voices(database, folder, run, heard),
            frame_in(run),
            _interviews(database),
            texts,
            level=level,
            where=where,
            unit=run["settings"]["unit"],
        )


def _interviews(database: Any) -> Interviews:
    kinds = {name: kind or kind_of(number) for name, kind, number in database.execute(_KINDS).fetchall()}
    heard: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = database.execute("SELECT DISTINCT transcript, grp, person FROM heard").fetchall()
    for transcript, group, person in rows:
        heard[kinds[transcript]].add((group, person))
    return Interviews(kinds, {kind: frozenset(who) for kind, who in heard.items()})
