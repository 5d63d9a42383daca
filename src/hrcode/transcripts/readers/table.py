"""Reader for tables: CSV, TSV and XLSX with a row for each turn or answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from hrcode.errors import TranscriptError
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.decode import read_decoded
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.readers.columns import find_columns
from hrcode.transcripts.rows import Row, csv_rows, xlsx_rows
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
    draft = _draft(path, csv_rows(text, path), conventions)
    return replace(draft, encoding=encoding, notes=tuple(notes))


def read_xlsx(path: Path, conventions: Conventions) -> Draft:
    """Read the first sheet of a workbook with a row for each turn (see `read_csv`)."""
    return _draft(path, xlsx_rows(path), conventions)


def _draft(path: Path, rows: Sequence[Row], conventions: Conventions) -> Draft:
    if not rows:
        raise TranscriptError(f"{path}: is empty; the first row names the columns, such as speaker,text.")
    columns = find_columns(str(path), rows[0].cells, conventions.columns)
    return draft_of(_utterances(rows[1:], columns), path.suffix.lower().lstrip("."))


def _utterances(rows: Iterable[Row], columns: dict[str, int]) -> Iterator[Utterance]:
    for number, _, row in rows:
        cells = dict(zip(columns, (row[i] if i < len(row) else "" for i in columns.values()), strict=True))
        time = cells.get("time", "").strip()
        place = f"row {number}" + (f", {time}" if time else "")
        yield Utterance(" ".join(cells["speaker"].split()), cells["text"], place)
