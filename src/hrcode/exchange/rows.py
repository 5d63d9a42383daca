"""Rows of a result file, each fault with its line and column, and what the rows have to agree on."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from hrcode.coding.model import Coding, FrameEntry, NearMiss, Segment, in_columns
from hrcode.errors import Fault, ResultsError
from hrcode.exchange.cells import restore
from hrcode.files import read_text
from hrcode.schema import CODINGS, SEGMENTS, WHOLE_NUMBERS
from hrcode.transcripts.model import Participant, people

MAX_BYTES = 4_000_000_000
MOST_DIGITS = 15
_BATCH = 1_000  # rows that are looked at together
_SAME = ("transcript", "turn", "participant", "group")
_Row = TypeVar("_Row", Segment, Coding, NearMiss)
_Numbered = tuple[int, list[str]]
"""The line that a row begins on, and its cells."""


class Rows(NamedTuple, Generic[_Row]):
    """The rows of a file, and the line that each begins on."""

    path: Path
    rows: Sequence[_Row]
    lines: Sequence[int]

    def fault(self, row: int, column: int, message: str) -> Fault:
        """Say what is wrong in a row; column 0 for the row as a whole."""
        return Fault(str(self.path), self.lines[row], column, "edited", message)


def read_rows(
    path: Path,
    schema: Mapping[str, str],
    make: Callable[[Sequence[Sequence[Any]]], Sequence[_Row]],
    faults: list[Fault],
) -> Rows[_Row]:
    """Read a result file.

    Args:
        path (Path): The file.
        schema (Mapping[str, str]): Its columns.
        make (Callable[[Sequence[Sequence]], Sequence]): Makes rows of what the columns say.
        faults (list[Fault]): Takes what is wrong; rows with a fault are left out.

    Returns:
        Rows: The rows that are sound.

    Raises:
        ResultsError: When the file cannot be read at all.
    """
    text = read_text(path, error=ResultsError, max_bytes=MAX_BYTES)
    limit = csv.field_size_limit(max(len(text), 131_072))
    columns: dict[str, list[Any]] = {name: [] for name in schema}
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        sound: Iterator[_Numbered] = _sound_rows(path, [*schema], reader, faults)
        for batch in iter(lambda: [*itertools.islice(sound, _BATCH)], []):
            lines += [line for line, _ in batch]
            for name, cells in zip(schema, zip(*(cells for _, cells in batch), strict=True), strict=True):
                columns[name] += map(int, cells) if name in WHOLE_NUMBERS else map(restore, cells)
    except csv.Error as fault:
        faults.append(Fault(str(path), reader.line_num, 0, "edited", f"is not CSV ({fault})"))
    finally:
        csv.field_size_limit(limit)
    return Rows(path, make([*columns.values()]), lines)


def _sound_rows(path: Path, names: Sequence[str], reader: Any, faults: list[Fault]) -> Iterator[_Numbered]:
    """Give the rows without a fault, and keep the faults of the others."""
    if wrong := _head_fault(next(reader, []), names):
        faults.append(Fault(str(path), 1, wrong[0], "edited", wrong[1]))
        return
    whole = [number for number, name in enumerate(names) if name in WHOLE_NUMBERS]
    line = reader.line_num + 1
    for cells in reader:
        if wrong := _fault_in(names, whole, cells):
            faults.append(Fault(str(path), line, wrong[0], "edited", wrong[1]))
        else:
            yield line, cells
        line = reader.line_num + 1


def _head_fault(head: Sequence[str], columns: Sequence[str]) -> tuple[int, str] | None:
    for number, (cell, column) in enumerate(itertools.zip_longest(head, columns), start=1):
        if cell != column:
            return number, f"this column should be {column!r}" if column else "there is a column too many"
    return None


def _fault_in(names: Sequence[str], whole: Sequence[int], cells: Sequence[str]) -> tuple[int, str] | None:
    """Say what is wrong in a row, and in which column (0: all of it); ``whole`` has to be numbers."""
    if len(cells) != len(names):
        return 0, f"the row has {len(cells)} cells, not {len(names)}"
    for number in whole:
        cell = cells[number]
        if not (cell.isascii() and cell.isdigit() and len(cell) <= MOST_DIGITS):
            shown = cell if len(cell) <= 40 else f"{cell[:40]}..."
            return number + 1, f"{names[number]} is {shown!r}, not a whole number"
    return None


def segment_faults(segments: Rows[Segment], participants: Sequence[Participant]) -> Iterator[Fault]:
    """Find segments that are there twice, or said by somebody who is not there.

    Args:
        segments (Rows[Segment]): The segments.
        participants (Sequence[Participant]): Who there is.

    Yields:
        Fault: Each with its line and column.
    """
    columns = in_columns(segments.rows).columns
    known = {person.id for person in participants}
    strangers = {who for who in {*columns.participant} if not known.issuperset(people(who))}
    if not strangers and len({*columns.segment_id}) == len(columns.segment_id):
        return
    seen: set[str] = set()
    for i, (name, who) in enumerate(zip(columns.segment_id, columns.participant, strict=True)):
        if name in seen:
            yield segments.fault(i, 1, f"there are two segments {name!r}")
        seen.add(name)
        if who in strangers:
            message = f"participant {who!r} is not in run.json"
            yield segments.fault(i, [*SEGMENTS].index("participant") + 1, message)


def coding_faults(
    codings: Rows[Coding] | Rows[NearMiss], segments: Sequence[Segment], frame: Sequence[FrameEntry]
) -> Iterator[Fault]:
    """Find codings of a segment or a code that is not there, or that their segment contradicts.

    Args:
        codings (Rows): Codings or near misses.
        segments (Sequence[Segment]): The segments.
        frame (Sequence[FrameEntry]): The codes.

    Yields:
        Fault: Each with its line and column.
    """
    coded = {coding.segment_id for coding in codings.rows}
    ids = in_columns(segments).columns.segment_id
    of = {name: segments[i] for i, name in enumerate(ids) if name in coded}
    codes = {(entry.category, entry.subcategory, entry.stance) for entry in frame}
    columns = [*CODINGS]
    for i, coding in enumerate(codings.rows):
        if (coding.category, coding.subcategory, coding.stance) not in codes:
            code = f"{coding.category}/{coding.subcategory} with the stance {coding.stance!r}"
            message = f"{code} is not in the codebook of the run"
            yield codings.fault(i, columns.index("subcategory") + 1, message)
        segment = of.get(coding.segment_id)
        if segment is None or not segment.participant:
            what = "is an interviewer's" if segment else "is not in segments.csv"
            column = columns.index("segment_id") + 1
            yield codings.fault(i, column, f"segment {coding.segment_id!r} {what}")
            continue
        for name in _SAME:
            if getattr(coding, name) != getattr(segment, name):
                message = (
                    f"{name} is {getattr(coding, name)!r}, but {getattr(segment, name)!r} in segments.csv"
                )
                yield codings.fault(i, columns.index(name) + 1, message)
        if not segment.start <= coding.start <= min(segment.end, coding.end):
            message = "the evidence does not begin in its segment"
            yield codings.fault(i, columns.index("start") + 1, message)
