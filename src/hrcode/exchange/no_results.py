"""What a user named in place of a results folder, and what to name or to do instead."""

from __future__ import annotations

import contextlib
import os
import shlex
from pathlib import Path

from hrcode.exchange.results_folder import FILES, is_results
from hrcode.study import FILE_NAME
from hrcode.transcripts import participants_table, transcripts_table
from hrcode.transcripts.formats import SUFFIXES
from hrcode.transcripts.model import natural

NAMED = 3
"""Results folders that are named at most."""
TRANSCRIPTS = "transcripts"
_SIGNS = {FILE_NAME, TRANSCRIPTS, *participants_table.FILE_NAMES, *transcripts_table.FILE_NAMES}


def no_results(path: Path) -> str:
    """Say why something is no results folder, and what to do.

    Args:
        path (Path): What was named; it need not exist.

    Returns:
        str: A message that begins with the path; empty for a folder that has, or is about to have, some
        file of a run: what may be wrong with those, `hrcode.read_results` says.
    """
    if path.is_dir():
        names = _names(path)
        if any(name in FILES or name.startswith(".hrcode") for name in names):
            return ""
        return f"{path}: {_of_folder(path, names)}"
    if path.exists():
        folder = str(path.parent) if is_results(path.parent) else "the folder that `hrcode code` wrote"
        return f"{path}: is a file, no results folder. Name {folder}."
    found = str(path.parent) if is_results(path.parent) else _results_in(path.parent)
    beside = f" There are some in {found}." if found else ""
    return f"{path}: no results here.{beside} {_run('TRANSCRIPTS --out', path)}"


def _of_folder(folder: Path, names: list[str]) -> str:
    if found := _results_in(folder):
        return f"is no results folder, but there are results in it. Name {found}."
    signs = [name for name in names if name in _SIGNS or Path(name).suffix.lower() in SUFFIXES]
    if signs:
        transcripts = folder / TRANSCRIPTS if TRANSCRIPTS in names else folder
        return (
            f"is no results folder, but looks like a study's (it holds {signs[0]}). "
            f"{_run('', transcripts)} Then name the folder that it writes."
        )
    return f"no results here. {_run('TRANSCRIPTS --out', folder)}"


def _run(options: str, path: Path) -> str:
    command = " ".join(filter(None, ["hrcode code", options, shlex.quote(str(path))]))
    return f"Run `{command}` first."


def _results_in(folder: Path) -> str:
    """Name the results folders in a folder; empty where there are none."""
    found = [str(folder / name) for name in _names(folder) if is_results(folder / name)]
    return ", ".join(found[:NAMED]) + (" ..." if len(found) > NAMED else "")


def _names(folder: Path) -> list[str]:
    with contextlib.suppress(OSError):
        return sorted(os.listdir(folder), key=natural)
    return []
