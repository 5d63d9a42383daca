"""Growth with the corpus, with cores, a second time, and how long commands take to start.

    python -m benchmarks scale

Every run is a process of its own, with one process unless two are named. Runs to be compared are taken in
turn, so that what else the machine does strikes all of them; ratios are of the clock, pair by pair, with
their median and spread. Processor time is given beside the clock's.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import hrcode
from benchmarks.corpus import write_corpus
from hrcode.codebook.find import builtin_folder
from hrcode.coding.cache import Cache
from hrcode.coding.code import code

CODEBOOK = "harm_reduction"
SIZES = (1, 10, 100)
MIDDLE = 10
PAIRS = 5
CORES = {"one process": 1, "two processes": 2}
CHANGE = ("(mix|combine) (it|this|that|them) with", "(mix|combine) (it|this|that|them) with it")
AGAIN = ("the first time", "nothing changed", "one indicator changed")
STARTS = {
    "hrcode --help": ["--help"],
    "hrcode codebook validate FILE": ["codebook", "validate", "codebooks/harm_reduction.yaml"],
    "hrcode code (8 interviews, coded before)": ["code", "transcripts", "--out", "{out}"],
    "hrcode code (8 interviews, no cache)": ["code", "transcripts", "--out", "{out}", "--no-cache"],
    "hrcode compare": ["compare", "{out}"],
    "hrcode quotes": ["quotes", "{out}", "--limit", "5"],
    "hrcode cache info": ["cache", "info"],
}


class Used(NamedTuple):
    """What a process used.

    Args:
        seconds (float): By the clock.
        processor (float): Processor seconds, its children's included.
        peak (float): Largest memory of one of its processes, in MB.
    """

    seconds: float
    processor: float
    peak: float = 0.0


Runs = dict[str, list[Used]]
"""What was run, by name, and what each time used."""


def run(arguments: Sequence[str]) -> Used:
    """Run hrcode in a process of its own.

    Args:
        arguments (Sequence[str]): Its arguments.

    Returns:
        Used: What it used.
    """
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "hrcode", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"hrcode {' '.join(arguments)} ended with {status}")
    seconds = time.perf_counter() - begun
    return Used(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e3)


def in_turn(commands: Mapping[str, Sequence[str]], pairs: int) -> Runs:
    """Run commands one after the other, so many times."""
    found: Runs = {name: [] for name in commands}
    for number in range(pairs):
        for name, arguments in commands.items():
            found[name].append(run([argument.format(number=number) for argument in arguments]))
            print(f"# {name}: {found[name][-1].seconds:.2f} s", file=sys.stderr)
    return found


def planted() -> list[str]:
    """Give the sentences that are planted: the codebook's own examples."""
    book = hrcode.load_codebook(CODEBOOK)
    return [
        example.text
        for sub in book.subcategories
        for example in sub.examples
        if example.match and example.language in ("", "en")
    ]


def growth(folder: Path, out: Path, pairs: int, share: float) -> Runs:
    """Measure by size of the corpus, which is written on the way; the largest at most twice."""
    commands = {
        f"{size} MB": _code(write_corpus(folder / f"c{size}", size * share, planted()), out, "--no-cache")
        for size in SIZES
    }
    large = f"{SIZES[-1]} MB"
    found = in_turn(commands, min(2, pairs))
    more = in_turn({name: own for name, own in commands.items() if name != large}, pairs - min(2, pairs))
    return {name: [*own, *more.get(name, [])] for name, own in found.items()}


def cores(folder: Path, out: Path, pairs: int) -> Runs:
    """Measure one and two processes."""
    return in_turn(
        {
            name: _code(folder / f"c{MIDDLE}", out, "--no-cache", processes=number)
            for name, number in CORES.items()
        },
        pairs,
    )


def again(folder: Path, out: Path, pairs: int) -> Runs:
    """Measure whole processes: the first time, again, and after one indicator has changed."""
    corpus, changed = folder / f"c{MIDDLE}", _changed(folder)
    books = (CODEBOOK, CODEBOOK, str(changed))
    cache = ["--cache", str(folder / "cache-{number}")]
    return in_turn(
        {name: _code(corpus, out, *cache, codebook=book) for name, book in zip(AGAIN, books, strict=True)},
        pairs,
    )


def again_coding(folder: Path, pairs: int) -> Runs:
    """Measure the same of the coding alone, without reading, loading and writing."""
    material, book = hrcode.load_transcripts(folder / f"c{MIDDLE}"), hrcode.load_codebook(CODEBOOK)
    changed = hrcode.load_codebook(_changed(folder))
    found: Runs = {name: [] for name in AGAIN}
    for number in range(pairs):
        cache = Cache(folder / f"coding-{number}")
        for name, frame in zip(AGAIN, (book, book, changed), strict=True):
            found[name].append(_used(partial(code, material, frame, cache=cache)))
    return found


def cores_coding(folder: Path, pairs: int) -> Runs:
    """Measure one and two processes on the coding alone, with the pipeline loaded."""
    material, book = hrcode.load_transcripts(folder / f"c{MIDDLE}"), hrcode.load_codebook(CODEBOOK)
    found: Runs = {name: [] for name in CORES}
    code(material, book)
    for _ in range(pairs):
        for name, number in CORES.items():
            found[name].append(_used(partial(code, material, book, processes=number)))
    return found


def _used(work: Callable[[], object]) -> Used:
    """Measure some work in this process, without clearing away what it gives, or what was there before."""
    gc.collect()
    begun, processor = time.perf_counter(), time.process_time()
    given = work()
    used = Used(time.perf_counter() - begun, time.process_time() - processor)
    del given
    return used


def _changed(folder: Path) -> Path:
    path = folder / "changed.yaml"
    text = (builtin_folder() / f"{CODEBOOK}.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace(*CHANGE, 1), encoding="utf-8")
    return path


def starts(out: Path, pairs: int) -> Runs:
    """Measure how long commands take on the sample study."""
    run(["code", "transcripts", "--out", str(out)])
    filled = {name: [part.format(out=out) for part in own] for name, own in STARTS.items()}
    return in_turn(filled, pairs)


def _code(corpus: Path, out: Path, *more: str, processes: int = 1, codebook: str = CODEBOOK) -> list[str]:
    command = ["code", str(corpus), "--codebook", codebook, "--out", str(out), "--quiet"]
    return [*command, "--processes", str(processes), *more]


def show(title: str, runs: Runs, base: str = "", *, slower: bool = False) -> None:
    """Print a table: medians, and the ratio by the clock to ``base``, pair by pair."""
    head = f"| {'time' if slower else 'times as fast as'} {base}, least to most |" if base else "|"
    print(f"\n| {title} | seconds | processor seconds | peak MB {head}")
    print(f"|---|---|---|---|{'---|' if base else ''}")
    for name, own in runs.items():
        seconds, processor = (statistics.median(one[i] for one in own) for i in (0, 1))
        print(f"| {name} | {seconds:.2f} | {processor:.2f} | {max(one.peak for one in own):.0f} |", end="")
        pairs = zip(own, runs[base], strict=False) if base else ()
        ratios = [(one.seconds / first.seconds) ** (1 if slower else -1) for one, first in pairs]
        if ratios:
            print(f" {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) |", end="")
        print()


def main(pairs: int = PAIRS, share: float = 1.0) -> dict[str, Any]:
    """Print all tables; give what was measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "out"
        measured = {"starts": starts(out, pairs)}
        show("command", measured["starts"])
        measured["growth"] = growth(folder, out, pairs, share)
        show("corpus", measured["growth"], f"{MIDDLE} MB", slower=True)
        measured["cores"] = cores(folder, out, pairs)
        show(f"{MIDDLE} MB", measured["cores"], "one process")
        measured["cores_coding"] = cores_coding(folder, pairs)
        show(f"{MIDDLE} MB, the coding alone", measured["cores_coding"], "one process")
        measured["again"] = again(folder, out, pairs)
        show(f"{MIDDLE} MB, whole process", measured["again"], AGAIN[0])
        measured["again_coding"] = again_coding(folder, pairs)
        show(f"{MIDDLE} MB, the coding alone", measured["again_coding"], AGAIN[0])
    return {
        table: {name: [one._asdict() for one in own] for name, own in runs.items()}
        for table, runs in measured.items()
    }
