"""A Dask scheduler: one with an address, or one that is started here with workers and ends quietly."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
from collections.abc import Iterator
from multiprocessing import resource_tracker
from typing import Any

from hrcode.archive.extras import extra
from hrcode.errors import RunError

LOST_SECONDS = 30.0
"""Seconds after which a scheduler that says nothing is given up."""


@contextlib.contextmanager
def connected(scheduler: str | None, processes: int) -> Iterator[Any]:
    """Connect to a scheduler, or start one with workers on this machine, and end what was started.

    Args:
        scheduler (str | None): Its address; None to start one.
        processes (int): How many workers to start.

    Yields:
        distributed.Client: The client.

    Raises:
        RunError: When no scheduler answers.
    """
    distributed = extra("distributed")
    with _quiet_end(), contextlib.ExitStack() as stack:
        address: Any = scheduler or stack.enter_context(_local_cluster(distributed, processes))
        client, refused = None, ""
        try:
            client = stack.enter_context(distributed.Client(address, timeout=LOST_SECONDS))
        except (OSError, TimeoutError, ValueError) as fault:
            refused = str(fault)
        if client is None:
            # The half-built client has to go now: if it went while another one begins, Dask would block.
            gc.collect()
            where = scheduler or "this machine"
            raise RunError(
                f"{where}: no Dask scheduler answers ({refused}). An address is such as tcp://head:8786."
            )
        try:
            yield client
        except BaseException:
            logging.disable(logging.CRITICAL)
            raise


@contextlib.contextmanager
def _quiet_end() -> Iterator[None]:
    """Undo in the end that what Dask logs is not heard, as is the case while it is torn down."""
    before = logging.root.manager.disable
    try:
        yield
    finally:
        gc.collect()  # what was torn down complains when it goes
        logging.disable(before)


@contextlib.contextmanager
def _local_cluster(distributed: Any, processes: int) -> Iterator[Any]:
    """Start workers on this machine; where the block is left by an error or Ctrl-C, they end at once."""
    cluster = None
    try:
        with _interrupts_later():
            cluster = distributed.LocalCluster(
                n_workers=processes,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                # Dask serves its state all the same: to this machine, on a port that nobody else has.
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                silence_logs=50,
            )
        yield cluster
    except BaseException:
        logging.disable(logging.CRITICAL)
        for nanny in cluster.workers.values() if cluster else ():
            nanny.auto_restart = False
            if nanny.pid:
                with contextlib.suppress(OSError):
                    os.kill(nanny.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        raise
    finally:
        if cluster:
            cluster.close()


@contextlib.contextmanager
def _interrupts_later() -> Iterator[None]:
    """Let Ctrl-C wait, also for good in threads and processes that the block starts: this process ends them.

    Dask that is interrupted while it starts tells it with its own tracebacks, from each process.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which lets Ctrl-C in again when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
