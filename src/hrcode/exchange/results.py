"""The results folder: written whole or not at all, checked when it is read."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from hrcode.analysis.compare import compare
from hrcode.coding.model import Coded, Coding, FrameEntry, NearMiss, Segment
from hrcode.errors import Fault, ResultsError
from hrcode.exchange.cells import restore, to_csv
from hrcode.files import read_text
from hrcode.schema import CODINGS, COMPARISON, NEAR_MISSES, SEGMENTS, WHOLE_NUMBERS
from hrcode.transcripts.model import Participant, people
from hrcode.writing import finish_replace, locked, replace_files

FORMAT = 1
FILES = ("segments.csv", "codings.csv", "near_misses.csv", "comparison.csv", "run.json")
MAX_BYTES = 4_000_000_000
_Row = TypeVar("_Row", Segment, Coding, NearMiss)


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


def _is_ours(folder: Path) -> bool:
    try:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(run, dict) and "hrcode" in run


def write_results(coded: Coded, folder: str | Path) -> list[Path]:
    """Write the files of a run: all of them, or none.

    Args:
        coded (Coded): What `hrcode.code` gave.
        folder (str | Path): Folder, made if need be; an earlier result in it is replaced.

    Returns:
        list[Path]: The files.

    Raises:
        ResultsError: When the folder cannot be written, or holds other people's files.
    """
    check_target(folder)
    table = compare(coded)
    run = {
        "format": FORMAT,
        **coded.run,
        "participants": [
            {"id": p.id, "group": p.group, "attributes": dict(p.attributes)} for p in coded.participants
        ],
        "frame": [asdict(entry) for entry in coded.frame],
        "transcript_attributes": {name: dict(own) for name, own in coded.transcripts.items()},
    }
    files = {
        "segments.csv": to_csv([*SEGMENTS], coded.segments),
        "codings.csv": to_csv([*CODINGS], map(attrgetter(*CODINGS), coded.codings)),
        "near_misses.csv": to_csv([*NEAR_MISSES], map(attrgetter(*NEAR_MISSES), coded.near_misses)),
        "comparison.csv": to_csv([*COMPARISON], table[[*COMPARISON]].itertuples(index=False, name=None)),
        "run.json": json.dumps(run, ensure_ascii=False, indent=1) + "\n",
    }
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ResultsError(f"{path}: cannot be written ({fault.strerror}). Choose another --out.") from None
    with locked(path, error=ResultsError):
        replace_files(path, files, error=ResultsError)
    return [path / name for name in FILES]


def read_results(folder: str | Path) -> Coded:
    """Read the files of a run back.

    Args:
        folder (str | Path): What `write_results` wrote to.

    Returns:
        Coded: The same segments, codings, near misses, participants and frame.

    Raises:
        ResultsError: When the folder is missing, incomplete, of another format, or edited so that
            it no longer fits the schema; with file, line and column.
    """
    path = Path(folder)
    if not path.is_dir():
        raise ResultsError(f"{path}: no results here. Run `hrcode code TRANSCRIPTS --out {path}` first.")
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
    try:
        participants = tuple(
            Participant(p["id"], p["group"], dict(p["attributes"])) for p in run.pop("participants")
        )
        frame = tuple(FrameEntry(**entry) for entry in run.pop("frame"))
        transcripts = {
            str(name): {str(key): str(value) for key, value in own.items()}
            for name, own in run.pop("transcript_attributes", {}).items()
        }
    except (KeyError, TypeError, AttributeError):
        raise ResultsError(f"{path / 'run.json'}: was changed by hand. Run `hrcode code` again.") from None
    coded = Coded(
        segments=_read_rows(path / "segments.csv", SEGMENTS, Segment),
        codings=_read_rows(path / "codings.csv", CODINGS, Coding),
        near_misses=_read_rows(path / "near_misses.csv", NEAR_MISSES, NearMiss),
        participants=participants,
        frame=frame,
        run=run,
        transcripts=transcripts,
    )
    _check_references(coded, path)
    return coded


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


def _read_rows(path: Path, schema: Mapping[str, str], row_type: type[_Row]) -> tuple[_Row, ...]:
    text = read_text(path, error=ResultsError, max_bytes=MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""))
    limit = csv.field_size_limit(max(len(text), 131_072))
    try:
        if (head := next(reader, [])) != [*schema]:
            pairs = enumerate(itertools.zip_longest(head, schema))
            wrong, right = next((i, column) for i, (cell, column) in pairs if cell != column)
            message = f"column {wrong + 1} should be {right!r}" if right else "there is a column too many"
            raise ResultsError(
                f"{path}: does not have the columns of a result:",
                [Fault(str(path), 1, wrong + 1, "schema", message)],
            )
        return tuple(_row(path, reader.line_num, [*schema], cells, row_type) for cells in reader)
    except csv.Error as fault:
        raise ResultsError(
            f"{path}:{reader.line_num}: is not CSV ({fault}). Run `hrcode code` again."
        ) from None
    finally:
        csv.field_size_limit(limit)


def _row(path: Path, line: int, columns: Sequence[str], cells: Sequence[str], row_type: type[_Row]) -> _Row:
    if len(cells) != len(columns):
        raise ResultsError(
            f"{path}:{line}: has {len(cells)} cells, not {len(columns)}. Run `hrcode code` again."
        )
    values: dict[str, Any] = {}
    for number, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
        if column not in WHOLE_NUMBERS:
            values[column] = restore(cell)
        elif cell.isascii() and cell.isdigit():
            values[column] = int(cell)
        else:
            raise ResultsError(f"{path}:{line}:{number}: {column} is {cell!r}, not a whole number.")
    return row_type(**values)


def _check_references(coded: Coded, path: Path) -> None:
    """Refuse rows that point to a segment, participant or code that is not there."""
    segments = {segment.segment_id for segment in coded.segments}
    known = {person.id for person in coded.participants}
    codes = {(entry.category, entry.subcategory, entry.stance) for entry in coded.frame}
    for segment in coded.segments:
        if not known.issuperset(people(segment.participant)):
            raise ResultsError(
                f"{path / 'segments.csv'}: participant {segment.participant!r} is not in run.json."
            )
    for name, rows in (("codings.csv", coded.codings), ("near_misses.csv", coded.near_misses)):
        for row in rows:
            file = path / name
            if row.segment_id not in segments:
                raise ResultsError(f"{file}: segment {row.segment_id!r} is not in segments.csv.")
            if not row.participant or not known.issuperset(people(row.participant)):
                raise ResultsError(f"{file}: participant {row.participant!r} is not in run.json.")
            if (row.category, row.subcategory, row.stance) not in codes:
                code = f"{row.category}/{row.subcategory} with the stance {row.stance!r}"
                raise ResultsError(f"{file}: {code} is not in the codebook of the run.")
