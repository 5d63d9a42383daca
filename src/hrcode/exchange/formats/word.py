"""Tables as a Word document (.docx): real tables, with a head that is repeated on every page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from hrcode.exchange.formats.packages import FIXED_TIME, without_times
from hrcode.exchange.sheet import Cell, Sheet, is_numeric, printable

if TYPE_CHECKING:
    from docx.document import Document

MOST_COLUMNS = 63  # of a table in Word
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="8"/>' for side in ("top", "bottom"))
_UPRIGHT = 8


def write_docx(sheet: Sheet) -> bytes:
    """Write a table as a document."""
    return book_docx([sheet])


def book_docx(sheets: Sequence[Sheet]) -> bytes:
    """Write several tables as one document, each with its title above and its notes below.

    A table with more columns than one of Word's may have is set in several, each of which begins
    with the first column.

    Args:
        sheets (Sequence[Sheet]): The tables.

    Returns:
        bytes: The file.
    """
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "hrcode", sheets[0].title, ""
    properties.created = properties.modified = FIXED_TIME
    if max(len(sheet.columns) for sheet in sheets) > _UPRIGHT:
        page = document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    for sheet in sheets:
        document.add_heading(printable(sheet.title), level=2)
        for places in _parts(len(sheet.columns)):
            _add_table(document, sheet, places)
        for note in sheet.notes:
            document.add_paragraph(printable(note))
    out = io.BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _parts(columns: int) -> Iterator[list[int]]:
    """Cut columns into as many as a table may have; the first stands in every part."""
    each = MOST_COLUMNS - 1
    for start in range(1, max(columns, 2), each):
        yield [0, *range(start, min(start + each, columns))] if columns else []


def _add_table(document: Document, sheet: Sheet, places: Sequence[int]) -> None:
    from docx.oxml import parse_xml

    numeric = [is_numeric(kind) for kind in sheet.kinds]
    grid = "<w:gridCol/>" * len(places)
    head = _row([sheet.columns[i] for i in places], [numeric[i] for i in places], head=True)
    body = "".join(
        _row([row[i] for i in places], [numeric[i] for i in places], head=False) for row in sheet.rows()
    )
    element: Any = parse_xml(
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>'
    )
    # Before the section's own settings, which have to stand last; a paragraph keeps two tables apart.
    document.element.body.insert(len(document.element.body) - 1, element)
    document.add_paragraph()


def _row(values: Sequence[Cell], numeric: Sequence[bool], *, head: bool) -> str:
    settings = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    cells = "".join(_cell(value, number, head) for value, number in zip(values, numeric, strict=True))
    return f"<w:tr>{settings}{cells}</w:tr>"


def _cell(value: Cell, number: bool, head: bool) -> str:
    border = '<w:tcBorders><w:bottom w:val="single" w:sz="4"/></w:tcBorders>' if head else ""
    bold = "<w:b/>" if head else ""
    side = '<w:jc w:val="right"/>' if number else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{border}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:after="0"/>{side}</w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="18"/></w:rPr>{_runs(str(value))}</w:r></w:p></w:tc>'
    )


def _runs(text: str) -> str:
    """Write text with Word's own signs for line ends and tabs."""
    lines = printable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in line.split("\t"))
        for line in lines
    )
