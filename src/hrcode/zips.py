"""Zip archives that come from outside (.docx, .odt, .xlsx, .qdpx): looked at before they are opened."""

from __future__ import annotations

import contextlib
import copy
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from hrcode.errors import HrcodeError
from hrcode.files import check_file

MAX_BYTES = 200_000_000
MAX_RATIO = 100
MAX_ENTRIES = 10_000
_HARMLESS = 1_000_000  # an entry that unpacks to less may shrink as well as it likes
_PIECE = 65_536
_MAX_MARKS = 2_000_000  # signs of markup in one entry: each costs a parser a hundred times its size
_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Python unpacks the other methods in pieces of no known size.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class _Bounded:
    """A file of which no more is read at a time than a table of contents may need."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_ENTRIES * 500:
            raise zipfile.BadZipFile("its table of contents is too long")
        return super().read(size) or b""  # type: ignore[misc]


class _BoundedFile(_Bounded, io.FileIO):
    pass


class _BoundedBytes(_Bounded, io.BytesIO):
    pass


def check_zip(
    path: Path,
    error: type[HrcodeError],
    *,
    max_bytes: int = MAX_BYTES,
    max_ratio: int = MAX_RATIO,
    max_entries: int = MAX_ENTRIES,
) -> tuple[str, ...]:
    """Refuse an archive that is broken, encrypted, or would unpack to more than is bearable.

    The table of contents is read first, then every entry is unpacked once, in small pieces and into
    nothing, so that neither a wrong table nor a broken entry surprises whoever opens the archive next.

    Args:
        path (Path): The archive.
        error (type[HrcodeError]): The error class to raise.
        max_bytes (int): Most bytes that the file, and all its entries unpacked, may have.
        max_ratio (int): Most bytes that an entry may unpack to per byte in the archive; entries of less
            than 1 MB are let off.
        max_entries (int): Most entries.

    Returns:
        tuple[str, ...]: The names of the entries.

    Raises:
        HrcodeError: Of the class given, with the reason.
    """
    check_file(path, error=error, max_bytes=max_bytes)
    with unzipping(path, error), _BoundedFile(path) as handle:
        _check_kind(path, handle, error)
        with zipfile.ZipFile(handle) as archive:
            _check_entries(path, archive.infolist(), error, max_bytes, max_ratio, max_entries)
            for entry in archive.infolist():
                _probe(path, archive, entry, error)
            return tuple(archive.namelist())


def unpack(
    data: bytes, name: str, error: type[HrcodeError], *, max_bytes: int = MAX_BYTES
) -> dict[str, bytes]:
    """Unpack an archive into memory, unless it is broken, encrypted, or larger than is bearable.

    Args:
        data (bytes): The archive.
        name (str): What it is called, for messages.
        error (type[HrcodeError]): The error class to raise.
        max_bytes (int): Most bytes that all its entries unpacked may have.

    Returns:
        dict[str, bytes]: What each entry holds, by its name; folders are left out.

    Raises:
        HrcodeError: Of the class given, with the reason.
    """
    path = Path(name)
    with unzipping(path, error), _BoundedBytes(data) as handle:
        _check_kind(path, handle, error)
        with zipfile.ZipFile(handle) as archive:
            _check_entries(path, archive.infolist(), error, max_bytes, max_bytes, MAX_ENTRIES)
            return {
                entry.filename: b"".join(_pieces(archive, entry))
                for entry in archive.infolist()
                if not entry.is_dir()
            }


def _check_kind(path: Path, handle: BinaryIO, error: type[HrcodeError]) -> None:
    """Refuse what Office writes with a password, or wrote before 2007: neither is an archive."""
    if handle.read(len(_OLD_OFFICE)) == _OLD_OFFICE:
        raise error(
            f"{path}: needs a password, or is a .doc or .xls under another name. Save it again as "
            f"{path.suffix}, without a password."
        )


def _check_entries(
    path: Path,
    entries: Sequence[zipfile.ZipInfo],
    error: type[HrcodeError],
    max_bytes: int,
    max_ratio: int,
    max_entries: int,
) -> None:
    """Refuse an archive by its table of contents (see `check_zip`)."""
    if len(entries) > max_entries:
        raise error(f"{path}: holds {len(entries):,} files; the limit is {max_entries:,}.")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise error(f"{path}: is encrypted. Save it again without a password.")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise error(f"{path}: is packed in an unusual way. Save it again with the program that it is from.")
    total = sum(entry.file_size for entry in entries)
    if total > max_bytes:
        raise error(
            f"{path}: would unpack to {total / 1e6:,.0f} MB; the limit is {max_bytes / 1e6:,.0f} MB. "
            "Split it."
        )
    for entry in entries:
        if entry.file_size > max(_HARMLESS, max_ratio * entry.compress_size):
            raise error(
                f"{path}: {_short(entry.filename)} would unpack to more than {max_ratio} times its size, "
                "which documents do not; hrcode does not open it."
            )


def _probe(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, error: type[HrcodeError]) -> None:
    """Unpack an entry into nothing; `BadZipFile` where it is broken, or not of the size that it claims."""
    # ZipFile stops at the size that the table claims: ask for a byte more, to see whether it is there.
    longer = copy.copy(entry)
    longer.file_size += 1
    size = marks = 0
    for piece in _pieces(archive, longer):
        size += len(piece)
        marks += piece.count(b"<") + piece.count(b"=")
        if marks > _MAX_MARKS:
            raise error(
                f"{path}: {_short(entry.filename)} has more than {_MAX_MARKS:,} signs of markup. "
                "Split it, or save it as text."
            )
    if size != entry.file_size:
        raise zipfile.BadZipFile(f"{entry.filename} is not of the size that it claims")


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as handle:
        while piece := handle.read(_PIECE):
            yield piece


def read_zipped(path: Path, name: str, error: type[HrcodeError]) -> bytes:
    """Read one entry of an archive that `check_zip` has let pass.

    Args:
        path (Path): The archive.
        name (str): Name of the entry.
        error (type[HrcodeError]): The error class to raise.

    Returns:
        bytes: The entry, unpacked.

    Raises:
        HrcodeError: Of the class given, when the entry is missing or broken.
    """
    with unzipping(path, error), zipfile.ZipFile(path) as archive:
        if name not in archive.namelist():
            raise error(f"{path}: has no {_short(name)}; it is damaged, or another kind of file.")
        return archive.read(name)


@contextlib.contextmanager
def unzipping(path: Path, error: type[HrcodeError]) -> Iterator[None]:
    """Turn all that `zipfile` may raise on a broken archive into one error.

    Args:
        path (Path): The archive.
        error (type[HrcodeError]): The error class to raise.

    Yields:
        None: While the archive is read, here or by a library.

    Raises:
        HrcodeError: Of the class given.
    """
    try:
        yield
    except FileNotFoundError:
        raise error(f"{path}: no such file.") from None
    except OSError as fault:
        raise error(f"{path}: cannot be read ({fault.strerror or fault}).") from None
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError) as fault:
        reason = "it is no archive" if "not a zip file" in str(fault) else _short(str(fault))
        raise error(f"{path}: is damaged, or another kind of file than its ending says ({reason}).") from None
    except RuntimeError as fault:  # zipfile's word for a password
        raise error(f"{path}: cannot be read ({_short(str(fault))}).") from None


def _short(text: str) -> str:
    plain = "".join(sign if sign.isprintable() else "?" for sign in text)
    return plain if len(plain) <= 80 else f"{plain[:79]}…"
