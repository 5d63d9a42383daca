"""Words on paper: their sizes, how wide they are, and how they are broken into lines."""

from __future__ import annotations

import warnings
from functools import lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

TEXT, SMALL, LEADING = 8.0, 7.0, 1.2  # in points; leading in type sizes
MOST_LINES, MOST_SIGNS = 4, 500
FONT = "DejaVu Sans"  # it comes with matplotlib, so every machine draws the same


@lru_cache(maxsize=4096)
def has_sign(font: str, sign: str) -> bool:
    """Say whether a font, or the one that stands in for it, can draw a sign."""
    files = [findfont(FontProperties(family=[name])) for name in (font, FONT)]
    return any(get_font(file).get_char_index(ord(sign)) for file in files)


def clean(text: str) -> str:
    """Give a text as one line without signs that cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, font: str, bold: bool = False) -> float:
    """Give the width of a text, in points."""
    family = [font, FONT]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        properties = FontProperties(family=family, size=size, weight="bold" if bold else "normal")
        return float(text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0])


def wrap(text: str, width: float, font: str, *, size: float = TEXT, most: int = MOST_LINES) -> list[str]:
    """Break a text into lines of a width; what does not fit into the last line is cut, with an ellipsis.

    Args:
        text (str): The text.
        width (float): Points.
        font (str): Font.
        size (float): Type size, in points.
        most (int): Largest number of lines.

    Returns:
        list[str]: The lines.
    """
    lines = [""]
    for word in clean(text).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size, font) > width:
            if len(lines) == most:
                lines[-1] = f"{longer}…"
                break
            longer = word
            lines.append("")
        lines[-1] = longer
    return [_cut(line, width, font, size) for line in lines]


def _cut(line: str, width: float, font: str, size: float) -> str:
    """Shorten a line until it fits."""
    if width_of(line[:MOST_SIGNS], size, font) <= width and len(line) <= MOST_SIGNS:
        return line
    short = line[:MOST_SIGNS].rstrip("…")
    while short and width_of(f"{short}…", size, font) > width:
        short = short[: max(1, len(short) * 9 // 10)] if len(short) > 20 else short[:-1]
    return f"{short}…"
