"""What `hrcode transcripts check` costs on many transcripts: time, and whether memory grows with them.

    python -m benchmarks check

Ten, a hundred and a thousand invented interviews of some 8,400 words, each number in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.readers import interview

SIZES = (10, 100, 1_000)
SENTENCES = 490
PROGRAM = """
import resource, sys, time
from hrcode import check_transcripts
checked = check_transcripts(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(sum(one.words for one in checked.descriptions), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
"""


def write(folder: Path, number: int) -> Path:
    """Write one interview."""
    person = f"{'LSM'[number % 3]}{number}"
    path = folder / f"{person}.txt"
    turns = interview(SENTENCES, seed=number)
    text = "\n\n".join(f"{person if who == 'S1' else who}: {words}" for who, words in turns)
    path.write_text(text, encoding="utf-8")
    return path


def main() -> None:
    """Print seconds of processor time, words a second, and the peak of memory for each number."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [write(Path(folder), number) for number in range(max(SIZES))]
        for size in SIZES:
            command = [sys.executable, "-c", PROGRAM, *map(str, paths[:size])]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            words, seconds, peak = map(float, done.stdout.split())
            speed = words / seconds
            print(
                f"{size:5} transcripts, {words:9,.0f} words: {seconds:6.1f} s of processor time, "
                f"{speed:7,.0f} words/s, peak {peak:,.0f} MB"
            )
