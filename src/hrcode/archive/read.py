"""An archive's results: as a whole where they are small, else the part that somebody asks for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from hrcode.archive.extras import extra
from hrcode.archive.job import FORMAT
from hrcode.archive.notes import REASONS, Note
from hrcode.archive.part import TABLES
from hrcode.coding.consent import not_quoted
from hrcode.coding.model import Coded, Coding, FrameEntry, NearMiss, Segment
from hrcode.errors import ResultsError
from hrcode.transcripts.model import Participant
from hrcode.transcripts.sampling import LeftOut

MOST_SEGMENTS = 1_000_000
_Row = TypeVar("_Row", Segment, Coding, NearMiss)


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


def _is_whole(run: Mapping[str, Any]) -> bool:
    """Say whether a record has what is read of it."""
    try:
        for entry in run["frame"]:
            FrameEntry(**entry)
        return (
            {"group_by", "unit", "language"} <= {*run["settings"]}
            and isinstance(run["counts"]["segments"], int)
            and all(Path(name).name == name for name in (run["folder"], *run["partitions"]))
        )
    except (KeyError, TypeError):
        return False


def table_files(folder: str | Path, run: Mapping[str, Any], table: str) -> list[str]:
    """Name the files of a table, in the order of the partitions.

    Args:
        folder (str | Path): The results folder.
        run (Mapping[str, Any]): Its record.
        table (str): Such as ``segments``.

    Returns:
        list[str]: The files.

    Raises:
        ResultsError: When one is missing or cut short.
    """
    files = [Path(folder, run["folder"], name, f"{table}.parquet") for name in run["partitions"]]
    if missing := [file for file in files if not file.exists()]:
        raise ResultsError(f"{missing[0]}: is missing. Run `hrcode code` again; what is there is kept.")
    if damaged := [file for file in files if not _ends_well(file)]:
        raise ResultsError(
            f"{damaged[0]}: is damaged. Delete the folder that it is in, and run `hrcode code` again."
        )
    return [str(file) for file in files]


def _ends_well(file: Path) -> bool:
    """Say whether a Parquet file ends as one does; what was cut off does not."""
    with file.open("rb") as handle:
        handle.seek(max(0, file.stat().st_size - 4))
        return handle.read() == b"PAR1"


def read_archive(folder: str | Path, run: Mapping[str, Any]) -> Coded:
    """Read all of an archive's results into memory, where they are not too many.

    Args:
        folder (str | Path): The results folder.
        run (Mapping[str, Any]): Its record.

    Returns:
        Coded: As `read_results` gives it.

    Raises:
        ResultsError: When there are more than a million segments, or a file is missing.
    """
    if (number := run["counts"]["segments"]) > MOST_SEGMENTS:
        raise ResultsError(
            f"{folder}: is an archive of {number:,} segments, too many for this command. `hrcode compare` "
            "and `hrcode quotes` read it as it is; for others code a part of it into another folder."
        )
    parquet = extra("pyarrow.parquet")

    def rows(table: str) -> Iterable[tuple[Any, ...]]:
        for file in table_files(folder, run, table):
            for batch in parquet.ParquetFile(file).iter_batches(columns=[*TABLES[table]]):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    coded = make_coded(
        run, rows("segments"), rows("codings"), rows("near_misses"), people_of(rows("participants"))
    )
    transcripts = [*rows("transcripts")]
    known = {
        "transcripts": {name: sha256 for name, sha256, _ in transcripts},
        "left_out": {who: said._asdict() for who, said in sorted(_left_out(rows("notes")).items())},
        "not_quoted": not_quoted(coded.participants, coded.segments),
    }
    return replace(
        coded,
        run={**coded.run, **known},
        transcripts={name: json.loads(own) for name, _, own in transcripts},
    )


def _left_out(notes: Iterable[Sequence[Any]]) -> dict[str, LeftOut]:
    """Sum up what is left out of coding, by the id of who said it."""
    found: dict[str, LeftOut] = {}
    for note in map(Note._make, notes):
        if reason := REASONS.get(note.rule):
            found[note.about] = LeftOut(reason, note.turns, note.words).after(found.get(note.about))
    return found


def people_of(rows: Iterable[Sequence[str]]) -> list[Participant]:
    """Make participants of rows; of those who are in several partitions the first holds."""
    people: dict[str, Participant] = {}
    for id_, _, attributes in rows:
        own = json.loads(attributes)
        people.setdefault(id_, Participant(id_, own.get("group", ""), own))
    return [*people.values()]


def make_coded(
    run: Mapping[str, Any],
    segments: Iterable[Sequence[Any]],
    codings: Iterable[Sequence[Any]],
    near_misses: Iterable[Sequence[Any]],
    people: Sequence[Participant],
) -> Coded:
    """Make coded material of rows.

    Args:
        run (Mapping[str, Any]): The record of the run.
        segments (Iterable[Sequence[Any]]): Rows of the table of segments; the others likewise.
        codings (Iterable[Sequence[Any]]): Rows.
        near_misses (Iterable[Sequence[Any]]): Rows.
        people (Sequence[Participant]): The participants.

    Returns:
        Coded: The material.
    """
    return Coded(
        segments=tuple(map(Segment._make, segments)),
        codings=tuple(Coding(*row) for row in codings),
        near_misses=tuple(NearMiss(*row) for row in near_misses),
        participants=tuple(sorted(people, key=lambda person: (person.group, person.id))),
        frame=tuple(FrameEntry(**entry) for entry in run["frame"]),
        run={key: value for key, value in run.items() if key not in ("frame", "format", "partitions")},
    )
