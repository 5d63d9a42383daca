"""What a results folder is, and whether one may be written."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from hrcode.errors import ResultsError

FILES = ("segments.csv", "codings.csv", "near_misses.csv", "comparison.csv", "run.json")


def check_target(folder: str | Path) -> None:
    """Make sure, before any work is done, that results can be written to a folder.

    Args:
        folder (str | Path): The folder; it need not exist.

    Raises:
        ResultsError: When it is a file, cannot be written, or holds files of these names that are
            not hrcode's.
    """
    path = Path(folder)
    check_writable(path)
    foreign = [name for name in FILES if (path / name).exists()]
    if foreign and not _is_ours(path):
        raise ResultsError(
            f"{path}: holds {', '.join(foreign)}, but no run.json of hrcode; these files would be lost. "
            "Choose another folder with --out."
        )


def check_writable(path: Path) -> None:
    """Refuse a folder that is a file or may not be written; it need not exist."""
    if re.match(r"[a-z0-9+.-]{2,}:/", path.as_posix()):  # s3://bucket/results, as a path has it
        raise ResultsError(f"{path}: results are written to a folder of this machine. Choose another --out.")
    here = path
    while not here.exists() and here != here.parent:
        here = here.parent
    if not here.is_dir():
        raise ResultsError(f"{path}: cannot be written, {here} is a file. Choose another --out.")
    if not os.access(here, os.W_OK | os.X_OK):
        raise ResultsError(f"{path}: cannot be written, no permission for {here}. Choose another --out.")


def is_result_file(path: Path) -> bool:
    """Say whether a file is one of those that a run wrote into its folder."""
    return path.name in FILES and _is_ours(path.parent)


def is_results(path: Path) -> bool:
    """Say whether a path is a folder that a run wrote."""
    return path.is_dir() and _is_ours(path)


def _is_ours(folder: Path) -> bool:
    try:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(run, dict) and "hrcode" in run
