"""Rows without the transcript's words: what passes between processes and lies in the cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, NamedTuple

from hrcode.coding.model import Coding, NearMiss, Segment
from hrcode.coding.one import Rows

_Light = Sequence[tuple[Any, ...]]


class LightRows(NamedTuple):
    """The rows of one transcript as plain tuples, whose words stand in the transcript (see `Rows`)."""

    segments: _Light
    codings: _Light
    near_misses: _Light
    kept: bool


def lighten(rows: Rows) -> LightRows:
    """Take the transcript's words out of rows.

    Args:
        rows (Rows): Rows of one transcript.

    Returns:
        LightRows: The same without text and evidence, which offsets stand for.
    """
    return LightRows(
        list(map(_SEGMENT.take, rows.segments)),
        list(map(_CODING.take, rows.codings)),
        list(map(_NEAR_MISS.take, rows.near_misses)),
        rows.kept,
    )


def restore_words(rows: LightRows, text: str) -> Rows:
    """Put the transcript's words back (see `lighten`).

    Args:
        rows (LightRows): Rows of one transcript.
        text (str): The transcript's text.

    Returns:
        Rows: The rows as they were.
    """
    return Rows(
        [_SEGMENT.build(row, text) for row in rows.segments],
        [_CODING.build(row, text) for row in rows.codings],
        [_NEAR_MISS.build(row, text) for row in rows.near_misses],
        rows.kept,
    )


class _Kind:
    """How one kind of row loses its words and gets them back.

    Args:
        row (type): The row's class.
        names (Sequence[str]): The names of its fields.
        words (str): The field that is a piece of the transcript's text, from ``start`` to ``end``.
    """

    def __init__(self, row: type[Any], names: Sequence[str], words: str) -> None:
        names = [*names]
        self._at = names.index(words)
        names.remove(words)
        self._start, self._end = names.index("start"), names.index("end")
        self._row = row
        self.take: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)

    def build(self, row: tuple[Any, ...], text: str) -> Any:
        return self._row(*row[: self._at], text[row[self._start] : row[self._end]], *row[self._at :])


_SEGMENT = _Kind(Segment, Segment._fields, "text")
_CODING = _Kind(Coding, [field.name for field in fields(Coding)], "evidence")
_NEAR_MISS = _Kind(NearMiss, [field.name for field in fields(NearMiss)], "evidence")
