"""The tables beside an archive: read before any work, and held against all of it at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from hrcode.archive.extras import extra
from hrcode.archive.job import Job
from hrcode.archive.notes import REASONS
from hrcode.archive.sources import Partition
from hrcode.archive.summary import bounded
from hrcode.errors import Fault, TranscriptError
from hrcode.transcripts.model import Participant, natural
from hrcode.transcripts.participants_table import find_tables, read_participants
from hrcode.transcripts.transcripts_table import (
    Entry,
    find_transcripts_tables,
    read_transcripts_table,
    transcript_key,
    unknown_people,
    unknown_transcripts,
)

_Row = TypeVar("_Row")
OF_TABLES = ("unknown-participant", "unknown-transcript")
"""Rules for rows of these tables, which only all partitions together can be held against."""


class Beside(NamedTuple):
    """What the tables beside an archive say.

    Args:
        tables (Sequence[Path]): The participants tables.
        people (dict[str, Participant] | None): The participants in them, by id; None where there is none.
        about (Mapping[str, Entry]): The rows of the transcripts tables.
    """

    tables: Sequence[Path]
    people: dict[str, Participant] | None
    about: Mapping[str, Entry]


def read_beside(job: Job, partition: Partition) -> Beside:
    """Read the tables that are named, else those beside the archive.

    Args:
        job (Job): How the study reads them.
        partition (Partition): Any partition of the archive.

    Returns:
        Beside: What they say.

    Raises:
        TranscriptError: With every fault of all of them.
    """
    given = [*map(Path, partition.beside)]
    tables = [Path(job.participants)] if job.participants else find_tables(given)
    named = job.conventions.transcripts_table
    others = [Path(named)] if named else find_transcripts_tables(given)
    faults: list[Fault] = []
    people = _read(lambda: read_participants(tables, job.sampling.attributes), faults)
    about = _read(lambda: read_transcripts_table(others), faults)
    if faults:
        raise TranscriptError("The tables beside the archive cannot be used:", faults)
    return Beside(tables, people if tables else None, about)


def _read(read: Callable[[], dict[str, _Row]], faults: list[Fault]) -> dict[str, _Row]:
    try:
        return read()
    except TranscriptError as fault:
        if not fault.faults:
            raise
        faults.extend(fault.faults)
        return {}


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
