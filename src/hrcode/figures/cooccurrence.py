"""Which codes come together, as a triangle: in how many people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrcode.analysis.codes import Code
from hrcode.analysis.cooccur import PLACES, Within, cooccur
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.figures.codes import Row, choose_codes, filtered, lay_rows, write_label
from hrcode.figures.fit import draw_fitting
from hrcode.figures.grid import (
    CELL,
    GAP,
    LABEL,
    ROW,
    WIDEST_CELL,
    WIDEST_LABEL,
    Cell,
    cell_mark,
    draw_cells,
    draw_counts_scale,
)
from hrcode.figures.marks import Key, draw_legend, draw_note
from hrcode.figures.page import MARGIN, PALE, Drawing, Page, check_font
from hrcode.figures.words import SMALL
from hrcode.wording import counted, noun

BY_RULE = "shared indicator"
Pairs = Mapping[tuple[Code, Code], Mapping[Any, Any]]


def plot_cooccurrence(
    coded: Coded,
    *,
    within: Within = "segment",
    near: int = 2,
    where: str | None = None,
    level: str = "subcategory",
    category: str | None = None,
    width: str | float | None = None,
    font: str | None = None,
) -> Drawing:
    """Draw which codes come together, and in how many people; codes that meet no other are left out.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        within (str): ``segment``, ``turn``, ``near`` or ``participant`` (see `cooccur`).
        near (int): Segments of the same speaker from one coding to the other, at most.
        where (str | None): Filter of participants.
        level (str): ``subcategory`` or ``category``.
        category (str | None): Id of the only category to draw.
        width (str | float | None): ``single``, ``double`` or points (see `plot_comparison`).
        font (str | None): Font of this machine; by default DejaVu Sans.

    Returns:
        Drawing: A matplotlib figure with ``caption`` and ``warnings``; give it to `save_figure`.

    Raises:
        StudyError: When an option does not fit, no codes meet, or matplotlib is missing.
    """
    font = check_font(font)
    codes = choose_codes(coded, level, category)
    table = cooccur(coded, within=within, near=near, level=level, where=where)  # type: ignore[arg-type]
    pairs = _pairs(codes, table.to_dict("records"))
    shown = [code for code in codes if any(code in pair for pair in pairs)]
    place = "" if within == "participant" else f" in {PLACES[within]}"
    if not pairs:
        raise StudyError(f"There is nothing to draw: no two codes are together{place}. Try another --within.")
    people = next(iter(pairs.values()))["participants_total"]
    left = len(codes) - len(shown)
    note = (
        f"Not drawn: {left} of {counted(len(codes), 'code')}, "
        f"which {noun(left, 'meets', 'meet')} no other{place}."
        if left
        else ""
    )
    caption = f"Participants (N = {people}) who say both codes{place}. {filtered(table.attrs)} {note}"

    def draw(page: Page) -> float:
        bottom = _draw(page, coded, shown, pairs) + 4
        most = max(pair["participants_both"] for pair in pairs.values())
        bottom = draw_counts_scale(page, "participants who say both", most, bottom)
        return draw_note(page, note, bottom) if note else bottom

    needed = 2 * MARGIN + LABEL + GAP + CELL * len(shown)
    return draw_fitting(
        draw,
        asked=width,
        needed=needed,
        what=counted(len(shown), "code"),
        font=font,
        caption=caption,
        notes=table.attrs["warnings"],
    )


def _pairs(codes: Sequence[Code], rows: Sequence[Mapping[Any, Any]]) -> Pairs:
    names = {(code.path, code.stance): code for code in codes}
    found = {}
    for row in rows:
        pair = (names.get((row[f"code_{side}"], row[f"stance_{side}"])) for side in "ab")
        first, second = pair
        if first and second:
            found[first, second] = row
    return found


def _draw(page: Page, coded: Coded, codes: Sequence[Code], pairs: Pairs) -> float:
    """Draw the triangle: rows are labelled, columns have their numbers."""
    room = page.width - 2 * MARGIN - GAP
    label = min(WIDEST_LABEL, max(LABEL, room - 14 * len(codes)))
    size = min(WIDEST_CELL, (room - label) / len(codes))
    left = MARGIN + label + GAP
    top = MARGIN
    if any(BY_RULE in pair["flags"] for pair in pairs.values()):
        keys = [Key(cell_mark("applies", 0.5), "both"), Key(cell_mark("departs", 0.5), "both, by one rule")]
        top = draw_legend(page, keys, top) + 2
    rows = lay_rows(coded, codes, top, label - 14, page.font, ROW)
    middle = {row.code: row.middle for row in rows if row.code}
    for i, numbered in enumerate(row for row in rows if row.code):
        _draw_row(page, numbered, i, left, size)
    for row in rows:
        write_label(page, row, MARGIN)
    most = max(pair["participants_both"] for pair in pairs.values())
    at = {code: i for i, code in enumerate(codes)}
    placed = []
    for (first, second), pair in pairs.items():
        n = pair["participants_both"]
        stance = "departs" if BY_RULE in pair["flags"] else "applies"
        cell = Cell(second, at[first], n / most, str(n), stance)
        placed.append((left + size * (at[first] + 0.5), middle[second], cell))
    draw_cells(page, placed, size)
    return rows[-1].top + rows[-1].height


def _draw_row(page: Page, row: Row, number: int, left: float, size: float) -> None:
    page.cells([left + size * i for i in range(number)], row.top, size, row.height)
    page.write(left - GAP, row.middle, str(number + 1), size=SMALL, align="right")
    page.write(
        left + size * (number + 0.5), row.middle, str(number + 1), size=SMALL, align="center", colour=PALE
    )
