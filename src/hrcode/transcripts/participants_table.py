"""The participants table: participants.csv or participants.xlsx, checked cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hrcode.errors import Fault, TranscriptError
from hrcode.files import read_text
from hrcode.hints import nearest
from hrcode.transcripts.attributes import Attributes
from hrcode.transcripts.labels import plain_label
from hrcode.transcripts.model import Participant
from hrcode.transcripts.participants import (
    ALIASES,
    CONSENT,
    alias_clashes,
    check_values,
    make_participant,
)
from hrcode.transcripts.rows import Row, csv_rows, xlsx_rows
from hrcode.wording import counted

FILE_NAME = "participants.csv"
FILE_NAMES = (FILE_NAME, "participants.xlsx")
_KNOWN = {"alias": ALIASES, **{name: name for name in ("participant", "group", ALIASES, CONSENT)}}


def find_tables(given: Iterable[Path]) -> list[Path]:
    """Find the participants tables beside transcripts.

    Args:
        given (Iterable[Path]): Files and folders of transcripts.

    Returns:
        list[Path]: At most one a folder.

    Raises:
        TranscriptError: When a folder holds two.
    """
    found: list[Path] = []
    for folder in dict.fromkeys(path if path.is_dir() else path.parent for path in given):
        here = [folder / name for name in FILE_NAMES if (folder / name).exists()]
        if len(here) > 1:
            raise TranscriptError(
                f"{folder}: holds {' and '.join(FILE_NAMES)}. Keep one, or name one with --participants."
            )
        found += here
    return found


def read_participants(paths: Iterable[Path], attributes: Attributes | None = None) -> dict[str, Participant]:
    """Read participants tables.

    Args:
        paths (Iterable[Path]): CSV files (comma, semicolon or tab between the cells) or workbooks with
            the columns ``participant``, ``group``, ``aliases``, ``consent`` and any further attributes.
        attributes (Attributes | None): What the study declares of the attributes.

    Returns:
        dict[str, Participant]: Participants by id.

    Raises:
        TranscriptError: With all faults: missing column, participant named twice, cell too many, a
            value that does not fit its attribute, an alias that two people have.
    """
    found: dict[str, Participant] = {}
    places: dict[str, tuple[Path, int, int]] = {}
    faults: list[Fault] = []
    for path in paths:
        _read_table(path, attributes or {}, found, places, faults)
    for person, message in alias_clashes(found.values()):
        path, line, column = places[person]
        faults.append(Fault(str(path), line, column, "duplicate-alias", message))
    if faults:
        raise TranscriptError("The participants table cannot be used:", sorted(faults))
    return found


def _read_table(
    path: Path,
    attributes: Attributes,
    found: dict[str, Participant],
    places: dict[str, tuple[Path, int, int]],
    faults: list[Fault],
) -> None:
    rows = table_rows(path)
    head = rows[0] if rows else Row(1, 1, [])
    columns = _columns(path, head, faults)
    if "participant" not in columns:
        return
    lines: dict[str, str] = {person.casefold(): "" for person in found}
    for _, line, row in rows[1:]:
        if any(cell.strip() for cell in row[len(columns) :]):
            message = (
                f"{counted(len(row), 'cell')}, but the first line names {counted(len(columns), 'column')}"
            )
            faults.append(Fault(str(path), line, len(columns) + 1, "bad-csv", message))
            continue
        values = {name: "" for name in columns if name}
        values |= {c: plain_label(" ".join(cell.split())) for c, cell in zip(columns, row, strict=False) if c}
        person = values.pop("participant")
        place = columns.index("participant") + 1
        if not person:
            message = "the participant's id is empty"
            faults.append(Fault(str(path), line, place, "missing-participant", message))
        elif person.casefold() in lines:
            message = f"participant {person!r} stands twice{lines[person.casefold()]}"
            faults.append(Fault(str(path), line, place, "duplicate-participant", message))
        else:
            lines[person.casefold()] = f" (first on line {line})"
            checked, wrong = check_values(values, attributes)
            faults.extend(
                Fault(str(path), line, columns.index(name) + 1, "bad-value", message)
                for name, message in wrong
            )
            found[person] = make_participant(person, checked)
            places[person] = path, line, columns.index(ALIASES) + 1 if ALIASES in columns else 0


def table_rows(path: Path) -> list[Row]:
    """Read the rows of a participants table, CSV or XLSX, as they stand."""
    if path.suffix.lower() == ".xlsx":
        return xlsx_rows(path)
    return csv_rows(read_text(path, error=TranscriptError), path)


def _columns(path: Path, head: Row, faults: list[Fault]) -> list[str]:
    """Give the names of the columns; those that hrcode knows in small letters."""
    columns = [_KNOWN.get(cell.strip().casefold(), cell.strip()) for cell in head.cells]
    if "participant" not in columns:
        hint = nearest("participant", columns)
        message = f"there is no column 'participant'.{hint} The first line is such as: participant,group"
        faults.append(Fault(str(path), head.line, 1, "missing-column", message))
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        second = columns.index(name, columns.index(name) + 1) + 1
        message = f"column {name!r} stands twice"
        faults.append(Fault(str(path), head.line, second, "duplicate-column", message))
    return columns
