"""Folders of transcripts in and out: which files there are, and a new folder written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from hrcode.errors import PrivacyError
from hrcode.hints import nearest_file
from hrcode.writing import not_written


def list_files(paths: Iterable[Path], *, readme: bool = False) -> dict[str, Path]:
    """Give the files below folders, and files named themselves, by the name they have there.

    Args:
        paths (Iterable[Path]): Files and folders; hidden files are passed over.
        readme (bool): Whether to give what is called ``README``, too.

    Returns:
        dict[str, Path]: File by relative name with ``/``, sorted.

    Raises:
        PrivacyError: When one is not there, or two files would have one name.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise PrivacyError(f"{path}: no such file or folder.{nearest_file(path)}")
        here = _below(path, readme) if path.is_dir() else {path.name: path}
        for name, file in here.items():
            if name in found and not file.samefile(found[name]):
                raise PrivacyError(f"{found[name]} and {file} would both be called {name!r}. Rename one.")
            found[name] = file
    return dict(sorted(found.items()))


def _below(folder: Path, readme: bool) -> dict[str, Path]:
    found = {}
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(here, name)
            hidden = name.startswith((".", "~")) or (path.stem.casefold() == "readme" and not readme)
            if path.is_file() and not hidden:
                found[path.relative_to(folder).as_posix()] = path
    return found


def check_out(out: Path, sources: Iterable[Path], key: Path | None) -> None:
    """Refuse a folder that would mix names with pseudonyms.

    Args:
        out (Path): The folder to be written.
        sources (Iterable[Path]): What is read.
        key (Path | None): The key file.

    Raises:
        PrivacyError: When the folder holds files, lies among the sources, or would hold the key.
    """
    where = out.resolve()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise PrivacyError(f"{out}: is there already and not empty. Name a new folder with --out.")
    for source in sources:
        if source.is_dir() and where.is_relative_to(source.resolve()):
            raise PrivacyError(f"{out}: lies inside {source}. Name a folder outside it with --out.")
    if key is not None and key.resolve().is_relative_to(where):
        raise PrivacyError(f"{key}: the key must not lie in {out}, which is what others may see.")


def write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder whole or not at all.

    Args:
        out (Path): The folder; new or empty.
        files (Mapping[str, bytes]): Content by relative name.

    Raises:
        PrivacyError: When it cannot be written.
    """
    staging: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".hrcode-new-", dir=out.parent))
        for name, data in files.items():
            target = staging / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if out.is_dir():
            out.rmdir()
        staging.rename(out)
    except OSError as fault:
        raise PrivacyError(not_written(out, fault)) from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
