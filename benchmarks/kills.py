"""``kill -9`` at fifty moments of a run: what is left is the old results or the new, and a sound cache.

    python -m benchmarks kills

A study has two versions; results hold one of them while the other is coded, in one process and in two.
The moments are seeded and lie over the whole time of a run: by the clock, while the cache is filled, and
while results are written, which is too short for the clock to hit. After each, nobody may be left
working, the results have to be one version's to the byte, and a run that finds what the killed one left
in the cache has to give what a run without a cache gives, and say no more than a note.
"""

from __future__ import annotations

import contextlib
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.killed_study import KEPT, MARK, MEGABYTES, VERSIONS, Study
from hrcode.errors import HrcodeError
from hrcode.exchange.results import read_results

AIMS = ("the clock", "filling the cache", "writing results")
PATIENCE = 5.0  # seconds that workers have to notice that the run is gone


class Moment(NamedTuple):
    """When a run is killed.

    Args:
        processes (int): In how many processes it works.
        aim (str): One of `AIMS`: what the moment is a share of.
        share (float): From 0 to 1.
        kept (float): How much of an earlier run's cache it finds, from 0 to 1.
    """

    processes: int
    aim: str
    share: float
    kept: float


class Left(NamedTuple):
    """What was left of a run.

    Args:
        seconds (float): When it was killed.
        doing (str): What it was at.
        faults (list[str]): What is wrong; empty when all is well.
        notes (int): How many notes the next run had to say.
    """

    seconds: float
    doing: str
    faults: list[str]
    notes: int = 0


def moments(number: int, seed: int) -> list[Moment]:
    """Choose moments: every kind as often, and those of a kind spread over its whole time."""
    choose = random.Random(seed)
    kinds = [(processes, aim) for aim in AIMS for processes in (1, 2)]
    found = []
    for place, (processes, aim) in enumerate(kinds):
        count = len(range(place, number, len(kinds)))
        for step in range(count):
            kept = choose.choice(KEPT if aim != AIMS[1] else KEPT[:2])
            found.append(Moment(processes, aim, (step + choose.random()) / count, kept))
    choose.shuffle(found)
    return found


def kill(study: Study, moment: Moment, old: str, new: str, choose: random.Random) -> Left:
    """Code the new version over the old one, kill the run, and look at what is left.

    Args:
        study (Study): The study, with the old version's results.
        moment (Moment): When.
        old (str): Name of the version.
        new (str): Name of the version; its results are there afterwards.
        choose (random.Random): Chooses what stays of the cache.

    Returns:
        Left: What was found.
    """
    for path in study.entries():
        if choose.random() >= moment.kept:
            path.unlink()
    entries, unfinished = len(study.entries()), study.unfinished()
    begun = time.perf_counter()
    run = study.start(new, moment.processes, "--cache", "cache")
    _wait(study, moment, run, entries, unfinished)
    run.kill()
    seconds = time.perf_counter() - begun
    run.wait()
    if run.returncode != -signal.SIGKILL:
        doing = "had ended"
    elif study.unfinished() - unfinished:
        doing = "writing results"
    elif study.files() != study.usual[old].files:
        doing = "results written"
    else:
        doing = "coding" if len(study.entries()) > entries else "before coding"
    return Left(seconds, doing, *_look(study, moment, old, new))


def _wait(
    study: Study, moment: Moment, run: subprocess.Popen[str], entries: int, unfinished: set[str]
) -> None:
    """Wait for the moment, or for the end of the run."""
    if moment.aim == "the clock":
        with contextlib.suppress(subprocess.TimeoutExpired):
            begun = time.perf_counter()
            run.wait(moment.share * study.lasts[moment.kept])
            study.lasts[moment.kept] = time.perf_counter() - begun  # it ended sooner than was known
        return
    if moment.aim == "filling the cache":
        goal = entries + moment.share * (1 - moment.kept) * study.texts
        while run.poll() is None and len(study.entries()) < goal:
            time.sleep(0.0005)
        return
    while run.poll() is None and study.unfinished() == unfinished:
        time.sleep(0.0002)
    time.sleep(moment.share * study.usual["one"].writing)


def _look(study: Study, moment: Moment, old: str, new: str) -> tuple[list[str], int]:
    """Look at what a killed run left; give the faults, and the number of notes that the next run had."""
    faults = [] if nobody_left(str(study.folder)) else ["a worker is still there"]
    try:
        read_results(study.out)  # completes what was cut short after its moment of truth
    except HrcodeError as fault:
        faults.append(f"the results cannot be read: {fault}")
    if study.files() not in (study.usual[old].files, study.usual[new].files):
        faults.append("the results are neither the old nor the new")
    said = study.complete(new, moment.processes, "--cache", "cache") - study.usual[new].said
    notes = {line for line in said if ": note: " in line}
    faults += [f"the next run said: {line}" for line in sorted(said - notes)]
    if study.files() != study.usual[new].files:
        faults.append("the next run, with that cache, gave other results than without one")
    return faults, len(notes)


def nobody_left(mark: str) -> bool:
    """Wait until no process is left that has a mark in its environment (Linux)."""
    until = time.monotonic() + PATIENCE
    while any(mark in environment for environment in _environments()):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _environments() -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            entries = path.read_bytes().split(b"\0")
        except OSError:
            continue  # it has just ended, or is somebody else's
        yield from (entry.decode(errors="replace") for entry in entries if entry.startswith(MARK.encode()))


def kills(
    folder: Path, number: int, seed: int, megabytes: float = MEGABYTES
) -> Iterator[tuple[Moment, Left]]:
    """Kill so many runs, one after the other.

    Args:
        folder (Path): Where to work.
        number (int): How many.
        seed (int): Seed of the random choice.
        megabytes (float): How much text is coded.

    Yields:
        tuple[Moment, Left]: Each moment, and what was left.
    """
    study = Study(folder, megabytes)
    old, new = reversed(VERSIONS)  # the last one's results are there
    choose = random.Random(seed)
    for moment in moments(number, seed):
        yield moment, kill(study, moment, old, new, choose)
        old, new = new, old


def main(number: int = 50, seed: int = 1) -> None:
    """Print a line for each moment and a summary; exit with 1 when anything was wrong."""
    seen: Counter[str] = Counter()
    wrong = notes = 0
    with tempfile.TemporaryDirectory() as name:
        for count, (moment, left) in enumerate(kills(Path(name), number, seed), start=1):
            seen[left.doing] += 1
            wrong, notes = wrong + bool(left.faults), notes + left.notes
            what = f"{moment.processes} process{'es' if moment.processes > 1 else ''}, aimed at {moment.aim}"
            print(
                f"{count:3} {what:42} killed after {left.seconds:5.2f} s, {left.doing:20} "
                f"{'; '.join(left.faults) or 'all is well'}",
                flush=True,
            )
    print(", ".join(f"{times} times {doing}" for doing, times in seen.most_common()))
    print(f"{number} runs killed, seed {seed}: after {wrong} of them something was wrong; {notes} notes")
    if wrong:
        raise SystemExit(1)
