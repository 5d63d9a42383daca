"""Measurements by name: ``python -m benchmarks indicators``; without a name, all of them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import check, indicators, peers, readers, report, scale, simulate

BENCHMARKS: dict[str, Callable[[], None]] = {
    "check": check.main,
    "indicators": indicators.main,
    "peers": peers.main,
    "readers": readers.main,
    "report": report.main,
    "scale": scale.main,
    "simulate": simulate.main,
}


def main(names: list[str]) -> None:
    """Run the measurements named, or all."""
    if unknown := [name for name in names if name not in BENCHMARKS]:
        raise SystemExit(f"There is no benchmark {unknown[0]!r}. Known: {', '.join(BENCHMARKS)}.")
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
