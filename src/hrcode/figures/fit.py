"""A figure's width and height: as asked, or as an article's columns and pages allow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hrcode.errors import StudyError
from hrcode.figures.page import MARGIN, Drawing, Page, new_page, plain_style
from hrcode.figures.words import clean, has_sign

WIDTHS = {"single": 252.0, "double": 516.0}
"""Width of one and of two columns of an article, in points (89 and 182 mm)."""
NARROWEST, LONGEST, PAGE_HEIGHT = 150.0, 7200.0, 690.0


def draw_fitting(
    draw: Callable[[Page], float],
    *,
    asked: str | float | None,
    needed: float,
    what: str,
    font: str,
    caption: str,
    notes: Sequence[str],
) -> Drawing:
    """Draw in the width asked, or in the narrowest column in which the figure is not too high for a page.

    Args:
        draw (Callable[[Page], float]): Draws on a page; gives where it ends, in points from the top.
        asked (str | float | None): ``single``, ``double``, a number of points, or None.
        needed (float): Points that the figure needs to be readable.
        what (str): What needs it, such as ``40 participants``.
        font (str): Font of its words.
        caption (str): What is drawn.
        notes (Sequence[str]): Warnings.

    Returns:
        Drawing: The figure, with its caption and all warnings.

    Raises:
        StudyError: When it is too narrow, too wide, too high for any file, or no width.
    """
    if needed > LONGEST:
        raise StudyError(
            f"A figure of {what} is too large ({needed:.0f} points wide; the limit is {LONGEST:.0f}). "
            'Draw fewer: --level category, or --where "ATTRIBUTE=VALUE".'
        )
    if asked is None:
        widths = [width for width in WIDTHS.values() if width >= needed] or [needed]
    elif (width := _points(asked)) >= needed:
        widths = [width]
    else:
        raise StudyError(
            f"A figure of {what} needs a width of at least {needed:.0f} points, not {width:.0f}."
        )
    with plain_style(font):
        for width in widths:
            page = new_page(width, font)
            height = draw(page) + MARGIN
            if height <= PAGE_HEIGHT:
                break
        return _finished(page, height, caption, notes)


def _points(asked: str | float) -> float:
    try:
        width = WIDTHS[asked] if isinstance(asked, str) and asked in WIDTHS else float(asked)
    except ValueError:
        width = 0.0
    if not NARROWEST <= width <= LONGEST:
        raise StudyError(
            f"A width is single, double, or a number of points from {NARROWEST:.0f} to {LONGEST:.0f}, "
            f"not {asked!r}."
        )
    return width


def _finished(page: Page, height: float, caption: str, notes: Sequence[str]) -> Drawing:
    """Cut a page to its height and say what is to be said about it."""
    if height > LONGEST:
        raise StudyError(
            f"The figure would be {height:.0f} points high (the limit is {LONGEST:.0f}). Draw fewer rows: "
            "--level category, or --category ID."
        )
    page.axes.set_ylim(height, 0)
    page.figure.set_size_inches(page.width / 72, height / 72)
    page.figure.caption = clean(caption)
    found = [*notes]
    widest = WIDTHS["double"]
    if page.width > widest or height > PAGE_HEIGHT:
        found.append(
            f"The figure is {page.width:.0f} x {height:.0f} points; a page has about {widest:.0f} x "
            f"{PAGE_HEIGHT:.0f}. To draw less: --level category, --category ID, or --where."
        )
    signs = {sign for text in page.axes.texts for sign in text.get_text()}
    if missing := sorted(sign for sign in signs if not has_sign(page.font, sign)):
        found.append(
            f"The font {page.font} lacks {' '.join(missing[:8])}; boxes stand for it. Name another font."
        )
    page.figure.warnings = tuple(found)
    return page.figure
