"""A page to draw on, measured in points (1/72 inch) from its top left corner.

Everything is placed in points, so that a figure printed at its own size has the type sizes that are
named in `words`. matplotlib's global state stays as it was.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.patches import Rectangle

from hrcode.errors import StudyError
from hrcode.figures.words import FONT, LEADING, TEXT, clean

MARGIN = 6.0
INK, PALE, FAINT = "#222222", "#666666", "#e6e6e6"
STYLE: dict[str, Any] = {
    "font.size": TEXT,
    "text.parse_math": False,  # a label's dollar sign is a dollar sign
    "text.color": INK,
    "svg.hashsalt": "hrcode",
    "svg.fonttype": "path",  # looks the same wherever it is opened
    "pdf.fonttype": 42,  # TrueType: text can be searched, and journals take it
    "savefig.dpi": 300,
}
Align = Literal["left", "center", "right"]


class Drawing(Figure):
    """A matplotlib figure with the caption that it needs; shows itself in a notebook.

    Args:
        caption (str): What is drawn, with its base, for below the figure.
        warnings (tuple[str, ...]): What its maker should know.
        font (str): Font of its words.
    """

    caption: str = ""
    warnings: tuple[str, ...] = ()
    font: str = FONT

    def _repr_png_(self) -> bytes:
        from hrcode.figures.save import figure_bytes

        return figure_bytes(self, "png")


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on: axes whose units are points, y growing downwards.

    Args:
        figure (Drawing): The figure.
        axes (Axes): Its only axes.
        width (float): Its width, in points.
        font (str): Font of its words.
    """

    figure: Drawing
    axes: Axes
    width: float
    font: str

    def write(
        self, x: float, y: float, text: str | Sequence[str], *, size: float = TEXT, align: Align = "left",
        colour: str = INK, bold: bool = False, turned: bool = False,
    ) -> None:  # fmt: skip
        """Write lines of text, the middle of their height at y; turned text reads upwards from y."""
        lines = [text] if isinstance(text, str) else text
        for i, line in enumerate(lines):
            off = (i - (len(lines) - 1) / 2) * size * LEADING
            self.axes.text(
                x + (off if turned else 0), y + (0 if turned else off), clean(line), fontsize=size,
                ha="center" if turned else align, va="bottom" if turned else "center_baseline", color=colour,
                rotation=90 if turned else 0, fontweight="bold" if bold else "normal",
            )  # fmt: skip

    def box(self, left: float, top: float, width: float, height: float, **look: Any) -> None:
        """Draw a rectangle, filled unless its look says otherwise."""
        self.axes.add_patch(Rectangle((left, top), width, height, **{"linewidth": 0, **look}))

    def cells(self, lefts: Sequence[float], top: float, width: float, height: float) -> None:
        """Draw the borders of a row of cells."""
        rights = [left + width for left in lefts]
        look: dict[str, Any] = {"colors": FAINT, "linewidth": 0.5, "zorder": 0}
        self.axes.vlines([*lefts, *rights], top, top + height, **look)
        for y in (top, top + height):
            self.axes.hlines([y] * len(rights), lefts, rights, **look)

    def line(self, x: Sequence[float], y: Sequence[float], **look: Any) -> None:
        """Draw a line from point to point."""
        self.axes.plot(x, y, **{"linewidth": 0.6, "color": PALE, "clip_on": False, **look})


@contextmanager
def plain_style(font: str = FONT) -> Iterator[None]:
    """Draw with hrcode's settings, whatever the user's are, and leave theirs as they were."""
    family = list(dict.fromkeys((font, FONT)))
    with style.context(["default", {**STYLE, "font.family": family}]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # `draw_fitting` says it, once
        yield


def check_font(font: str | None) -> str:
    """Give a font that there is.

    Args:
        font (str | None): Name of a font of this machine; None for `FONT`.

    Returns:
        str: Its name.

    Raises:
        StudyError: When there is no such font.
    """
    if font is None:
        return FONT
    try:
        findfont(FontProperties(family=[font]), fallback_to_default=False)
    except ValueError:
        raise StudyError(f"There is no font {font!r} on this machine; leave it out for {FONT}.") from None
    return font


def new_page(width: float, font: str) -> Page:
    """Take a fresh page; call it, and draw, within `plain_style`."""
    figure = Drawing(figsize=(width / 72, 1))
    figure.font = font
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    return Page(figure, axes, width, font)
