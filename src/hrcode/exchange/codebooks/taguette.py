"""Taguette's codebook as CSV: ``name,description``; ``a/b`` or ``a.b`` in a name makes levels."""

from __future__ import annotations

import re
from pathlib import Path

from hrcode.errors import CodebookError
from hrcode.exchange.cells import to_csv
from hrcode.exchange.codebooks.complete import complete
from hrcode.exchange.codebooks.held import TEXTS, not_held
from hrcode.exchange.codebooks.ids import make_id
from hrcode.exchange.codebooks.model import Book, Entry, Loss
from hrcode.exchange.codebooks.tables import read_table
from hrcode.exchange.codebooks.text_block import read_block, write_block

NAMES = ("name", "tag")
# A dot before a blank, or between figures, is no level.
_LEVEL = re.compile(r"/|(?<!\d)\.(?=\S)|(?<=\d)\.(?=[^\s\d])")


def split_name(name: str) -> tuple[str, ...]:
    """Give the levels of a name."""
    return tuple(part.strip() for part in _LEVEL.split(name) if part.strip())


def read_taguette(path: Path) -> Book:
    """Read a codebook.

    Args:
        path (Path): The file.

    Returns:
        Book: Its tags.

    Raises:
        CodebookError: When there is no column ``name`` (or ``tag``).
    """
    header, rows = read_table(path)
    column = next((header.index(name) for name in NAMES if name in header), None)
    if column is None:
        raise CodebookError(f"{path}:1: has no column `name`; Taguette's codebooks have name,description.")
    text = header.index("description") if "description" in header else None
    losses: list[Loss] = []
    entries: list[Entry] = []
    for row in rows:
        levels = split_name(row[column]) or ("unnamed",)
        definition, fields = read_block(row[text]) if text is not None else ("", {})
        own_id = "".join(fields.pop("id", ()))
        entries.append(Entry(levels[-1], levels[:-1], own_id, definition, fields=fields))
        losses.extend(
            Loss(f"cells of the column {name!r}", f"{row[column]}: {cell}")
            for i, (name, cell) in enumerate(zip(header, row, strict=True))
            if i not in (column, text) and cell.strip()
        )
    return complete(entries, losses, str(path))


def write_taguette(book: Book) -> tuple[str, list[Loss]]:
    """Write a codebook.

    Args:
        book (Book): The codebook.

    Returns:
        tuple[str, list[Loss]]: CSV, and what it cannot hold. Folders without a text of their own are
        only in the names of what they hold.
    """
    losses = not_held(book, {*TEXTS, "definition", "id"})
    rows = []
    parents = {entry.parents for entry in book.entries}
    for entry in book.entries:
        own_id = "" if entry.id == make_id(entry.label) else entry.id
        text = write_block(entry, own_id)
        if text or entry.codable or entry.path not in parents:
            rows.append(("/".join(_safe(label) for label in entry.path), text))
        if not entry.codable and text:
            losses.append(Loss("that a code only holds others (it becomes a tag)", entry.name))
        if _safe(entry.label) != entry.label:
            losses.append(Loss("signs in names", entry.name))
    return to_csv(("name", "description"), rows), losses


def _safe(label: str) -> str:
    """Write a label so that it stays one level."""
    return (
        label if split_name(label) == (label,) else re.sub(r"\.(?=\S)", ". ", label.replace("/", "-")).strip()
    )
