"""Tables as a workbook (.xlsx): a sheet a table, and one that says what the columns mean."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from hrcode.exchange.formats.packages import without_times
from hrcode.exchange.formats.sheet_xml import cell_text, rows_xml
from hrcode.exchange.sheet import Sheet, check_size, is_numeric

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
NARROWEST, WIDEST = 8, 60
_LOOKED_AT = 1000
_TEXT = {"vertical": "top", "wrap_text": True}
_NUMBER = {"vertical": "top", "horizontal": "right"}
_ABOUT = "columns"


def write_xlsx(sheet: Sheet) -> bytes:
    """Write a table as a workbook."""
    return book_xlsx([sheet])


def book_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write several tables as one workbook.

    Args:
        sheets (Sequence[Sheet]): The tables, each with a name of its own.

    Returns:
        bytes: The file: heads frozen and with filters, numbers as numbers, texts never as formulas.

    Raises:
        ResultsError: When a table has more rows or columns than a worksheet.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "hrcode"
    bodies = []
    for sheet in (*sheets, _about(sheets)):
        check_size(sheet, MOST_ROWS, MOST_COLUMNS, "a worksheet")
        bodies.append(_rows(_add_head(book, sheet), sheet))
    out = io.BytesIO()
    book.save(out)
    parts = [page.path.lstrip("/") for page in book.worksheets]
    fill = {part: partial(_with_rows, rows) for part, rows in zip(parts, bodies, strict=True)}
    return without_times(out.getvalue(), fill)


def _with_rows(rows: Iterable[str], worksheet: bytes) -> bytes:
    """Put rows below a worksheet's head."""
    before, end, after = worksheet.rpartition(b"</sheetData>")
    return b"".join([before, *(row.encode() for row in rows), end, after])


def _about(sheets: Iterable[Sheet]) -> Sheet:
    """Make the sheet that has a row for each column, and one for each note."""
    rows: list[tuple[str, ...]] = []
    for sheet in sheets:
        for column, kind in zip(sheet.columns, sheet.kinds, strict=True):
            rows.append((sheet.name, column, kind, sheet.meanings.get(column, "")))
        rows += [(sheet.name, "", "note", note) for note in sheet.notes]
    import pandas as pd

    table = pd.DataFrame(rows, columns=["table", "column", "holds", "meaning"])
    return Sheet(_ABOUT, "What the columns mean", table, {})


def _add_head(book: Workbook, sheet: Sheet) -> WriteOnlyWorksheet:
    """Add a worksheet that has all but the rows below its head."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    columns, first = sheet.columns, [*islice(sheet.rows(), _LOOKED_AT)]
    page = book.create_sheet(sheet.name)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(max(1, len(columns)))}{len(sheet.table) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    head = []
    for i, (column, kind) in enumerate(zip(columns, sheet.kinds, strict=True)):
        widest = max([len(column) + 3, *(len(str(row[i])) for row in first)])
        page.column_dimensions[get_column_letter(i + 1)].width = min(max(widest + 1, NARROWEST), WIDEST)
        cell = WriteOnlyCell(page, value=cell_text(column) or None)
        cell.data_type = "s"
        cell.font, cell.alignment = Font(bold=True), Alignment(**(_NUMBER if is_numeric(kind) else _TEXT))
        head.append(cell)
    page.append(head)
    return page


def _rows(page: WriteOnlyWorksheet, sheet: Sheet) -> Iterator[str]:
    """Give the rows below the head as XML."""
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(i + 1) for i in range(len(sheet.columns))]
    # With a little room between a number and the text that follows.
    formats = [f"0.{'0' * places}_)" if places else "0_)" for places in sheet.decimals]
    of_numbers = [_style(page, _NUMBER, code) for code in formats]
    return rows_xml(sheet.rows(), letters, _style(page, _TEXT), of_numbers)


def _style(page: WriteOnlyWorksheet, alignment: Mapping[str, Any], number_format: str = "General") -> int:
    """Add a style to the workbook; give its number."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(page)
    cell.alignment, cell.number_format = Alignment(**alignment), number_format
    return int(cell.style_id)
