"""What stands for what: colours that the colour-blind tell apart, and shapes for grey paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from hrcode.figures.page import INK, MARGIN, Page
from hrcode.figures.words import LEADING, SMALL, TEXT, width_of, wrap

# Okabe & Ito 2008, "Color Universal Design"; yellow is left out, which white paper swallows.
GROUP_MARKS = (
    ("#0072B2", "o"), ("#D55E00", "s"), ("#009E73", "^"),
    ("#CC79A7", "D"), ("#000000", "v"), ("#E69F00", "P"),
)  # fmt: skip
FILL = {"applies": "full", "departs": "none"}  # any other stance is half filled
MEANS = {
    "applies": "applies the category's principle",
    "departs": "departs from it",
    "qualified": "qualified",
    "difficulty": "difficulty",
    "neutral": "neutral",
}
SIGN = {"applies": "+", "departs": "−"}
MARK_SIZE = 5.0
_GAP = 10.0
Draw = Callable[[Page, float, float], None]


class Key(NamedTuple):
    """An entry of a legend: how its mark is drawn around a point, and what it says."""

    draw: Draw
    text: str


def group_mark(number: int, stance: str = "applies") -> Draw:
    """Give a function that draws the mark of the n-th group: filled applies, hollow departs."""
    return _mark(*GROUP_MARKS[number], stance)


def stance_mark(stance: str) -> Draw:
    """Give a function that draws a stance's mark, whichever the group."""
    return _mark("#777777", "o", stance)


def _mark(colour: str, shape: str, stance: str) -> Draw:
    def draw(page: Page, x: float, y: float) -> None:
        page.axes.plot(
            [x], [y], marker=shape, markersize=MARK_SIZE, fillstyle=FILL.get(stance, "left"), color=colour,
            markerfacecoloralt="white", markeredgewidth=1.0, linestyle="none", clip_on=False, zorder=3,
        )  # fmt: skip

    return draw


def stance_keys(stances: Sequence[str], mark: Callable[[str], Draw]) -> list[Key]:
    """Give the legend of stances, none where all that is drawn applies."""
    if set(stances) <= {"applies"}:
        return []
    known = {
        stance: Key(mark(stance), MEANS[stance]) for stance in MEANS if stance in FILL and stance in stances
    }
    others = [stance for stance in MEANS if stance in stances and stance not in FILL]
    more = [Key(mark(others[0]), "about it: " + ", ".join(others))] if others else []
    return [*known.values(), *more]


def draw_legend(page: Page, keys: Sequence[Key], y: float) -> float:
    """Draw a legend from left to right, in as many lines as it takes.

    Args:
        page (Page): The page.
        keys (Sequence[Key]): The entries.
        y (float): Top of the legend.

    Returns:
        float: Its bottom.
    """
    x = MARGIN
    line = TEXT * LEADING
    bottom = y
    for key in keys:
        lines = wrap(key.text, page.width - 2 * MARGIN - 10, page.font, most=3)
        width = 10 + max(width_of(text, TEXT, page.font) for text in lines)
        if x > MARGIN and x + width > page.width - MARGIN:
            x, y = MARGIN, bottom
        key.draw(page, x + 3, y + line / 2)
        page.write(x + 10, y + line * len(lines) / 2, lines)
        bottom = max(bottom, y + line * len(lines) + 1)
        x += width + _GAP
    return bottom


def draw_note(page: Page, text: str, y: float) -> float:
    """Write a note in small type over the width of the page; give its bottom."""
    lines = wrap(text, page.width - 2 * MARGIN, page.font, size=SMALL, most=6)
    height = SMALL * LEADING * len(lines)
    page.write(MARGIN, y + height / 2, lines, size=SMALL, colour=INK)
    return y + height + 2
