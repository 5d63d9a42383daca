"""The transcripts of one partition, be it a table of turns or a few files, and what is odd about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from hrcode.archive.job import Job
from hrcode.archive.material.beside import OF_TABLES, read_beside
from hrcode.archive.material.columns import Table
from hrcode.archive.material.conversation import Talk
from hrcode.archive.material.sources import Partition
from hrcode.archive.material.turns import read_turns
from hrcode.errors import Fault
from hrcode.transcripts.doubts import odd_participants, odd_sections
from hrcode.transcripts.reading import Reading
from hrcode.transcripts.sampling import LeftOut


def read_talks(
    job: Job, partition: Partition, say: Callable[[Fault], None], left_out: dict[str, LeftOut]
) -> Iterator[Talk]:
    """Read the transcripts of a partition.

    Args:
        job (Job): How the study reads them.
        partition (Partition): The partition.
        say (Callable[[Fault], None]): Told of what is wrong, which is left out, and of what is odd.
        left_out (dict[str, LeftOut]): Grows by what is left out of coding, by participant.

    Yields:
        Talk: One transcript after the other.

    Raises:
        TranscriptError: When nothing of it can be read.
    """
    if not partition.table:
        yield from _read_files(job, partition, say, left_out)
        return
    beside = read_beside(job, partition)
    table = Table(partition.paths[0], job, beside.people, beside.about, say, left_out)
    opened: dict[str, int] = {}
    for talk in read_turns(table):
        opened.update((turn.section, 0) for turn in talk.transcript.turns if turn.section)
        yield talk
    for fault in odd_sections(job.conventions, opened):
        say(fault)


def _read_files(
    job: Job, partition: Partition, say: Callable[[Fault], None], left_out: dict[str, LeftOut]
) -> Iterator[Talk]:
    reading = Reading(
        partition.beside or partition.paths,
        participants=job.participants or None,
        conventions=job.conventions,
        sampling=job.sampling,
        files=dict(zip(partition.ids, map(Path, partition.paths), strict=True)),
    )
    seen = len(reading.faults)
    for transcript in reading.transcripts():
        bad = len(reading.faults) > seen
        seen = len(reading.faults)
        if not bad:
            yield Talk(transcript, {person.id: person for person in reading.people.values()})
    left_out.update(reading.left_out)
    doubts = odd_participants(reading.people.values(), reading.table, reading.tables, reading.stated)
    for fault in (
        *(fault for fault in reading.faults if fault.rule not in OF_TABLES),  # the run says these, once
        *reading.warnings,
        *doubts,
        *odd_sections(reading.conventions, reading.in_section),
    ):
        say(fault)
