"""A grid of cells: a row a code, a column a person or group, the darker the more, with the number in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from hrcode.analysis.codes import Code
from hrcode.coding.model import Coded
from hrcode.figures.codes import lay_rows, write_label
from hrcode.figures.marks import Draw, draw_legend, stance_keys
from hrcode.figures.page import MARGIN, Page
from hrcode.figures.words import LEADING, SMALL, width_of, wrap

# Blue and vermilion of Okabe & Ito; the shape tells them apart where the paper is grey.
COLOURS = {"applies": (0.0, 0.447, 0.698), "departs": (0.835, 0.369, 0.0)}
GREY = (0.3, 0.3, 0.3)
SHAPES = {"applies": "s", "departs": "o"}
LABEL, WIDEST_LABEL, CELL, WIDEST_CELL, ROW, GAP, BETWEEN = 96.0, 190.0, 9.6, 20.0, 12.0, 5.0, 5.0
HEAD, GROUP_HEAD = 110.0, 80.0
_PALEST = 0.18
_MIDDLE = 0.179  # where black and white have the same contrast
_Colour = tuple[float, float, float]


class Column(NamedTuple):
    """A column: its head, and the group that it stands under, if any."""

    name: str
    group: str = ""


class Cell(NamedTuple):
    """A cell that is not empty: where it is, how dark (0 to 1), its number, and its stance."""

    code: Code
    column: int
    share: float
    text: str
    stance: str


def grid_width(columns: Sequence[Column]) -> float:
    """Give the least width of a readable grid, in points."""
    groups = len({column.group for column in columns})
    return 2 * MARGIN + LABEL + GAP + CELL * len(columns) + BETWEEN * (groups - 1)


def draw_grid(
    page: Page, coded: Coded, codes: Sequence[Code], columns: Sequence[Column], cells: Sequence[Cell]
) -> float:
    """Draw a grid with its heads and legend from the top of the page.

    Args:
        page (Page): The page.
        coded (Coded): The study, for labels.
        codes (Sequence[Code]): The rows.
        columns (Sequence[Column]): The columns.
        cells (Sequence[Cell]): What is not empty.

    Returns:
        float: The bottom, in points from the top of the page.
    """
    spare = page.width - grid_width(columns)
    label = min(WIDEST_LABEL, LABEL + max(0.0, spare - 4 * len(columns)))
    room = page.width - grid_width(columns) + CELL * len(columns) - (label - LABEL)
    size = min(WIDEST_CELL, room / len(columns))
    starts = _starts(columns, MARGIN + label + GAP, size)
    top = draw_legend(page, stance_keys([c.stance for c in codes], lambda s: cell_mark(s, 0.6)), MARGIN)
    top = _draw_heads(page, columns, starts, size, top + 2)
    rows = lay_rows(coded, codes, top, label, page.font, ROW)
    for row in rows:
        write_label(page, row, MARGIN)
        if row.code:
            page.cells(starts, row.top, size, row.height)
    middles = {row.code: row.middle for row in rows}
    placed = [(starts[cell.column] + size / 2, middles[cell.code], cell) for cell in cells]
    draw_cells(page, placed, size)
    return rows[-1].top + rows[-1].height


def draw_cells(page: Page, placed: Sequence[tuple[float, float, Cell]], size: float) -> None:
    """Draw cells around their points, those that look the same at once: a grid may have thousands."""
    alike: dict[tuple[str, float], list[tuple[float, float]]] = defaultdict(list)
    for x, y, cell in placed:
        alike[cell.stance, cell.share].append((x, y))
        colour = "black" if _luminance(_shade(cell.stance, cell.share)) > _MIDDLE else "white"
        fits = width_of(cell.text, SMALL, page.font) < size - 2
        page.write(x, y, cell.text, size=SMALL if fits else SMALL - 1.5, align="center", colour=colour)
    for (stance, share), points in alike.items():
        _draw_marks(page, [*points], stance, share, min(size, ROW) - 1.5)


def cell_mark(stance: str, share: float, size: float = 8.0) -> Draw:
    """Give a function that draws a stance's cell: square applies, round departs, a diamond for others."""
    return lambda page, x, y: _draw_marks(page, [(x, y)], stance, share, size)


def _draw_marks(
    page: Page, points: Sequence[tuple[float, float]], stance: str, share: float, size: float
) -> None:
    page.axes.plot(
        [x for x, _ in points], [y for _, y in points], marker=SHAPES.get(stance, "D"),
        markersize=size if stance in SHAPES else size * 0.75, color=_shade(stance, share), markeredgewidth=0,
        linestyle="none", clip_on=False, zorder=2,
    )  # fmt: skip


def draw_counts_scale(page: Page, what: str, most: int, y: float) -> float:
    """Draw what the shades of counts from 1 to most mean; give the bottom."""
    steps = min(5, most)
    shares = [(1 + (most - 1) * i / max(1, steps - 1)) / most for i in range(steps)]
    return draw_scale(page, f"{what}: 1", str(most) if most > 1 else "", y, shares)


def draw_scale(
    page: Page, least: str, most: str, y: float, shares: Sequence[float] = (0, 0.25, 0.5, 0.75, 1)
) -> float:
    """Draw what the shades mean, from least to most; give the bottom."""
    page.write(MARGIN, y + 6, least, size=SMALL)
    x = MARGIN + width_of(least, SMALL, page.font) + 9
    for i, share in enumerate(shares):
        cell_mark("applies", share, 9)(page, x + 10 * i, y + 6)
    page.write(x + 10 * len(shares) - 1, y + 6, most, size=SMALL)
    return y + 14


def _shade(stance: str, share: float) -> _Colour:
    """Mix a stance's colour with white."""
    weight = _PALEST + (1 - _PALEST) * min(1.0, max(0.0, share))
    red, green, blue = COLOURS.get(stance, GREY)
    return 1 - weight * (1 - red), 1 - weight * (1 - green), 1 - weight * (1 - blue)


def _luminance(colour: _Colour) -> float:
    """Give how bright a colour is, 0 to 1 (WCAG 2.1, relative luminance)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _starts(columns: Sequence[Column], left: float, size: float) -> list[float]:
    starts: list[float] = []
    for i, column in enumerate(columns):
        if i and column.group != columns[i - 1].group:
            left += BETWEEN
        starts.append(left)
        left += size
    return starts


def _draw_heads(
    page: Page, columns: Sequence[Column], starts: Sequence[float], size: float, top: float
) -> float:
    """Write the columns' names, turned where they are too wide, and their groups above; give the bottom."""
    numbers = [[*chunk] for _, chunk in groupby(range(len(columns)), key=lambda i: columns[i].group)]
    spans = [(columns[chunk[0]].group, starts[chunk[0]], size * len(chunk)) for chunk in numbers]
    top = _write_heads(page, [span for span in spans if span[0]], top, GROUP_HEAD, rule=True)
    return _write_heads(page, [(c.name, x, size) for c, x in zip(columns, starts, strict=True)], top, HEAD)


def _write_heads(
    page: Page, heads: Sequence[tuple[str, float, float]], top: float, most: float, *, rule: bool = False
) -> float:
    """Write heads of (name, left, width), upright if all fit, else all turned; give the bottom."""
    if not heads:
        return top
    if all(_widest_word(name, page.font) <= width - 1 for name, _, width in heads):
        lines = [wrap(name, width - 1, page.font, size=SMALL) for name, _, width in heads]
        height = max(map(len, lines)) * SMALL * LEADING
        for text, (_, left, width) in zip(lines, heads, strict=True):
            page.write(left + width / 2, top + height - len(text) * SMALL * LEADING / 2, text, size=SMALL,
                       align="center")  # fmt: skip
    else:
        lines = [_turned(name, width, most, page.font) for name, _, width in heads]
        height = max(width_of(line, SMALL, page.font) for text in lines for line in text)
        for text, (_, left, width) in zip(lines, heads, strict=True):
            page.write(left + width / 2, top + height, text, size=SMALL, turned=True)
    bottom = top + height + 4
    for _, left, width in heads if rule else ():
        page.line([left + 1, left + width - 1], [bottom - 1, bottom - 1])
    return bottom + (3 if rule else 0)


def _turned(name: str, width: float, most: float, font: str) -> list[str]:
    return wrap(name, most, font, size=SMALL, most=max(1, int(width / (SMALL * LEADING))))


def _widest_word(name: str, font: str) -> float:
    return max(width_of(word, SMALL, font) for word in name.split() or [""])
