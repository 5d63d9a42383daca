"""What lies behind a URL, by way of fsspec: its tables of turns, opened, or what kept us from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from hrcode.archive.extras import extra
from hrcode.errors import Fault, HrcodeError, TranscriptError
from hrcode.transcripts import participants_table, transcripts_table

TABLES = (".parquet", ".jsonl", ".ndjson", ".csv")
_URL = re.compile(r"[a-z][a-z0-9+.-]+://")
_ABOUT = {
    **dict.fromkeys(participants_table.FILE_NAMES, "--participants"),
    **dict.fromkeys(transcripts_table.FILE_NAMES, "`transcripts_table` in study.yaml"),
}
_CHANGED = ("ETag", "mtime", "LastModified", "created")


def is_url(path: str) -> bool:
    """Say whether a path is a URL, such as ``s3://bucket/archive``."""
    return bool(_URL.match(path))


def list_tables(url: str, about: Sequence[str], notes: list[Fault]) -> list[tuple[str, int, str]]:
    """List the tables of turns behind a URL.

    Args:
        url (str): A table, a pattern or a folder.
        about (Sequence[str]): Tables of participants and transcripts that the study names, in this order.
        notes (list[Fault]): Grows by what is passed over.

    Returns:
        list[tuple[str, int, str]]: URL of each, its size, and what tells that it was changed.

    Raises:
        TranscriptError: When there is none, it cannot be read, or tables of participants lie there, which
            would be passed over.
    """
    with read_errors(url):
        system, plain = extra("fsspec").core.url_to_fs(url)
        pattern = any(sign in plain for sign in "*?[")
        names = sorted(system.glob(plain) if pattern else system.find(plain))
        _check_about(url, system, sorted({name.rpartition("/")[0] for name in names}), about)
        found = []
        for name in names:
            if name.endswith(TABLES) and PurePosixPath(name).name not in _ABOUT:
                info = system.info(name)
                changed = str([str(info.get(key)) for key in _CHANGED])
                found.append((system.unstrip_protocol(name), int(info.get("size") or 0), changed))
            elif not PurePosixPath(name).name.startswith((".", "_")):
                message = f"not read: of a URL only tables of turns are read ({', '.join(TABLES)})"
                shown = system.unstrip_protocol(name)
                notes.append(Fault(shown, 0, 0, "format-not-read", message, "warning"))
    if not found:
        other = f" Not read: {', '.join(note.path for note in notes[:3])}." if names else ""
        raise TranscriptError(f"{url}: nothing is there; tables of turns are {', '.join(TABLES)}.{other}")
    return found


def _check_about(url: str, system: Any, folders: Sequence[str], about: Sequence[str]) -> None:
    """Refuse tables of participants that would be passed over: consent may stand in them."""
    named = dict(zip(dict.fromkeys(_ABOUT.values()), about, strict=False))
    for folder in folders:
        for name, option in _ABOUT.items():
            if not named.get(option) and system.exists(f"{folder}/{name}"):
                shown = system.unstrip_protocol(f"{folder}/{name}")
                raise TranscriptError(
                    f"{url}: {shown} is not read from there. Copy it here, and name it with {option}."
                )


@contextmanager
def opened(path: str) -> Iterator[IO[Any]]:
    """Open a file or a URL for reading bytes; what goes wrong in the block is told with its name."""
    with read_errors(path):
        if is_url(path):
            with extra("fsspec").open(path, "rb") as handle:
                yield handle
        else:
            with Path(path).open("rb") as handle:
                yield handle


@contextmanager
def read_errors(path: str) -> Iterator[None]:
    """Say of what cannot be read which it is; each library behind fsspec has errors of its own."""
    try:
        yield
    except (HrcodeError, MemoryError):
        raise
    except ImportError as fault:
        package = re.search(r"nstall (?:the )?[\"'`]?([\w-]+)", str(fault))
        install = f" Run `pip install {package[1]}`." if package else ""
        raise TranscriptError(f"{path}: cannot be read ({fault}).{install}") from None
    except Exception as fault:
        if not is_url(path) and not isinstance(fault, OSError):
            raise
        what = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        told = " ".join((what or type(fault).__name__).split())[:200]
        raise TranscriptError(f"{path}: cannot be read ({told}).") from None
