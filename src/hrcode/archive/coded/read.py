"""An archive's results: as a whole where they are small, else the part that somebody asks for."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrcode.archive.extras import extra
from hrcode.archive.record import frame_in, is_too_large, rows_of, run_of
from hrcode.archive.work.notes import REASONS, Note
from hrcode.archive.work.tables import TABLES, ends_well
from hrcode.coding.consent import not_quoted
from hrcode.coding.model import (
    Coded,
    Coding,
    Columns,
    NearMiss,
    Segment,
    Segments,
    in_columns,
)
from hrcode.errors import ResultsError
from hrcode.transcripts.model import Participant, people
from hrcode.transcripts.sampling import LeftOut

_RECURRING = (
    "transcript", "speaker", "participant", "group", "unit", "section", "language",
    "category", "subcategory", "stance", "indicator", "kind", "coder", "codebook", "codebook_version",
)  # fmt: skip


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
        raise ResultsError(f"{missing[0]}: is missing. Run `hrcode code` again; what is whole is kept.")
    if damaged := [file for file in files if not ends_well(file)]:
        raise ResultsError(f"{damaged[0]}: is damaged. Run `hrcode code` again; what is whole is kept.")
    return [str(file) for file in files]


def read_archive(folder: str | Path, run: Mapping[str, Any], only: Collection[str] | None = None) -> Coded:
    """Read an archive's results into memory, where they are not too many.

    Args:
        folder (str | Path): The results folder.
        run (Mapping[str, Any]): Its record.
        only (Collection[str] | None): Ids of the transcripts to read; by default all.

    Returns:
        Coded: As `read_results` gives it.

    Raises:
        ResultsError: When there are more than a million segments, or a file is missing.
    """
    if only is None and is_too_large(run):
        raise ResultsError(
            f"{folder}: is an archive of {rows_of(run):,} segments, too many for this at once. "
            'Where the command takes --where, name a part with it, such as --where "wave=1"; for any other '
            f"take a part out first: `hrcode excerpt {folder} --where ... --out part`. `hrcode compare` and "
            "`hrcode quotes` (without --by, --context and --hide-below) read all of it."
        )
    read = functools.partial(_columns, folder, run, only)
    segments = Segments(Columns._make(read("segments")))
    speak = {one for who in {*segments.columns.participant} for one in people(who)}
    known_people = people_of(row for row in _rows(read("participants")) if only is None or row[0] in speak)
    codings, near_misses = _rows(read("codings")), _rows(read("near_misses"))
    coded = make_coded(run, segments, codings, near_misses, known_people)
    transcripts = [*_rows(read("transcripts"))]
    left_out = _left_out(_rows(read("notes"))) if only is None else {}
    known = {
        "transcripts": {name: sha256 for name, sha256, _ in transcripts},
        "left_out": {one: said._asdict() for one, said in sorted(left_out.items())},
        "not_quoted": not_quoted(coded.participants, coded.segments),
    }
    return replace(
        coded,
        run={**coded.run, **known},
        transcripts={name: json.loads(own) for name, _, own in transcripts},
    )


def _columns(
    folder: str | Path, run: Mapping[str, Any], only: Collection[str] | None, table: str
) -> list[list[Any]]:
    """Read the columns of a table; of those with transcripts, the rows of these alone."""
    parquet = extra("pyarrow.parquet")
    names = TABLES[table]
    chosen = [("transcript", "in", [*only])] if only is not None and "transcript" in names else None
    found: list[list[Any]] = [[] for _ in names]
    for file in table_files(folder, run, table) if chosen is None or only else ():
        try:
            read = parquet.read_table(file, columns=[*names], filters=chosen)
            for column, name in zip(found, names, strict=True):
                column.extend(_values(read[name], name))
        except (extra("pyarrow").ArrowException, OSError, UnicodeDecodeError):
            raise ResultsError(
                f"{file}: is damaged. Delete its folder and run `hrcode code` again; the others are kept."
            ) from None
    return found


def _values(column: Any, name: str) -> Iterable[Any]:
    """Give the values of a column; texts that recur are one object."""
    if name not in _RECURRING:
        return column.to_pylist()  # type: ignore[no-any-return]
    coded = column.combine_chunks().dictionary_encode()
    values = coded.dictionary.to_pylist()
    return map(values.__getitem__, coded.indices.to_pylist())


def _rows(columns: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    return zip(*columns, strict=True)


def _left_out(notes: Iterable[Sequence[Any]]) -> dict[str, LeftOut]:
    """Sum up what is left out of coding, by the id of who said it."""
    found: dict[str, LeftOut] = {}
    for note in map(Note._make, notes):
        if reason := REASONS.get(note.rule):
            found[note.about] = LeftOut(reason, note.turns, note.words).after(found.get(note.about))
    return found


def frame_of(folder: str | Path) -> Coded:
    """Give an archive's coding frame and record, without any rows."""
    return make_coded(run_of(folder), (), (), (), ())


def people_of(rows: Iterable[Sequence[str]]) -> list[Participant]:
    """Make participants of rows; of those who are in several partitions the first holds."""
    found: dict[str, Participant] = {}
    for id_, _, attributes in rows:
        if id_ not in found:
            own = json.loads(attributes)
            found[id_] = Participant(id_, own.get("group", ""), own)
    return [*found.values()]


def make_coded(
    run: Mapping[str, Any],
    segments: Iterable[Segment],
    codings: Iterable[Sequence[Any]],
    near_misses: Iterable[Sequence[Any]],
    participants: Sequence[Participant],
) -> Coded:
    """Make coded material of rows.

    Args:
        run (Mapping[str, Any]): The record of the run.
        segments (Iterable[Segment]): The segments.
        codings (Iterable[Sequence[Any]]): Rows of the table of codings; the others likewise.
        near_misses (Iterable[Sequence[Any]]): Rows.
        participants (Sequence[Participant]): The participants.

    Returns:
        Coded: The material.
    """
    return Coded(
        segments=in_columns(segments),
        codings=tuple(Coding(*row) for row in codings),
        near_misses=tuple(NearMiss(*row) for row in near_misses),
        participants=tuple(sorted(participants, key=lambda person: (person.group, person.id))),
        frame=frame_in(run),
        run={key: value for key, value in run.items() if key not in ("frame", "format", "partitions")},
    )
