"""What can only be asked of all partitions together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hrcode.archive.database import open_database
from hrcode.archive.sql import as_patterns
from hrcode.errors import Fault


def number_of_people(parts: Path, shown: Mapping[str, str]) -> int:
    """Count the participants of all partitions, each once.

    Args:
        parts (Path): The folder of the partitions.
        shown (Mapping[str, str]): What people call each, by its name.

    Returns:
        int: Their number.
    """
    files = as_patterns(str(parts / name / "participants.parquet") for name in shown)
    with open_database() as database:
        text = "SELECT count(DISTINCT participant) FROM read_parquet(?)"
        number: int = database.execute(text, [files]).fetchone()[0]
    return number


def same_ids(parts: Path, shown: Mapping[str, str]) -> list[Fault]:
    """Complain of transcripts of one id in two partitions; their segments cannot be told apart.

    Args:
        parts (Path): The folder of the partitions.
        shown (Mapping[str, str]): What people call each, by its name.

    Returns:
        list[Fault]: One an id and partition that is not the first with it.
    """
    files = as_patterns(str(parts / name / "transcripts.parquet") for name in shown)
    place = {name: i for i, name in enumerate(shown)}
    with open_database() as database:
        rows = database.execute(
            "SELECT transcript, list(DISTINCT filename) FROM read_parquet(?, filename = true) "
            "GROUP BY transcript HAVING count(DISTINCT filename) > 1 ORDER BY transcript",
            [files],
        ).fetchall()
    found: list[Fault] = []
    for id_, in_files in rows:
        first, *others = sorted((Path(file).parent.name for file in in_files), key=place.__getitem__)
        message = f"transcript {id_!r} is in {shown[first]}, too; give one another id"
        found += (Fault(shown[other], 0, 0, "same-id", message) for other in others)
    return found
