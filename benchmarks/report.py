"""Forty interviews of 8,000 words: the report and every other command, against reading the results.

    python -m benchmarks report

Commands run as a user runs them, each in a process of its own; a ratio says how many times the
reading of the results a command takes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import sentences
from benchmarks.indicators import codebook, word

INTERVIEWS, WORDS, TURN, EVERY = 40, 8_000, 6, 6
COMMANDS = {
    "report": ["report", "{results}", "--out", "{folder}/report.html", "--codebook", "{folder}/bench.yaml"],
    "report --no-transcripts": ["report", "{results}", "--out", "{folder}/short.html", "--no-transcripts"],
    "compare": ["compare", "{results}"],
    "compare --differences --p": ["compare", "{results}", "--differences", "--p"],
    "compare --sensitivity": ["compare", "{results}", "--sensitivity"],
    "quotes --exemplars": ["quotes", "{results}", "--exemplars", "--spread"],
    "kwic": ["kwic", "wait", "{results}"],
    "matrix": ["matrix", "{results}"],
    "plot comparison": ["plot", "comparison", "{results}", "--out", "{folder}/comparison.svg"],
    "plot heatmap": ["plot", "heatmap", "{results}", "--out", "{folder}/heatmap.pdf"],
    "plot coverage": ["plot", "coverage", "{results}", "--out", "{folder}/coverage.png"],
    "plot cooccurrence": [
        "plot",
        "cooccurrence",
        "{results}",
        "--within",
        "participant",
        "--out",
        "{folder}/cooccurrence.svg",
    ],
    "cooccur": ["cooccur", "{results}"],
    "cooccur --within near": ["cooccur", "{results}", "--within", "near"],
    "coverage": ["coverage", "{results}"],
    "uncoded": ["uncoded", "{results}"],
    "uncoded --show words": ["uncoded", "{results}", "--show", "words"],
    "keywords": ["keywords", "{results}"],
    "claims": ["claims", "{folder}/claims.yaml", "{results}"],
    "export (CSV)": ["export", "{results}", "--out", "{folder}/tables"],
    "export (one workbook)": ["export", "{results}", "--out", "{folder}/study.xlsx"],
}
CLAIMS = ("only_in", "more_in", "present_in", "top_subcategory", "judgement")


def study(folder: Path) -> None:
    """Write a codebook of 60 subcategories and forty interviews that it codes."""
    (folder / "bench.yaml").write_text(codebook(300), encoding="utf-8")
    claims = [
        f"  - {{id: C{n}, text: Invented., op: {CLAIMS[n % len(CLAIMS)]}, code: c/s{n}, group: A}}\n"
        for n in range(25)
    ]
    (folder / "claims.yaml").write_text(f"claims:\n{''.join(claims)}", encoding="utf-8")
    interviews = folder / "interviews"
    interviews.mkdir()
    people = ["participant,group"]
    for number in range(1, INTERVIEWS + 1):
        label = f"{'ABCD'[number % 4]}{number}"
        people.append(f"{label},{label[0]}")
        # Every fourth word of the codebook is an indicator by itself, wherever it stands.
        planted = [word(4 * (number + n)) for n in range(35)]
        spoken, said, turns = 0, [], []
        for sentence in sentences(WORDS, planted, EVERY, seed=number):
            said.append(sentence)
            spoken += len(sentence.split())
            if len(said) == TURN or spoken >= WORDS:
                turns.append(f"I: And then?\n{label}: {' '.join(said)}\n")
                said = []
            if spoken >= WORDS:
                break
        (interviews / f"{label}.txt").write_text("".join(turns), encoding="utf-8")
    (interviews / "participants.csv").write_text("\n".join(people) + "\n", encoding="utf-8")


def main() -> None:
    """Print seconds and ratios, and the report's size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study(folder)
        results = folder / "results"
        coding = ["code", str(folder / "interviews"), "--codebook", str(folder / "bench.yaml"), "--quiet"]
        _timed(lambda: _hrcode([*coding, "--out", str(results)]))
        base, counts = _read(results)
        print(f"{counts}; reading the results: {base:.2f} s")
        for title, arguments in COMMANDS.items():
            filled = [part.format(results=results, folder=folder) for part in arguments]
            seconds = _timed(lambda filled=filled: _hrcode(filled))  # type: ignore[misc]
            print(f"{title:26} {seconds:6.2f} s {seconds / base:6.1f} times reading")
        print(f"the report has {(folder / 'report.html').stat().st_size / 1e6:.1f} MB")


def _read(results: Path) -> tuple[float, str]:
    from hrcode.exchange.results import read_results

    coded = read_results(results)
    seconds = min(_timed(lambda: read_results(results)) for _ in range(3))
    words = sum(segment.words for segment in coded.segments if segment.participant)
    return seconds, f"{words:,} words, {len(coded.segments):,} segments, {len(coded.codings):,} codings"


def _timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def _hrcode(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "hrcode", *arguments], capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()  # 1: findings, such as a claim that fails
