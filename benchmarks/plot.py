"""Draws what ``peers`` and ``scale`` measured.

    python -m benchmarks peers scale --save docs/figures/performance.json
    python -m benchmarks.plot docs/figures/performance.json docs/figures/performance.svg

Text stays text, so that it can be read aloud and searched; fillings tell hrcode, what a user would write
otherwise and the limits apart without colours; equal measurements are equal files.
"""

from __future__ import annotations

import io
import json
import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from benchmarks.scale import AGAIN, MIDDLE, SIZES

NAMES = {
    "hrcode": "hrcode",
    "spacy_trimmed": "spaCy, trimmed, and matchers",
    "spacy_full": "spaCy, full, and matchers",
    "pandas_contains": "pandas, str.contains",
    "textacy_kwic": "textacy, keyword in context",
    "medspacy_targets": "medspaCy, TargetMatcher",
    "medspacy_context": "medspaCy, and ConText",
    "spacy_tokenizer": "limit: spaCy's tokenizer",
    "aho_corasick": "limit: Aho-Corasick",
}
LIMITS = {"spacy_tokenizer", "aho_corasick"}
BOOKS = {"harm_reduction": "codebook with patterns (harm_reduction)", "keywords": "370 keywords"}
OURS, OTHERS, LIMIT = (
    {"color": "#222222"},
    {"color": "#bbbbbb"},
    {"facecolor": "white", "edgecolor": "#222222", "hatch": "////"},
)
STYLE: dict[str, Any] = {
    "font.size": 8,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "svg.fonttype": "none",
    "svg.hashsalt": "hrcode",
    "hatch.linewidth": 0.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
ROW, HEAD, LOWER, WIDTH = 0.2, 0.65, 2.6, 7.2  # inches


class Bar(NamedTuple):
    """A bar: what it says, its measurements, how it is filled."""

    name: str
    values: list[float]
    fill: Mapping[str, Any]


def speeds(peers: Sequence[Mapping[str, Any]], book: str) -> list[Bar]:
    """Give the words a second (clock) of all that ran with a codebook, the fastest first."""
    bars = []
    for entry in peers:
        if entry["codebook"] == book:
            name = entry["name"]
            fill = OURS if name == "hrcode" else LIMIT if name in LIMITS else OTHERS
            values = [entry["words"] / run["wall"] for run in entry["runs"]]
            bars.append(Bar(f"{NAMES[name]}, {entry['megabytes']} MB", values, fill))
    return sorted(bars, key=lambda bar: -statistics.median(bar.values))


def draw(measured: Mapping[str, Any]) -> Figure:
    """Draw what was measured.

    Args:
        measured (Mapping[str, Any]): What ``python -m benchmarks peers scale --save FILE`` saved.

    Returns:
        Figure: Speeds above, time against size and the time of 10 MB below.
    """
    tables = {book: speeds(measured["peers"], book) for book in BOOKS}
    heights = [HEAD + ROW * len(bars) for bars in tables.values()] + [LOWER]
    figure = Figure((WIDTH, sum(heights)), layout="constrained")
    above = figure.subfigures(len(heights), 1, height_ratios=heights)
    for part, (book, bars) in zip(above, tables.items(), strict=False):
        axes = part.subplots()
        draw_bars(axes, bars, "{:,.0f}")
        axes.set_xscale("log")
        axes.set_title(f"Words a second, {BOOKS[book]}", loc="left", fontweight="bold")
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    left, right = above[-1].subplots(1, 2)
    draw_growth(left, measured["scale"]["growth"])
    scale = measured["scale"]
    whole = {**scale["cores"], **{f"again, {name}": scale["again"][name] for name in AGAIN[1:]}}
    draw_bars(right, [Bar(name, seconds(runs), OURS) for name, runs in whole.items()], "{:.1f}")
    right.set_title(f"Seconds for {MIDDLE} MB", loc="left", fontweight="bold")
    return figure


def seconds(runs: Sequence[Mapping[str, float]]) -> list[float]:
    """Give the seconds by the clock."""
    return [run["seconds"] for run in runs]


def draw_bars(axes: Axes, bars: Sequence[Bar], number: str) -> None:
    """Draw bars from the top down: medians, with a line from the least to the most."""
    for place, bar in enumerate(bars):
        median = statistics.median(bar.values)
        axes.barh(place, median, height=0.7, **bar.fill)
        if len(bar.values) > 1:
            ends = [min(bar.values), max(bar.values)]
            axes.plot(ends, [place, place], color="white", linewidth=2.4)
            axes.plot(ends, [place, place], color="#222222", linewidth=0.8)
        axes.annotate(
            number.format(median), (max(bar.values), place), (4, 0), textcoords="offset points", va="center"
        )
    axes.set_yticks(range(len(bars)), [bar.name for bar in bars])
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.margins(x=0.12)


def draw_growth(axes: Axes, growth: Mapping[str, Sequence[Mapping[str, float]]]) -> None:
    """Draw time against the size of the corpus, beside a line along which it would be in proportion."""
    medians = [statistics.median(seconds(growth[f"{size} MB"])) for size in SIZES]
    for size in SIZES:
        own = seconds(growth[f"{size} MB"])
        axes.plot([size] * len(own), own, "o", color="#222222", markersize=4, markerfacecolor="none")
    axes.plot(SIZES, medians, color="#222222", linewidth=1)
    middle = medians[SIZES.index(MIDDLE)]
    axes.plot(
        SIZES, [middle * size / MIDDLE for size in SIZES], color="#222222", linewidth=0.8, linestyle=":"
    )
    for size, median in zip(SIZES, medians, strict=True):
        axes.annotate(f"{median:.1f} s", (size, median), (-4, 5), textcoords="offset points", ha="right")
    axes.set(xscale="log", yscale="log", xlabel="MB of text (dotted: in proportion to 10 MB)")
    axes.set_xticks(SIZES, [str(size) for size in SIZES])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} s"))
    axes.minorticks_off()
    axes.set_xlim(SIZES[0] / 3, SIZES[-1] * 2)
    axes.set_title("Seconds by size, one process", loc="left", fontweight="bold")


def svg(measured: Mapping[str, Any]) -> bytes:
    """Give the figure as SVG, with a title and a description of what it shows."""
    machine = measured["machine"]
    about = (
        "Medians of paired runs of whole processes, by the clock; lines reach from the least to the most. "
        f"Black: hrcode; grey: what a user would write otherwise; hatched: limits. {machine['processor']}, "
        f"{machine['cores']} cores, Python {machine['python']}."
    )
    out = io.BytesIO()
    with rc_context(STYLE):
        metadata = {"Title": "How fast hrcode is", "Description": about, "Date": None, "Creator": None}
        draw(measured).savefig(out, format="svg", metadata=metadata, facecolor="white")
    return out.getvalue()


def main(source: str, target: str) -> None:
    """Draw the measurements of a file into another."""
    content = svg(json.loads(Path(source).read_text(encoding="utf-8")))
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_bytes(content)


if __name__ == "__main__":
    main(*sys.argv[1:])
