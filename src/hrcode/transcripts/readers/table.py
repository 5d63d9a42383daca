"""Reader for tables: CSV, TSV and XLSX with a row for each turn or answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from hrcode.errors import TranscriptError
from hrcode.sheets import read_sheet
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.decode import read_decoded
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.readers.columns import find_columns
from hrcode.transcripts.utterances import Utterance, draft_of


def read_csv(path: Path, conventions: Conventions) -> Draft:
    """Read a CSV or TSV file with a row for each turn; comma, semicolon or tab between the cells.

    Args:
        path (Path): The file.
        conventions (Conventions): How the study writes its transcripts; ``columns`` names columns.

    Returns:
        Draft: Turns, with the row (and time) as their places.

    Raises:
        TranscriptError: When the file is no such table.
    """
    text, encoding, notes = read_decoded(path, conventions.encoding)
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=head.count)
    limit = csv.field_size_limit(max(len(text), 131_072))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [(number, row) for number, row in enumerate(reader, start=1) if any(map(str.strip, row))]
    except csv.Error as fault:
        raise TranscriptError(f"{path}:{reader.line_num}: is not a CSV file ({fault}).") from None
    finally:
        csv.field_size_limit(limit)
    return replace(_draft(path, rows, conventions), encoding=encoding, notes=tuple(notes))


def read_xlsx(path: Path, conventions: Conventions) -> Draft:
    """Read the first sheet of a workbook with a row for each turn (see `read_csv`)."""
    return _draft(path, read_sheet(path, error=TranscriptError), conventions)


def _draft(path: Path, rows: Sequence[tuple[int, Sequence[str]]], conventions: Conventions) -> Draft:
    if not rows:
        raise TranscriptError(f"{path}: is empty; the first row names the columns, such as speaker,text.")
    columns = find_columns(str(path), rows[0][1], conventions.columns)
    return draft_of(_utterances(rows[1:], columns), path.suffix.lower().lstrip("."))


def _utterances(rows: Iterable[tuple[int, Sequence[str]]], columns: dict[str, int]) -> Iterator[Utterance]:
    for number, row in rows:
        cells = dict(zip(columns, (row[i] if i < len(row) else "" for i in columns.values()), strict=True))
        time = cells.get("time", "").strip()
        place = f"row {number}" + (f", {time}" if time else "")
        yield Utterance(" ".join(cells["speaker"].split()), cells["text"], place)
