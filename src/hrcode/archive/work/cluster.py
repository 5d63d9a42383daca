"""Partitions on a Dask cluster: workers that die or hang are survived, partitions that are done stay done."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from hrcode.archive.extras import extra
from hrcode.archive.job import Job, check_installed
from hrcode.archive.material.sources import Partition
from hrcode.archive.work.part import Done, code_partition
from hrcode.archive.work.scheduler import LOST_SECONDS, connected
from hrcode.errors import Fault, HrcodeError, RunError

_JOBS: dict[str, Job] = {}  # of this worker process, by digest
_LOOK_SECONDS = 1.0


def on_cluster(
    job: Job,
    parts: Path,
    partitions: Sequence[Partition],
    scheduler: str | None,
    processes: int,
    patience: float,
) -> Generator[Done, None, None]:
    """Code partitions on a Dask cluster.

    The job is shipped once to each worker, also to those that come later, and checked there: the
    codebook by its hash, hrcode, spaCy and the pipeline by their versions.

    Args:
        job (Job): What to code with.
        parts (Path): The folder of the partitions that are done; all workers have to reach it.
        partitions (Sequence[Partition]): The partitions.
        scheduler (str | None): Address of the scheduler; by default workers are started here.
        processes (int): How many.
        patience (float): Seconds after which a worker that has work and says nothing is restarted.

    Yields:
        Done: What became of each partition, as they end.

    Raises:
        RunError: When a worker is not fit for the job, or the scheduler is lost.
    """
    with connected(scheduler, processes) as client:
        ship(client, job)
        folder = parts.resolve()
        futures = {
            client.submit(_work, job.digest, folder, one, key=f"{one.name}-{job.digest}", pure=False): one
            for one in partitions
        }
        yield from _results(client, futures, patience)


def ship(client: Any, job: Job) -> None:
    """Ship a job to all workers, and refuse those that are not fit for it.

    Args:
        client (distributed.Client): The client.
        job (Job): The job.

    Raises:
        RunError: Names every worker that is not, and why.
    """
    distributed = extra("distributed")

    class _Shipment(distributed.WorkerPlugin):  # type: ignore[misc, name-defined]
        name = f"hrcode-{job.digest}"

        def __init__(self, job: Job) -> None:
            self.job = job

        def setup(self, worker: Any) -> None:
            _receive(self.job)

    if not client.scheduler_info()["workers"]:
        with contextlib.suppress(TimeoutError):
            client.wait_for_workers(1, timeout=LOST_SECONDS)
    if not client.scheduler_info()["workers"]:
        raise RunError(f"{client.scheduler.address}: the scheduler has no workers.")
    try:
        wrong = [said for said in client.run(_unfit, job).values() if said]
    except (ImportError, AttributeError) as fault:
        raise RunError(f"A worker has no hrcode, or another version of it ({fault}).") from None
    if wrong:
        raise RunError("\n".join(sorted(wrong)))
    client.register_plugin(_Shipment(job))


def _receive(job: Job) -> None:
    _JOBS[job.digest] = job


def _unfit(job: Job, dask_worker: Any = None) -> str:
    """Say on a worker why it cannot do a job; empty where it can."""
    try:
        check_installed(job, f"worker {dask_worker.address}")
        assert job.engines
    except HrcodeError as fault:
        return str(fault)
    return ""


def _work(digest: str, parts: Path, partition: Partition) -> Done:
    return code_partition(_JOBS[digest], parts, partition, extra("distributed").get_worker().address)


def _results(client: Any, futures: dict[Any, Partition], patience: float) -> Iterator[Done]:
    distributed = extra("distributed")
    heard: dict[str, float] = {}  # when each worker last had news, or was first seen at work
    waiting = dict(futures)
    alive = time.monotonic()
    while waiting:
        try:
            distributed.wait(list(waiting), timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED")
            alive = time.monotonic()
        except (TimeoutError, distributed.TimeoutError):
            pass
        except Exception:  # what a lost scheduler raises differs between versions of Dask
            if client.status == "running":
                raise
        if client.status != "running" and time.monotonic() - alive > LOST_SECONDS:
            raise _lost(client, len(futures) - len(waiting), len(futures))
        for future in [one for one in waiting if one.done()]:
            if future.status == "lost":  # with its worker, since it was done; Dask does it again
                continue
            partition = waiting.pop(future)
            if future.status == "cancelled":
                raise _lost(client, len(futures) - len(waiting) - 1, len(futures))
            done = _outcome(future, partition, min(patience, LOST_SECONDS))
            if done is None:  # done by a worker that now hangs with what became of it: begin again
                waiting[future] = partition
                client.restart_workers([*client.who_has([future])[future.key]], raise_for_error=False)
                continue
            heard[done.worker] = time.monotonic()
            yield done
        _restart_silent(client, heard, patience)


def _outcome(future: Any, partition: Partition, seconds: float) -> Done | None:
    """Say what became of a partition; None where the worker that knows does not answer in time."""
    error = future.exception() if future.status == "error" else None
    if error is None:
        try:
            done: Done = future.result(timeout=seconds)
        except TimeoutError:
            return None
        return done
    if isinstance(error, OSError):
        raise error
    if isinstance(error, HrcodeError):
        message = str(error)
    elif type(error).__name__ == "KilledWorker":
        message = "the workers that were at it died or hung; if memory ran out, give each more"
    else:
        raise error
    fault = Fault(partition.shown, 0, 0, "not-coded", message)
    return Done(partition.name, {}, [fault], 1)


def _restart_silent(client: Any, heard: dict[str, float], patience: float) -> None:
    """Restart workers that have had work for too long without finishing any; Dask gives it to others."""
    if client.status != "running":
        return
    now = time.monotonic()
    try:
        busy = {worker for worker, tasks in client.processing().items() if tasks}
    except Exception:  # the scheduler is lost, which the next look will tell
        return
    for worker in [one for one in heard if one not in busy]:
        del heard[worker]
    silent = [one for one in busy if now - heard.setdefault(one, now) > patience]
    if silent:
        for one in silent:
            heard[one] = now
        client.restart_workers(silent, raise_for_error=False)


def _lost(client: Any, done: int, number: int) -> RunError:
    return RunError(
        f"The scheduler is lost. {done} of {number} partitions were done; start it and run the same command "
        "again, they are kept."
    )
