"""Figures as files: the same figure gives the same bytes."""

from __future__ import annotations

import io
import math
from pathlib import Path

from hrcode.errors import StudyError
from hrcode.figures.page import Drawing, plain_style
from hrcode.hints import nearest
from hrcode.writing import replace_files

# No date and no version, so that equal figures are equal files.
METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
_CAPTION = {"svg": "Description", "pdf": "Subject", "png": "Description"}
DPI, MOST_PIXELS = 300, 50_000_000


def save_figure(figure: Drawing, path: str | Path) -> Path:
    """Write a figure to a file, whole or not at all.

    An SVG holds text as outlines, a PDF as embedded TrueType fonts; a PNG has 300 dots an inch. The
    caption is in the file's metadata.

    Args:
        figure (Drawing): What a ``plot_`` function gave.
        path (str | Path): Name of the file, ending in ``.svg``, ``.png`` or ``.pdf``.

    Returns:
        Path: The file.

    Raises:
        StudyError: When the ending is another, or the file cannot be written.
    """
    file = Path(path)
    replace_files(file.parent, {file.name: figure_bytes(figure, check_ending(file))}, error=StudyError)
    return file


def check_ending(path: str | Path) -> str:
    """Give the format that a file name asks for.

    Args:
        path (str | Path): The file name.

    Returns:
        str: ``svg``, ``png`` or ``pdf``.

    Raises:
        StudyError: When it asks for none of these.
    """
    ending = Path(path).suffix.lower().lstrip(".")
    if ending not in METADATA:
        known = ", ".join(f".{name}" for name in METADATA)
        raise StudyError(f"{path}: a figure's name ends in {known}.{nearest(ending, METADATA)}")
    return ending


def figure_bytes(figure: Drawing, kind: str) -> bytes:
    """Give a figure as the content of a file.

    Args:
        figure (Drawing): The figure.
        kind (str): ``svg``, ``png`` or ``pdf``.

    Returns:
        bytes: The content.
    """
    width, height = figure.get_size_inches()
    dots = min(DPI, math.isqrt(int(MOST_PIXELS / (width * height))))
    out = io.BytesIO()
    metadata = {**METADATA[kind], _CAPTION[kind]: figure.caption}
    with plain_style(figure.font):
        figure.savefig(out, format=kind, dpi=dots, metadata=metadata, facecolor="white")
    return out.getvalue()
