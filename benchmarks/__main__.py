"""Measurements by name: ``python -m benchmarks indicators``; without a name, all of them."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import check, indicators, kills, peers, readers, report, scale, simulate
from hrcode.language.pipeline import versions

BENCHMARKS: dict[str, Callable[[argparse.Namespace], Any]] = {
    "check": lambda _: check.main(),
    "indicators": lambda _: indicators.main(),
    "kills": lambda asked: kills.main(asked.moments, asked.seed),
    "peers": lambda asked: peers.main(pairs=asked.pairs, share=asked.share),
    "readers": lambda _: readers.main(),
    "report": lambda _: report.main(),
    "scale": lambda asked: scale.main(asked.pairs, asked.share),
    "simulate": lambda _: simulate.main(),
}


def main() -> None:
    """Run the measurements named, or all."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--pairs", type=int, default=5, help="paired runs of `peers` and `scale`")
    parser.add_argument("--share", type=float, default=1.0, help="share of their text, for a quick look")
    parser.add_argument("--save", type=Path, help="JSON file that keeps what they measured")
    parser.add_argument("--moments", type=int, default=50, help="how many runs `kills` kills")
    parser.add_argument("--seed", type=int, default=1, help="seed of the moments of `kills`")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in BENCHMARKS]:
        parser.error(f"There is no benchmark {unknown[0]!r}. Known: {', '.join(BENCHMARKS)}.")
    for name in asked.names or BENCHMARKS:
        measured = BENCHMARKS[name](asked)
        if asked.save and measured:
            save(asked.save, name, measured)


def save(path: Path, name: str, measured: Any) -> None:
    """Keep what a benchmark measured beside what others did, and the machine that it ran on."""
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    held |= {name: measured, "machine": machine()}
    path.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """Name the machine and what is installed on it."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        **versions("en"),
    }


if __name__ == "__main__":
    main()
