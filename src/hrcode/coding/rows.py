"""Rows without the transcript's words: what passes between processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from hrcode.coding.model import Coding, NearMiss, in_columns
from hrcode.coding.one import Rows, Setup
from hrcode.coding.segments import Cuts, segments_of
from hrcode.transcripts.model import Transcript

_Light = Sequence[tuple[Any, ...]]


class LightRows(NamedTuple):
    """The rows of one transcript, as little as they can be made from again (see `Rows`).

    Args:
        cuts (Cuts): Where its segments are.
        codings (Sequence[tuple]): Its codings as plain tuples, without the evidence's words.
        near_misses (Sequence[tuple]): Its near misses likewise.
        kept (bool): Whether the cache took what was to be kept in it.
    """

    cuts: Cuts
    codings: _Light
    near_misses: _Light
    kept: bool


def lighten(rows: Rows, transcript: Transcript) -> LightRows:
    """Take out of rows what the transcript knows.

    Args:
        rows (Rows): Rows of one transcript.
        transcript (Transcript): The transcript.

    Returns:
        LightRows: What `restore_rows` makes them from.
    """
    index = {turn.number: number for number, turn in enumerate(transcript.turns)}
    columns = in_columns(rows.segments).columns
    turns = [*map(index.__getitem__, columns.turn)]
    cuts = Cuts(turns, columns.start, columns.end, columns.words)
    return LightRows(
        cuts,
        [*map(_CODING.take, rows.codings)],
        [*map(_NEAR_MISS.take, rows.near_misses)],
        rows.kept,
    )


def restore_rows(rows: LightRows, transcript: Transcript, setup: Setup) -> Rows:
    """Make the rows of a transcript again (see `lighten`).

    Args:
        rows (LightRows): Its rows.
        transcript (Transcript): The transcript.
        setup (Setup): What it was coded with.

    Returns:
        Rows: The rows as they were.
    """
    return Rows(
        segments_of(transcript, rows.cuts, setup.groups, setup.unit, setup.language),
        [_CODING.build(row, transcript.text) for row in rows.codings],
        [_NEAR_MISS.build(row, transcript.text) for row in rows.near_misses],
        rows.kept,
    )


class _Kind:
    """How one kind of row loses its evidence's words and gets them back.

    Args:
        row (type): The row's class.
    """

    def __init__(self, row: type[Any]) -> None:
        names = [field.name for field in fields(row)]
        self._at = names.index("evidence")
        names.remove("evidence")
        self._span = itemgetter(names.index("start"), names.index("end"))
        self._row = row
        self.take: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)

    def build(self, row: tuple[Any, ...], text: str) -> Any:
        start, end = self._span(row)
        return self._row(*row[: self._at], text[start:end], *row[self._at :])


_CODING = _Kind(Coding)
_NEAR_MISS = _Kind(NearMiss)
