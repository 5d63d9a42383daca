"""The tables beside an archive: read before any work, and held against all of it at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from hrcode.archive.job import Job
from hrcode.archive.material.sources import Partition
from hrcode.errors import Fault, TranscriptError
from hrcode.transcripts.model import Participant
from hrcode.transcripts.participants_table import find_tables, read_participants
from hrcode.transcripts.transcripts_table import (
    Entry,
    find_transcripts_tables,
    read_transcripts_table,
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
