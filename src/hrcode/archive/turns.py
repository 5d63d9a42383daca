"""Tables with a row a turn to transcripts, one at a time; a row that cannot be used is said and left out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from hrcode.archive.extras import extra
from hrcode.archive.job import Job
from hrcode.archive.sources import opened
from hrcode.errors import Fault, TranscriptError
from hrcode.language.words import count_words
from hrcode.transcripts.about import About
from hrcode.transcripts.cast import Cast
from hrcode.transcripts.model import Participant, Transcript, Turn
from hrcode.transcripts.model import people as speakers
from hrcode.transcripts.participants import check_values, make_participant
from hrcode.transcripts.sampling import LeftOut, Sampling
from hrcode.transcripts.utterances import Utterance, draft_of

COLUMNS = ("id", "speaker", "text")
_BATCH = 2_000
_MAX_LINE = 10_000_000
_MAX_TEXT = 50_000_000
_Rows = Iterator[tuple[int, Mapping[str, Any] | str]]
"""Number of the row and its cells, or what is wrong with it."""


class Talk(NamedTuple):
    """A transcript and those who speak in it, by id."""

    transcript: Transcript
    people: Mapping[str, Participant]


def read_turns(
    path: str,
    job: Job,
    table: dict[str, Participant] | None,
    complain: Callable[[Fault], None],
    left_out: dict[str, LeftOut],
) -> Iterator[Talk]:
    """Read the transcripts of a table: rows with the same id that follow each other are one.

    Args:
        path (str): A Parquet, JSON lines or CSV file with the columns ``id``, ``speaker`` and ``text``;
            ``participant`` takes the place of the speaker's label, and further columns are attributes
            of who speaks.
        job (Job): Other names of these columns, and how the study tells who speaks.
        table (dict[str, Participant] | None): The participants table, if there is one.
        complain (Callable[[Fault], None]): Called for every row that is left out, and for what is odd.
        left_out (dict[str, LeftOut]): Grows by what is left out of coding, by participant.

    Yields:
        Talk: One transcript after the other.

    Raises:
        TranscriptError: When the file cannot be read, or lacks a column; with the columns there are.
    """
    names = {role: job.columns.get(role, role) for role in (*COLUMNS, "participant")}
    done: set[str] = set()
    rows: list[tuple[int, Mapping[str, Any]]] = []
    current = ""
    size = 0
    for number, row in _read(path, names):
        fault = row if isinstance(row, str) else _fault(row, names, done)
        if isinstance(row, str) or fault:
            complain(Fault(path, number, 0, "bad-row", fault))
            continue
        if (id_ := str(row[names["id"]])) != current:
            if rows:
                yield _talk(path, current, rows, names, job, table, complain, left_out)
            done.add(current)
            current, rows, size = id_, [], 0
        size += len(row[names["text"]])
        if size > _MAX_TEXT:
            complain(Fault(path, number, 0, "too-long", f"{id_!r} is longer than 50 MB; split it"))
        else:
            rows.append((number, row))
    if rows:
        yield _talk(path, current, rows, names, job, table, complain, left_out)


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


def _talk(
    path: str,
    id_: str,
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    names: Mapping[str, str],
    job: Job,
    table: dict[str, Participant] | None,
    complain: Callable[[Fault], None],
    left_out: dict[str, LeftOut],
) -> Talk:
    utterances: list[Utterance] = []
    attributes: dict[str, dict[str, str]] = {}
    for number, row in rows:
        label = str(row.get(names["participant"]) or row[names["speaker"]])
        utterances.append(Utterance(" ".join(label.split()), row[names["text"]], f"row {number}"))
        own = attributes.setdefault(utterances[-1].speaker, {})
        for name, value in row.items():
            if name not in names.values() and value is not None and value != "":
                own.setdefault(name, " ".join(str(value).split())[:200])
    draft = draft_of(utterances, path.rsplit(".", 1)[-1])
    people: dict[str, Participant] = {}
    faults: list[Fault] = []
    warnings: list[Fault] = []
    cast = Cast(
        f"{path}: {id_}",
        draft,
        table,
        job.conventions.interviewers,
        job.participants,
        job.sampling,
        About(),
        job.conventions.together,
    )
    turns = cast.turns(people, faults, warnings)
    for fault in (*faults, *warnings):
        complain(replace(fault, path=path, line=rows[0][0]))
    known: dict[str, Participant] = {}
    for person in people.values():
        known[person.id], wrong = _with(person, attributes.get(person.id, {}), job.sampling)
        for what in wrong:
            complain(Fault(path, rows[0][0], 0, "bad-value", f"{person.id}: {what}"))
    kept = job.sampling.without(turns, known)
    of_table = _left_out(turns, kept, known, draft.text, job.sampling)
    for who, more in (*cast.left_out.items(), *of_table):
        left_out[who] = more.after(left_out.get(who))
    return Talk(Transcript(id_, draft.text, kept, draft.format, places=draft.places), known)


def _left_out(
    turns: Sequence[Turn],
    kept: Sequence[Turn],
    people: Mapping[str, Participant],
    text: str,
    sampling: Sampling,
) -> Iterator[tuple[str, LeftOut]]:
    """Say whose turns are left out for what the table of turns says of them."""
    for turn, after in zip(turns, kept, strict=True):
        if turn.participant and not after.participant:
            words = count_words(text[turn.start : turn.end])
            for person in speakers(turn.participant):
                if reason := sampling.reason(people[person]):
                    yield person, LeftOut(reason, 1, words)


def _with(
    person: Participant, attributes: Mapping[str, str], sampling: Sampling
) -> tuple[Participant, list[str]]:
    """Add what the table of turns says of somebody to what is known; and say what of it is wrong."""
    if not attributes:
        return person, []
    declared = sampling.attributes
    own = {n: v for n, v in person.attributes.items() if n not in declared or not declared[n].source}
    values, wrong = check_values({**own, **attributes}, declared)
    made = make_participant(person.id, values)
    names = (*person.names, *made.names)
    return replace(made, aliases=(*person.aliases, *made.aliases), names=names), [what for _, what in wrong]


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
    except (pa.ArrowException, OSError) as fault:
        raise TranscriptError(f"{path}: cannot be read as Parquet ({_first(fault)}).") from None


def _json_lines(path: str, handle: Any, names: Mapping[str, str]) -> _Rows:
    checked = False
    number = 0
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
            row = json.loads(line)
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
