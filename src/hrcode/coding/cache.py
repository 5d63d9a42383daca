"""A folder of small entries that may vanish at any time: checked when read, replaced whole, bounded."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_MAGIC = b"hrcode cache 1\n"
_NAME = re.compile(r"[0-9a-f]{62}")
_UNFINISHED = ".new-"
_STALE_SECONDS = 3600
MAX_BYTES = 1_000_000_000


class Damaged(ValueError):
    """An entry is not what was written."""


class CacheInfo(NamedTuple):
    """What a cache holds.

    Args:
        folder (str): Where it is.
        entries (int): Number of entries.
        bytes (int): Their size together.
        most (int): The size beyond which the longest unused are dropped.
    """

    folder: str
    entries: int
    bytes: int
    most: int


def _head(key: str, body: bytes) -> bytes:
    """Give what an entry begins with; its key is summed up, too, so that none is taken for another."""
    return _MAGIC + hashlib.sha256(key.encode() + body).digest()


def cache_folder() -> Path:
    """Name the user's own folder for hrcode's cache, as the system has it."""
    if home := os.environ.get("XDG_CACHE_HOME"):
        return Path(home, "hrcode")
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home(), "hrcode", "cache")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "hrcode"
    return Path.home() / ".cache" / "hrcode"


class Cache:
    """Entries by key; a folder that cannot be read or written is as good as an empty one.

    Args:
        folder (Path): The folder, made for the user alone if need be; other files in it are left alone.
        most (int): Size in bytes beyond which `trim` drops what was not used longest.
    """

    def __init__(self, folder: Path, most: int = MAX_BYTES) -> None:
        self.folder = folder
        self.most = most

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def get(self, key: str) -> bytes | None:
        """Read an entry.

        Args:
            key (str): SHA-256 of what the entry is about, in hexadecimal.

        Returns:
            bytes | None: What was put; None where there is nothing.

        Raises:
            Damaged: When the entry is not what was written.
        """
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        head, body = data[: len(_MAGIC) + 32], data[len(_MAGIC) + 32 :]
        if head != _head(key, body):
            raise Damaged(str(path))
        with contextlib.suppress(OSError):
            os.utime(path)  # it was used just now
        return body

    def put(self, key: str, body: bytes) -> bool:
        """Write an entry whole or not at all.

        Args:
            key (str): SHA-256 of what the entry is about, in hexadecimal.
            body (bytes): What is to be kept.

        Returns:
            bool: Whether it could be written.
        """
        path = self._path(key)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
            unfinished = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_head(key, body) + body)
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
        except OSError:
            return False
        return True

    def info(self) -> CacheInfo:
        """Say what the cache holds."""
        sizes = [status.st_size for _, status in self._entries()]
        return CacheInfo(str(self.folder), len(sizes), sum(sizes), self.most)

    def trim(self) -> None:
        """Drop the entries that were not used longest, until the rest fits; and what was left unfinished."""
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime, reverse=True)
        size = 0
        for path, status in entries:
            size += status.st_size
            if size > self.most:
                with contextlib.suppress(OSError):
                    path.unlink()
        for path in self.folder.glob(f"[0-9a-f][0-9a-f]/{_UNFINISHED}*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                    path.unlink()

    def clear(self) -> CacheInfo:
        """Remove all entries.

        Returns:
            CacheInfo: What the cache held.
        """
        held = self.info()
        for path, _ in self._entries():
            with contextlib.suppress(OSError):
                path.unlink()
        for folder in self.folder.glob("[0-9a-f][0-9a-f]"):
            for path in folder.glob(f"{_UNFINISHED}*"):
                with contextlib.suppress(OSError):
                    path.unlink()
            with contextlib.suppress(OSError):
                folder.rmdir()
        return held

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for path in folder.iterdir():
                if _NAME.fullmatch(path.name):
                    with contextlib.suppress(OSError):
                        yield path, path.stat()
