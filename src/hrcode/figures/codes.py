"""The rows of a figure: which codes are drawn, under which heading, and what is said of the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from hrcode.analysis.codes import Code, codes_of, labels_of
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.figures.marks import SIGN
from hrcode.figures.page import Page
from hrcode.figures.words import LEADING, TEXT, wrap
from hrcode.hints import no_such
from hrcode.wording import counted

_WHAT = {"category": "categories by stance", "subcategory": "subcategories"}
INDENT, HANG = 5.0, 9.0


def choose_codes(coded: Coded, level: str, category: str | None) -> list[Code]:
    """Give the codes that a figure is about, in the codebook's order.

    Args:
        coded (Coded): The study.
        level (str): ``category`` or ``subcategory``.
        category (str | None): Id of the only category to draw.

    Returns:
        list[Code]: The codes.

    Raises:
        StudyError: When there is no such level or category.
    """
    if level not in _WHAT:
        raise StudyError(no_such("level", level, _WHAT))
    codes = codes_of(coded.frame, level)  # type: ignore[arg-type]
    if category is None:
        return codes
    known = dict.fromkeys(code.category for code in codes)
    if category not in known:
        raise StudyError(no_such("category", category, known))
    return [code for code in codes if code.category == category]


def drawn(codes: Sequence[Code], heard: Collection[Code], unobserved: bool) -> list[Code]:
    """Leave out what nobody was coded with, unless it was asked for.

    Args:
        codes (Sequence[Code]): The codes of the figure.
        heard (Collection[Code]): Those with a coding.
        unobserved (bool): Whether to draw the others as well.

    Returns:
        list[Code]: Those to draw, at least one.

    Raises:
        StudyError: When that leaves none.
    """
    found = [code for code in codes if unobserved or code in heard]
    if not found:
        raise StudyError(
            f"There is nothing to draw: no segment is coded with any of the {counted(len(codes), 'code')}. "
            "See what the participants say in `hrcode uncoded --show segments`, or draw the empty rows with "
            "--unobserved."
        )
    return found


def left_out(codes: Sequence[Code], shown: Sequence[Code], level: str) -> str:
    """Say how many codes are not drawn because nobody was coded with them; empty where there are none."""
    number = len(codes) - len(shown)
    return f"Not observed, and not drawn: {number} of {len(codes)} {_WHAT[level]}." if number else ""


def filtered(attrs: Mapping[Any, Any]) -> str:
    """Say, for a caption, what a table was filtered by; empty where it was not."""
    return f"Only participants with {attrs['where']}." if attrs["where"] else ""


class Row(NamedTuple):
    """A row of a figure: a heading where there is no code."""

    code: Code | None
    lines: list[str]
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Middle of its height, in points from the top of the page."""
        return self.top + self.height / 2


def lay_rows(
    coded: Coded, codes: Sequence[Code], top: float, width: float, font: str, least: float
) -> list[Row]:
    """Place a row for each code, subcategories under the heading of their category.

    Args:
        coded (Coded): The study, for labels.
        codes (Sequence[Code]): The codes.
        top (float): Where the first row begins, in points from the top of the page.
        width (float): Room for labels, in points.
        font (str): Font of the labels.
        least (float): Least height of a code's row.

    Returns:
        list[Row]: Headings and codes.
    """
    labels = labels_of(coded.frame)
    rows: list[Row] = []
    for category, chunk in groupby(codes, key=lambda code: code.category if code.subcategory else ""):
        heading: list[tuple[Code | None, str]] = (
            [(None, labels[Code(category, "", "applies")])] if category else []
        )
        entries = [(code, labels[code] + _named(code.stance)) for code in chunk]
        for code, label in [*heading, *entries]:
            lines = wrap(label, width - (INDENT + HANG if code else 0), font)
            height = max(len(lines) * TEXT * LEADING + 2, least if code else 0)
            rows.append(Row(code, lines, top, height))
            top += height
    return rows


def _named(stance: str) -> str:
    return "" if stance in SIGN else f" ({stance})"


def write_label(page: Page, row: Row, x: float) -> None:
    """Write a row's label: a heading in bold, a code with the sign of its stance before it."""
    if row.code is None:
        page.write(x, row.middle, row.lines, bold=True)
        return
    x += INDENT if row.code.subcategory else 0
    first = row.middle - (len(row.lines) - 1) / 2 * TEXT * LEADING
    page.write(x, first, SIGN.get(row.code.stance, "~"))
    page.write(x + HANG, row.middle, row.lines)
