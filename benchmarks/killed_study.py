"""The study whose runs `benchmarks.kills` kills: two versions of its transcripts, results and a cache."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import write_corpus
from benchmarks.indicators import codebook, word
from hrcode.exchange.results_folder import FILES

MEGABYTES = 2.0
INDICATORS = 300
VERSIONS = {"one": 0, "other": 100}  # the first of the words that are planted
KEPT = (0.0, 0.5, 1.0)  # how much of an earlier run's cache is there
MARK = "HRCODE_KILLS"

Files = Mapping[str, bytes]


class Usual(NamedTuple):
    """What a run that nobody kills does, without a cache.

    Args:
        files (Files): Its results.
        said (frozenset[str]): The lines that it prints on standard error.
        seconds (float): How long it takes.
        writing (float): How many seconds of these its results are being written.
    """

    files: Files
    said: frozenset[str]
    seconds: float
    writing: float


class Study:
    """A study in two versions, its results and its cache, in a folder of its own.

    Args:
        folder (Path): The folder.
        megabytes (float): How much text each version has.
    """

    def __init__(self, folder: Path, megabytes: float = MEGABYTES) -> None:
        self.folder, self.out, self.cache = folder, folder / "results", folder / "cache"
        self.out.mkdir(parents=True, exist_ok=True)
        (folder / "codebook.yaml").write_text(codebook(INDICATORS), encoding="utf-8")
        for version, first in VERSIONS.items():
            write_corpus(folder / version, megabytes, [word(first + n) for n in range(60)])
        self.texts = len(list((folder / "one").glob("*.txt")))
        self.usual = {version: self._usual(version) for version in VERSIONS}
        self.lasts = dict.fromkeys(KEPT, min(usual.seconds for usual in self.usual.values()))

    def start(self, version: str, processes: int, *more: str) -> subprocess.Popen[str]:
        """Start a run."""
        command = [sys.executable, "-m", "hrcode", "code", version, "--codebook", "codebook.yaml"]
        return subprocess.Popen(
            [*command, "--out", "results", "--processes", str(processes), *more],
            cwd=self.folder,
            env={**os.environ, MARK: str(self.folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def complete(self, version: str, processes: int, *more: str) -> set[str]:
        """Run to the end; give the lines that it said."""
        run = self.start(version, processes, *more)
        _, said = run.communicate(timeout=120)
        return {*said.splitlines(), *([f"it ended with {run.returncode}"] if run.returncode else [])}

    def _usual(self, version: str) -> Usual:
        begun = time.perf_counter()
        run = self.start(version, 1, "--no-cache")
        while run.poll() is None and not self.unfinished():
            time.sleep(0.0002)
        wrote = time.perf_counter()
        while run.poll() is None and self.unfinished():
            time.sleep(0.0002)
        writing = time.perf_counter() - wrote
        _, said = run.communicate(timeout=120)
        return Usual(self.files(), frozenset(said.splitlines()), time.perf_counter() - begun, writing)

    def files(self) -> Files:
        """Read the results as they stand."""
        return {name: (self.out / name).read_bytes() for name in FILES if (self.out / name).exists()}

    def unfinished(self) -> set[str]:
        """Name what is there while results are being written; what a killed run left goes after an hour."""
        return {name for name in os.listdir(self.out) if name.startswith(".hrcode-")}

    def entries(self) -> list[Path]:
        """List the entries of the cache."""
        return [path for path in self.cache.glob("??/*") if not path.name.startswith(".")]
