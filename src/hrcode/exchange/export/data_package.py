"""The data dictionary: a Frictionless Data Package (specs.frictionlessdata.io, version 1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrcode._version import __version__
from hrcode.coding.model import Coded
from hrcode.exchange.sheet import Sheet

FILE_NAME = "datapackage.json"
_KEYS = {
    "participants": "participant",
    "transcripts": "transcript",
    "segments": "segment_id",
    "codings": "coding_id",
    "quotes": "coding_id",
    "matrix_presence": "participant",
    "matrix_counts": "participant",
}
_POINTERS = {
    "participant": "participants",
    "transcript": "transcripts",
    "segment_id": "segments",
    "coding_id": "codings",
}
_TABULAR = frozenset({"csv", "tsv", "json", "xlsx", "parquet"})
_MEDIA = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "md": "text/markdown",
    "latex": "application/x-tex",
    "html": "text/html",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file of an export.

    Args:
        name (str): Its name.
        format_ (str): Its format.
        content (bytes): What it holds.
        sheets (Sequence[Sheet]): The tables in it.
    """

    name: str
    format_: str
    content: bytes
    sheets: Sequence[Sheet]


def data_package(coded: Coded, files: Sequence[Written]) -> str:
    """Describe files: what each column holds and means, which columns identify a row, and hashes.

    Args:
        coded (Coded): The run that they are of.
        files (Sequence[Written]): The files.

    Returns:
        str: JSON. A table in a workbook is a resource of its own; what is for reading only (Word,
        LaTeX, HTML, Markdown) is one without fields. Keys are stated only where they hold.
    """
    package = {
        "profile": "tabular-data-package" if all(f.format_ in _TABULAR for f in files) else "data-package",
        "name": "hrcode-tables",
        "title": "Tables of interviews coded with hrcode",
        "description": "In CSV, TSV and XLSX, text that a spreadsheet would run as a formula has an "
        "apostrophe before it.",
        "hrcode": {"version": __version__, "codebook": coded.run.get("codebook", {})},
        "resources": [*_resources(files)],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def hash_of(content: bytes) -> str:
    """Give the hash of a file as a Data Package states it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _resources(files: Sequence[Written]) -> Iterator[dict[str, Any]]:
    for file in files:
        same = [sheet for other in files if other.format_ == file.format_ for sheet in other.sheets]
        about = {
            "path": file.name,
            "format": "tex" if file.format_ == "latex" else file.format_,
            "mediatype": _MEDIA[file.format_],
            "encoding": "utf-8",
            "bytes": len(file.content),
            "hash": hash_of(file.content),
        }
        if file.format_ not in _TABULAR:
            titles = ", ".join(sheet.title for sheet in file.sheets)
            yield {"name": f"tables-{file.format_}", "title": titles, "profile": "data-resource", **about}
            continue
        for sheet in file.sheets:
            yield {
                "name": _name(sheet.name, file.format_),
                "title": sheet.title,
                **({"description": " ".join(sheet.notes)} if sheet.notes else {}),
                "profile": "tabular-data-resource",
                **about,
                **_dialect(file, sheet),
                "schema": _schema(sheet, same, file.format_),
            }


def _name(table: str, format_: str) -> str:
    return table if format_ == "csv" else f"{table}-{format_}"


def _dialect(file: Written, sheet: Sheet) -> dict[str, Any]:
    dialects: Mapping[str, dict[str, Any]] = {
        "csv": {"delimiter": ",", "lineTerminator": "\n"},
        "tsv": {"delimiter": "\t", "lineTerminator": "\n"},
        "json": {"json": {"property": "rows", "keyed": True}},
        "xlsx": {"excel": {"sheet": sheet.name}},
    }
    return {"dialect": dialects[file.format_]} if file.format_ in dialects else {}


def _schema(sheet: Sheet, others: Iterable[Sheet], format_: str) -> dict[str, Any]:
    fields = [
        {"name": column, "type": kind, "description": sheet.meanings.get(column, "")}
        for column, kind in zip(sheet.columns, sheet.kinds, strict=True)
    ]
    found: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    key = _KEYS.get(sheet.name)
    if key and _identifies(sheet, key):
        found["primaryKey"] = key
    tables = {other.name: other for other in others if other.name != sheet.name}
    pointers = [
        {"fields": column, "reference": {"resource": _name(target, format_), "fields": column}}
        for column, target in _POINTERS.items()
        if column in sheet.columns and target in tables and _points(sheet, tables[target], column)
    ]
    return {**found, **({"foreignKeys": pointers} if pointers else {})}


def _identifies(sheet: Sheet, column: str) -> bool:
    values = [*sheet.table[column]]
    return len(set(values)) == len(values) and "" not in values


def _points(sheet: Sheet, target: Sheet, column: str) -> bool:
    """Say whether every value stands in the other table; who speaks together does not (``S1 + S2``)."""
    return {*sheet.table[column]} - {""} <= {*target.table[column]}
