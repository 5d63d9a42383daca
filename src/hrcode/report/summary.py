"""What was studied, and what to mind when reading it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hrcode.analysis.by import run_setting
from hrcode.analysis.hide import hidden_in
from hrcode.coding.model import Coded
from hrcode.report.findings import carried
from hrcode.report.naming import Row, by_code
from hrcode.wording import counted, noun


def summary(coded: Coded, rows: Sequence[Row], observed: int) -> dict[str, Any]:
    """Say what was studied, in numbers.

    Args:
        coded (Coded): The run.
        rows (Sequence[Row]): Rows of `hrcode.compare`.
        observed (int): Subcategories observed, as `hrcode.coverage` has it.

    Returns:
        dict[str, Any]: ``facts`` (number and what it counts), ``groups``, ``unit``, ``codebook``.
    """
    own = [segment for segment in coded.segments if segment.participant]
    unit = run_setting(coded, "unit", "segment")
    facts = [
        _fact(len(coded.participants), "participant"),
        _fact(len({segment.transcript for segment in coded.segments}), "transcript"),
        _fact(sum(segment.words for segment in own), "word", " by participants"),
        _fact(len(own), "segment", f" ({unit})"),
        _fact(len(coded.codings), "coding"),
        (f"{observed:,} of {len(coded.frame):,}", f"{noun(len(coded.frame), 'subcategory')} observed"),
    ]
    return {"facts": facts, "groups": group_bases(rows), "unit": unit, "codebook": codebook_name(coded)}


def _fact(number: int, what: str, more: str = "") -> tuple[str, str]:
    return f"{number:,}", noun(number, what) + more


def group_bases(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Give each group's participants, words and segments, in order."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(
            row["group"],
            {
                "name": row["group"],
                "participants": row["participants_total"],
                "words": row["words"],
                "segments": row["segments_total"],
            },
        )
    return [*found.values()]


def codebook_name(coded: Coded) -> str:
    """Give id and version of the codebook of a run."""
    book = coded.run.get("codebook")
    book = book if isinstance(book, Mapping) else {}
    return " ".join(str(book[part]) for part in ("id", "version") if book.get(part))


def warnings(coded: Coded, rows: Sequence[Row], said: Sequence[str]) -> list[str]:
    """Say what the reader has to mind.

    Args:
        coded (Coded): The run.
        rows (Sequence[Row]): Rows of `hrcode.compare`.
        said (Sequence[str]): What the comparison itself warns of.

    Returns:
        list[str]: Sentences.
    """
    return [*hidden_in(coded), *said, *_warnings(coded, rows)]


def _warnings(coded: Coded, rows: Sequence[Row]) -> Iterator[str]:
    if not coded.codings:
        yield (
            "Nothing was coded: no indicator of the codebook found anything. Look at the near misses, and "
            "whether codebook and transcripts are in one language."
        )
    codes = by_code([row for row in rows if row["level"] == "subcategory"])
    by_one = sum(bool(carried(cells)) for cells in codes.values())
    heard = sum(any(cell["participants"] for cell in cells) for cells in codes.values())
    if by_one:
        yield (
            f"Single voices: in {by_one} of the {counted(heard, 'subcategory')} observed, more than half of "
            "a group's segments come from one person. The table says whose."
        )
    own = coded.run.get("warnings")
    for warning in own if isinstance(own, list) else ():
        if isinstance(warning, Mapping):
            yield f"{': '.join(filter(None, (warning.get('file'), warning.get('message'))))}."
