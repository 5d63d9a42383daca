"""As much of an archive as a filter leaves, for commands that need it in memory."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

from hrcode.archive import record
from hrcode.archive.coded.heard import prepare
from hrcode.archive.coded.read import read_archive
from hrcode.archive.database import open_database
from hrcode.archive.record import run_of
from hrcode.coding.model import Coded, in_columns
from hrcode.errors import ResultsError


def excerpt(folder: str | Path, where: str) -> Coded:
    """Take the part of an archive's results that a filter leaves, as results of their own.

    Args:
        folder (str | Path): The results folder of an archive.
        where (str): The filter, such as ``wave=1, kind=interview``.

    Returns:
        Coded: The transcripts in which it holds of somebody who speaks, as a whole (see `write_results`).

    Raises:
        ResultsError: When these are no results of an archive, the part is more than a million segments, or
            nobody is left.
        StudyError: When the filter fits neither participants nor transcripts.
    """
    coded = read_where(folder, where)
    if not coded.transcripts:
        raise ResultsError(f"{folder}: --where leaves nobody.")
    columns = in_columns(coded.segments).columns
    spoken = sum(map(bool, columns.participant))
    counts = {
        "transcripts": len(coded.transcripts),
        "participants": len(coded.participants),
        "segments": spoken,
        "not_coded_segments": len(coded.segments) - spoken,
        "words": sum(itertools.compress(columns.words, columns.participant)),
        "codings": len(coded.codings),
        "near_misses": len(coded.near_misses),
    }
    message = f"this is a part of an archive: the transcripts in which {where} holds of somebody"
    told = {"file": "", "rule": "excerpt", "message": message}
    run = {name: value for name, value in coded.run.items() if name != "folder"}
    own = run.get("warnings")
    warnings = [told, *(own if isinstance(own, list) else ())]
    return replace(coded, run={**run, "counts": counts, "warnings": warnings})


def read_where(folder: str | Path, where: str) -> Coded:
    """Read the transcripts in which somebody is heard whom a filter leaves, as a whole.

    A table made of them with the same filter is that of the whole archive: what the filter does not
    leave counts in none.

    Args:
        folder (str | Path): The results folder.
        where (str): The filter, such as ``wave=1, kind=interview``.

    Returns:
        Coded: As `read_results` gives it, with those transcripts and those who speak in them only.

    Raises:
        ResultsError: When it is still more than a million segments.
        StudyError: When the filter fits neither participants nor transcripts.
    """
    run = run_of(folder)
    with open_database() as database:
        prepare(database, folder, run, where=where)
        number = database.execute(
            "SELECT count(*) FROM segments WHERE transcript IN (SELECT transcript FROM heard)"
        ).fetchone()[0]
        if number > record.MOST_SEGMENTS:
            raise ResultsError(
                f"{folder}: --where leaves transcripts of {number:,} segments; {record.MOST_SEGMENTS:,} fit. "
                "Narrow it with a comma and another condition."
            )
        found = database.execute("SELECT DISTINCT transcript FROM heard").fetchall()
    return read_archive(folder, run, {transcript for (transcript,) in found})
