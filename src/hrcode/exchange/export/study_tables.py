"""The tables of a study that others go on with: one a kind of thing, and those that are read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

import pandas as pd

from hrcode.analysis.compare import compare
from hrcode.analysis.cooccur import cooccur
from hrcode.analysis.matrix import matrix
from hrcode.analysis.quotes import quotes
from hrcode.analysis.readable import readable_comparison, readable_quotes
from hrcode.coding.model import Coded
from hrcode.exchange.sheet import Cell, Sheet, sheet_of
from hrcode.schema import CODINGS, NEAR_MISSES, QUOTES, SEGMENTS
from hrcode.transcripts.model import TOGETHER, people

_QUOTE_COLUMNS = ("coding_id", "segment_id", "participant", "group")


def _rows(columns: Iterable[str], rows: Iterable[object]) -> pd.DataFrame:
    names = [*columns]
    return pd.DataFrame([*map(attrgetter(*names), rows)], columns=names)


def _segments(coded: Coded) -> Sheet:
    return sheet_of(_rows(SEGMENTS, coded.segments), title="Segments, the interviewers' included")


def _codings(coded: Coded) -> Sheet:
    return sheet_of(_rows(CODINGS, coded.codings), title="Codings")


def _near_misses(coded: Coded) -> Sheet:
    return sheet_of(_rows(NEAR_MISSES, coded.near_misses), title="Indicators that were held back")


def _comparison(coded: Coded) -> Sheet:
    return sheet_of(compare(coded), title="Comparison of groups, a row for each code and group")


def _cooccurrence(coded: Coded) -> Sheet:
    return sheet_of(cooccur(coded), title="Subcategories that come together in a segment")


def _presence(coded: Coded) -> Sheet:
    table = matrix(coded, values="presence")
    return sheet_of(table, "matrix_presence", "Participants by subcategories, 1 where somebody says it")


def _counts(coded: Coded) -> Sheet:
    return sheet_of(matrix(coded), "matrix_counts", "Participants by subcategories, number of segments")


def _participants(coded: Coded) -> Sheet:
    table = pd.DataFrame({"participant": [p.id for p in coded.participants]})
    table["group"] = [p.group for p in coded.participants]
    table.attrs["meanings"] = {name: CODINGS[name] for name in table.columns}
    _add_attributes(table, {p.id: p.attributes for p in coded.participants}, table["participant"])
    return sheet_of(table, "participants", "Participants and what is known of them")


def _transcripts(coded: Coded) -> Sheet:
    names = [*dict.fromkeys(segment.transcript for segment in coded.segments)]
    table = pd.DataFrame({"transcript": names})
    table.attrs["meanings"] = {"transcript": CODINGS["transcript"]}
    _add_attributes(table, coded.transcripts, names)
    return sheet_of(table, "transcripts", "Transcripts and what is known of them")


def _quotes(coded: Coded) -> Sheet:
    """Give a row a coding, with the person's attributes and labels: what R and SPSS go on with."""
    own = quotes(coded)
    names = {(entry.category, entry.subcategory): entry for entry in coded.frame}
    transcript = {coding.coding_id: coding.transcript for coding in coded.codings}
    table = own[[*_QUOTE_COLUMNS]].copy()
    table["transcript"] = [transcript[coding] for coding in own["coding_id"]]
    _add_attributes(table, {p.id: p.attributes for p in coded.participants}, own["participant"])
    _add_attributes(table, coded.transcripts, table["transcript"])
    keys = [*zip(own["category"], own["subcategory"], strict=True)]
    table["category"] = own["category"]
    table["category_label"] = [names[key].category_label for key in keys]
    table["subcategory"] = own["subcategory"]
    table["subcategory_label"] = [names[key].label for key in keys]
    for column in ("stance", "text", "evidence", "indicator", "article"):
        table[column] = own[column]
    meanings = {
        **{column: QUOTES[column] for column in table.columns if column in QUOTES},
        "transcript": CODINGS["transcript"],
        "category_label": "category's label",
        "subcategory_label": "subcategory's label",
    }
    table.attrs = {**own.attrs, "meanings": {**table.attrs.get("meanings", {}), **meanings}}
    return sheet_of(table, "quotes", "Coded segments with who says them")


def _add_attributes(
    table: pd.DataFrame, attributes: Mapping[str, Mapping[str, str]], ids: Iterable[str]
) -> None:
    """Add a column for each attribute, named ``attribute_...`` where the table has one of that name.

    Where people speak together, the values that differ stand side by side.
    """
    who = [people(name) for name in ids]
    meanings = dict(table.attrs.get("meanings", {}))
    for name in dict.fromkeys(name for own in attributes.values() for name in own):
        texts = [_joined(attributes.get(person, {}).get(name, "") for person in own) for own in who]
        values = _as_numbers(texts)
        column = f"attribute_{name}" if name in (*table.columns, *_RESERVED) else name
        if column == "attribute_group" and texts == [*table.get("group", ())]:
            continue
        table[column] = values
        meanings[column] = f"attribute {name}"
    table.attrs["meanings"] = meanings


def _as_numbers(texts: list[str]) -> list[str] | list[Cell]:
    """Make texts numbers, where every one that is not empty is a number as Python writes it."""
    for number in (int, float):
        with contextlib.suppress(ValueError):
            values: list[Cell] = [number(text) if text else "" for text in texts]
            if [str(value) for value in values] == texts:
                return values
    return texts


def _joined(values: Iterable[str]) -> str:
    return TOGETHER.join(dict.fromkeys(values))


_RESERVED = frozenset({*QUOTES, "group", "category_label", "subcategory_label", "transcript"})


def _comparison_to_read(coded: Coded) -> Sheet:
    return sheet_of(readable_comparison(coded, compare(coded)), "comparison_readable", "Comparison of groups")


def _quotes_to_read(coded: Coded) -> Sheet:
    return sheet_of(readable_quotes(coded, quotes(coded)), "quotes_readable", "Quotes")


TABLES: Mapping[str, Sequence[Callable[[Coded], Sheet]]] = {
    "tidy": (
        _participants, _transcripts, _segments, _codings, _near_misses, _comparison, _presence, _counts,
        _quotes, _cooccurrence,
    ),
    "readable": (_comparison_to_read, _quotes_to_read),
}  # fmt: skip
"""By layout: what makes the tables."""


def study_tables(coded: Coded, layouts: Iterable[str]) -> list[Sheet]:
    """Make the tables of a study.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        layouts (Iterable[str]): ``tidy``, ``readable``, or both.

    Returns:
        list[Sheet]: The tables, each with a name of its own.
    """
    return [make(coded) for layout in layouts for make in TABLES[layout]]
