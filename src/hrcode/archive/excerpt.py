"""As much of an archive as a filter leaves, for commands that need it in memory."""

from __future__ import annotations

from pathlib import Path

from hrcode.archive import record
from hrcode.archive.database import open_database, run_of
from hrcode.archive.heard import prepare
from hrcode.archive.read import read_archive
from hrcode.coding.model import Coded
from hrcode.errors import ResultsError


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
            "SELECT sum(segments) FROM places WHERE transcript IN (SELECT transcript FROM heard)"
        ).fetchone()[0]
        if (number or 0) > record.MOST_SEGMENTS:
            raise ResultsError(
                f"{folder}: --where leaves transcripts of {number:,} segments; {record.MOST_SEGMENTS:,} fit. "
                "Narrow it with a comma and another condition."
            )
        found = database.execute("SELECT DISTINCT transcript FROM heard").fetchall()
    return read_archive(folder, run, {transcript for (transcript,) in found})
