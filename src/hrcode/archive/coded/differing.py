"""How far the groups of an archive are apart: who says what is counted out of core, the rest in memory."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hrcode.analysis.codes import Level
from hrcode.analysis.differences import Against, differences_of
from hrcode.archive.coded.heard import prepare
from hrcode.archive.coded.heard_voices import read_voices
from hrcode.archive.database import open_database
from hrcode.archive.record import frame_in, run_of


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
        voices = read_voices(database, folder, run, heard)
    return differences_of(
        voices,
        frame_in(run),
        level=level,
        against=against,
        p=p,
        where=where,
        unit=run["settings"]["unit"],
    )
