"""Writing files so that nothing is lost: all of a folder's files change, or none, one run at a time."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hrcode.errors import HrcodeError

_READY = ".hrcode-ready"
_STALE_SECONDS = 3600
_LOCK_SECONDS = 20


def not_written(place: Path, fault: OSError) -> str:
    """Say in one line that something cannot be written, why, and what to do."""
    choose = "Make room, or choose" if is_full(fault) else "Choose"
    return f"{place}: cannot be written ({reason(fault)}). {choose} another place with --out."


def reason(fault: OSError) -> str:
    """Say why the system refused something."""
    return "the disk is full" if is_full(fault) else str(fault.strerror or fault)


def is_full(fault: OSError) -> bool:
    """Say whether there was no room left, or none for this user."""
    return fault.errno in (errno.ENOSPC, errno.EDQUOT)


@contextlib.contextmanager
def locked(folder: Path, *, error: type[HrcodeError]) -> Iterator[None]:
    """Keep other runs out of a results folder while it is read or written.

    Args:
        folder (Path): The folder; it has to be there.
        error (type[HrcodeError]): The error class to raise.

    Yields:
        None: While the lock is held, against other runs on this machine.

    Raises:
        HrcodeError: Of the class given, when another run holds the lock for too long.
    """
    from filelock import FileLock, Timeout

    # The lock stands in the system's folder for such things, so that results hold results only.
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir(), f"hrcode-{name}.lock"), timeout=_LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise error(f"{folder}: another run is using it. Wait for it, or choose another folder.") from None
    except OSError:
        yield  # no place for a lock: go on without one
        return
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def claimed(folder: Path, *, error: type[HrcodeError]) -> Iterator[None]:
    """Keep a results folder for one long run, also against runs on other machines that see the folder.

    Args:
        folder (Path): The folder; it has to be there.
        error (type[HrcodeError]): The error class to raise.

    Yields:
        None: While the folder is claimed.

    Raises:
        HrcodeError: Of the class given, at once, when another run has it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".hrcode-running", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise error(f"{folder}: another run writes into it. Wait for it, or choose another --out.") from None
    except OSError as fault:
        raise error(not_written(folder, fault)) from None
    try:
        yield
    finally:
        lock.release()


Content = str | bytes | Iterable[str]
"""What goes into a file; parts of a text are written as they come."""


def replace_files(folder: Path, files: Mapping[str, Content], *, error: type[HrcodeError]) -> None:
    """Write several files into a folder so that all of them change, or none.

    The files are written to a hidden folder first; renaming that folder is the moment of truth. A
    process that dies before it leaves the old files, one that dies after it leaves work that
    `finish_replace` completes at the next read or write. Hold the folder's `locked` lock where
    others may read or write at the same time.

    Args:
        folder (Path): Target folder, made if need be.
        files (Mapping[str, str | bytes | Iterable[str]]): File name to content, a text's parts as they
            come; text is written as UTF-8.
        error (type[HrcodeError]): The error class to raise.

    Raises:
        HrcodeError: Of the class given, when the folder cannot be written.
    """
    staging: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        finish_replace(folder)
        _remove_stale(folder)
        for name in files:
            _check_replaceable(folder / name)
        staging = Path(tempfile.mkdtemp(prefix=".hrcode-new-", dir=folder))
        for name, content in files.items():
            with open(staging / name, "wb") as handle:
                for part in [content] if isinstance(content, str | bytes) else content:
                    handle.write(part if isinstance(part, bytes) else part.encode("utf-8"))
                handle.flush()
                os.fsync(handle.fileno())
        os.replace(staging, folder / _READY)
        _sync(folder)
        finish_replace(folder)
    except OSError as fault:
        raise error(not_written(folder, fault)) from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def _check_replaceable(path: Path) -> None:
    """Refuse to put a file in the place of a folder, or of a device: ``/dev/stdout`` would be gone."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder")
    device = path.is_symlink() and path.readlink().as_posix().startswith(("/dev/", "/proc/"))
    if device or (path.exists() and not path.is_file()):
        raise OSError(errno.EINVAL, f"{path.name} is a device or a pipe")


def write_new(
    folder: Path, files: Mapping[str, str], copies: Mapping[str, Path], *, error: type[HrcodeError]
) -> None:
    """Write files that must not be there yet; if one cannot be written, take the others back.

    Args:
        folder (Path): Target folder, made if need be.
        files (Mapping[str, str]): Name from the folder, with ``/`` between folders, to text.
        copies (Mapping[str, Path]): Name from the folder to the file that is copied there.
        error (type[HrcodeError]): The error class to raise.

    Raises:
        HrcodeError: Of the class given, with the file.
    """
    written: list[Path] = []
    made: list[Path] = []
    try:
        for name in (*copies, *files):
            path = folder / name
            made += [one for one in path.parents if not one.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as target:
                written.append(path)
                if name in files:
                    target.write(files[name].encode("utf-8"))
                else:
                    with copies[name].open("rb") as source:
                        shutil.copyfileobj(source, target)
    except OSError as fault:
        _take_back(written, made)
        what_next = " Make room, and run it again." if is_full(fault) else ""
        raise error(f"{fault.filename or folder}: cannot be written ({reason(fault)}).{what_next}") from None
    except BaseException:  # stopped by the user, say
        _take_back(written, made)
        raise


def _take_back(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Remove files, and then the folders that are empty."""
    for path in files:
        path.unlink(missing_ok=True)
    for path in sorted(folders, reverse=True):  # what lies in another goes before it
        with contextlib.suppress(OSError):
            path.rmdir()


def _sync(folder: Path) -> None:
    """Make a rename in a folder last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_stale(folder: Path) -> None:
    """Remove what runs that were killed an hour ago or earlier left unfinished."""
    for path in folder.glob(".hrcode-new-*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(path)


def finish_replace(folder: Path) -> None:
    """Complete a `replace_files` that was cut short after its moment of truth, if there is one."""
    ready = folder / _READY
    if ready.is_dir():
        for name in sorted(os.listdir(ready)):
            os.replace(ready / name, folder / name)
        ready.rmdir()
