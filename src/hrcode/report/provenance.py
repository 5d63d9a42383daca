"""What was run on what: versions, settings, hashes. No path and no date."""

from __future__ import annotations

from collections.abc import Mapping

from hrcode.coding.model import Coded


def provenance(coded: Coded) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the record of a run as tables of two columns.

    Args:
        coded (Coded): The run.

    Returns:
        list[tuple[str, list[tuple[str, str]]]]: Head and rows of each table.
    """
    run = coded.run
    versions = [
        (_words(name), _value(value))
        for name, value in run.items()
        if value and (isinstance(value, str) or name == "other_languages")
    ]
    tables = [
        ("Versions", versions),
        ("Codebook", _rows(run.get("codebook"))),
        ("Settings", _rows(run.get("settings"))),
        ("Counts", _rows(run.get("counts"))),
        ("Left out of coding", _rows(run.get("left_out"), spoken=False)),
        ("Counted and not quoted", _rows(run.get("not_quoted"), spoken=False)),
        ("Transcripts (SHA-256 of the text)", _rows(run.get("transcripts"), spoken=False)),
    ]
    return [(head, rows) for head, rows in tables if rows]


def _rows(part: object, *, spoken: bool = True) -> list[tuple[str, str]]:
    if not isinstance(part, Mapping):
        return []
    return [(_words(str(name)) if spoken else str(name), _value(value)) for name, value in part.items()]


def _words(name: str) -> str:
    return name.replace("_", " ").replace("sha256", "SHA-256")


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_words(str(name))} {_value(inner)}" for name, inner in value.items())
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
