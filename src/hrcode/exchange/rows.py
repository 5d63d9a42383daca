"""Rows of a result file, each fault with its line and column, and what the rows have to agree on."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from hrcode.coding.model import Coding, FrameEntry, NearMiss, Segment
from hrcode.errors import Fault, ResultsError
from hrcode.exchange.cells import restore
from hrcode.files import read_text
from hrcode.schema import CODINGS, SEGMENTS, WHOLE_NUMBERS
from hrcode.transcripts.model import Participant, people

MAX_BYTES = 4_000_000_000
MOST_DIGITS = 15
_SAME = ("transcript", "turn", "participant", "group")
_Row = TypeVar("_Row", Segment, Coding, NearMiss)


class Rows(NamedTuple, Generic[_Row]):
    """The rows of a file, and the line that each begins on."""

    path: Path
    rows: tuple[_Row, ...]
    lines: Sequence[int]

    def fault(self, row: int, column: int, message: str) -> Fault:
        """Say what is wrong in a row; column 0 for the row as a whole."""
        return Fault(str(self.path), self.lines[row], column, "edited", message)


def read_rows(path: Path, schema: Mapping[str, str], row_type: type[_Row], faults: list[Fault]) -> Rows[_Row]:
    """Read a result file.

    Args:
        path (Path): The file.
        schema (Mapping[str, str]): Its columns.
        row_type (type): What a row becomes; its fields are the columns.
        faults (list[Fault]): Takes what is wrong; rows with a fault are left out.

    Returns:
        Rows: The rows that are sound.

    Raises:
        ResultsError: When the file cannot be read at all.
    """
    text = read_text(path, error=ResultsError, max_bytes=MAX_BYTES)
    limit = csv.field_size_limit(max(len(text), 131_072))
    rows: list[_Row] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = [*schema]
    whole = [number for number, column in enumerate(columns) if column in WHOLE_NUMBERS]
    try:
        if message := _head_fault(head := next(reader, []), columns):
            column, what = message
            faults.append(Fault(str(path), 1, column, "edited", what))
            head = []
        line = reader.line_num + 1
        for cells in reader if head else ():
            try:
                rows.append(row_type(**dict(zip(columns, _values(columns, whole, cells), strict=True))))
                lines.append(line)
            except _WrongCell as wrong:
                faults.append(Fault(str(path), line, wrong.column, "edited", wrong.message))
            line = reader.line_num + 1
    except csv.Error as fault:
        faults.append(Fault(str(path), reader.line_num, 0, "edited", f"is not CSV ({fault})"))
    finally:
        csv.field_size_limit(limit)
    return Rows(path, tuple(rows), lines)


class _WrongCell(Exception):
    def __init__(self, column: int, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def _head_fault(head: Sequence[str], columns: Sequence[str]) -> tuple[int, str] | None:
    for number, (cell, column) in enumerate(itertools.zip_longest(head, columns), start=1):
        if cell != column:
            return number, f"this column should be {column!r}" if column else "there is a column too many"
    return None


def _values(columns: Sequence[str], whole: Iterable[int], cells: Sequence[str]) -> list[Any]:
    """Give what the cells of a row say; those at ``whole`` are whole numbers."""
    if len(cells) != len(columns):
        raise _WrongCell(0, f"the row has {len(cells)} cells, not {len(columns)}")
    values: list[Any] = [restore(cell) if cell[:1] == "'" else cell for cell in cells]
    for number in whole:
        cell = cells[number]
        if not (cell.isascii() and cell.isdigit() and len(cell) <= MOST_DIGITS):
            shown = cell if len(cell) <= 40 else f"{cell[:40]}..."
            raise _WrongCell(number + 1, f"{columns[number]} is {shown!r}, not a whole number")
        values[number] = int(cell)
    return values


def segment_faults(segments: Rows[Segment], participants: Sequence[Participant]) -> Iterator[Fault]:
    """Find segments that are there twice, or said by somebody who is not there.

    Args:
        segments (Rows[Segment]): The segments.
        participants (Sequence[Participant]): Who there is.

    Yields:
        Fault: Each with its line and column.
    """
    known = {person.id for person in participants}
    seen: set[str] = set()
    columns = [*SEGMENTS]
    for i, segment in enumerate(segments.rows):
        if segment.segment_id in seen:
            yield segments.fault(i, 1, f"there are two segments {segment.segment_id!r}")
        seen.add(segment.segment_id)
        if not known.issuperset(people(segment.participant)):
            message = f"participant {segment.participant!r} is not in run.json"
            yield segments.fault(i, columns.index("participant") + 1, message)


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
    of = {segment.segment_id: segment for segment in segments}
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
