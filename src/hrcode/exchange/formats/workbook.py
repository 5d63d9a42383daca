"""Tables as a workbook (.xlsx): a sheet a table, and one that says what the columns mean."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from hrcode.exchange.cells import defuse
from hrcode.exchange.formats.packages import without_times
from hrcode.exchange.sheet import Cell, Sheet, check_size, is_numeric, printable

if TYPE_CHECKING:
    from openpyxl import Workbook
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
    for sheet in sheets:
        check_size(sheet, MOST_ROWS, MOST_COLUMNS, "a worksheet")
        _add(book, sheet.name, sheet.columns, [is_numeric(kind) for kind in sheet.kinds], [*sheet.rows()])
    _add(book, _ABOUT, ["table", "column", "holds", "meaning"], [False] * 4, [*_meanings(sheets)])
    out = io.BytesIO()
    book.save(out)
    return without_times(out.getvalue())


def _meanings(sheets: Iterable[Sheet]) -> Iterator[tuple[Cell, ...]]:
    """Give a row a column, and one a note with no column."""
    for sheet in sheets:
        for column, kind in zip(sheet.columns, sheet.kinds, strict=True):
            yield sheet.name, column, kind, sheet.meanings.get(column, "")
        for note in sheet.notes:
            yield sheet.name, "", "note", note


def _add(
    book: Workbook,
    name: str,
    columns: Sequence[str],
    numeric: Sequence[bool],
    rows: Sequence[tuple[Cell, ...]],
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(name)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(max(1, len(columns)))}{len(rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for i, column in enumerate(columns):
        widest = max([len(column) + 3, *(len(str(row[i])) for row in rows[:1000])])
        page.column_dimensions[get_column_letter(i + 1)].width = min(max(widest + 1, NARROWEST), WIDEST)
    wrapped, right = Alignment(vertical="top", wrap_text=True), Alignment(vertical="top")
    head = [_cell(page, column) for column in columns]
    for cell, number in zip(head, numeric, strict=True):
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="right" if number else "left")
    page.append(head)
    for row in rows:
        cells = [_cell(page, value) for value in row]
        for cell, value in zip(cells, row, strict=True):
            cell.alignment = wrapped if isinstance(value, str) else right
        page.append(cells)


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
