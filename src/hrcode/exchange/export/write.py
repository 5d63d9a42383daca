"""An export: all tables of a study, written whole or not at all, over nobody else's files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrcode.analysis.hide import hide_small
from hrcode.coding.model import Coded
from hrcode.errors import ResultsError
from hrcode.exchange.export.data_package import FILE_NAME, Written, data_package, hash_of
from hrcode.exchange.export.study_tables import TABLES, study_tables
from hrcode.exchange.formats import latex, markdown, web_page
from hrcode.exchange.formats.packages import MODIFIED
from hrcode.exchange.results_folder import check_writable, is_result_file
from hrcode.exchange.sheet import Sheet
from hrcode.exchange.tables import BOOKS, ENDINGS, WRITERS, format_of
from hrcode.hints import no_such
from hrcode.writing import locked, replace_files

READ = frozenset({"md", "latex", "html", "docx"})
"""Formats that people read: without a layout, these hold the readable tables only."""
BOOK_NAME = "tables"
MARKS = (latex.MARK, markdown.MARK, web_page.MARK)


def export_tables(
    coded: Coded,
    out: str | Path,
    *,
    formats: Sequence[str] = (),
    layout: str | None = None,
    hide_below: int = 0,
    by: str | None = None,
) -> list[Path]:
    """Write all tables of a study.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        out (str | Path): A folder, made if need be; or a file that ends in one of those of
            `hrcode.exchange.tables.BOOKS`, which then holds all tables.
        formats (Sequence[str]): Some of `hrcode.exchange.tables.WRITERS`; by default ``csv`` in a
            folder, and what a file's ending says.
        layout (str | None): ``tidy`` or ``readable``; by default both, and in formats that people read
            (Word, LaTeX, HTML, Markdown) the readable ones.
        hide_below (int): Groups of fewer participants are left out, with all that is said by, with or
            to them; 0 for none.
        by (str | None): Attribute that makes these groups, or up to three; by default the run's.

    Returns:
        list[Path]: The files; in a folder ``datapackage.json`` last, which describes the others.

    Raises:
        ResultsError: When a format or layout is unknown, the place cannot be written, or files of
            these names are there that hrcode did not export.
        StudyError: When every group would be hidden.
    """
    path = Path(out)
    chosen = check_export(path, formats, layout)
    shown = hide_small(coded, hide_below, by) if hide_below else coded
    notes = [fault.message for fault in shown.warnings[len(coded.warnings) :]]

    def sheets(format_: str) -> list[Sheet]:
        layouts = [layout] if layout else ["readable"] if format_ in READ else [*TABLES]
        return [replace(own, notes=(*own.notes, *notes)) for own in study_tables(shown, layouts)]

    if _is_file(path):
        book = _book(chosen[0], sheets(chosen[0]))
        replace_files(path.parent, {path.name: book.content}, error=ResultsError)
        return [path]
    files = [file for format_ in chosen for file in _files(format_, sheets(format_))]
    _check_foreign(path, [file.name for file in files])
    contents: dict[str, str | bytes] = {file.name: file.content for file in files}
    contents[FILE_NAME] = data_package(coded, files)
    path.mkdir(parents=True, exist_ok=True)
    with locked(path, error=ResultsError):
        earlier = _earlier(path)
        replace_files(path, contents, error=ResultsError)
        for name in earlier - contents.keys():
            (path / name).unlink(missing_ok=True)
    return [path / name for name in contents]


def check_export(path: Path, formats: Sequence[str], layout: str | None) -> list[str]:
    """Settle the formats of an export before any work, and refuse what cannot be written.

    Args:
        path (Path): Folder or file.
        formats (Sequence[str]): What was asked for.
        layout (str | None): The layout asked for.

    Returns:
        list[str]: The formats.

    Raises:
        ResultsError: When something does not fit; with what would.
    """
    for format_ in formats:
        if format_ not in WRITERS:
            raise ResultsError(no_such("format", format_, WRITERS))
    if layout is not None and layout not in TABLES:
        raise ResultsError(no_such("layout", layout, TABLES))
    check_writable(path.parent if _is_file(path) else path)
    if not _is_file(path):
        if is_result_file(path / "run.json"):
            raise ResultsError(f"{path}: holds results of a run. Choose a folder of its own with --out.")
        return [*dict.fromkeys(formats or ["csv"])]
    named = format_of(path)
    if [*formats] not in ([], [named]):
        raise ResultsError(f"{path}: is one {named} file; for {', '.join(formats)} name a folder.")
    if named not in BOOKS:
        listed = ", ".join(ENDINGS[name] for name in BOOKS)
        raise ResultsError(
            f"{path}: holds one table only; name a folder, or a file that ends in one of {listed}."
        )
    if path.exists() and not _is_export(path):
        raise ResultsError(f"{path}: is there already, and hrcode did not export it. Choose another --out.")
    return [named]


def _is_file(path: Path) -> bool:
    return bool(format_of(path)) and not path.is_dir()


def _book(format_: str, sheets: Sequence[Sheet]) -> Written:
    return Written(f"{BOOK_NAME}{ENDINGS[format_]}", format_, _bytes(BOOKS[format_](sheets)), sheets)


def _files(format_: str, sheets: Sequence[Sheet]) -> Iterator[Written]:
    """Give the files of a format: one for all tables where it holds several, else one a table."""
    if format_ in BOOKS:
        yield _book(format_, sheets)
        return
    for sheet in sheets:
        yield Written(f"{sheet.name}{ENDINGS[format_]}", format_, _bytes(WRITERS[format_](sheet)), [sheet])


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")


def _check_foreign(folder: Path, names: Sequence[str]) -> None:
    foreign = [name for name in (*names, FILE_NAME) if (folder / name).exists()]
    if foreign and _dictionary(folder) is None:
        listed = ", ".join(foreign[:8]) + (" ..." if len(foreign) > 8 else "")
        raise ResultsError(
            f"{folder}: holds {listed}, but no {FILE_NAME} of hrcode; these files would be lost. "
            "Choose another folder with --out."
        )


def _dictionary(folder: Path) -> dict[str, Any] | None:
    """Give the dictionary of an earlier export into a folder; None where there is none of hrcode's."""
    try:
        package = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return package if isinstance(package, dict) and "hrcode" in package else None


def _earlier(folder: Path) -> set[str]:
    """Give the files of an earlier export that are still as it wrote them.

    What is not written again is removed: tables beside a dictionary that does not know them are
    mistaken for its own, and may hold what is left out now.
    """
    listed = (_dictionary(folder) or {}).get("resources")
    hashes = {
        str(resource.get("path", "")): resource.get("hash")
        for resource in (listed if isinstance(listed, list) else [])
        if isinstance(resource, dict)
    }
    return {
        name
        for name, known in hashes.items()
        if name and name == Path(name).name and (folder / name).is_file()
        if known == hash_of((folder / name).read_bytes())
    }


def _is_export(path: Path) -> bool:
    """Say whether hrcode wrote a file and no office program has saved it since."""
    try:
        content = path.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                properties = package.read("docProps/core.xml")
            return b"hrcode" in properties and MODIFIED in properties
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError):
        return False
    return any(mark.encode() in content[:1000] for mark in MARKS)
