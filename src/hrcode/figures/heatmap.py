"""Participants by codes as a heat map: who said what, and how often."""

from __future__ import annotations

from hrcode.analysis.matrix import Values, matrix
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.figures.codes import choose_codes, drawn, filtered, left_out
from hrcode.figures.fit import draw_fitting
from hrcode.figures.grid import Cell, Column, draw_counts_scale, draw_grid, draw_scale, grid_width
from hrcode.figures.marks import draw_note
from hrcode.figures.page import Drawing, Page, check_font
from hrcode.wording import counted

IN_FRONT = 4  # columns of a matrix before its codes
_WHAT = {
    "segments": "segments coded",
    "presence": "1 where there is at least one coding",
    "rate": "coded segments per 1,000 words",
}


def plot_heatmap(
    coded: Coded,
    *,
    by: str | None = None,
    where: str | None = None,
    hide_below: int = 0,
    level: str = "subcategory",
    category: str | None = None,
    values: Values = "segments",
    unobserved: bool = False,
    width: str | float | None = None,
    font: str | None = None,
) -> Drawing:
    """Draw who was coded with what: a row a code, a column a participant, groups side by side.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter of participants.
        hide_below (int): Groups of fewer participants are left out; 0 for none.
        level (str): ``subcategory``, or ``category`` with a row for each stance.
        category (str | None): Id of the only category to draw.
        values (str): ``segments`` coded; ``presence``, 0 or 1; ``rate``, segments per 1,000 words.
        unobserved (bool): Whether to draw codes that nobody was coded with.
        width (str | float | None): ``single``, ``double`` or points (see `plot_comparison`).
        font (str | None): Font of this machine; by default DejaVu Sans.

    Returns:
        Drawing: A matplotlib figure with ``caption`` and ``warnings``; give it to `save_figure`.

    Raises:
        StudyError: When an option does not fit, there is nothing to draw, or matplotlib is missing.
    """
    font = check_font(font)
    codes = choose_codes(coded, level, category)
    table = matrix(coded, values=values, level=level, by=by, where=where, hide_below=hide_below)  # type: ignore[arg-type]
    if table.empty:
        raise StudyError("There is nothing to draw: nobody is left. See who there is in `hrcode matrix`.")
    of = dict(zip(choose_codes(coded, level, None), table.columns[IN_FRONT:], strict=True))
    shown = drawn(codes, {code for code in codes if table[of[code]].any()}, unobserved)
    most = max((table[of[code]].max() for code in shown), default=0) or 1
    columns = [Column(str(r.participant), str(r.group)) for r in table.itertuples()]
    cells = [
        Cell(code, i, value / most, f"{value:g}" if values != "rate" else f"{value:.1f}", code.stance)
        for code in shown
        for i, value in enumerate(table[of[code]])
        if value
    ]
    note = left_out(codes, shown, level)
    groups = ", ".join(f"{group} (N = {number})" for group, number in table.attrs["groups"].items())
    caption = f"Participants by codes ({_WHAT[values]}), by {table.attrs['by']}: {groups}."
    caption = " ".join((caption, filtered(table.attrs), note))

    def draw(page: Page) -> float:
        bottom = draw_grid(page, coded, shown, columns, cells) + 4
        if values == "segments":
            bottom = draw_counts_scale(page, _WHAT[values], int(most), bottom)
        elif values == "rate":
            bottom = draw_scale(page, f"{_WHAT[values]}: 0", f"{most:g}", bottom)
        return draw_note(page, note, bottom) if note else bottom

    return draw_fitting(
        draw,
        asked=width,
        needed=grid_width(columns),
        what=counted(len(columns), "participant"),
        font=font,
        caption=caption,
        notes=table.attrs["warnings"],
    )
