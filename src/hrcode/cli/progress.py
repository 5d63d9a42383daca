"""A progress bar on stderr, with the rate and the time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

_SECONDS = 0.1  # between two looks of the bar


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr while the block runs; nothing where nobody looks (a file, a pipe).

    Args:
        what (str): What is being done.

    Yields:
        Callable[[int, int], None]: Call it with the number done and in all.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    # The bar is drawn when something is done, not by a thread: a process that forks has to have one only.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task(what, total=None)
        drawn = 0.0

        def show(done: int, total: int) -> None:
            nonlocal drawn
            progress.update(task, completed=done, total=total)
            if (now := time.monotonic()) - drawn > _SECONDS:
                progress.refresh()
                drawn = now

        yield show


class _Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.1f}/s" if task.speed else "", style="progress.data.speed")
