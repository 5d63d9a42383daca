"""Lists of codes as CSV or a workbook, as MAXQDA, QualCoder and people in spreadsheets keep them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from hrcode.codebook.model import ORIGINS, STANCES
from hrcode.errors import CodebookError
from hrcode.exchange.cells import to_csv
from hrcode.exchange.codebooks.complete import complete
from hrcode.exchange.codebooks.held import not_held
from hrcode.exchange.codebooks.ids import make_id
from hrcode.exchange.codebooks.model import Book, Entry, Loss
from hrcode.exchange.codebooks.tables import read_table
from hrcode.exchange.formats.workbook import write_xlsx
from hrcode.exchange.sheet import Sheet

LEVELS = {
    0: ("category", "parent code", "parent", "theme", "group", "catname", "code group"),
    1: ("subcategory", "sub category", "subcode", "sub code"),
    2: ("code", "codename", "code name", "name", "label", "tag"),
}
_TEXTS = {
    "brief": ("brief", "short definition"),
    "use_when": ("use when", "when to use", "inclusion"),
    "not_when": ("not when", "when not to use", "exclusion"),
    "stance": ("stance",),
    "origin": ("origin",),
    "source": ("source",),
    "doi": ("doi",),
    "licence": ("licence", "license"),
    "crosswalk": ("crosswalk",),
    "match": ("examples", "example"),
    "no_match": ("counterexamples", "not an example"),
}
_DEFINITION = ("definition", "full definition", "description")
_MEMO = ("memo", "comment", "notes", "code memo")
_CHOICES = {"stance": STANCES, "origin": ORIGINS}
COLUMNS = tuple(
    name.replace(" ", "_")
    for name in (
        "category",
        "subcategory",
        "id",
        "definition",
        *(own[0] for own in _TEXTS.values()),
        "words",
    )
)
_ID = re.compile(r"[a-z][a-z0-9_-]{0,79}")
_PATH = re.compile(r"\s*[>\\]\s*")


def is_code_list(header: list[str]) -> bool:
    """Whether the columns are those of a code list rather than of Taguette."""
    return any(name in header for name in (*LEVELS[0], *LEVELS[1], "code", "codename", "code name"))


def read_code_list(path: Path) -> Book:
    r"""Read a list of codes.

    Args:
        path (Path): The file.

    Returns:
        Book: Its codes; ``a > b`` or ``a\b`` in a cell makes levels. A memo is added to the definition.

    Raises:
        CodebookError: When no column names codes.
    """
    header, rows = read_table(path)
    levels = [header.index(name) for own in LEVELS.values() for name in own if name in header][:3]
    if not levels:
        raise CodebookError(f"{path}:1: has no column `code` or `category`; this is no list of codes.")
    columns = {key: [header.index(n) for n in names if n in header] for key, names in _TEXTS.items()}
    definition, memo = ([header.index(n) for n in names if n in header] for names in (_DEFINITION, _MEMO))
    words = [header.index("words")] if "words" in header else []
    ids = [header.index("id")] if "id" in header else []
    known = {*levels, *definition, *memo, *words, *ids, *(i for own in columns.values() for i in own)}
    entries: list[Entry] = []
    losses: list[Loss] = []
    for row in rows:
        labels = tuple(part for i in levels for part in _PATH.split(row[i].strip()) if part)
        if not labels:
            losses.append(Loss("rows without a code", " ".join(row)))
            continue
        memos = " ".join(" ".join(row[i] for i in memo).split())
        text = " ".join(row[i] for i in definition).strip()
        entries.append(
            Entry(
                labels[-1],
                labels[:-1],
                next((row[i].strip() for i in ids if _ID.fullmatch(row[i].strip())), ""),
                f"{text} Memo: {memos}" if text and memos else text or memos,
                words=tuple(word for i in words for word in row[i].split(";")),
                fields=_fields(row, columns),
            )
        )
        losses.extend(
            Loss(f"cells of the column {header[i]!r}", f"{labels[-1]}: {cell}")
            for i, cell in enumerate(row) if i not in known and cell.strip()
        )  # fmt: skip
    return complete(entries, losses, str(path))


def _fields(row: list[str], columns: Mapping[str, list[int]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, places in columns.items():
        texts = [row[i] for i in places if row[i].strip()]
        if key in ("match", "no_match", "crosswalk"):
            texts = [line for text in texts for line in text.splitlines()]
        if texts and (key not in _CHOICES or texts[0].strip() in _CHOICES[key]):
            found[key] = tuple(texts)
    return found


def write_code_list(book: Book) -> tuple[str, list[Loss]]:
    """Write a list of codes.

    Args:
        book (Book): The codebook.

    Returns:
        tuple[str, list[Loss]]: CSV with a row for every code, and what it cannot hold. Examples, and
        codes of other codebooks, stand in one cell, a line each.
    """
    rows, losses = _rows(book)
    return to_csv(COLUMNS, rows), losses


def write_code_workbook(book: Book) -> tuple[bytes, list[Loss]]:
    """Write a list of codes as a workbook (see `write_code_list`)."""
    import pandas as pd

    rows, losses = _rows(book)
    return write_xlsx(Sheet("codes", "List of codes", pd.DataFrame(rows, columns=[*COLUMNS]), {})), losses


def _rows(book: Book) -> tuple[list[tuple[str, ...]], list[Loss]]:
    """Give the rows of a list of codes, in the order of `COLUMNS`, and what they cannot hold."""
    losses = not_held(book, {*_TEXTS, "definition", "words", "id"})
    parents = {entry.parents for entry in book.entries}
    rows = []
    for entry in book.entries:
        own_id = "" if entry.id == make_id(entry.label) else entry.id
        folder = not entry.codable and entry.path in parents
        if folder and not (entry.definition or entry.fields or own_id):
            continue
        if folder:
            losses.append(Loss("that a code only holds others (it becomes a code)", entry.name))
        above = " > ".join(map(_safe, entry.parents))
        place = (above, _safe(entry.label)) if above else (_safe(entry.label), "")
        if _safe(entry.label) != entry.label:
            losses.append(Loss("signs in names", entry.name))
        texts = ("\n".join(entry.fields.get(key, ())) for key in _TEXTS)
        rows.append((*place, own_id, entry.definition, *texts, "; ".join(entry.words)))
    return rows, losses


def _safe(label: str) -> str:
    """Write a label so that it stays one level."""
    return re.sub(r"[>\\]+", "-", label)
