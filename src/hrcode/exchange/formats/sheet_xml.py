"""A worksheet's rows as XML: a study has half a million cells, and openpyxl makes objects of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hrcode.exchange.cells import defuse
from hrcode.exchange.sheet import Cell, printable

MOST_CHARACTERS = 32_767
CUT = " [... the rest does not fit into a cell; see the CSV]"
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def rows_xml(
    rows: Iterable[Sequence[Cell]], columns: Sequence[str], of_text: int, of_numbers: Sequence[int]
) -> Iterator[str]:
    """Write the rows below a worksheet's head.

    Args:
        rows (Iterable[Sequence[Cell]]): Their cells, as plain numbers and texts.
        columns (Sequence[str]): Letters of the columns, ``A``, ``B`` and so on.
        of_text (int): Number of the style of texts, in the workbook's list of styles.
        of_numbers (Sequence[int]): Number of the style of numbers, for each column.

    Yields:
        str: A ``row`` element each (ECMA-376, part 1, 18.3.1.73).
    """
    places = [*zip(columns, of_numbers, strict=True)]
    for number, row in enumerate(rows, start=2):
        cells = []
        for (letters, of_number), value in zip(places, row, strict=True):
            if not isinstance(value, str):
                cell = f'<c r="{letters}{number}" s="{of_number}"><v>{value!r}</v></c>'
            elif value:
                cell = f'<c r="{letters}{number}" s="{of_text}" t="inlineStr"><is>{text_xml(value)}</is></c>'
            else:
                cell = f'<c r="{letters}{number}" s="{of_text}"/>'
            cells.append(cell)
        yield f'<row r="{number}">{"".join(cells)}</row>'


def text_xml(text: str) -> str:
    """Write a cell's text as an element (18.4.12)."""
    text = cell_text(text)
    tag = "<t>" if text == text.strip() else '<t xml:space="preserve">'
    # A carriage return written as such is a new line to whoever reads XML.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return f"{tag}{escaped}</t>"


def cell_text(text: str) -> str:
    """Make a text one that a cell holds, and that no office program takes for a formula or a code.

    ``_x0041_`` is a code for the letter A in a workbook (22.9.2.19), so the first sign of one that was
    said is itself written as a code.
    """
    text = _cut(str(defuse(printable(text))))
    return _CODE.sub("_x005F_", text) if "_x" in text else text


def _cut(text: str) -> str:
    """Cut a text that is longer than a cell, whose characters are those of UTF-16."""
    if len(text) <= MOST_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - len(CUT))].decode("utf-16-le", "ignore") + CUT
