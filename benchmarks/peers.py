"""hrcode beside what a user would otherwise write, and beside the limits of its building blocks.

    python -m benchmarks peers
    PEERS_PYTHON=peers/bin/python python -m benchmarks peers     (a venv with medspacy and textacy)

All are whole processes on one core, from their start to their end: reading files, loading models and
writing results are counted. Those that are compared run in turn, so that what else the machine does
strikes all of them; slow ones run on less text (what they do in a second does not depend on its size),
and some less often. CPU time is given beside the time on the clock, and ratios are of CPU time, because
other work on the machine changes it less.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.corpus import SUBJECTS, TAILS, THINGS, VERBS, write_corpus
from hrcode.codebook.load import load_codebook
from hrcode.language.common import rarity
from hrcode.language.lemmas import english_forms

ROOT = Path(__file__).parent.parent
HARM_REDUCTION = ROOT / "codebooks" / "harm_reduction.yaml"
ELSEWHERE = {"medspacy_targets", "medspacy_context", "textacy_kwic"}
KEYWORDS = 370
PAIRS = 5


class Entry(NamedTuple):
    """One contestant: which text it runs on, in megabytes, with which codebook, and how often."""

    name: str
    megabytes: int
    codebook: str
    runs: int


ENTRIES = [
    Entry("hrcode", 1, "harm_reduction", PAIRS),
    Entry("hrcode", 10, "harm_reduction", PAIRS),
    Entry("spacy_trimmed", 1, "harm_reduction", PAIRS),
    Entry("spacy_full", 1, "harm_reduction", PAIRS),
    Entry("hrcode", 1, "keywords", PAIRS),
    Entry("hrcode", 10, "keywords", PAIRS),
    Entry("pandas_contains", 1, "keywords", PAIRS),
    Entry("spacy_tokenizer", 10, "keywords", PAIRS),
    Entry("aho_corasick", 10, "keywords", PAIRS),
    Entry("textacy_kwic", 1, "keywords", 1),
    Entry("medspacy_targets", 1, "keywords", 1),
    Entry("medspacy_context", 1, "keywords", 1),
    Entry("hrcode", 100, "harm_reduction", 1),
    Entry("hrcode", 100, "keywords", 1),
]


class Run(NamedTuple):
    """What one process took: seconds on the clock, seconds of CPU, megabytes at most, and what it found."""

    wall: float
    cpu: float
    megabytes: float
    found: int
    tools: str


def main(names: Sequence[str] = (), pairs: int = PAIRS, share: float = 1.0) -> list[dict[str, Any]]:
    """Run all contestants in turn and print a table, then the ratios between them; give what was measured."""
    entries = [entry for entry in ENTRIES if not names or entry.name in names]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        books = {"harm_reduction": HARM_REDUCTION, "keywords": write_keywords(home / "keywords.yaml")}
        planted = {"harm_reduction": examples(), "keywords": _keywords(books["keywords"])}
        kinds = sorted({(entry.codebook, entry.megabytes) for entry in entries})
        words = {kind: _corpus(_folder(home, *kind), kind[1] * share, planted[kind[0]]) for kind in kinds}
        runs: dict[Entry, list[Run]] = defaultdict(list)
        for number in range(min(pairs, PAIRS)):
            for entry in entries:
                if number < entry.runs and (run := _run(entry, home, books[entry.codebook])):
                    runs[entry].append(run)
                    took = f"{run.wall:.1f} s, {run.cpu:.2f} s of CPU, {run.megabytes:.0f} MB"
                    print(f"# {entry.name}, {entry.megabytes} MB, {entry.codebook}: {took}", file=sys.stderr)
    _print_table(runs, words)
    _print_ratios(runs, words)
    return [
        {
            **entry._asdict(),
            "tools": own[0].tools,
            "words": words[entry.codebook, entry.megabytes],
            "runs": [run._asdict() for run in own],
        }
        for entry, own in runs.items()
    ]


def write_keywords(path: Path) -> Path:
    """Write a codebook of lemma and surface keywords: the rarest-looking words of `harm_reduction`.

    Words of the invented talk itself are none: one sentence in `PLANT_EVERY` is to hold a keyword.
    """
    book = load_codebook(HARM_REDUCTION)
    words = {
        test.word
        for sub in book.subcategories
        for one in sub.indicators
        if one.kind == "phrase" and one.language == "en"
        for place in one.body.phrase
        for run in place.alternatives
        for test in run
        if test.how in ("lemma", "exact") and test.word.isalpha()
    }
    said = {word.lower() for text in (*SUBJECTS, *VERBS, *THINGS, *TAILS) for word in text.split()}
    words = {word for word in words if said.isdisjoint(english_forms(word))}
    chosen = sorted(words, key=lambda word: (-rarity(word), word))[:KEYWORDS]
    rules = [word if n % 10 else {"exact": word} for n, word in enumerate(chosen)]
    subs = [
        {"id": f"s{n}", "label": "S", "definition": "Invented.", "indicators": rules[n::30]}
        for n in range(30)
    ]
    category = {"id": "c", "label": "C", "definition": "Invented.", "subcategories": subs}
    path.write_text(json.dumps({"codebook": "keywords", "version": "1", "categories": [category]}))
    return path


def examples() -> list[str]:
    """Give the English example sentences of `harm_reduction`, which are planted in the talk."""
    book = load_codebook(HARM_REDUCTION)
    own = [e for sub in book.subcategories for e in sub.examples if (e.language or "en") == "en"]
    return [" ".join(example.text.split()) for example in own]


def _keywords(codebook: Path) -> list[str]:
    """Give the keywords of a codebook that `write_keywords` wrote, as they are planted."""
    (category,) = json.loads(codebook.read_text())["categories"]
    rules = [rule for sub in category["subcategories"] for rule in sub["indicators"]]
    return sorted(rule if isinstance(rule, str) else rule["exact"] for rule in rules)


def _folder(home: Path, codebook: str, megabytes: int) -> Path:
    return home / f"{codebook}-{megabytes}"


def _corpus(folder: Path, megabytes: float, planted: list[str]) -> int:
    """Write so many megabytes of talk; give the number of words that participants say."""
    write_corpus(folder, megabytes, planted)
    return sum(
        len(line.split()) - 1
        for path in folder.glob("P*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("P")
    )


def _run(entry: Entry, home: Path, codebook: Path) -> Run | None:
    folder, out = _folder(home, entry.codebook, entry.megabytes), home / "results"
    if entry.name == "hrcode":
        command = [sys.executable, "-m", "hrcode", "code", str(folder), "--codebook", str(codebook)]
        command += ["--out", str(out), "--processes", "1", "--no-cache", "--quiet"]
    else:
        python = os.environ.get("PEERS_PYTHON", "") if entry.name in ELSEWHERE else sys.executable
        if not python:
            return None
        command = [python, "-m", "benchmarks.contestants", entry.name, str(folder), str(codebook)]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"{entry.name} ended with {process.returncode}")
    if entry.name == "hrcode":
        counts = json.loads((out / "run.json").read_text())["counts"]
        found, tools = counts["codings"], "hrcode"
    else:
        last = json.loads(printed.splitlines()[-1])
        found, tools = last["found"], last["tools"]
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, found, tools)


def _print_table(runs: dict[Entry, list[Run]], words: dict[tuple[str, int], int]) -> None:
    print("| what | MB | codebook | runs | words/s (clock) | words/s (CPU) | peak MB | found |")
    print("|---|---|---|---|---|---|---|---|")
    for entry, own in runs.items():
        wall, cpu = (statistics.median(run[i] for run in own) for i in (0, 1))
        count = words[entry.codebook, entry.megabytes]
        print(
            f"| {entry.name} ({own[0].tools}) | {entry.megabytes} | {entry.codebook} | {len(own)} | "
            f"{count / wall:,.0f} | {count / cpu:,.0f} | {max(r.megabytes for r in own):,.0f} | "
            f"{own[0].found:,} |"
        )


def _print_ratios(runs: dict[Entry, list[Run]], words: dict[tuple[str, int], int]) -> None:
    """Print how many times as many words hrcode does in a second, by the clock and of CPU, pair by pair."""
    print("\n| hrcode, 10 MB, against | MB | codebook | times as fast (clock) | times as fast (CPU) |")
    print("|---|---|---|---|---|")
    for entry, own in runs.items():
        ours = runs.get(Entry("hrcode", 10, entry.codebook, PAIRS), [])
        if entry.name != "hrcode" and ours:
            share = words[entry.codebook, 10] / words[entry.codebook, entry.megabytes]
            pairs = [*zip(own, ours, strict=False)]
            clock = _spread([share * their.wall / our.wall for their, our in pairs])
            cpu = _spread([share * their.cpu / our.cpu for their, our in pairs])
            print(f"| {entry.name} | {entry.megabytes} | {entry.codebook} | {clock} | {cpu} |")


def _spread(ratios: Sequence[float]) -> str:
    """Give the median of ratios, and the least and the most."""
    return f"{statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})"
