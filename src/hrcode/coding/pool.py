"""Worker processes: results in the order of the tasks, whatever happens to a worker.

Each worker has a pipe of its own, so that it is known which task a worker that died was at. Workers
leave Ctrl-C to the process that started them, and end when it does.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import signal
import threading
import traceback
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from hrcode.errors import HrcodeError, RunError

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_AHEAD = 2  # tasks that a worker holds, so that it does not wait for the next one
_WINDOW = 8  # results per worker that may wait for their turn
_LIVES = 2  # a task that has cost so many workers is given up


def start_method() -> str:
    """Name how workers start: forked with all that is loaded, or anew where the system cannot fork."""
    return "fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else "spawn"


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    work: Callable[[_Task], _Result],
    tasks: Iterable[_Task],
    processes: int,
    name: Callable[[_Task], str] = str,
) -> Generator[_Result, None, None]:
    """Do tasks in worker processes and give their results in the order of the tasks.

    Tasks are drawn as they are needed, and results that wait for their turn are few, so that memory
    is bounded by the largest of these. A task whose worker dies is done once more.

    Args:
        work (Callable[[Task], Result]): What to do; forked workers share what it holds, others get
            it pickled.
        tasks (Iterable[Task]): Small things to do it with, such as numbers and paths.
        processes (int): Number of workers; with 1, all is done in this process.
        name (Callable[[Task], str]): Names a task for people.

    Yields:
        Result: What ``work`` gives for each task.

    Raises:
        RunError: When a task has cost two workers their life.
        Exception: What ``work`` raises.
    """
    if processes <= 1:
        yield from map(work, tasks)
        return
    crew = _Crew(work, processes)
    try:
        yield from crew.results(iter(enumerate(tasks)), name)
    finally:
        crew.stop()


class _Worker:
    """A process, the pipe to it, and the numbers of the tasks that it holds, in order."""

    def __init__(self, work: Callable[[Any], Any], others: list[Connection]) -> None:
        context = multiprocessing.get_context(start_method())
        self.pipe, theirs = context.Pipe()
        self.holds: deque[int] = deque()
        # A forked child holds its parent's ends of all pipes; it has to close them, or no worker would
        # notice that the parent has gone.
        inherited = [self.pipe, *others] if start_method() == "fork" else []
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(work, theirs, inherited), daemon=True
        )
        self.process.start()
        theirs.close()


class _Crew:
    def __init__(self, work: Callable[[Any], Any], processes: int) -> None:
        self._work = work
        self._processes = processes
        self._workers: list[_Worker] = []

    def results(self, tasks: Iterator[tuple[int, Any]], name: Callable[[Any], str]) -> Iterator[Any]:
        """Give the results in order (see `in_order`)."""
        held: dict[int, Any] = {}  # tasks that are not done, by number
        ready: dict[int, Any] = {}  # results that wait for their turn
        todo: deque[int] = deque()  # tasks that no worker has
        deaths: Counter[int] = Counter()
        turn = 0
        while True:
            room = _WINDOW * self._processes - len(held) - len(ready)
            for number, task in itertools.islice(tasks, room):
                held[number] = task
                todo.append(number)
            if not held:
                return
            while todo and (worker := self._free()):
                number = todo.popleft()
                self._give(worker, number, held[number])
            for worker in self._heard():
                number = worker.holds[0]
                try:
                    fine, outcome = worker.pipe.recv()
                except (EOFError, OSError):
                    self._bury(worker)
                    deaths[number] += 1
                    if deaths[number] == _LIVES:
                        raise _died(worker, name(held[number])) from None
                    todo.extendleft(reversed(worker.holds))
                    continue
                if not fine:
                    raise outcome
                worker.holds.popleft()
                del held[number]
                ready[number] = outcome
            while turn in ready:
                yield ready.pop(turn)
                turn += 1

    def _free(self) -> _Worker | None:
        """Give a worker with room for a task, a new one if all are busy; None when none has room."""
        idlest = min(self._workers, key=lambda worker: len(worker.holds), default=None)
        if (idlest is None or idlest.holds) and len(self._workers) < self._processes:
            with _ctrl_c_later():
                self._workers.append(_Worker(self._work, [worker.pipe for worker in self._workers]))
            return self._workers[-1]
        return idlest if idlest and len(idlest.holds) < _AHEAD else None

    def _give(self, worker: _Worker, number: int, task: Any) -> None:
        worker.holds.append(number)
        with contextlib.suppress(OSError):  # it has died, which reading from it will tell
            worker.pipe.send(task)

    def _heard(self) -> list[_Worker]:
        """Wait until workers have something to say, or have died."""
        pipes = {worker.pipe: worker for worker in self._workers if worker.holds}
        return [pipes[pipe] for pipe in wait(list(pipes))]  # type: ignore[index]

    def _bury(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()

    def stop(self) -> None:
        """End all workers at once; they hold nothing that could be lost."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()


@contextlib.contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Tell of Ctrl-C when a worker is there: what is raised in the middle of a fork, Python drops."""
    before = signal.getsignal(signal.SIGINT)
    if not callable(before) or threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        before(pressed[0], None)


def _died(worker: _Worker, name: str) -> RunError:
    code = worker.process.exitcode or 0
    how = f"killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    return RunError(
        f"{name}: the process that worked on it died twice ({how}). If memory ran out, run with "
        "--processes 1; if it dies again, take this one out and report it."
    )


def _serve(work: Callable[[Any], Any], pipe: Connection, inherited: list[Connection]) -> None:
    """Do tasks until the pipe is closed."""
    for other in inherited:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = True, work(task)
        except Exception as error:
            if not isinstance(error, HrcodeError):
                error.add_note(traceback.format_exc())
            answer = False, error
        try:
            pipe.send(answer)
        except OSError:
            return


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
