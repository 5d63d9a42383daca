"""The sample as an article describes it: who took part, how many of which kind, how old and so on."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from hrcode.analysis.small import HIDDEN
from hrcode.analysis.voices import voices
from hrcode.coding.groups import declared_attributes
from hrcode.coding.model import Coded
from hrcode.coding.spoken import spoken
from hrcode.errors import StudyError
from hrcode.hints import nearest
from hrcode.transcripts.attributes import Attribute, Attributes, day, number, sort_key
from hrcode.transcripts.model import NO_GROUP, Transcripts
from hrcode.transcripts.participants import CONSENT

MOST_VALUES = 12
TOTAL = "total"
MISSING = "missing"
PLACES = 2
_Values = Sequence[str]


class Cell(NamedTuple):
    """A number of the table.

    Args:
        head (str): What its row is called: a value, or a statistic.
        value (object): The number; empty where there is none.
        kind (str): ``count`` of people, ``statistic``, or ``single``: one person's value.
    """

    head: str
    value: object
    kind: str = "statistic"


def sample_table(
    source: Transcripts | Coded,
    *,
    by: str | None = None,
    where: str | None = None,
    attributes: Sequence[str] | None = None,
    hide_below: int = 0,
) -> pd.DataFrame:
    """Describe the participants, as the table of an article's methods section does.

    Args:
        source (Transcripts | Coded): What `load_transcripts`, `code` or `read_results` gave.
        by (str | None): Attribute that makes the columns; by default the run's groups.
        where (str | None): Filter, such as ``years>5``.
        attributes (Sequence[str] | None): Attributes to describe, in this order; by default all, but
            text of more than `MOST_VALUES` different values.
        hide_below (int): Groups of fewer participants are left out, and counts of fewer are hidden
            with all that would give them away; 0 to show everything.

    Returns:
        pandas.DataFrame: Columns ``attribute``, ``value``, one for each group, and ``total``, in which
        each participant counts once. The first row is the number of participants. A text or ordered
        attribute has a row for each value; a number has ``mean``, ``sd`` (of a sample, n - 1),
        ``median``, ``min`` and ``max`` of those who state it; a date has ``first`` and ``last``. A row
        ``missing`` counts those who state nothing, where there are any. ``attrs`` holds ``by``,
        ``groups`` and ``warnings``.

    Raises:
        StudyError: When an option does not fit the study.
    """
    coded = source if isinstance(source, Coded) else spoken(source)
    heard = voices(coded, by, where, hide_below=hide_below)
    own = {person.id: person.attributes for person in coded.participants}
    declared = declared_attributes(coded.run)
    names, left = _chosen(own, heard.by, declared, attributes)
    groups = [*heard.members.values()]
    everybody = [*dict.fromkeys(person for who in groups for person in who)]
    rows: list[list[object]] = [["participants", "n", *map(len, groups), len(everybody)]]
    for name in names:
        values = [[own[person].get(name, "") for person in who] for who in (*groups, everybody)]
        attribute = declared.get(name) or guessed(own[person].get(name, "") for person in own)
        rows += _rows(name, attribute, values, hide_below)
    heads = [
        f"{group} (group)" if group in ("attribute", "value", TOTAL) else group for group in heard.members
    ]
    table = pd.DataFrame(rows, columns=["attribute", "value", *heads, TOTAL], dtype=object)
    table.attrs = {
        "by": heard.by,
        "where": where or "",
        "groups": heard.sizes,
        "warnings": [*_told(left), *heard.warnings],
    }
    return table


def guessed(values: Iterable[str]) -> Attribute:
    """Say of what type an attribute is that nobody declared: numbers, dates with a month, or text."""
    stated = [value for value in values if value]
    if stated and all(number(value) is not None for value in stated):
        return Attribute("number")
    if stated and all(len(day(value) or ()) > 1 for value in stated):
        return Attribute("date")
    return Attribute("text")


def _chosen(
    own: Mapping[str, Mapping[str, str]],
    by: str,
    declared: Attributes,
    wanted: Sequence[str] | None,
) -> tuple[list[str], list[tuple[str, int]]]:
    """Give the attributes to describe, and those left out with the number of their values."""
    known = [*dict.fromkeys(name for attributes in own.values() for name in attributes)]
    if wanted is not None:
        for name in wanted:
            if name not in known:
                raise StudyError(f"Nobody has an attribute {name!r}.{nearest(name, known)} "
                                 f"There are: {', '.join(known)}.")  # fmt: skip
        return [*wanted], []
    apart = {CONSENT, *by.split(",")}
    if all(attributes.get("group") == NO_GROUP for attributes in own.values()):
        apart.add("group")
    names = [name for name in known if name not in apart]
    many = {}
    for name in names:
        values = {attributes.get(name, "") for attributes in own.values()} - {""}
        if (declared.get(name) or guessed(values)).type == "text" and len(values) > MOST_VALUES:
            many[name] = len(values)
    return [name for name in names if name not in many], [*many.items()]


def _told(left: Iterable[tuple[str, int]]) -> list[str]:
    listed = ", ".join(f"{name} ({values} different values)" for name, values in left)
    return [f"Not in the table: {listed}. --attributes names what is."] if listed else []


def _rows(name: str, attribute: Attribute, columns: Sequence[_Values], below: int) -> list[list[object]]:
    """Give the rows of one attribute; the last column is the total."""
    known = {value for own in columns for value in own if value}
    order = sorted(known, key=lambda value: sort_key(value, attribute))
    describe = _DESCRIBED.get(attribute.type, _counts)
    cells = [describe(own, order) for own in columns]
    if any(not value for own in columns for value in own):
        cells = [
            [*own, Cell(MISSING, sum(not v for v in values), "count")]
            for own, values in zip(cells, columns, strict=True)
        ]
    if below:
        cells = hide(cells, [sum(map(bool, values)) for values in columns], below)
    return [[name, row[0].head, *(cell.value for cell in row)] for row in zip(*cells, strict=True)]


def _counts(values: _Values, order: Sequence[str]) -> list[Cell]:
    counted = Counter(values)
    return [Cell(value, counted[value], "count") for value in order]


def _numbers(values: _Values, order: Sequence[str]) -> list[Cell]:
    stated = [amount for value in values if (amount := number(value)) is not None]
    return [
        Cell("mean", _tidy(statistics.fmean(stated)) if stated else ""),
        Cell("sd", _tidy(statistics.stdev(stated)) if len(stated) > 1 else ""),
        Cell("median", _tidy(statistics.median(stated)) if stated else ""),
        Cell("min", _tidy(min(stated)) if stated else "", "single"),
        Cell("max", _tidy(max(stated)) if stated else "", "single"),
    ]


def _dates(values: _Values, order: Sequence[str]) -> list[Cell]:
    stated = [value for value in order if value in values]
    return [Cell("first", stated[0] if stated else "", "single"),
            Cell("last", stated[-1] if stated else "", "single")]  # fmt: skip


_DESCRIBED: dict[str, Callable[[_Values, Sequence[str]], list[Cell]]] = {"number": _numbers, "date": _dates}


def _tidy(amount: float) -> int | float:
    rounded = round(amount, PLACES)
    return int(rounded) if rounded == int(rounded) else rounded


def hide(cells: Sequence[Sequence[Cell]], stated: Sequence[int], below: int) -> list[list[Cell]]:
    """Hide what tells about fewer people than may be shown, and what would give it away.

    Of an attribute with a small count, all numbers of that group are hidden, for counts add up to its
    size; and those of the total, for the other groups could be taken from it. What is one person's
    value (the youngest's age) is hidden in any case.

    Args:
        cells (Sequence[Sequence[Cell]]): Cells of one attribute, by group; the last are the total's.
        stated (Sequence[int]): How many state the attribute, by group.
        below (int): The smallest number that is shown, but for 0.

    Returns:
        list[list[Cell]]: The same with `HIDDEN` for numbers.
    """
    small = [
        0 < number_stated < below
        or any(isinstance(n, int) and 0 < n < below for _, n, kind in own if kind == "count")
        for own, number_stated in zip(cells, stated, strict=True)
    ]
    small[-1] = any(small)
    return [
        [cell._replace(value=HIDDEN) if is_small or cell.kind == "single" else cell for cell in own]
        for own, is_small in zip(cells, small, strict=True)
    ]
