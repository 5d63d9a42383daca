"""A filter in SQL: which values fit is asked of the same conditions as in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrcode.archive.sql import value_of
from hrcode.coding.groups import SECTION, declared_attributes
from hrcode.transcripts.participants import NOT_STATED
from hrcode.transcripts.where import Condition, check_where


def check_conditions(
    database: Any, conditions: Sequence[Condition], known: set[str], run: Mapping[str, Any]
) -> None:
    """Refuse a filter that can only be a slip.

    Args:
        database (Any): With the tables of `hrcode.archive.coded.heard_values.open_tables`.
        conditions (Sequence[Condition]): The filter.
        known (set[str]): Attributes that people and transcripts have.
        run (Mapping[str, Any]): The record of the run.

    Raises:
        StudyError: When nothing has the attribute or the value.
    """
    if not conditions:
        return
    values: dict[str, set[str]] = {name: set() for name in known}
    if SECTION not in known and (sections := _column(database, "SELECT DISTINCT section FROM segments")):
        values[SECTION] = sections
    for name in {condition.attribute for condition in conditions} & known:
        given = value_of(name)
        values[name] = _column(database, f"SELECT {given} FROM people UNION SELECT {given} FROM transcripts")
    check_where(conditions, values, declared_attributes(run))


def _column(database: Any, text: str) -> set[str]:
    """Give the values of a column, without the empty one."""
    return {value for (value,) in database.execute(text).fetchall()} - {""}


def values_of(database: Any, number: int) -> list[str]:
    """Give the values that there are of an attribute, by its number."""
    text = f"SELECT DISTINCT v{number} FROM voiced UNION SELECT v{number} FROM quiet"
    return [value for (value,) in database.execute(text).fetchall()]


def accepted(
    database: Any, conditions: Sequence[Condition], wanted: Sequence[str], run: Mapping[str, Any]
) -> str:
    """Give the filter in SQL: the values that fit each condition stand in a table of their own.

    Args:
        database (Any): As in `check_conditions`; it gets the tables ``accepted0``, ``accepted1`` ...
        conditions (Sequence[Condition]): The filter.
        wanted (Sequence[str]): The attribute of each ``v``.
        run (Mapping[str, Any]): The record of the run.

    Returns:
        str: A test of a row of ``voiced`` or ``quiet``.
    """
    declared = declared_attributes(run)
    tests = ["true"]
    for i, condition in enumerate(conditions):
        number = wanted.index(condition.attribute)
        fits = [
            value
            for value in values_of(database, number)
            if value != NOT_STATED and condition.holds(value, declared.get(condition.attribute))
        ]
        database.execute(f"CREATE TEMP TABLE accepted{i} (value VARCHAR)")
        database.execute(f"INSERT INTO accepted{i} SELECT unnest($fits::VARCHAR[])", {"fits": fits})
        tests.append(f"v{number} IN (SELECT value FROM accepted{i})")
    return " AND ".join(tests)
