"""Many transcripts, one after the other or in several processes: the same rows in the same order."""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from hrcode.coding.again import Memory, Recall, code_rest, recall, with_named
from hrcode.coding.one import Rows, Setup, code_transcript
from hrcode.coding.pool import cores, in_order, start_method
from hrcode.coding.rows import LightRows, lighten, restore_rows
from hrcode.errors import RunError
from hrcode.transcripts.model import Transcript

MAX_PROCESSES = 256
# Characters that are worth a process: a forked one is there at once, another one loads everything anew.
_WORTH = {"fork": 400_000, "spawn": 4_000_000}
_COLLECTIONS = (200_000, 20, 100)
_CHEAPER = 10  # times less work is a transcript of which a few subcategories are missing


@dataclass(frozen=True)
class Work:
    """What is to be done.

    Args:
        transcripts (Sequence[Transcript]): The transcripts, in order.
        setup (Setup): What they are coded with.
        memory (Memory | None): Where earlier runs left what they found.
        known (Sequence[Recall]): What is known of each transcript; none without a memory.
        changed (frozenset[str]): The subcategories that transcripts which are known lack.
    """

    transcripts: Sequence[Transcript]
    setup: Setup
    memory: Memory | None = None
    known: Sequence[Recall] = ()
    changed: frozenset[str] = frozenset()

    def engines(self) -> dict[frozenset[str] | None, list[Transcript]]:
        """Give the transcripts that have to be looked through, by the subcategories that are looked for."""
        found: dict[frozenset[str] | None, list[Transcript]] = {}
        for number in self.ahead():
            found.setdefault(self.wanted(number), []).append(self.transcripts[number])
        return found

    def ahead(self) -> list[int]:
        """Give the numbers of the transcripts that have to be looked through."""
        return [
            number for number in range(len(self.transcripts)) if not self.known or self.known[number].missing
        ]

    def wanted(self, number: int) -> frozenset[str] | None:
        """Give the subcategories to look for in a transcript; None for all."""
        return self.changed if self.known and self.known[number].cuts is not None else None


def work_on(transcripts: Sequence[Transcript], setup: Setup, memory: Memory | None) -> Work:
    """Say what is to be done with transcripts, by what earlier runs left.

    Args:
        transcripts (Sequence[Transcript]): The transcripts.
        setup (Setup): What they are to be coded with.
        memory (Memory | None): Where to look for what was coded before.

    Returns:
        Work: What `code_all` wants.
    """
    if memory is None:
        return Work(transcripts, setup)
    known = [recall(transcript, setup, memory) for transcript in transcripts]
    changed = {path for one in known if one.cuts is not None for path in one.missing}
    return Work(transcripts, setup, memory, known, with_named(changed, memory))


def code_all(work: Work, processes: int | None = None) -> Iterator[Rows]:
    """Code transcripts.

    Args:
        work (Work): What is to be done.
        processes (int | None): Number of processes; None for as many as the work is worth.

    Yields:
        Rows: Those of each transcript, in order.

    Raises:
        RunError: When the number makes no sense, or a transcript has cost two processes their life.
    """
    transcripts, ahead = work.transcripts, work.ahead()
    number = min(choose_processes(_size(work), processes), len(ahead))
    if number <= 1:
        yield from (_code(work, one) for one in range(len(transcripts)))
        return
    names = {one: transcripts[one].id for one in ahead}
    with closing(in_order(functools.partial(_light, work), ahead, number, names.__getitem__)) as results:
        for one, transcript in enumerate(transcripts):
            yield restore_rows(next(results), transcript, work.setup) if one in names else _code(work, one)


def _size(work: Work) -> int:
    """Count the characters that have to be looked through; for what changed, little is looked for."""
    sizes = {one: len(work.transcripts[one].text) for one in work.ahead()}
    return sum(size if work.wanted(one) is None else size // _CHEAPER for one, size in sizes.items())


def _code(work: Work, number: int) -> Rows:
    transcript = work.transcripts[number]
    if work.memory is None:
        return code_transcript(transcript, work.setup)
    return code_rest(transcript, work.setup, work.memory, work.known[number], work.wanted(number))


def _light(work: Work, number: int) -> LightRows:
    return lighten(_code(work, number), work.transcripts[number])


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Look less often for what is no longer needed: rows are made by the hundred thousand, and all stay."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def choose_processes(characters: int, asked: int | None) -> int:
    """Say in how many processes to work: one when the work is small, at most one a core.

    Args:
        characters (int): How much text there is.
        asked (int | None): The number that somebody asked for, which is taken; None to choose.

    Returns:
        int: The number, at least 1.

    Raises:
        RunError: When the number asked for makes no sense.
    """
    if asked is None:
        return max(1, min(cores(), characters // _WORTH[start_method()]))
    if not 1 <= asked <= MAX_PROCESSES:
        raise RunError(f"The number of processes is one from 1 to {MAX_PROCESSES}, not {asked}.")
    return asked
