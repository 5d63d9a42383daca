"""Tables as a workbook (.xlsx): a sheet a table, and one that says what the columns mean."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from hrcode.exchange.cells import defuse
from hrcode.exchange.formats.packages import without_times
from hrcode.exchange.sheet import Cell, Sheet, check_size, is_numeric, printable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 1_048_576, 16_384, 32_767
CUT = " [... the rest does not fit into a cell; see the CSV]"
NARROWEST, WIDEST = 8, 60
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
    for sheet in (*sheets, _about(sheets)):
        check_size(sheet, MOST_ROWS, MOST_COLUMNS, "a worksheet")
        _add(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return without_times(out.getvalue())


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


def _add(book: Workbook, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    columns, rows = sheet.columns, [*sheet.rows()]
    page = book.create_sheet(sheet.name)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(max(1, len(columns)))}{len(rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for i, column in enumerate(columns):
        widest = max([len(column) + 3, *(len(str(row[i])) for row in rows[:1000])])
        page.column_dimensions[get_column_letter(i + 1)].width = min(max(widest + 1, NARROWEST), WIDEST)
    text, number = Alignment(vertical="top", wrap_text=True), Alignment(horizontal="right", vertical="top")
    head = [_cell(page, column) for column in columns]
    for cell, kind in zip(head, sheet.kinds, strict=True):
        cell.font, cell.alignment = Font(bold=True), number if is_numeric(kind) else text
    page.append(head)
    # With a little room between a number and the text that follows.
    formats = [f"0.{'0' * places}_)" if places else "0_)" for places in sheet.decimals]
    of_text, of_numbers = _style(page, text), [_style(page, number, code) for code in formats]
    for row in rows:
        cells = [_cell(page, value) for value in row]
        for cell, value, of_number in zip(cells, row, of_numbers, strict=True):
            cell._style = of_text if isinstance(value, str) else of_number
        page.append(cells)


def _style(page: WriteOnlyWorksheet, alignment: Alignment, number_format: str = "General") -> Any:
    """Make a style once for many cells; openpyxl looks each up anew when its parts are set."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page)
    cell.alignment, cell.number_format = alignment, number_format
    return cell._style


def _cell(page: WriteOnlyWorksheet, value: Cell) -> Any:
    """Make a cell; a text stays one, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return WriteOnlyCell(page, value=value)
    text = str(defuse(printable(value)))
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS - len(CUT)] + CUT
    cell = WriteOnlyCell(page, value=text or None)
    if text:
        cell.data_type = "s"
    return cell
