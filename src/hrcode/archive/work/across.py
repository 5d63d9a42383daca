"""What can only be asked of all partitions together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hrcode.archive.database import open_database
from hrcode.archive.extras import extra
from hrcode.archive.material.beside import Beside
from hrcode.archive.material.sources import Partition
from hrcode.archive.sql import as_patterns
from hrcode.archive.work.notes import REASONS
from hrcode.archive.work.summary import bounded
from hrcode.errors import Fault
from hrcode.transcripts.model import natural
from hrcode.transcripts.transcripts_table import Entry, transcript_key, unknown_people, unknown_transcripts


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


def faults_of_tables(beside: Beside, parts: Path, partitions: Sequence[Partition]) -> list[Fault]:
    """Say which rows of the transcripts table name nobody, or no file of an archive of transcript files.

    Args:
        beside (Beside): The tables.
        parts (Path): The folder of the partitions.
        partitions (Sequence[Partition]): Those that were coded.

    Returns:
        list[Fault]: What a study's run would refuse, each once.
    """
    found: list[Fault] = []
    if beside.people is not None:
        people = beside.people.values()
        found += unknown_people(beside.about, {name for one in people for name in (one.id, *one.aliases)})
    if not any(one.table for one in partitions):
        folders = [path if path.is_dir() else path.parent for path in map(Path, partitions[0].beside)]
        found += unknown_transcripts(_missing(beside, parts, partitions), (), folders)
    return sorted(found)


def warnings_of_tables(beside: Beside, parts: Path, partitions: Sequence[Partition]) -> Iterator[Fault]:
    """Say who of the participants table speaks nowhere, and which rows are about no conversation.

    Args:
        beside (Beside): The tables.
        parts (Path): The folder of the partitions.
        partitions (Sequence[Partition]): Those that were coded.

    Yields:
        Fault: Warnings: the first few of each kind, and how many more.
    """
    parquet = extra("pyarrow.parquet")
    silent = {*(beside.people or ())}
    for one in partitions if silent else ():
        speak = parquet.read_table(parts / one.name / "participants.parquet", columns=["participant"])[0]
        left_out = parquet.read_table(
            parts / one.name / "notes.parquet", columns=["about"], filters=[("rule", "in", [*REASONS])]
        )[0]
        silent -= {*speak.to_pylist(), *left_out.to_pylist()}
    told = [f"participant {person!r} speaks in no transcript" for person in sorted(silent, key=natural)]
    yield from bounded(
        [Fault(str(beside.tables[0]), 0, 0, "no-transcript", text, "warning") for text in told]
    )
    if any(one.table for one in partitions):
        rows = _missing(beside, parts, partitions).values()
        yield from bounded([*map(_nowhere, rows)])


def _nowhere(row: Entry) -> Fault:
    message = f"there is no transcript {row.name!r}"
    return Fault(row.path, row.line, row.column, "unknown-transcript", message, "warning")


def _missing(beside: Beside, parts: Path, partitions: Sequence[Partition]) -> dict[str, Entry]:
    """Give the rows of the transcripts table that are about nothing that was coded or tried."""
    parquet = extra("pyarrow.parquet")
    missing = dict(beside.about)
    for one in partitions if missing else ():
        there = parquet.read_table(parts / one.name / "transcripts.parquet", columns=["transcript"])[0]
        for id_ in (*there.to_pylist(), *one.ids):
            missing.pop(transcript_key(id_), None)
    return missing
