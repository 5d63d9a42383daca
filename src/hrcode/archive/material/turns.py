"""Tables with a row a turn to transcripts, one at a time; a row that cannot be used is said and left out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hrcode.archive.extras import extra
from hrcode.archive.material.columns import COLUMNS, Table, said_of_columns
from hrcode.archive.material.conversation import Talk, make_talk
from hrcode.archive.material.remote import opened
from hrcode.errors import Fault, TranscriptError
from hrcode.hints import nearest

_MOST_COLUMNS = 200  # that are named
_BATCH = 2_000
_MAX_LINE = 10_000_000
_MAX_TEXT = 50_000_000
_Rows = Iterator[tuple[int, Mapping[str, Any] | str]]
"""Number of the row and its cells, or what is wrong with it."""


def read_turns(table: Table) -> Iterator[Talk]:
    """Read the transcripts of a table: rows with the same id that follow each other are one.

    Args:
        table (Table): A Parquet, JSON lines or CSV file with the columns ``id``, ``speaker`` and ``text``;
            ``participant`` takes the place of the speaker's label, ``kind``, ``event``, ``wave``, ``date``,
            ``place``, ``language`` and ``section`` say what is known of the conversation, and further
            columns are attributes of who speaks.

    Yields:
        Talk: One transcript after the other.

    Raises:
        TranscriptError: When the file cannot be read, or lacks a column; with the columns there are.
    """
    path, names, say = table.path, table.names, table.say
    done: set[str] = set()
    rows: list[tuple[int, Mapping[str, Any]]] = []
    columns: dict[str, None] = {}
    current = ""
    size = 0
    for number, row in _read(path, names):
        fault = row if isinstance(row, str) else _fault(row, names, done)
        if isinstance(row, str) or fault:
            say(Fault(path, number, 0, "bad-row", fault))
            continue
        if (id_ := str(row[names["id"]])) != current:
            if rows:
                yield make_talk(table, current, rows)
            done.add(current)
            current, rows, size = id_, [], 0
        size += len(row[names["text"]])
        if size > _MAX_TEXT:
            say(Fault(path, number, 0, "too-long", f"{id_!r} is longer than 50 MB; split it"))
        else:
            rows.append((number, row))
            if len(columns) < _MOST_COLUMNS:
                columns.update(dict.fromkeys(row))
    if rows:
        yield make_talk(table, current, rows)
        say(Fault(path, 0, 0, "columns", said_of_columns(columns, names), "note"))
        for role in (role for role, name in names.items() if role != name and name not in columns):
            message = f"there is no column {names[role]!r} for {role}.{nearest(names[role], columns)}"
            say(Fault(path, 0, 0, "missing-column", message))


def _fault(row: Mapping[str, Any], names: Mapping[str, str], done: set[str]) -> str:
    for role in COLUMNS:
        value = row.get(names[role])
        if value is None or value == "":
            return f"{names[role]} is missing"
        if not isinstance(value, str | int) or (role == "text" and not isinstance(value, str)):
            return f"{names[role]} is {type(value).__name__}, not text"
    if str(row[names["id"]]) in done:
        return f"{row[names['id']]!r} was there before; the rows of one transcript have to stand together"
    return ""


def _read(path: str, names: Mapping[str, str]) -> _Rows:
    ending = path.rsplit(".", 1)[-1].lower()
    with opened(path) as handle:
        yield from _READERS[ending](path, handle, names)


def _check_columns(path: str, there: Iterable[str], names: Mapping[str, str]) -> None:
    present = list(there)
    if missing := [names[role] for role in COLUMNS if names[role] not in present]:
        raise TranscriptError(
            f"{path}: has no column {', '.join(map(repr, missing))}. "
            f"Columns: {', '.join(present) or 'none'}. "
            "A table of turns has id, speaker and text; name others with --columns id=NAME,text=NAME."
        )


def _parquet(path: str, handle: Any, names: Mapping[str, str]) -> _Rows:
    pa, pq = extra("pyarrow"), extra("pyarrow.parquet")
    try:
        file = pq.ParquetFile(handle)
        plain = [field.name for field in file.schema_arrow if not pa.types.is_nested(field.type)]
        _check_columns(path, plain, names)
        number = 0
        for batch in file.iter_batches(_BATCH, columns=plain):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except (pa.ArrowException, OSError, UnicodeDecodeError) as fault:
        raise TranscriptError(f"{path}: cannot be read as Parquet ({_first(fault)}).") from None


def _json_lines(path: str, handle: Any, names: Mapping[str, str]) -> _Rows:
    checked = False
    number = 0
    handle = io.BufferedReader(handle)  # what fsspec opens reads lines of any length only
    while line := handle.readline(_MAX_LINE):
        number += 1
        if not line.endswith(b"\n") and len(line) == _MAX_LINE:
            while (rest := handle.readline(_MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, "the line is longer than 10 MB"
            continue
        if not line.strip():
            continue
        try:
            row = _whole(json.loads(line)) if b"\\ud" in line.lower() else json.loads(line)
        except (ValueError, RecursionError) as fault:
            yield number, f"is not JSON ({_first(fault)})"
            continue
        if not isinstance(row, dict):
            yield number, 'is no JSON object, such as {"id": ..., "speaker": ..., "text": ...}'
            continue
        if not checked:
            _check_columns(path, row, names)
            checked = True
        yield number, row


def _whole(row: Any) -> Any:
    """Give what can be written: JSON may escape halves of surrogate pairs, which are no characters."""
    text = json.dumps(row, ensure_ascii=False).encode("utf-16-le", "surrogatepass")
    return json.loads(text.decode("utf-16-le", "replace"))


def _csv(path: str, handle: Any, names: Mapping[str, str]) -> _Rows:
    csv.field_size_limit(_MAX_LINE)
    text = io.TextIOWrapper(handle, encoding="utf-8-sig", errors="strict", newline="")
    try:
        head = text.readline()
        reader = csv.reader(text, delimiter=max(",;\t", key=head.count))
        columns = next(csv.reader([head], delimiter=max(",;\t", key=head.count)), [])
        _check_columns(path, columns, names)
        for number, cells in enumerate(reader, start=2):
            if len(cells) > len(columns):
                yield number, f"has {len(cells)} cells, but there are {len(columns)} columns"
            elif cells:
                yield number, dict(zip(columns, cells, strict=False))
    except (csv.Error, UnicodeDecodeError) as fault:
        raise TranscriptError(f"{path}: cannot be read as CSV in UTF-8 ({_first(fault)}).") from None


def _first(fault: Exception) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0][:120]


_READERS: dict[str, Callable[[str, Any, Mapping[str, str]], _Rows]] = {
    "parquet": _parquet,
    "jsonl": _json_lines,
    "ndjson": _json_lines,
    "csv": _csv,
}
