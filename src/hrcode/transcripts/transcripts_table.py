"""The transcripts table: transcripts.csv or transcripts.xlsx, a row a transcript, checked cell by cell."""

from __future__ import annotations

import functools
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from hrcode.errors import Fault, TranscriptError
from hrcode.files import read_text
from hrcode.hints import nearest
from hrcode.transcripts.about import KNOWN, About, checked_attribute, split_people
from hrcode.transcripts.formats import SUFFIXES
from hrcode.transcripts.labels import plain_label
from hrcode.transcripts.rows import Row, csv_rows, xlsx_rows
from hrcode.wording import counted

FILE_NAMES = ("transcripts.csv", "transcripts.xlsx")
_COLUMNS = {name: name for name in ("transcript", "participants", "group", *KNOWN)}
_TURNS = ("speaker", "text")


class Entry(NamedTuple):
    """A row of the table.

    Args:
        about (About): What it says.
        name (str): The transcript as it is written there.
        path (str): The table.
        line (int): Its line.
        column (int): Column of the transcript's name.
        people (int): Column of the participants; 0 where there is none.
    """

    about: About
    name: str
    path: str
    line: int
    column: int
    people: int


def find_transcripts_tables(given: Sequence[Path]) -> list[Path]:
    """Find the transcripts tables beside transcripts; a file that is named is none.

    Args:
        given (Sequence[Path]): Files and folders of transcripts.

    Returns:
        list[Path]: Those that there are.
    """
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in given)
    found = [folder / name for folder in folders for name in FILE_NAMES if (folder / name).is_file()]
    return [table for table in found if table not in given]


def read_transcripts_table(paths: Iterable[Path]) -> dict[str, Entry]:
    """Read transcripts tables.

    Args:
        paths (Iterable[Path]): CSV files (comma, semicolon or tab between the cells) or workbooks with
            a column ``transcript``; ``participants`` and attributes of the transcripts are optional.

    Returns:
        dict[str, Entry]: Rows by transcript, without the file's ending.

    Raises:
        TranscriptError: With all faults: missing column, transcript twice, unknown kind, no language.
    """
    found: dict[str, Entry] = {}
    faults: list[Fault] = []
    for path in paths:
        rows = xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv(path)
        columns = _columns(path, rows[0] if rows else Row(1, 1, []), faults)
        if "transcript" in columns:
            for row in rows[1:]:
                _read_row(path, row, columns, found, faults)
    if faults:
        raise TranscriptError("The transcripts table cannot be used:", sorted(faults))
    return found


def _csv(path: Path) -> list[Row]:
    return csv_rows(read_text(path, error=TranscriptError), path)


def _columns(path: Path, head: Row, faults: list[Fault]) -> list[str]:
    """Give the names of the columns; those that hrcode knows in small letters."""
    columns = [_COLUMNS.get(cell.strip().casefold(), cell.strip()) for cell in head.cells]
    turns = [name for name in _TURNS if name in map(str.casefold, columns)]
    if turns or "transcript" not in columns:
        hint = nearest("transcript", columns)
        message = (
            f"there is no column 'transcript'.{hint} {path.name} says what is known of each transcript; "
            "the first line is such as: transcript,kind,wave. A table of turns needs another name"
        )
        faults.append(Fault(str(path), head.line, 1, "missing-column", message))
        return []
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        second = columns.index(name, columns.index(name) + 1) + 1
        message = f"column {name!r} stands twice"
        faults.append(Fault(str(path), head.line, second, "duplicate-column", message))
    return columns


def _read_row(
    path: Path, row: Row, columns: Sequence[str], found: dict[str, Entry], faults: list[Fault]
) -> None:
    def say(column: str, rule: str, message: str) -> None:
        place = columns.index(column) + 1 if column else len(columns) + 1
        faults.append(Fault(str(path), row.line, place, rule, message))

    if any(cell.strip() for cell in row.cells[len(columns) :]):
        say(
            "",
            "bad-csv",
            f"{counted(len(row.cells), 'cell')}, but the first line names {counted(len(columns), 'column')}",
        )
        return
    values = {c: " ".join(cell.split()) for c, cell in zip(columns, row.cells, strict=False) if c}
    name = values.pop("transcript", "").replace("\\", "/")
    people = tuple(map(plain_label, split_people(values.pop("participants", ""))))
    attributes = {}
    for attribute, value in values.items():
        if value:
            attributes[attribute], message = checked_attribute(attribute, value)
            if message:
                say(attribute, f"bad-{attribute}", message)
    key = transcript_key(name)
    if not name:
        say("transcript", "missing-transcript", "the transcript is not named")
    elif key in found:
        say("transcript", "duplicate-transcript", f"{name!r} stands twice (first on line {found[key].line})")
    else:
        column = columns.index("participants") + 1 if "participants" in columns else 0
        place = columns.index("transcript") + 1
        found[key] = Entry(About(attributes, people), name, str(path), row.line, place, column)


def transcript_key(name: str) -> str:
    """Give a transcript's name without the ending of a file, and with each accent in its letter."""
    suffix = PurePosixPath(name).suffix
    return plain_label(name.removesuffix(suffix) if suffix.lower() in SUFFIXES else name)


def unknown_transcripts(
    entries: Mapping[str, Entry], known: Collection[str], folders: Iterable[Path]
) -> Iterator[Fault]:
    """Say which rows are about transcripts that there are not.

    Args:
        entries (Mapping[str, Entry]): The table.
        known (Collection[str]): Ids of the transcripts that were read.
        folders (Iterable[Path]): Where others may lie that were not asked for.

    Yields:
        Fault: One a row.
    """
    read = {plain_label(name) for name in known}
    places = [*folders]
    names_in = functools.cache(_names_in)
    for key, entry in entries.items():
        elsewhere = [folder / key for folder in places]
        if key not in read and not any(place.name in names_in(place.parent) for place in elsewhere):
            hint = nearest(key, known)
            message = f"there is no transcript {entry.name!r}.{hint} Write the name of its file"
            yield Fault(entry.path, entry.line, entry.column, "unknown-transcript", message)


def _names_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(map(transcript_key, os.listdir(folder)))
    except (OSError, ValueError):
        return frozenset()


def unknown_people(entries: Mapping[str, Entry], labels: Collection[str]) -> Iterator[Fault]:
    """Say which participants of the table are nobody's id or alias; authors of documents need be none.

    Args:
        entries (Mapping[str, Entry]): The table.
        labels (Collection[str]): Ids and aliases of the participants table.

    Yields:
        Fault: One a person and row.
    """
    folded = {label.casefold() for label in labels}
    for entry in entries.values():
        for person in entry.about.participants:
            if person.casefold() not in folded and not entry.about.is_written:
                message = f"{person!r} is not in the participants table.{nearest(person, labels)}"
                yield Fault(entry.path, entry.line, entry.people, "unknown-participant", message)
