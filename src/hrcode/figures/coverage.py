"""Coverage of the codebook as a curve: subcategories observed, interview by interview."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from hrcode.analysis.coverage import coverage
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.figures.codes import filtered
from hrcode.figures.fit import draw_fitting
from hrcode.figures.marks import Key, draw_legend, draw_note
from hrcode.figures.page import FAINT, MARGIN, PALE, Drawing, Page, check_font
from hrcode.figures.words import SMALL, width_of
from hrcode.wording import counted

BLUE, ORANGE = "#0072B2", "#D55E00"
LEFT, HEIGHT, LEAST = 28.0, 130.0, 100.0


class _Panel(NamedTuple):
    """Where the curve is drawn: interviews from left to right, subcategories from bottom to top."""

    left: float
    right: float
    top: float
    bottom: float
    interviews: int
    highest: int

    def x(self, position: float) -> float:
        return self.left + (position - 0.5) / self.interviews * (self.right - self.left)

    def y(self, number: float) -> float:
        return self.bottom - number / self.highest * (self.bottom - self.top)


def plot_coverage(
    coded: Coded,
    *,
    by: str | None = None,
    where: str | None = None,
    width: str | float | None = None,
    font: str | None = None,
) -> Drawing:
    """Draw how many of the codebook's subcategories are observed after each interview.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter of participants.
        width (str | float | None): ``single``, ``double`` or points (see `plot_comparison`).
        font (str | None): Font of this machine; by default DejaVu Sans.

    Returns:
        Drawing: A matplotlib figure with ``caption`` and ``warnings``; give it to `save_figure`.

    Raises:
        StudyError: When an option does not fit, nobody speaks, or matplotlib is missing.
    """
    font = check_font(font)
    table = coverage(coded, by=by, where=where)
    rows: list[dict[Any, Any]] = table.to_dict("records")
    if not rows:
        raise StudyError("There is nothing to draw: no participant says anything. Try another --where.")
    observed, codebook = table.attrs["observed"], table.attrs["codebook"]
    interviews = counted(len(rows), "interview")
    said = f"{observed} of the codebook's {counted(codebook, 'subcategory')} observed in {interviews}."
    caption = (
        f"Codebook coverage: {said} Solid: in the order of the interviews' names; dashed: mean over all "
        f"orders, with one standard deviation; bars: new subcategories. {filtered(table.attrs)} "
        f"{table.attrs['note']}"
    )

    def draw(page: Page) -> float:
        top = draw_legend(page, _keys(), MARGIN) + 4
        panel = _Panel(LEFT, page.width - MARGIN, top, top + HEIGHT, len(rows), max(1, codebook))
        _draw_axes(page, panel, [str(row["transcript"]) for row in rows])
        _draw_curve(page, panel, rows)
        return draw_note(page, f"{said} Coverage of a fixed list, not saturation.", panel.bottom + 27)

    return draw_fitting(
        draw,
        asked=width,
        needed=LEAST + len(rows),
        what=interviews,
        font=font,
        caption=caption,
        notes=table.attrs["warnings"],
    )


def _keys() -> list[Key]:
    return [
        Key(lambda page, x, y: _dot(page, x, y), "observed so far"),
        Key(lambda page, x, y: page.line([x - 4, x + 4], [y, y], color=ORANGE, dashes=(3, 2), linewidth=1),
            "mean of all orders, ± 1 SD"),
        Key(lambda page, x, y: page.box(x - 3, y - 3, 6, 6, facecolor="#bbbbbb"), "new"),
    ]  # fmt: skip


def _dot(page: Page, x: float, y: float) -> None:
    page.axes.plot(
        [x], [y], marker="o", markersize=3.5, color=BLUE, linestyle="none", clip_on=False, zorder=4
    )


def _draw_axes(page: Page, panel: _Panel, names: Sequence[str]) -> None:
    for number in _ticks(panel.highest):
        page.line([panel.left, panel.right], [panel.y(number)] * 2, color=FAINT, zorder=0)
        page.write(panel.left - 3, panel.y(number), str(number), size=SMALL, align="right")
    page.line([panel.left, panel.right], [panel.bottom] * 2)
    page.line([panel.left, panel.right], [panel.top] * 2, dashes=(1, 2))
    page.write(
        panel.right, panel.top + 6, f"codebook: {panel.highest}", size=SMALL, align="right", colour=PALE
    )
    step = (panel.right - panel.left) / panel.interviews
    names_fit = all(width_of(name, SMALL, page.font) < step - 1 for name in names)
    labels = names if names_fit else [str(i) for i in range(1, len(names) + 1)]
    every = max(1, math.ceil((width_of(labels[-1], SMALL, page.font) + 3) / step))
    for i in range(0, len(labels), every):
        page.write(panel.x(i + 1), panel.bottom + 7, labels[i], size=SMALL, align="center")
    page.write(
        (panel.left + panel.right) / 2, panel.bottom + 18, "Interviews, in the order of their names",
        size=SMALL, align="center",
    )  # fmt: skip


def _ticks(highest: int) -> list[int]:
    """Give round numbers from 0 up, four to eight of them where there are as many."""
    step = next(s * 10**p for p in range(9) for s in (1, 2, 5) if highest <= 7 * s * 10**p)
    return [*range(0, highest + 1, step)]


def _draw_curve(page: Page, panel: _Panel, rows: Sequence[dict[Any, Any]]) -> None:
    x = [panel.x(row["position"]) for row in rows]
    mean = [(row["expected"], row["expected_sd"]) for row in rows]
    low, high = ([panel.y(m + sign * sd) for m, sd in mean] for sign in (-1, 1))
    page.axes.fill_between(x, low, high, color=ORANGE, alpha=0.15, linewidth=0, zorder=1)
    page.line(x, [panel.y(m) for m, _ in mean], color=ORANGE, dashes=(3, 2), linewidth=1, zorder=3)
    page.line(x, [panel.y(row["cumulative"]) for row in rows], color=BLUE, linewidth=1.2, zorder=4)
    step = (panel.right - panel.left) / len(rows)
    for at, row in zip(x, rows, strict=True):
        _dot(page, at, panel.y(row["cumulative"]))
        if row["new"]:
            height = panel.bottom - panel.y(row["new"])
            page.box(
                at - step * 0.3, panel.bottom - height, step * 0.6, height, facecolor="#bbbbbb", zorder=2
            )
        if step > 14 or row is rows[-1]:
            page.write(at, panel.y(row["cumulative"]) - 8, str(row["cumulative"]), size=SMALL, align="center")
        if step > 14 and row["new"] and row["position"] > 1:  # the first number stands at the curve
            page.write(at, panel.y(row["new"]) - 5, str(row["new"]), size=SMALL, align="center", colour=PALE)
