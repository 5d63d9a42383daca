"""One partition of an archive, coded: Parquet files that are there as a whole or not at all."""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from pathlib import Path, PurePath

from hrcode.archive.job import Job, check_installed
from hrcode.archive.material.sources import Partition
from hrcode.archive.material.talks import read_talks
from hrcode.archive.work.notes import (
    Note,
    notes_of_codebook,
    notes_of_people,
    notes_of_turns,
    notes_of_warnings,
)
from hrcode.archive.work.tables import TABLES, Writers, ends_well
from hrcode.coding.code import spoken_languages
from hrcode.coding.consent import aliases_of, withhold
from hrcode.coding.groups import Grouping
from hrcode.coding.model import in_columns
from hrcode.coding.one import Rows, Setup, attributes_of, code_transcript
from hrcode.errors import Fault, LanguageError, TranscriptError
from hrcode.schema import CODINGS, NEAR_MISSES
from hrcode.transcripts.model import Participant, Transcript
from hrcode.transcripts.participants import CONSENT, NOT_STATED, unquoted
from hrcode.transcripts.sampling import LeftOut

DONE = "done.json"
UNFINISHED = ".new-"
COUNTS = (
    "transcripts", "participants", "segments", "interviewer_segments", "left_out_segments", "words",
    "codings", "near_misses",
)  # fmt: skip
"""What is counted, as a study's run counts it."""
_MOST_FAULTS = 1_000  # that a partition remembers


@dataclass(frozen=True)
class Done:
    """What became of a partition.

    Args:
        partition (str): Its name.
        counts (Mapping[str, int]): What is counted, by `COUNTS`; empty where nothing was written.
        faults (Sequence[Fault]): What was left out and why.
        left_out (int): Number of faults, also of those beyond the first thousand.
        worker (str): Who did it.
    """

    partition: str
    counts: Mapping[str, int]
    faults: Sequence[Fault]
    left_out: int
    worker: str = ""


def code_partition(job: Job, parts: Path, partition: Partition, worker: str = "this machine") -> Done:
    """Code a partition and write it out, unless it is there already.

    Args:
        job (Job): What to code with.
        parts (Path): The folder of the partitions that are done.
        partition (Partition): The partition.
        worker (str): Who does it, for messages.

    Returns:
        Done: What became of it; a partition that cannot be read at all is a fault, too.

    Raises:
        RunError: When this process is not fit for the job, or a library is missing.
        OSError: When the disk is full or the folder cannot be written.
    """
    if there := read_done(parts, partition.name):
        return there
    check_installed(job, worker)
    faults = _Faults()
    staging = Path(tempfile.mkdtemp(prefix=f"{UNFINISHED}{partition.name}-", dir=parts))
    try:
        counts = _write(job, partition, staging, faults)
        done = Done(partition.name, counts, faults.first, faults.number, worker)
        (staging / DONE).write_text(_to_json(done), encoding="utf-8")
        _remove_damaged(parts, partition.name)
        try:
            staging.rename(parts / partition.name)
        except OSError:
            if not (parts / partition.name / DONE).exists():  # nobody else was quicker
                raise
        return done
    except TranscriptError as fault:
        told = fault.faults or [Fault("", 0, 0, "unreadable", fault.message)]
        return Done(partition.name, {}, told, len(told), worker)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def read_done(parts: Path, name: str) -> Done | None:
    """Read what became of a partition; None where it is not done, or a file of it is lost or cut short."""
    try:
        held = json.loads((parts / name / DONE).read_text(encoding="utf-8"))
        done = Done(name, held["counts"], [Fault(*one) for one in held["faults"]], held["left_out"])
        whole = all(ends_well(parts / name / f"{table}.parquet") for table in TABLES)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return done if whole else None


def _remove_damaged(parts: Path, name: str) -> None:
    """Make room for a partition where something lies that is none."""
    if (parts / name).exists() and not read_done(parts, name):
        shutil.rmtree(parts / name, ignore_errors=True)


def _to_json(done: Done) -> str:
    names = [one.name for one in fields(Fault)]
    # Results are passed on; where a file lay on this machine is nobody's business.
    told = [replace(fault, path=PurePath(fault.path).name) for fault in done.faults]
    held = {
        "counts": dict(done.counts),
        "faults": [attrgetter(*names)(fault) for fault in told],
        "left_out": done.left_out,
    }
    return json.dumps(held, ensure_ascii=False)


class _Faults:
    """What is wrong with a partition: the first thousand faults, and how many there are."""

    def __init__(self) -> None:
        self.first: list[Fault] = []
        self.number = 0

    def add(self, fault: Fault) -> None:
        self.number += 1
        if self.number <= _MOST_FAULTS:
            self.first.append(fault)


def _write(job: Job, partition: Partition, folder: Path, faults: _Faults) -> dict[str, int]:
    """Write the tables of a partition, and give what they count; ``faults`` grows by what is wrong."""
    people: dict[tuple[str, str], Participant] = {}  # by consent, too, which a table may state row by row
    left_out: dict[str, LeftOut] = {}
    ungrouped: set[str] = set()
    languages: set[str] = set()
    attributes: set[str] = set()
    counts = Counter(dict.fromkeys(COUNTS, 0))
    names = dict(zip(partition.paths, partition.ids, strict=False))
    with Writers(folder) as writers:

        def say(fault: Fault) -> None:
            if fault.level == "error":
                faults.add(fault)
            else:
                writers.add("notes", notes_of_warnings([fault], names))

        for transcript, own in read_talks(job, partition, say, left_out):
            rows = _coded(job, partition, transcript, own)
            _write_talk(writers, transcript, rows)
            counts.update(_counts(transcript, rows))
            languages.update(spoken_languages([transcript], job.language))
            attributes.update(transcript.attributes)
            columns = in_columns(rows.segments).columns
            grouped = {*zip(columns.participant, columns.group, strict=True)}
            ungrouped.update(participant for participant, group in grouped if group == NOT_STATED)
            for person in own.values():
                people.setdefault((person.id, person.attributes.get(CONSENT, "")), person)
        writers.add("participants", _participants(job, people.values()))
        writers.add("notes", notes_of_people(people.values(), left_out, job.sampling))
        writers.add("notes", (Note("group-not-stated", person) for person in sorted(ungrouped)))
        attributes.update(name for person in people.values() for name in person.attributes)
        writers.add("notes", notes_of_codebook(job.engines.codebook, languages, attributes))
        for table in ("transcripts", "participants", "codings", "near_misses"):
            counts[table] = writers.counts[table]
        return dict(counts)


def _coded(job: Job, partition: Partition, transcript: Transcript, people: Mapping[str, Participant]) -> Rows:
    """Code a transcript in which these people speak; words of those who do not agree are left out."""
    groups = Grouping(
        {one.id: one.attributes.get(job.group_by, "") for one in people.values()},
        {transcript.id: transcript.attributes.get(job.group_by, "")},
    )
    setup = Setup(job.engines, job.unit, job.language, groups, attributes_of(people.values()))
    try:
        rows = code_transcript(transcript, setup)
    except LanguageError as lacking:  # the next run tries again: it may be there by then
        told = Fault(partition.shown, 0, 0, "language", f"{transcript.id}: {lacking.message}")
        raise TranscriptError("", [told]) from None
    return withhold(rows, unquoted(people.values()), aliases_of(people.values()))


def _write_talk(writers: Writers, transcript: Transcript, rows: Rows) -> None:
    writers.add_columns("segments", in_columns(rows.segments).columns)
    writers.add("codings", map(attrgetter(*CODINGS), rows.codings))
    writers.add("near_misses", map(attrgetter(*NEAR_MISSES), rows.near_misses))
    known = json.dumps(dict(transcript.attributes))
    writers.add("transcripts", [(transcript.id, transcript.sha256, known)])
    writers.add("notes", notes_of_turns(transcript))


def _counts(transcript: Transcript, rows: Rows) -> dict[str, int]:
    """Count segments and words as a study's run does: those of participants, and apart the others."""
    silent = {turn.number for turn in transcript.turns if turn.left_out}
    columns = in_columns(rows.segments).columns
    coded = sum(map(bool, columns.participant))
    left_out = sum(turn in silent for turn in columns.turn) if silent else 0
    return {
        "segments": coded,
        "interviewer_segments": len(rows.segments) - coded - left_out,
        "left_out_segments": left_out,
        "words": sum(itertools.compress(columns.words, columns.participant)),
    }


def _participants(job: Job, people: Iterable[Participant]) -> list[tuple[str, str, str]]:
    kept: dict[str, Participant] = {}
    for one in people:
        if not job.sampling.reason(one):
            kept.setdefault(one.id, one)
    return [
        (one.id, one.attributes.get(job.group_by, ""), json.dumps(dict(one.attributes)))
        for one in kept.values()
    ]
