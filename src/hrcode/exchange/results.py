"""The results folder: written whole or not at all, checked when it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from hrcode.analysis.compare import Comparison, compare_rows
from hrcode.archive.record import is_too_large, read_run
from hrcode.codebook.model import STANCES
from hrcode.coding.model import Coded, Coding, Columns, FrameEntry, NearMiss, Segments, in_columns
from hrcode.errors import Fault, ResultsError
from hrcode.exchange.cells import csv_parts, to_csv
from hrcode.exchange.no_results import no_results
from hrcode.exchange.results_folder import FILES, check_target
from hrcode.exchange.rows import coding_faults, read_rows, segment_faults
from hrcode.files import read_text
from hrcode.schema import CODINGS, COMPARISON, NEAR_MISSES, SEGMENTS
from hrcode.transcripts.model import Participant
from hrcode.writing import finish_replace, locked, not_written, replace_files

FORMAT = 1
SHOWN = 20


def write_results(coded: Coded, folder: str | Path, comparison: Comparison | None = None) -> list[Path]:
    """Write the files of a run: all of them, or none.

    Args:
        coded (Coded): What `hrcode.code` gave.
        folder (str | Path): Folder, made if need be; an earlier result in it is replaced.
        comparison (Comparison | None): What `compare_rows` gives of it, where that is at hand.

    Returns:
        list[Path]: The files.

    Raises:
        ResultsError: When the folder cannot be written, or holds other people's files.
    """
    check_target(folder)
    comparison = comparison or compare_rows(coded)
    run = {
        "format": FORMAT,
        **coded.run,
        "participants": [
            {"id": p.id, "group": p.group, "attributes": dict(p.attributes)} for p in coded.participants
        ],
        "frame": [asdict(entry) for entry in coded.frame],
        "transcript_attributes": {name: dict(own) for name, own in coded.transcripts.items()},
    }
    files: dict[str, str | Iterator[str]] = {
        "segments.csv": csv_parts([*SEGMENTS], in_columns(coded.segments).columns),
        "codings.csv": to_csv([*CODINGS], map(attrgetter(*CODINGS), coded.codings)),
        "near_misses.csv": to_csv([*NEAR_MISSES], map(attrgetter(*NEAR_MISSES), coded.near_misses)),
        "comparison.csv": to_csv([*COMPARISON], map(itemgetter(*COMPARISON), comparison.rows)),
        "run.json": json.dumps(run, ensure_ascii=False, indent=1) + "\n",
    }
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ResultsError(not_written(path, fault)) from None
    with locked(path, error=ResultsError):
        replace_files(path, files, error=ResultsError)
    return [path / name for name in FILES]


def read_results(folder: str | Path, *, where: str | None = None) -> Coded:
    """Read the files of a run back.

    Args:
        folder (str | Path): What `write_results` wrote to.
        where (str | None): Filter that will be used on it. Of an archive too large for memory only the
            transcripts are read in which it holds of somebody; else nothing is left out.

    Returns:
        Coded: The same segments, codings, near misses, participants and frame.

    Raises:
        ResultsError: When the folder is missing, incomplete, of another format, or edited so that
            it no longer fits the schema; with file, line and column.
    """
    path = Path(folder)
    if reason := no_results(path):
        raise ResultsError(reason)
    if run := read_run(path):
        # They bring with them what codes an archive, which a study does without.
        from hrcode.archive.coded.excerpt import read_where
        from hrcode.archive.coded.read import read_archive

        return read_where(path, where) if where and is_too_large(run) else read_archive(path, run)
    with locked(path, error=ResultsError):
        return _read(path)


def _read(path: Path) -> Coded:
    try:
        finish_replace(path)
    except OSError as fault:
        raise ResultsError(f"{path}: cannot be written ({fault.strerror}).") from None
    if missing := [name for name in FILES if not (path / name).exists()]:
        raise ResultsError(f"{path}: {', '.join(missing)} is missing. Run `hrcode code` again.")
    run = _read_run(path / "run.json")
    participants, frame, transcripts = _read_parts(path / "run.json", run)
    faults: list[Fault] = []
    segments = read_rows(
        path / "segments.csv", SEGMENTS, lambda columns: Segments(Columns._make(columns)), faults
    )
    codings = read_rows(path / "codings.csv", CODINGS, lambda columns: [*map(Coding, *columns)], faults)
    near_misses = read_rows(
        path / "near_misses.csv", NEAR_MISSES, lambda columns: [*map(NearMiss, *columns)], faults
    )
    if not faults:
        faults += segment_faults(segments, participants)
        faults += coding_faults(codings, segments.rows, frame)
        faults += coding_faults(near_misses, segments.rows, frame)
    if faults:
        more = f" These are the first {SHOWN} of {len(faults)} faults:" if len(faults) > SHOWN else ""
        raise ResultsError(
            f"{path}: is no longer what hrcode wrote. Run `hrcode code` again, or undo the changes.{more}",
            faults[:SHOWN],
        )
    return Coded(
        segments=segments.rows,
        codings=tuple(codings.rows),
        near_misses=tuple(near_misses.rows),
        participants=participants,
        frame=frame,
        run=run,
        transcripts=transcripts,
    )


def _read_run(path: Path) -> dict[str, Any]:
    try:
        run = json.loads(read_text(path, error=ResultsError))
    except (ValueError, RecursionError):
        raise ResultsError(f"{path}: is not valid JSON. Run `hrcode code` again.") from None
    if not isinstance(run, dict) or run.get("format") != FORMAT or not _has_settings(run):
        raise ResultsError(f"{path}: was written by another version of hrcode. Run `hrcode code` again.")
    run.pop("format")
    return run


def _has_settings(run: dict[str, Any]) -> bool:
    settings = run.get("settings")
    return isinstance(settings, dict) and {"group_by", "unit", "language"} <= set(settings)


def _read_parts(
    path: Path, run: dict[str, Any]
) -> tuple[tuple[Participant, ...], tuple[FrameEntry, ...], dict[str, dict[str, str]]]:
    """Take participants, codes and what is known of transcripts out of a run, if they are as written."""
    try:
        participants = tuple(
            Participant(_text(p["id"]), _text(p["group"]), _texts(p["attributes"]))
            for p in run.pop("participants")
        )
        frame = tuple(FrameEntry(**_texts(entry)) for entry in run.pop("frame"))  # type: ignore[arg-type]
        transcripts = {name: _texts(own) for name, own in run.pop("transcript_attributes", {}).items()}
        names = [person.id for person in participants]
        if len(set(names)) < len(names) or not {entry.stance for entry in frame} <= set(STANCES):
            raise ValueError
    except (KeyError, TypeError, AttributeError, ValueError):
        raise ResultsError(f"{path}: was changed by hand. Run `hrcode code` again.") from None
    return participants, frame, transcripts


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(values: dict[Any, object]) -> dict[str, str]:
    return {_text(key): _text(value) for key, value in values.items()}
