"""The coverage curve: numbers to places in a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hrcode.report.naming import Row

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 14, 40


def curve(rows: Sequence[Row], codebook: int) -> dict[str, Any]:
    """Lay out how subcategories come up, interview by interview.

    Args:
        rows (Sequence[Row]): Rows of `hrcode.coverage`.
        codebook (int): Subcategories of the codebook: the top of the scale.

    Returns:
        dict[str, Any]: ``width``, ``height``, ``ticks_x``, ``ticks_y``, and as points of lines
        ``observed`` (in the order of the interviews), ``expected`` (in any order) and ``band`` (one
        standard deviation about it).
    """
    top = max(codebook, 1)

    def x(position: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (position - 0.5) / max(len(rows), 1), 1)

    def y(number: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(max(number, 0), top) / top, 1)

    def line(values: Sequence[float]) -> list[tuple[float, float]]:
        return [(x(row["position"]), y(value)) for row, value in zip(rows, values, strict=True)]

    mean = [row["expected"] for row in rows]
    spread = [row["expected_sd"] for row in rows]
    above = line([m + s for m, s in zip(mean, spread, strict=True)])
    below = line([m - s for m, s in zip(mean, spread, strict=True)])
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "bottom": HEIGHT - BOTTOM,
        "top": y(top),
        "observed": line([row["cumulative"] for row in rows]),
        "expected": line(mean),
        "band": [*above, *reversed(below)],
        "ticks_x": [(x(n), n) for n in ticks(len(rows)) if n],
        "ticks_y": [(y(n), n) for n in ticks(top)],
    }


def ticks(top: int, most: int = 8) -> list[int]:
    """Give round numbers from 0 to a top, few enough to be read."""
    step = next(step for step in _steps() if top / step <= most)
    return [*range(0, top + 1, step)]


def _steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
