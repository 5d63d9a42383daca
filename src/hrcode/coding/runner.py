"""Many transcripts, one after the other or in several processes: the same rows in the same order."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from contextlib import closing

from hrcode.coding.one import Rows, Setup, code_transcript
from hrcode.coding.pool import cores, in_order, start_method
from hrcode.coding.rows import LightRows, lighten, restore_words
from hrcode.errors import RunError
from hrcode.transcripts.model import Transcript

MAX_PROCESSES = 256
# Characters that are worth a process: a forked one is there at once, another one loads everything anew.
_WORTH = {"fork": 400_000, "spawn": 4_000_000}


def code_all(transcripts: Sequence[Transcript], setup: Setup, processes: int | None = None) -> Iterator[Rows]:
    """Code transcripts.

    Args:
        transcripts (Sequence[Transcript]): The transcripts.
        setup (Setup): What they are coded with.
        processes (int | None): Number of processes; None for as many as the work is worth.

    Yields:
        Rows: Those of each transcript, in order.

    Raises:
        RunError: When the number makes no sense, or a transcript has cost two processes their life.
    """
    number = choose_processes(sum(len(transcript.text) for transcript in transcripts), processes)
    number = min(number, len(transcripts))
    if number <= 1:
        yield from (code_transcript(transcript, setup) for transcript in transcripts)
        return
    work = functools.partial(_light_rows, transcripts, setup)
    with closing(
        in_order(work, range(len(transcripts)), number, name=lambda n: transcripts[n].id)
    ) as results:
        for transcript, rows in zip(transcripts, results, strict=True):
            yield restore_words(rows, transcript.text)


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


def _light_rows(transcripts: Sequence[Transcript], setup: Setup, number: int) -> LightRows:
    return lighten(code_transcript(transcripts[number], setup))
