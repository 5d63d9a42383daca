"""What a study declares about attributes of participants: their type, their order, where they come from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Literal

from hrcode.hints import nearest
from hrcode.transcripts.model import natural

Type = Literal["text", "number", "ordered", "date"]
# More than two digits after a comma may be thousands.
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+|,[0-9]{1,2})?", re.ASCII)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of participants, as the study declares it.

    Args:
        type (str): ``text``, ``number``, ``ordered`` or ``date``.
        order (tuple[str, ...]): The values of an ordered attribute, from the least to the most.
        source (str): The attribute that it is derived from; empty where it stands in the table.
        bands (tuple[float, ...]): Where the bands of a derived attribute begin.
        mapping (Mapping[str, str]): Value by value of the source, for a derived attribute.
    """

    type: Type
    order: tuple[str, ...] = ()
    source: str = ""
    bands: tuple[float, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)


Attributes = Mapping[str, Attribute]


def number(text: str) -> float | None:
    """Read a plain number, with a point or a comma; None for anything else, ``nan`` and ``1e5`` included."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text.strip()) else None


def day(text: str) -> tuple[int, ...] | None:
    """Read a date such as 2022-01-31, 2022-01 or 2022 as numbers; None for anything else."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    parts = tuple(int(part) for part in match.groups() if part)
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return parts


def measure(value: str, attribute: Attribute | None) -> tuple[float, ...] | None:
    """Give what a value weighs where more and less are asked for; None where it weighs nothing.

    Args:
        value (str): The value.
        attribute (Attribute | None): What the study declares; nothing, and numbers and dates are
            known by their shape.

    Returns:
        tuple[float, ...] | None: A number, a place in an order, or year, month and day.
    """
    if attribute is not None and attribute.type == "ordered":
        return (float(attribute.order.index(value)),) if value in attribute.order else None
    if attribute is not None and attribute.type == "text":
        return None
    if attribute is None or attribute.type == "number":
        read = number(value)
        if read is not None or attribute is not None:
            return None if read is None else (read,)
    return day(value)


def sort_key(value: str, attribute: Attribute | None) -> tuple[int, tuple[float, ...], tuple[object, ...]]:
    """Give a key that sorts values: in the declared order, by size, else as people sort names."""
    weight = measure(value, attribute) if attribute is not None else None
    return (0, weight, ()) if weight is not None else (1, (), natural(value))


def checked(value: str, attribute: Attribute) -> tuple[str, str]:
    """Check a value against its declaration.

    Args:
        value (str): The value, not empty.
        attribute (Attribute): The declaration.

    Returns:
        tuple[str, str]: The value as the declaration writes it, and what is wrong; one is empty.
    """
    if attribute.type == "number":
        plain = value.replace(",", ".")
        return (plain, "") if number(value) is not None else ("", "is not a plain number, such as 12 or 12.5")
    if attribute.type == "date":
        return (value, "") if day(value) else ("", "is not a date written as 2022-01-31, 2022-01 or 2022")
    if attribute.type == "ordered":
        meant = {known.casefold(): known for known in attribute.order}.get(value.casefold())
        listed = f"{nearest(value, attribute.order)} There are: {', '.join(attribute.order)}"
        return (meant, "") if meant else ("", f"is not among the values that study.yaml orders.{listed}")
    return value, ""


def banded(starts: Sequence[float]) -> Attribute:
    """Make an attribute of bands: 30, 45 and 60 give ``under 30``, ``30-44``, ``45-59`` and ``60+``.

    Args:
        starts (Sequence[float]): Where the bands begin, rising.

    Returns:
        Attribute: Ordered; without its source.
    """
    return Attribute("ordered", tuple(_band_names(starts)), bands=tuple(starts))


def _band_names(starts: Sequence[float]) -> Iterable[str]:
    whole = all(start == int(start) for start in starts)
    yield f"under {starts[0]:g}"
    for low, high in pairwise(starts):
        if not whole:
            yield f"{low:g} to under {high:g}"
        else:
            yield f"{low:g}" if high - 1 == low else f"{low:g}-{high - 1:g}"
    yield f"{starts[-1]:g}+"


def derived(values: Mapping[str, str], attributes: Attributes) -> dict[str, str]:
    """Give a participant's derived attributes.

    Args:
        values (Mapping[str, str]): The attributes of the table.
        attributes (Attributes): What the study declares.

    Returns:
        dict[str, str]: Value by derived attribute; none where the source says nothing, or nothing
        that the declaration knows.
    """
    found: dict[str, str] = {}
    for name, attribute in attributes.items():
        value = {**values, **found}.get(attribute.source, "")
        if attribute.bands and (amount := number(value)) is not None:
            found[name] = attribute.order[bisect_right(attribute.bands, amount)]
        elif attribute.mapping and value:
            folded = {old.casefold(): new for old, new in attribute.mapping.items()}
            if new := folded.get(value.casefold()):
                found[name] = new
    return found
