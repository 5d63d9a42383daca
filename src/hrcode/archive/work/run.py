"""An archive, coded partition by partition: on this machine or on a cluster, the same results."""

from __future__ import annotations

import functools
import json
import platform
import shutil
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from hrcode._version import __version__
from hrcode.archive.extras import extra
from hrcode.archive.job import Job
from hrcode.archive.material.beside import Beside, read_beside
from hrcode.archive.material.sources import Partition, find_partitions
from hrcode.archive.record import FORMAT, RESULT_FILES, check_folder
from hrcode.archive.work.across import faults_of_tables, number_of_people, same_ids, warnings_of_tables
from hrcode.archive.work.cluster import on_cluster
from hrcode.archive.work.part import COUNTS, UNFINISHED, Done, code_partition, read_done
from hrcode.archive.work.summary import bounded, summary
from hrcode.coding.code import coding_frame, kept_warnings
from hrcode.coding.groups import declared_as_json
from hrcode.coding.pool import in_order
from hrcode.coding.runner import choose_processes
from hrcode.errors import Fault, ResultsError, RunError
from hrcode.language.pipeline import versions
from hrcode.writing import claimed, not_written, reason, replace_files

Engine = Literal["local", "dask"]
_MOST_SHOWN = 1_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What became of an archive.

    Args:
        folder (Path): The results.
        partitions (int): Number of partitions in them.
        kept (int): How many of them were there before.
        counts (Mapping[str, int]): What a study's run counts.
        faults (Sequence[Fault]): What was left out and why, the first thousand.
        left_out (int): Number of all faults.
        warnings (Sequence[Fault]): What to know of people and files, in a few lines a rule.
    """

    folder: Path
    partitions: int
    kept: int
    counts: Mapping[str, int]
    faults: Sequence[Fault]
    left_out: int
    warnings: Sequence[Fault] = ()


def code_archive(
    paths: Sequence[str],
    job: Job,
    out: str | Path,
    *,
    engine: Engine = "local",
    scheduler: str | None = None,
    processes: int | None = None,
    patience: float = 3600,
    progress: Progress | None = None,
) -> Outcome:
    """Code an archive; memory is bounded by a batch of rows, whatever the archive's size.

    Partitions that are done stay done: a run that was cut short goes on where it was.

    Args:
        paths (Sequence[str]): Files, folders, patterns and URLs (see `find_partitions`).
        job (Job): What to code with.
        out (str | Path): Folder of the results, which all workers have to reach.
        engine (str): ``local`` or ``dask``.
        scheduler (str | None): Address of a Dask scheduler; by default workers on this machine.
        processes (int | None): Number of processes on this machine; by default one a core.
        patience (float): Seconds after which a worker of a cluster that says nothing is given up.
        progress (Callable[[int, int], None] | None): Told of partitions done and in all.

    Returns:
        Outcome: What was written, and what was left out.

    Raises:
        TranscriptError: When nothing can be read.
        RunError: When another run writes into the folder, versions differ, the scheduler is lost, or
            a library is missing.
        ResultsError: When the folder cannot be written, or holds other people's files.
    """
    for module in ("pyarrow.parquet", "duckdb", *(["distributed"] if engine == "dask" else [])):
        extra(module)
    notes: list[Fault] = []
    partitions = find_partitions(paths, (job.participants, job.conventions.transcripts_table), notes)
    beside = read_beside(job, partitions[0])
    folder = Path(out)
    check_folder(folder)
    parts = folder / f"parts-{job.digest}"
    try:
        parts.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ResultsError(not_written(folder, fault)) from None
    with claimed(folder, error=RunError):
        done = {one.name: there for one in partitions if (there := read_done(parts, one.name))}
        kept = len(done)
        ahead = [one for one in partitions if one.name not in done]
        if progress:
            progress(kept, len(partitions))
        try:
            with closing(_run(job, parts, ahead, engine, scheduler, processes, patience)) as results:
                for one in results:
                    done[one.partition] = one
                    if progress:
                        progress(len(done), len(partitions))
        except OSError as fault:
            number = sum(read_done(parts, one.name) is not None for one in partitions)
            raise ResultsError(
                f"{folder}: cannot be written ({reason(fault)}). {number} of {len(partitions)} "
                "partitions are done; make room and run the same command again, they are kept."
            ) from None
        finally:
            if scheduler is None:  # nobody is at work any more
                _remove_unfinished(parts)
        return _finish(job, folder, parts, partitions, beside, done, notes, kept)


def _finish(
    job: Job,
    folder: Path,
    parts: Path,
    partitions: Sequence[Partition],
    beside: Beside,
    done: Mapping[str, Done],
    notes: Sequence[Fault],
    kept: int,
) -> Outcome:
    """Write down which partitions are the results, once all are done, and what there is to say of them."""
    written = [one for one in partitions if done[one.name].counts]
    names = [one.name for one in written]
    not_read = [note for note in notes if note.level == "error"]
    faults = [fault for one in partitions for fault in done[one.name].faults]
    if not written:
        raise RunError("Nothing could be coded:", [*not_read, *faults][:_MOST_SHOWN])
    shown = {one.name: one.shown for one in written}
    of_all = [*not_read, *faults_of_tables(beside, parts, written), *same_ids(parts, shown)]
    counts = _sum([done[name].counts for name in names]) | {"participants": number_of_people(parts, shown)}
    passed_over = bounded([note for note in notes if note.level != "error"])
    warnings = [*passed_over, *summary(parts, shown), *warnings_of_tables(beside, parts, written)]
    record = _record(job, counts, parts.name, names, warnings)
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    replace_files(folder, {"run.json": text}, error=ResultsError)
    _remove_others(folder, parts, names)
    left_out = len(of_all) + sum(done[one.name].left_out for one in partitions)
    return Outcome(folder, len(written), kept, counts, [*of_all, *faults][:_MOST_SHOWN], left_out, warnings)


def _record(
    job: Job, counts: Mapping[str, int], folder: str, partitions: Sequence[str], warnings: Sequence[Fault]
) -> dict[str, Any]:
    """Give what run.json says: with what was coded, and which partitions are the results."""
    book = job.engines.codebook
    return {
        "format": FORMAT,
        "hrcode": __version__,
        "python": platform.python_version(),
        **versions(job.language),
        "codebook": {"id": book.id, "version": book.version, "sha256": book.sha256},
        "settings": {"unit": job.unit, "language": job.language, "group_by": job.group_by},
        "counts": counts,
        "attributes": declared_as_json(job.sampling.attributes),
        "frame": [asdict(entry) for entry in coding_frame(book)],
        **kept_warnings([fault for fault in warnings if fault.level == "warning"]),
        "folder": folder,
        "partitions": partitions,
    }


def _run(
    job: Job,
    parts: Path,
    partitions: Sequence[Partition],
    engine: Engine,
    scheduler: str | None,
    processes: int | None,
    patience: float,
) -> Generator[Done, None, None]:
    size = sum(one.bytes for one in partitions)
    number = max(1, min(choose_processes(size, processes), len(partitions)))
    if engine == "dask" and partitions:
        with closing(on_cluster(job, parts, partitions, scheduler, number, patience)) as results:
            yield from results
        return
    work = functools.partial(code_partition, job, parts)
    with closing(in_order(work, partitions, number, lambda one: one.shown)) as results:
        yield from results


def _sum(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {name: sum(one.get(name, 0) for one in counts) for name in COUNTS}


def _remove_unfinished(parts: Path) -> None:
    """Remove what workers that were stopped left half done."""
    for staging in parts.glob(f"{UNFINISHED}*"):
        shutil.rmtree(staging, ignore_errors=True)


def _remove_others(folder: Path, parts: Path, names: Sequence[str]) -> None:
    """Remove earlier results of the folder, which the new run.json no longer names."""
    for old in folder.glob("parts-*"):
        if old != parts:
            shutil.rmtree(old, ignore_errors=True)
    for part in parts.iterdir():
        if part.name not in names:
            shutil.rmtree(part, ignore_errors=True)
    for name in RESULT_FILES:  # of a study that was coded into the folder before
        (folder / name).unlink(missing_ok=True)
