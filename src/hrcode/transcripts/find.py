"""Paths to files: which transcripts there are."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from hrcode.errors import Fault, TranscriptError
from hrcode.files import is_own_page
from hrcode.hints import nearest_file
from hrcode.transcripts import participants_table, transcripts_table
from hrcode.transcripts.formats import SUFFIXES
from hrcode.transcripts.model import natural

_TABLES = (*participants_table.FILE_NAMES, *transcripts_table.FILE_NAMES)
# Files that look like transcripts to a person; others are passed over without a word.
_DOCUMENTS = (".doc", ".pages", ".wpd")
_PAGES = (".html", ".htm")
_OF_TURNS = (".parquet", ".jsonl", ".ndjson")
_PARTS = re.compile("parts-[0-9a-f]{12}")  # the partitions of an archive's results


def find_files(given: Sequence[Path], notes: list[Fault]) -> dict[str, Path]:
    """Find the transcript files that paths stand for.

    Args:
        given (Sequence[Path]): Files, and folders that are searched.
        notes (list[Fault]): Grows by what cannot be read and by what is passed over.

    Returns:
        dict[str, Path]: File by transcript id, sorted by id.

    Raises:
        TranscriptError: When a path does not exist, or holds no transcripts.
    """
    found: dict[str, Path] = {}
    readable = ", ".join(SUFFIXES)
    for path in given:
        if path.is_dir():
            in_folder = _walk(path, notes)
            if not in_folder:
                other = f" Not read: {', '.join(Path(n.path).name for n in notes[:3])}." if notes else ""
                more = _hint(path)
                raise TranscriptError(f"{path}: holds no transcripts. Formats read: {readable}.{other}{more}")
        elif path.exists():
            if path.suffix.lower() not in SUFFIXES:
                what = f"cannot read {path.suffix or 'such'} files"
                raise TranscriptError(f"{path}: {what}. Formats read: {readable}.{_hint(path)}")
            in_folder = {path.stem: path}
            _check_name(path, path.stem)
        else:
            raise TranscriptError(f"{path}: no such file or folder.{nearest_file(path)}")
        for name, file in in_folder.items():
            if name in found and not file.samefile(found[name]):
                notes.append(_same_name(file, name, found[name]))
            found.setdefault(name, file)
    if not found:
        raise TranscriptError("No transcripts are named. Name files or a folder, such as transcripts/.")
    return dict(sorted(found.items(), key=lambda item: natural(item[0])))


def _hint(path: Path) -> str:
    """Say what reads tables of turns, where a path is one or holds any."""
    names = [path.name]
    with contextlib.suppress(OSError):
        names += os.listdir(path)
    tables = any(Path(name).suffix.lower() in _OF_TURNS for name in names)
    return " Tables of turns are an archive, which `hrcode code` reads." if tables else ""


def is_results(folders: Iterable[str], names: Collection[str]) -> bool:
    """Say whether a folder of these folders and files is what an earlier run wrote."""
    return "run.json" in names and ("codings.csv" in names or any(map(holds_partitions, folders)))


def is_passed_over(folder: str) -> bool:
    """Say whether a folder of this name is not looked into: a hidden one, or of an archive's results."""
    return folder.startswith(".") or holds_partitions(folder)


def holds_partitions(folder: str) -> bool:
    """Say whether a folder is named as that in which an archive's run keeps the partitions that are done."""
    return _PARTS.fullmatch(folder) is not None


def _walk(folder: Path, notes: list[Fault]) -> dict[str, Path]:
    def closed(fault: OSError) -> None:
        message = f"cannot be looked into ({fault.strerror})"
        notes.append(Fault(str(fault.filename), 0, 0, "unreadable", message))

    found: dict[str, Path] = {}
    for here, folders, names in os.walk(folder, onerror=closed):
        if is_results(folders, names):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not is_passed_over(name))
        notes.extend(note for name in folders if (note := _odd_folder(Path(here, name))))
        for name in sorted(names):
            path = Path(here, name)
            if name.startswith((".", "~")) or path.stem.casefold() == "readme" or name in _TABLES:
                continue
            if path.suffix.lower() not in SUFFIXES:
                if path.suffix.lower() in _DOCUMENTS:
                    message = f"not read: {path.suffix} is not among the formats ({', '.join(SUFFIXES)})"
                    notes.append(Fault(str(path), 0, 0, "format-not-read", message, "warning"))
                continue
            if path.suffix.lower() in _PAGES and is_own_page(path):  # a report is no interview
                continue
            key = path.relative_to(folder).with_suffix("").as_posix()
            _check_name(path, key)
            if key in found:
                notes.append(_same_name(path, key, found[key]))
            found.setdefault(key, path)
    return found


def _same_name(path: Path, name: str, other: Path) -> Fault:
    message = f"not read: it would be called {name!r}, as {other} is. Rename one, or take one out"
    return Fault(str(path), 0, 0, "same-name", message)


def _odd_folder(path: Path) -> Fault | None:
    """Say of a folder that it is named like a file, or only a link, which might lead in circles."""
    if path.is_symlink():
        message = "not read: it is a link to a folder; name that folder itself"
        return Fault(str(path), 0, 0, "link-not-followed", message, "warning")
    if path.suffix.lower() in SUFFIXES:
        message = f"is a folder, not a {path.suffix} file; rename it"
        return Fault(str(path), 0, 0, "unreadable", message)
    return None


def _check_name(path: Path, name: str) -> None:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        raise TranscriptError(f"{shown}: the file's name is not Unicode text. Rename the file.") from None
