"""Growth with the corpus, with cores, a second time, and how long commands take to start.

    python -m benchmarks scale

Every run is a process of its own. Times on a machine that does other things are noisy, so processor time
is given beside the clock's, runs to be compared are taken in turn, and the fastest of each counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import hrcode
from benchmarks.corpus import write_corpus
from hrcode.codebook.find import builtin_folder
from hrcode.coding.cache import Cache
from hrcode.coding.code import code

CODEBOOK = "harm_reduction"
SIZES = (1, 10, 100)
MIDDLE = 10
PAIRS = 3
CHANGE = ("(mix|combine) (it|this|that|them) with", "(mix|combine) (it|this|that|them) with it")
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
    peak: float


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


def planted() -> list[str]:
    """Give the sentences that are planted: the codebook's own examples."""
    book = hrcode.load_codebook(CODEBOOK)
    return [
        example.text
        for sub in book.subcategories
        for example in sub.examples
        if example.match and example.language in ("", "en")
    ]


def growth(folder: Path, out: Path) -> None:
    """Print time and memory by size of the corpus, one process."""
    print(f"\n| corpus | seconds | processor seconds | times {MIDDLE} MB | peak MB |\n|---|---|---|---|---|")
    base = 0.0
    for size in SIZES:
        corpus = write_corpus(folder / f"c{size}", size, planted())
        used = run(_code(corpus, out, "--processes", "1", "--no-cache"))
        base = used.processor if size == MIDDLE else base
        ratio = f"{used.processor / base:.1f}" if base else "-"
        print(f"| {size} MB | {used.seconds:.1f} | {used.processor:.1f} | {ratio} | {used.peak:.0f} |")


def cores(folder: Path, out: Path) -> None:
    """Print the time of one and of two processes, in turn."""
    found: dict[int, list[Used]] = {1: [], 2: []}
    for _ in range(PAIRS):
        for number, runs in found.items():
            runs.append(run(_code(folder / f"c{MIDDLE}", out, "--processes", str(number), "--no-cache")))
    best = {number: min(used.seconds for used in runs) for number, runs in found.items()}
    print(
        f"\n{MIDDLE} MB, whole process, best of {PAIRS}: one process {best[1]:.1f} s, two {best[2]:.1f} s, "
    )
    print(f"{best[1] / best[2]:.2f} times as fast")


def again(folder: Path) -> None:
    """Print what coding costs the first time, again, and after one indicator has changed."""
    material, book = hrcode.load_transcripts(folder / f"c{MIDDLE}"), hrcode.load_codebook(CODEBOOK)
    changed_path = folder / "changed.yaml"
    text = (builtin_folder() / f"{CODEBOOK}.yaml").read_text(encoding="utf-8")
    changed_path.write_text(text.replace(*CHANGE, 1), encoding="utf-8")
    changed = hrcode.load_codebook(changed_path)
    best = dict.fromkeys(("first", "nothing changed", "one indicator changed"), float("inf"))
    for number in range(PAIRS):
        cache = Cache(folder / f"cache{number}")
        for name, frame in zip(best, (book, book, changed), strict=True):
            begun = time.process_time()
            code(material, frame, cache=cache)
            best[name] = min(best[name], time.process_time() - begun)
    print(f"\n{MIDDLE} MB, the coding alone, processor seconds, best of {PAIRS}:")
    for name, seconds in best.items():
        print(f"{name:24}{seconds:7.2f}  {best['first'] / seconds:5.1f} times as fast as the first time")


def starts(out: Path) -> None:
    """Print how long commands take on the sample study."""
    print(f"\n| command | seconds, best of {PAIRS} | processor seconds |\n|---|---|---|")
    run(["code", "transcripts", "--out", str(out)])
    for name, arguments in STARTS.items():
        told = [argument.format(out=out) for argument in arguments]
        runs = [run(told) for _ in range(PAIRS)]
        seconds, processor = min(r.seconds for r in runs), min(r.processor for r in runs)
        print(f"| `{name}` | {seconds:.2f} | {processor:.2f} |")


def _code(corpus: Path, out: Path, *more: str) -> list[str]:
    return ["code", str(corpus), "--codebook", CODEBOOK, "--out", str(out), "--quiet", *more]


def main() -> None:
    """Print all tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "out"
        starts(out)
        growth(folder, out)
        cores(folder, out)
        again(folder)


if __name__ == "__main__":
    main()
