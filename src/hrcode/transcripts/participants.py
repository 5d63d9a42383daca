"""Who the speakers are: participants.csv, else front matter, else the label itself."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hrcode.errors import Fault, TranscriptError
from hrcode.files import read_text
from hrcode.hints import nearest
from hrcode.transcripts.model import NO_GROUP, Participant

FILE_NAME = "participants.csv"
NOT_STATED = "(not stated)"
_CODE = re.compile(r"([^\W\d_]+)[ _-]?[0-9]+")


def read_participants(paths: Iterable[Path]) -> dict[str, Participant]:
    """Read participants tables.

    Args:
        paths (Iterable[Path]): CSV files with the columns ``participant``, ``group`` and any
            further attributes; comma, semicolon or tab between the fields.

    Returns:
        dict[str, Participant]: Participants by id.

    Raises:
        TranscriptError: With all faults: missing column, participant named twice, field too many.
    """
    found: dict[str, Participant] = {}
    faults: list[Fault] = []
    for path in paths:
        _read_table(path, found, faults)
    if faults:
        raise TranscriptError("The participants table cannot be used:", faults)
    return found


def _read_table(path: Path, found: dict[str, Participant], faults: list[Fault]) -> None:
    text = read_text(path, error=TranscriptError)
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        faults.append(Fault(str(path), reader.line_num, 0, "bad-csv", f"not a CSV file: {fault}"))
        return
    columns = _columns(path, rows[0][1] if rows else [], rows[0][0] if rows else 1, faults)
    if "participant" not in columns:
        return
    lines: dict[str, str] = {person.casefold(): "" for person in found}
    for line, row in rows[1:]:
        if any(cell.strip() for cell in row[len(columns) :]):
            message = f"{len(row)} fields, but the first line names {len(columns)} columns"
            faults.append(Fault(str(path), line, 0, "bad-csv", message))
            continue
        values = {c: " ".join(cell.split()) for c, cell in zip(columns, row, strict=False) if c}
        person = values.pop("participant", "")
        if not person:
            faults.append(Fault(str(path), line, 0, "missing-participant", "the participant's id is empty"))
        elif person.casefold() in lines:
            message = f"participant {person!r} stands twice{lines[person.casefold()]}"
            faults.append(Fault(str(path), line, 0, "duplicate-participant", message))
        else:
            lines[person.casefold()] = f" (first on line {line})"
            found[person] = make_participant(person, values)


def _columns(path: Path, cells: Sequence[str], line: int, faults: list[Fault]) -> list[str]:
    """Give the names of the columns; those that hrcode knows in small letters."""
    columns = [cell.strip() for cell in cells]
    columns = [c.casefold() if c.casefold() in ("participant", "group") else c for c in columns]
    if "participant" not in columns:
        hint = nearest("participant", columns)
        message = f"there is no column 'participant'.{hint} The first line is such as: participant,group"
        faults.append(Fault(str(path), line, 1, "missing-column", message))
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        faults.append(Fault(str(path), line, 1, "duplicate-column", f"column {name!r} stands twice"))
    return columns


def make_participant(person: str, values: Mapping[str, str]) -> Participant:
    """Make a participant of an id and attributes.

    Args:
        person (str): Id.
        values (Mapping[str, str]): Attributes; ``group`` may be missing.

    Returns:
        Participant: With `NO_GROUP` where no group is given.
    """
    group = values.get("group") or NO_GROUP
    return Participant(person, group, {**values, "group": group})


def from_front_matter(front: Mapping[str, object]) -> dict[str, Participant]:
    """Read participants from a transcript's front matter.

    Either ``participant: L1`` with further attributes beside it, or ``participants:`` with a
    mapping of ids to attributes.

    Args:
        front (Mapping[str, object]): The front matter.

    Returns:
        dict[str, Participant]: Participants by id; empty where it names none.
    """
    several = front.get("participants")
    if isinstance(several, dict):
        return {
            str(person): make_participant(str(person), _texts(values if isinstance(values, dict) else {}))
            for person, values in several.items()
        }
    single = front.get("participant")
    if not single or isinstance(single, dict | list):
        return {}
    rest = {key: value for key, value in front.items() if key != "participant"}
    return {str(single): make_participant(str(single), _texts(rest))}


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {key: value for key, value in values.items() if isinstance(value, str) and value}


def from_label(label: str) -> Participant:
    """Make a participant of a label alone: the letters of ``L1`` are the group.

    Args:
        label (str): Speaker label.

    Returns:
        Participant: In the group of its letters; `NO_GROUP` for a label without a number.
    """
    code = _CODE.fullmatch(label)
    return make_participant(label, {"group": code[1] if code else NO_GROUP})


def group_of(participant: Participant, attribute: str) -> str:
    """Give a participant's value of the attribute that groups are made by."""
    return participant.attributes.get(attribute) or NOT_STATED
