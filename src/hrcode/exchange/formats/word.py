"""Tables as a Word document (.docx): real tables, with a head that is repeated on every page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from hrcode.exchange.formats.packages import FIXED_TIME, without_times
from hrcode.exchange.sheet import Sheet, is_numeric, printable

if TYPE_CHECKING:
    from docx.document import Document

MOST_COLUMNS = 63  # of a table in Word
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="8"/>' for side in ("top", "bottom"))
_UPRIGHT = 8
_LONGEST, _SHORT = 60, 8  # letters
_LETTER, _PADDING, _MARGIN = 118, 230, 1080  # twips, 1/20 of a point
_EMU_PER_TWIP = 635


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
    from docx.shared import Twips

    document = Document()
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "hrcode", sheets[0].title, ""
    properties.created = properties.modified = FIXED_TIME
    page = document.sections[0]
    page.left_margin = page.right_margin = Twips(_MARGIN)
    if max(len(sheet.columns) for sheet in sheets) > _UPRIGHT:
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

    columns, kinds = sheet.columns, sheet.kinds
    numeric = [is_numeric(kinds[i]) for i in places]
    head = [columns[i] for i in places]
    body = [[row[i] for i in places] for row in sheet.shown_rows()]
    page = document.sections[-1]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    widths = _widths([head, *body], room // _EMU_PER_TWIP)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row(head, numeric, widths, head=True), *(_row(row, numeric, widths, head=False) for row in body)]
    table: Any = parse_xml(
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLook w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid></w:tbl>"
    )
    # Before the section's own settings, which have to stand last; a paragraph keeps two tables apart.
    document.element.body.insert(len(document.element.body) - 1, table)
    # Row by row: what lxml takes to move a table into a document grows with the square of its rows.
    for row in [*parse_xml(f"<w:tbl {_NAMESPACE}>{''.join(rows)}</w:tbl>")]:
        table.append(row)
    document.add_paragraph()


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """Share out a page: each column gets room for what should not break, the rest goes to long cells."""
    least, more = [], []
    for column in zip(*rows, strict=True):
        whole = min(max(map(_unbroken, column)), _LONGEST)
        least.append(whole * _LETTER + _PADDING)
        more.append(max(0, min(max(map(len, column)), _LONGEST) - whole) + 1)
    spare, scale = max(0, room - sum(least)), min(1, room / sum(least))
    return [int(own * scale + spare * part / sum(more)) for own, part in zip(least, more, strict=True)]


def _unbroken(cell: str) -> int:
    """Give the letters of a cell that should stand on one line: its longest word, or all of a short one."""
    return len(cell) if len(cell) <= _SHORT else max(map(len, cell.split()), default=1)


def _row(values: Sequence[str], numeric: Sequence[bool], widths: Sequence[int], *, head: bool) -> str:
    settings = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    cells = "".join(_cell(*cell, head) for cell in zip(values, numeric, widths, strict=True))
    return f"<w:tr>{settings}{cells}</w:tr>"


def _cell(value: str, number: bool, width: int, head: bool) -> str:
    border = '<w:tcBorders><w:bottom w:val="single" w:sz="4"/></w:tcBorders>' if head else ""
    bold = "<w:b/>" if head else ""
    side = '<w:jc w:val="right"/>' if number else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:after="0"/>{side}</w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="18"/></w:rPr>{_runs(value)}</w:r></w:p></w:tc>'
    )


def _runs(text: str) -> str:
    """Write text with Word's own signs for line ends and tabs."""
    lines = printable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in line.split("\t"))
        for line in lines
    )
