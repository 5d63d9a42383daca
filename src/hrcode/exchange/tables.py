"""The formats of tables: what writes each, how its file ends, and which hold several tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hrcode.exchange.formats.delimited import write_csv, write_tsv
from hrcode.exchange.formats.json_text import write_json
from hrcode.exchange.formats.latex import book_latex, write_latex
from hrcode.exchange.formats.markdown import book_markdown, write_markdown
from hrcode.exchange.formats.parquet import write_parquet
from hrcode.exchange.formats.web_page import book_html, write_html
from hrcode.exchange.formats.word import book_docx, write_docx
from hrcode.exchange.formats.workbook import book_xlsx, write_xlsx
from hrcode.exchange.sheet import Sheet, sheet_of

if TYPE_CHECKING:
    import pandas as pd

WRITERS: dict[str, Callable[[Sheet], str | bytes]] = {
    "csv": write_csv,
    "tsv": write_tsv,
    "md": write_markdown,
    "latex": write_latex,
    "html": write_html,
    "json": write_json,
    "xlsx": write_xlsx,
    "docx": write_docx,
    "parquet": write_parquet,
}
BOOKS: dict[str, Callable[[Sequence[Sheet]], str | bytes]] = {
    "md": book_markdown,
    "latex": book_latex,
    "html": book_html,
    "xlsx": book_xlsx,
    "docx": book_docx,
}
ENDINGS = {name: ".tex" if name == "latex" else f".{name}" for name in WRITERS}
BINARY = frozenset({"xlsx", "docx", "parquet"})


def format_of(path: Path) -> str:
    """Tell a format by a file's ending; empty where it is none of `ENDINGS`."""
    return next((name for name, ending in ENDINGS.items() if path.suffix.lower() == ending), "")


def table_text(table: pd.DataFrame, format_: str) -> str | bytes:
    """Write one table.

    Args:
        table (pandas.DataFrame): One of hrcode's tables.
        format_ (str): One of `WRITERS`.

    Returns:
        str | bytes: The file's content; bytes for the formats of `BINARY`.

    Raises:
        ResultsError: When the format cannot hold the table, or what it needs is not installed.
    """
    return WRITERS[format_](sheet_of(table))
