"""Where an archive lies: its partitions, each of which is coded as a whole."""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from hrcode.archive.extras import extra
from hrcode.errors import TranscriptError
from hrcode.hints import nearest_file
from hrcode.transcripts.find import find_files

TABLES = (".parquet", ".jsonl", ".ndjson")
_TABLES = (*TABLES, ".csv")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://")
FILES_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Partition:
    """A piece of an archive.

    Args:
        name (str): Name of its folder in the results; it changes when the material does.
        shown (str): What people call it.
        paths (tuple[str, ...]): A table of turns, or transcript files.
        table (bool): Whether it is a table.
        bytes (int): Its size.
    """

    name: str
    shown: str
    paths: tuple[str, ...]
    table: bool
    bytes: int


def is_archive_path(path: str) -> bool:
    """Say whether a path names an archive: a URL, a pattern such as ``*.parquet``, a table of many."""
    return bool(_URL.match(path)) or any(sign in path for sign in "*?[") or Path(path).suffix in TABLES


def find_partitions(paths: Sequence[str]) -> list[Partition]:
    """Find the partitions of an archive: one for each table, one for about 20 MB of other files.

    Args:
        paths (Sequence[str]): Files, folders, patterns (``archive/*.parquet``) and URLs that fsspec
            knows (``s3://bucket/*.parquet``).

    Returns:
        list[Partition]: In the order of their names.

    Raises:
        TranscriptError: When nothing is there.
        RunError: When a library is missing.
    """
    tables: list[tuple[str, int, str]] = []
    files: list[tuple[str, int, str]] = []
    for path in paths:
        found = _remote(path) if _URL.match(path) else _local(path)
        for item in found:
            (tables if item[0].endswith(_TABLES) else files).append(item)
    partitions = [_partition([item], table=True) for item in tables]
    partitions += [_partition(group, table=False) for group in _grouped(files)]
    if not partitions:
        raise TranscriptError(f"{', '.join(paths)}: nothing is there.")
    return partitions


def _local(path: str) -> list[tuple[str, int, str]]:
    if Path(path).is_dir():
        names = sorted(
            [p for suffix in _TABLES for p in Path(path).rglob(f"*{suffix}") if p.name != "participants.csv"]
        )
        if not names or not any(name.suffix in TABLES for name in names):
            names = [*find_files([Path(path)], []).values()]
    elif Path(path).exists():
        names = [Path(path)]
    else:
        matching = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (absolute patterns, too)
        names = [Path(name) for name in matching if Path(name).is_file()]
        if not names:
            raise TranscriptError(f"{path}: no such file or folder.{nearest_file(Path(path))}")
    return [(str(p), p.stat().st_size, str(p.stat().st_mtime_ns)) for p in names]


def _remote(path: str) -> list[tuple[str, int, str]]:
    fsspec = extra("fsspec")
    try:
        system, plain = fsspec.core.url_to_fs(path)
        names = sorted(system.glob(plain) if any(sign in plain for sign in "*?[") else system.find(plain))
        described = [(system.unstrip_protocol(name), system.info(name)) for name in names]
    except (OSError, ValueError, ImportError) as fault:
        raise TranscriptError(f"{path}: cannot be read ({fault}).") from None
    if not described:
        raise TranscriptError(f"{path}: nothing is there.")
    changed = ("ETag", "mtime", "LastModified", "created")
    return [
        (name, int(info.get("size") or 0), str([str(info.get(key)) for key in changed]))
        for name, info in described
    ]


def _grouped(files: Sequence[tuple[str, int, str]]) -> Iterator[list[tuple[str, int, str]]]:
    group: list[tuple[str, int, str]] = []
    for item in files:
        group.append(item)
        if sum(size for _, size, _ in group) >= FILES_BYTES:
            yield group
            group = []
    if group:
        yield group


def _partition(items: Sequence[tuple[str, int, str]], *, table: bool) -> Partition:
    first = items[0][0]
    digest = hashlib.sha256(repr(items).encode()).hexdigest()[:12]
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", first.rsplit("/", 1)[-1].rsplit(".", 1)[0])[:40]
    shown = first if len(items) == 1 else f"{first} and {len(items) - 1} more"
    return Partition(f"{stem}-{digest}", shown, tuple(i[0] for i in items), table, sum(i[1] for i in items))


@contextmanager
def opened(path: str) -> Iterator[IO[Any]]:
    """Open a file or a URL for reading bytes."""
    if _URL.match(path):
        with extra("fsspec").open(path, "rb") as handle:
            yield handle
    else:
        with Path(path).open("rb") as handle:
            yield handle
