"""Who says what in an archive, in memory: its codings, and of its segments number and words alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrcode.analysis.voices import Said, Voices
from hrcode.archive.coded.heard import Heard, bases_of
from hrcode.archive.coded.read import table_files
from hrcode.coding.model import Coding
from hrcode.errors import ResultsError
from hrcode.transcripts.model import natural

MOST_CODINGS = 1_000_000
_SAID = """
SELECT person, grp, coding_id, transcript, participant, segment_id, category, subcategory, stance, indicator
FROM said JOIN (SELECT unnest($files) AS filename, unnest(range(len($files))) AS place) USING (filename)
ORDER BY place, file_row_number, person
"""


def read_voices(database: Any, folder: str | Path, run: Mapping[str, Any], heard: Heard) -> Voices:
    """Read who says what into memory.

    Args:
        database (Any): With the tables that `hrcode.archive.coded.heard.prepare` makes.
        folder (str | Path): The results folder.
        run (Mapping[str, Any]): Its record.
        heard (Heard): What `prepare` gave.

    Returns:
        Voices: As `hrcode.analysis.voices.voices` gives it, in the archive's order, but for what is spoken.

    Raises:
        ResultsError: When there are more than `MOST_CODINGS`.
    """
    number = database.execute("SELECT count(*) FROM said").fetchone()[0]
    if number > MOST_CODINGS:
        raise ResultsError(
            f"{folder}: {number:,} codings are too many for this table; {MOST_CODINGS:,} can be. Narrow them "
            "with --where."
        )
    members: dict[str, list[str]] = defaultdict(list)
    words: dict[tuple[str, str], int] = {}
    for group, person, said in database.execute("SELECT grp, person, words FROM spoken").fetchall():
        members[group].append(person)
        words[group, person] = said
    bases = bases_of(database)
    rows = database.execute(_SAID, {"files": table_files(folder, run, "codings")}).fetchall()
    return Voices(
        by=heard.by,
        members={group: tuple(sorted(members[group], key=natural)) for group in heard.groups},
        words=words,
        group_words={group: bases.get(group, (0, 0))[1] for group in heard.groups},
        segments={group: bases.get(group, (0, 0))[0] for group in heard.groups},
        stretches=(),
        all_segments=(),
        said=tuple(map(_said, rows)),
        warnings=tuple(heard.warnings),
    )


def _said(row: tuple[str, ...]) -> Said:
    person, group, coding_id, transcript, participant, segment_id, *code, indicator = row
    category, subcategory, stance = code
    return Said(
        person,
        group,
        Coding(coding_id, transcript, participant, group, 0, segment_id, category, subcategory, stance,
               0, 0, "", indicator, "", "", "", ""),
    )  # fmt: skip
