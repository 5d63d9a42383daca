"""The comparison as a dot plot: how many of each group's participants, code by code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrcode.analysis.codes import Code
from hrcode.analysis.compare import EVENT_COLUMNS, compare
from hrcode.analysis.events import EVENT, PARTICIPANT
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.figures.codes import choose_codes, drawn, filtered, lay_rows, left_out, write_label
from hrcode.figures.fit import draw_fitting
from hrcode.figures.grid import Cell, Column, draw_grid, draw_scale, grid_width
from hrcode.figures.marks import (
    GROUP_MARKS,
    Key,
    draw_legend,
    draw_note,
    group_mark,
    stance_keys,
    stance_mark,
)
from hrcode.figures.page import FAINT, MARGIN, Drawing, Page, check_font
from hrcode.figures.words import LEADING, SMALL
from hrcode.wording import counted

Counts = Mapping[str, tuple[int, int]]
COUNT, LABEL, WIDEST_LABEL, PANEL, GAP, STEP = 22.0, 96.0, 200.0, 68.0, 6.0, 4.0
SHADE = "#f4f4f4"
TICKS = (0.0, 0.5, 1.0)


def plot_comparison(
    coded: Coded,
    *,
    by: str | None = None,
    where: str | None = None,
    count: str = PARTICIPANT,
    hide_below: int = 0,
    level: str = "subcategory",
    category: str | None = None,
    unobserved: bool = False,
    width: str | float | None = None,
    font: str | None = None,
) -> Drawing:
    """Draw how many participants of each group were coded with what: a dot plot of n of N.

    With more than six groups, which dots can no longer tell apart, a grid: a column a group, the
    shade the share of its participants.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        by (str | None): Attribute that makes the groups, or up to three with commas; by default the run's.
        where (str | None): Filter of participants.
        count (str): What is counted: ``participant``, or ``event`` (see `hrcode.compare`).
        hide_below (int): Groups of fewer participants are left out; 0 for none.
        level (str): ``subcategory``, or ``category`` with a row for each stance.
        category (str | None): Id of the only category to draw.
        unobserved (bool): Whether to draw codes that nobody was coded with; else they are counted
            in a note.
        width (str | float | None): ``single`` (252 points, one column of an article), ``double`` (516),
            or a number of points; by default the narrowest that it fits into.
        font (str | None): Font of this machine; by default DejaVu Sans, which comes with matplotlib.

    Returns:
        Drawing: A matplotlib figure with ``caption`` and ``warnings``; nothing is shown and no global
        state is changed. Give it to `save_figure`.

    Raises:
        StudyError: When an option does not fit, there is nothing to draw, or matplotlib is missing.
    """
    font = check_font(font)
    codes = choose_codes(coded, level, category)
    table = compare(coded, by=by, where=where, level=level, count=count, hide_below=hide_below)  # type: ignore[arg-type]
    counts = _counts(table.to_dict("records"), count)
    heard = {code for code, of in counts.items() if any(n for n, _ in of.values())}
    shown = drawn(codes, heard, unobserved)
    note = left_out(codes, shown, level)
    groups: dict[str, int] = table.attrs["groups"]
    if not groups:
        raise StudyError("There is nothing to draw: nobody is left. See who there is in `hrcode matrix`.")
    few = len(groups) <= len(GROUP_MARKS)
    columns = [Column(f"{name} (n = {number})") for name, number in groups.items()]

    def draw(page: Page) -> float:
        if few:
            bottom = _draw_dots(page, coded, shown, counts, groups, f"{count}s")
        else:
            bottom = _draw_grid(page, coded, shown, counts, columns, f"{count}s")
        return draw_note(page, note, bottom + 2) if note else bottom

    caption = _caption(groups, shown, note, table.attrs)
    needed = _fixed(len(groups)) + LABEL + PANEL if few else grid_width(columns)
    return draw_fitting(
        draw,
        asked=width,
        needed=needed,
        what=counted(len(groups), "group"),
        font=font,
        caption=caption,
        notes=table.attrs["warnings"],
    )


def _counts(rows: Sequence[Mapping[Any, Any]], count: str) -> dict[Code, dict[str, tuple[int, int]]]:
    n, total = EVENT_COLUMNS.values() if count == EVENT else EVENT_COLUMNS.keys()
    found: dict[Code, dict[str, tuple[int, int]]] = {}
    for row in rows:
        code = Code(row["category"], row["subcategory"], row["stance"])
        found.setdefault(code, {})[row["group"]] = (row[n], row[total])
    return found


def _caption(groups: Mapping[str, int], codes: Sequence[Code], note: str, attrs: Mapping[Any, Any]) -> str:
    bases = ", ".join(f"{group} (N = {number})" for group, number in groups.items())
    stances = {code.stance for code in codes}
    said = [
        f"{attrs['count'].title()}s of each group with at least one coding, n of N, by {attrs['by']}: "
        f"{bases}.",
        filtered(attrs),
        "Applications (+) and departures (−) are counted apart and never netted."
        if "departs" in stances
        else "",
        note,
    ]
    return " ".join(filter(None, said))


def _fixed(groups: int) -> float:
    """Give the width of what does not stretch: margins, gaps and counts."""
    return 2 * MARGIN + 2 * GAP + COUNT * groups


def _draw_dots(
    page: Page, coded: Coded, codes: Sequence[Code], counts: Mapping[Code, Counts], groups: Mapping[str, int],
    counted: str,
) -> float:  # fmt: skip
    label = min(WIDEST_LABEL, page.width - _fixed(len(groups)) - PANEL)
    left, right = MARGIN + label + GAP, page.width - MARGIN - COUNT * len(groups) - GAP
    columns = [right + GAP + COUNT * (i + 0.5) for i in range(len(groups))]
    top = _draw_heads(page, groups, [code.stance for code in codes], columns)
    rows = lay_rows(coded, codes, top, label, page.font, STEP * len(groups) + 4)
    bottom = rows[-1].top + rows[-1].height
    _draw_panel(page, (left, right), (top, bottom), counted)
    for i, row in enumerate(rows):
        write_label(page, row, MARGIN)
        if row.code:
            if i % 2:
                page.box(MARGIN, row.top, page.width - 2 * MARGIN, row.height, facecolor=SHADE, zorder=0)
            _draw_row(page, row.middle, row.code.stance, counts[row.code], (left, right), columns)
    return bottom + 2 * SMALL * LEADING + 4


def _draw_heads(
    page: Page, groups: Mapping[str, int], stances: Sequence[str], columns: Sequence[float]
) -> float:
    keys = [Key(group_mark(i), f"{name} (n = {number})") for i, (name, number) in enumerate(groups.items())]
    top = draw_legend(page, stance_keys(stances, stance_mark), draw_legend(page, keys, MARGIN))
    page.write((columns[0] + columns[-1]) / 2, top + 8, "n of N", size=SMALL, align="center")
    for i, x in enumerate(columns):
        group_mark(i)(page, x, top + 18)
    return top + 25


def _draw_panel(page: Page, across: tuple[float, float], down: tuple[float, float], counted: str) -> None:
    (left, right), (top, bottom) = across, down
    for tick in TICKS:
        x = left + tick * (right - left)
        page.line([x, x], [top, bottom], color="#bbbbbb" if tick in (0, 1) else FAINT, zorder=1)
        page.write(x, bottom + 6, f"{tick:.0%}", size=SMALL, align="center")
    page.write((left + right) / 2, bottom + 15, f"of the {counted}", size=SMALL, align="center")


def _draw_row(
    page: Page,
    middle: float,
    stance: str,
    counts: Counts,
    panel: tuple[float, float],
    columns: Sequence[float],
) -> None:
    left, right = panel
    at = [left + (n / total if total else 0) * (right - left) for n, total in counts.values()]
    page.line([min(at), max(at)], [middle, middle], color="#999999", linewidth=0.8, zorder=2)
    for i, (n, total) in enumerate(counts.values()):
        group_mark(i, stance)(page, at[i], middle + (i - (len(counts) - 1) / 2) * STEP)
        page.write(columns[i], middle, f"{n}/{total}", align="center")


def _draw_grid(
    page: Page, coded: Coded, codes: Sequence[Code], counts: Mapping[Code, Counts], columns: Sequence[Column],
    counted: str,
) -> float:  # fmt: skip
    cells = [
        Cell(code, i, n / total, str(n), code.stance)
        for code in codes
        for i, (n, total) in enumerate(counts[code].values())
        if n
    ]
    bottom = draw_grid(page, coded, codes, columns, cells) + 4
    return draw_scale(page, f"{counted}; shade, of the group: 0%", "100%", bottom)
