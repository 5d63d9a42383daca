"""Reading files that come from outside: size-bounded; text in UTF-8, exactly as it is."""

from __future__ import annotations

import stat
from pathlib import Path

from hrcode.errors import HrcodeError
from hrcode.hints import nearest_file

MAX_TEXT_BYTES = 50_000_000
OWN_PAGE = '<meta name="generator" content="hrcode'
_HEAD = 2_000


def is_own_page(path: Path) -> bool:
    """Say whether a file is a page that hrcode wrote, such as a report; False where it cannot be read."""
    if not path.is_file():  # reading a pipe would wait for somebody to write
        return False
    try:
        with path.open("rb") as handle:
            return OWN_PAGE.encode() in handle.read(_HEAD)
    except OSError:
        return False


def check_file(path: Path, *, error: type[HrcodeError], max_bytes: int) -> None:
    """Refuse what is not a regular file of a bearable size.

    Args:
        path (Path): The file.
        error (type[HrcodeError]): The error class to raise.
        max_bytes (int): Largest size accepted, in bytes.

    Raises:
        HrcodeError: Of the class given, when the file is missing, a folder, a pipe or the like, or too
            large.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise error(f"{path}: no such file.{nearest_file(path)}") from None
    except (OSError, ValueError) as fault:
        raise error(f"{path}: cannot be read ({getattr(fault, 'strerror', fault)}).") from None
    if not stat.S_ISREG(status.st_mode):
        raise error(f"{path}: is not a regular file; name a file.")
    if status.st_size > max_bytes:
        size = f"{status.st_size / 1e6:.0f} MB"
        raise error(f"{path}: is {size}; the limit is {max_bytes / 1e6:.0f} MB. Split it.")


def read_bytes(path: Path, *, error: type[HrcodeError], max_bytes: int = MAX_TEXT_BYTES) -> bytes:
    """Read a file of a bearable size.

    Args:
        path (Path): The file.
        error (type[HrcodeError]): The error class to raise.
        max_bytes (int): Largest size accepted, in bytes.

    Returns:
        bytes: What it holds.

    Raises:
        HrcodeError: Of the class given, when the file is missing, unreadable, or too large.
    """
    check_file(path, error=error, max_bytes=max_bytes)
    try:
        before = path.stat()
        with path.open("rb") as handle:
            data = handle.read(max_bytes + 1)
        after = path.stat()
    except OSError as fault:
        raise error(f"{path}: cannot be read ({fault.strerror}).") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) > max_bytes:
        raise error(f"{path}: changed while it was read. Wait until it is whole.")
    return data


def read_text(path: Path, *, error: type[HrcodeError], max_bytes: int = MAX_TEXT_BYTES) -> str:
    """Read a UTF-8 text file exactly as it is, without its byte order mark.

    Line ends are kept as they stand in the file, so that offsets into the text are true.

    Args:
        path (Path): The file.
        error (type[HrcodeError]): The error class to raise.
        max_bytes (int): Largest size accepted, in bytes.

    Returns:
        str: The text.

    Raises:
        HrcodeError: Of the class given, when the file is missing, unreadable, too large, binary or
            not UTF-8.
    """
    data = read_bytes(path, error=error, max_bytes=max_bytes)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise error(f"{path}: is UTF-16 text. Save it again with the encoding UTF-8.")
    if b"\0" in data:
        raise error(f"{path}: is a binary file, not text. Save it as plain text (UTF-8).")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise error(
            f"{path}:{line}: is not UTF-8 text (byte 0x{data[fault.start]:02x}). "
            "Save it again with the encoding UTF-8."
        ) from None
