"""Measurements by name: ``python -m benchmarks indicators``; without a name, all of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from benchmarks import check, indicators, kills, peers, readers, report, scale, simulate

BENCHMARKS: dict[str, Callable[[argparse.Namespace], None]] = {
    "check": lambda _: check.main(),
    "indicators": lambda _: indicators.main(),
    "kills": lambda asked: kills.main(asked.moments, asked.seed),
    "peers": lambda _: peers.main(),
    "readers": lambda _: readers.main(),
    "report": lambda _: report.main(),
    "scale": lambda _: scale.main(),
    "simulate": lambda _: simulate.main(),
}


def main() -> None:
    """Run the measurements named, or all."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--moments", type=int, default=50, help="how many runs `kills` kills")
    parser.add_argument("--seed", type=int, default=1, help="seed of the moments of `kills`")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in BENCHMARKS]:
        parser.error(f"There is no benchmark {unknown[0]!r}. Known: {', '.join(BENCHMARKS)}.")
    for name in asked.names or BENCHMARKS:
        BENCHMARKS[name](asked)


if __name__ == "__main__":
    main()
