"""How far the groups of an archive are apart: who says what is counted out of core, the rest in memory."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pandas as pd

from hrcode.analysis.codes import Level
from hrcode.analysis.differences import Against, differences_of
from hrcode.analysis.voices import Said, Voices
from hrcode.archive.database import open_database, run_of
from hrcode.archive.heard import Heard, bases_of, prepare
from hrcode.coding.model import Coding, FrameEntry
from hrcode.errors import ResultsError
from hrcode.transcripts.model import natural

MOST_CODINGS = 1_000_000


def differences_archive(
    folder: str | Path,
    *,
    by: str | None = None,
    level: Level | None = None,
    where: str | None = None,
    against: Against | None = None,
    p: bool = False,
    hide_below: int = 0,
) -> pd.DataFrame:
    """Say how far groups are apart in an archive's results (see `hrcode.differences`).

    Args:
        folder (str | Path): The results folder.
        by (str | None): Attribute that makes the groups, or up to three with commas; by default the run's.
        level (str | None): ``category``, ``subcategory``, ``total``, or None for all.
        where (str | None): Filter.
        against (str | None): ``pairs``, ``rest``, or None.
        p (bool): Add p-values.
        hide_below (int): Groups of fewer participants are left out; 0 for none.

    Returns:
        pandas.DataFrame: What `hrcode.differences` gives.

    Raises:
        ResultsError: When these are no results of an archive, or there are more than a million codings.
        StudyError: When an option does not fit the study.
    """
    run = run_of(folder)
    with open_database() as database:
        heard = prepare(database, folder, run, by=by, where=where, hide_below=hide_below)
        number = database.execute("SELECT count(*) FROM said").fetchone()[0]
        if number > MOST_CODINGS:
            raise ResultsError(
                f"{folder}: differences of {number:,} codings are too many; {MOST_CODINGS:,} can be. "
                "Narrow them with --where."
            )
        voices = _voices(database, heard)
    return differences_of(
        voices,
        [FrameEntry(**entry) for entry in run["frame"]],
        level=level,
        against=against,
        p=p,
        where=where,
        unit=run["settings"]["unit"],
    )


def _voices(database: Any, heard: Heard) -> Voices:
    """Give who says what, without the segments: their number and words are counted already."""
    members: dict[str, list[str]] = defaultdict(list)
    words: dict[tuple[str, str], int] = {}
    for group, person, number in database.execute("SELECT grp, person, words FROM spoken").fetchall():
        members[group].append(person)
        words[group, person] = number
    bases = bases_of(database)
    return Voices(
        by=heard.by,
        members={group: tuple(sorted(members[group], key=natural)) for group in heard.groups},
        words=words,
        group_words={group: bases.get(group, (0, 0))[1] for group in heard.groups},
        segments={group: bases.get(group, (0, 0))[0] for group in heard.groups},
        stretches=(),
        all_segments=(),
        said=tuple(_said(row) for row in database.execute(
            "SELECT person, grp, coding_id, segment_id, category, subcategory, stance FROM said").fetchall()),
        warnings=tuple(heard.warnings),
    )  # fmt: skip


def _said(row: tuple[str, ...]) -> Said:
    person, group, coding_id, segment_id, category, subcategory, stance = row
    return Said(
        person,
        group,
        Coding(coding_id, "", person, group, 0, segment_id, category, subcategory, stance,
               0, 0, "", "", "", "", "", ""),
    )  # fmt: skip
