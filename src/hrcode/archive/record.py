"""The record of an archive's run: what tells an archive's results from a study's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrcode.coding.model import FrameEntry
from hrcode.errors import ResultsError

FORMAT = "archive 4"
"""Of a partition's files and of run.json; another one when what they hold changes."""
RESULT_FILES = ("segments.csv", "codings.csv", "near_misses.csv", "comparison.csv")
"""Of a study's run; an archive's takes their place."""
MOST_SEGMENTS = 1_000_000
"""That are read into memory."""


def read_run(folder: str | Path) -> dict[str, Any] | None:
    """Read the record of an archive's run.

    Args:
        folder (str | Path): A results folder.

    Returns:
        dict[str, Any] | None: The record; None where the results are no archive's.

    Raises:
        ResultsError: When it is an archive's, but another version's or edited.
    """
    try:
        run = json.loads(Path(folder, "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(run, dict) or not str(run.get("format")).startswith("archive"):
        return None
    if run["format"] != FORMAT or not _is_whole(run):
        raise ResultsError(
            f"{Path(folder, 'run.json')}: was written by another version of hrcode, or changed by hand. "
            "Run `hrcode code` again."
        )
    return run


def run_of(folder: str | Path) -> dict[str, Any]:
    """Give the record of an archive's run; an error where there is none."""
    if run := read_run(folder):
        return run
    raise ResultsError(
        f"{folder}: holds no results of an archive. Those of a study are read whole by every command; "
        "filter them there, with --where."
    )


def check_folder(folder: Path) -> None:
    """Refuse a folder in which an archive's run would replace what no run wrote.

    Args:
        folder (Path): The folder; it need not exist.

    Raises:
        ResultsError: Names the files.
    """
    try:
        ours = "hrcode" in json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, RecursionError):
        ours = False
    foreign = [name for name in (*RESULT_FILES, "run.json") if not ours and (folder / name).exists()]
    if foreign:
        raise ResultsError(
            f"{folder}: holds {', '.join(foreign)}, but no run.json of hrcode; these files would be lost. "
            "Choose another folder."
        )


def _is_whole(run: Mapping[str, Any]) -> bool:
    """Say whether a record has what is read of it."""
    try:
        frame_in(run)
        return (
            {"group_by", "unit", "language"} <= {*run["settings"]}
            and isinstance(rows_of(run), int)
            and all(Path(name).name == name for name in (run["folder"], *run["partitions"]))
        )
    except (KeyError, TypeError):
        return False


def frame_in(run: Mapping[str, Any]) -> tuple[FrameEntry, ...]:
    """Give the coding frame of a run's record."""
    return tuple(FrameEntry(**entry) for entry in run["frame"])


def rows_of(run: Mapping[str, Any]) -> int:
    """Give the number of an archive's segments, those that are not coded included."""
    counts = run["counts"]
    number: int = counts["segments"] + counts["interviewer_segments"] + counts["left_out_segments"]
    return number


def is_too_large(run: Mapping[str, Any]) -> bool:
    """Say whether an archive has more segments than are read into memory."""
    return rows_of(run) > MOST_SEGMENTS
