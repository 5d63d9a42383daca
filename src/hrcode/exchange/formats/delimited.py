"""Tables as CSV and TSV."""

from __future__ import annotations

from hrcode.exchange.cells import to_csv
from hrcode.exchange.sheet import Sheet


def write_csv(sheet: Sheet) -> str:
    """Write a table as CSV (see `hrcode.exchange.cells.to_csv`)."""
    return to_csv(sheet.columns, sheet.rows())


def write_tsv(sheet: Sheet) -> str:
    """Write a table as CSV with tabs between the cells."""
    return to_csv(sheet.columns, sheet.rows(), delimiter="\t")
