"""Where an archive lies: its partitions, each of which is coded as a whole."""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from hrcode.archive.material.remote import TABLES as _TABLES
from hrcode.archive.material.remote import is_url, list_tables
from hrcode.errors import Fault, TranscriptError
from hrcode.hints import nearest_file
from hrcode.transcripts import participants_table, transcripts_table
from hrcode.transcripts.find import find_files, holds_partitions, is_passed_over, is_results
from hrcode.transcripts.formats import SUFFIXES
from hrcode.transcripts.participants_table import find_tables
from hrcode.transcripts.transcripts_table import find_transcripts_tables

TABLES = (".parquet", ".jsonl", ".ndjson")
_ABOUT = (*participants_table.FILE_NAMES, *transcripts_table.FILE_NAMES)
FILES_BYTES = 20_000_000


class _Item(NamedTuple):
    """A file or URL: its size, what tells that it was changed, and the transcript's id if it is one."""

    path: str
    size: int
    changed: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Partition:
    """A piece of an archive.

    Args:
        name (str): Name of its folder in the results; it changes when the material does.
        shown (str): What people call it.
        paths (tuple[str, ...]): A table of turns, or transcript files.
        table (bool): Whether it is a table.
        bytes (int): Its size.
        ids (tuple[str, ...]): Ids of the transcripts, for files.
        beside (tuple[str, ...]): Files and folders of this machine that the archive was named by; tables of
            participants and transcripts stand beside them.
    """

    name: str
    shown: str
    paths: tuple[str, ...]
    table: bool
    bytes: int
    ids: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def is_archive_path(path: str) -> bool:
    """Say whether a path names an archive: a URL, a pattern, a table of many, or a folder of nothing else."""
    return (
        is_url(path)
        or (any(sign in path for sign in "*?[") and not Path(path).exists())
        or Path(path).suffix in TABLES
        or (Path(path).is_dir() and _holds_tables_alone(Path(path)))
    )


def _holds_tables_alone(folder: Path) -> bool:
    """Say whether tables of turns lie in a folder, and nothing that could be a transcript by itself."""
    notes: list[Fault] = []
    found = _tables_in(folder, notes)
    return bool(found) and not notes and all(path.suffix in TABLES for path in found)


def find_partitions(
    paths: Sequence[str], about: Sequence[str] = (), notes: list[Fault] | None = None
) -> list[Partition]:
    """Find the partitions of an archive: one for each table, one for about 20 MB of other files.

    Args:
        paths (Sequence[str]): Files, folders, patterns (``archive/*.parquet``) and URLs that fsspec
            knows (``s3://bucket/*.parquet``).
        about (Sequence[str]): Tables of participants and transcripts that the study names. What they, or
            those beside the paths, say decides on results: with other tables, partitions have other names.
        notes (list[Fault] | None): Grows by what cannot be read and by what is passed over.

    Returns:
        list[Partition]: In the order of their names.

    Raises:
        TranscriptError: When nothing is there.
        RunError: When a library is missing.
    """
    tables: list[_Item] = []
    files: list[_Item] = []
    beside: list[str] = []
    said: list[Fault] = [] if notes is None else notes
    for path in paths:
        if is_url(path):
            found = [_Item(*one) for one in list_tables(path, about, said)]
        else:
            found = _local(path, said)
            beside += [path] if Path(path).exists() else [str(Path(item.path).parent) for item in found]
        for item in found:
            (tables if item.path.endswith(_TABLES) else files).append(item)
    near = tuple(dict.fromkeys(beside))
    known = _hash_of([*map(Path, filter(None, about)), *_tables_beside(near)])
    partitions = [_partition([item], near, known, table=True) for item in tables]
    partitions += [_partition(group, near, known, table=False) for group in _grouped(files)]
    if not partitions:
        raise TranscriptError(f"{', '.join(paths)}: nothing is there.")
    return partitions


def _tables_beside(paths: Sequence[str]) -> list[Path]:
    given = [Path(path) for path in paths]
    return [*find_tables(given), *find_transcripts_tables(given)]


def _hash_of(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        try:
            digest.update(file.read_bytes())
        except OSError as fault:
            raise TranscriptError(f"{file}: cannot be read ({fault.strerror}).") from None
    return digest.hexdigest()


def _local(path: str, notes: list[Fault]) -> list[_Item]:
    ids: dict[Path, str] = {}
    if Path(path).is_dir():
        names = _tables_in(Path(path), notes)
        if not any(name.suffix in TABLES for name in names):
            ids = {file: id_ for id_, file in find_files([Path(path)], notes).items()}
            names = [*ids]
    elif Path(path).exists():
        if not path.endswith(_TABLES):
            find_files([Path(path)], notes)  # or an error that says which formats are read
        names = [Path(path)]
    else:
        matching = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (absolute patterns, too)
        names = [Path(name) for name in matching if _is_wanted(Path(name), notes)]
        if not names:
            what = "holds no tables of turns or transcripts" if matching else "no such file or folder"
            raise TranscriptError(f"{path}: {what}.{nearest_file(Path(path))}")
    return [_Item(str(p), p.stat().st_size, str(p.stat().st_mtime_ns), ids.get(p, p.stem)) for p in names]


def _tables_in(folder: Path, notes: list[Fault]) -> list[Path]:
    """Find the tables of turns in a folder; where there are any, other files are passed over, and named."""
    found: list[Path] = []
    others: list[Fault] = []
    for here, folders, names in os.walk(folder, onerror=lambda fault: others.append(_closed(fault))):
        if is_results(folders, names):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not is_passed_over(name))
        for name in sorted(names):
            path = Path(here, name)
            if name.startswith((".", "~")) or name in _ABOUT or path.stem.casefold() == "readme":
                continue
            if path.suffix in _TABLES:
                found.append(path)
            elif path.suffix.lower() in SUFFIXES:
                message = "not read: beside tables of turns, transcripts in other formats are passed over"
                others.append(Fault(str(path), 0, 0, "format-not-read", message, "warning"))
    if any(path.suffix in TABLES for path in found):
        notes.extend(others)
    return sorted(found)


def _is_wanted(path: Path, notes: list[Fault]) -> bool:
    """Say whether a file that fits a pattern is to be read; what looks like a transcript is named."""
    if not path.is_file() or path.name in _ABOUT or any(map(holds_partitions, path.parts)):
        return False
    if path.suffix.lower() not in (*SUFFIXES, *_TABLES):
        message = f"not read: {path.suffix or 'no ending'} is not among the formats"
        notes.append(Fault(str(path), 0, 0, "format-not-read", message, "warning"))
        return False
    return True


def _closed(fault: OSError) -> Fault:
    return Fault(str(fault.filename), 0, 0, "unreadable", f"cannot be looked into ({fault.strerror})")


def _grouped(files: Sequence[_Item]) -> Iterator[list[_Item]]:
    group: list[_Item] = []
    size = 0
    for item in files:
        group.append(item)
        size += item.size
        if size >= FILES_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _partition(items: Sequence[_Item], beside: tuple[str, ...], known: str, *, table: bool) -> Partition:
    first = items[0].path
    digest = hashlib.sha256(repr(([tuple(item) for item in items], known)).encode()).hexdigest()[:12]
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", first.rsplit("/", 1)[-1].rsplit(".", 1)[0])[:40]
    shown = first if len(items) == 1 else f"{first} and {len(items) - 1} more"
    paths, size = tuple(item.path for item in items), sum(item.size for item in items)
    ids = () if table else tuple(item.id for item in items)
    return Partition(f"{stem}-{digest}", shown, paths, table, size, ids, beside)
