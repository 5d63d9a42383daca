"""A filter in words: attribute, operator, value; a comma means and."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hrcode.errors import StudyError
from hrcode.hints import nearest
from hrcode.transcripts.model import natural

_ORDER: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_CONDITION = re.compile(
    r"""\s*(?P<attribute>[^\s=!<>,"][^=!<>,"]*?)\s*(?P<sign>>=|<=|!=|==?|>|<)\s*"""
    r"""(?P<value>"[^"]*"|[^,"=<>]*?)\s*(?:,|$)"""
)
HOW = 'Write such as --where "years>5, service=day centre"; signs: = != > >= < <=.'


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a filter.

    Args:
        attribute (str): Attribute.
        sign (str): ``=``, ``!=``, ``>``, ``>=``, ``<`` or ``<=``.
        value (str): What the attribute is compared with; a number for the last four.
    """

    attribute: str
    sign: str
    value: str

    def holds(self, value: str) -> bool:
        """Say whether a value fits; a missing one (empty) never does."""
        if not value:
            return False
        ours, theirs = number(value), number(self.value)
        if self.sign in _ORDER:
            return ours is not None and theirs is not None and _ORDER[self.sign](ours, theirs)
        same = value.casefold() == self.value.casefold() or (ours is not None and ours == theirs)
        return same == (self.sign == "=")


def number(text: str) -> float | None:
    """Read a plain number; None for anything else, ``nan`` and ``1e5`` included."""
    return float(text) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text.strip(), re.ASCII) else None


def parse_where(text: str | None) -> tuple[Condition, ...]:
    """Read a filter.

    Args:
        text (str | None): Conditions such as ``years>5, service=day centre``; a value with a comma
            stands in double quotes.

    Returns:
        tuple[Condition, ...]: The conditions, all of which have to hold; none for None.

    Raises:
        StudyError: When it cannot be read.
    """
    if text is None:
        return ()
    found: list[Condition] = []
    at = 0
    while at < len(text) or not found:
        match = _CONDITION.match(text, at)
        if match is None:
            raise StudyError(f"The filter cannot be read from {text[at:].strip()!r} on. {HOW}")
        sign = "=" if match["sign"] == "==" else match["sign"]
        value = match["value"].strip('"').strip()
        if not value:
            raise StudyError(f"The filter says nothing after {match['attribute']}{sign}. {HOW}")
        if sign in _ORDER and number(value) is None:
            raise StudyError(f"The filter has {sign} before {value!r}, which is no number. {HOW}")
        found.append(Condition(match["attribute"], sign, value))
        at = match.end()
    return tuple(found)


def check_where(conditions: Iterable[Condition], values: Mapping[str, Iterable[str]]) -> None:
    """Refuse a filter that can only be a slip.

    Args:
        conditions (Iterable[Condition]): The filter.
        values (Mapping[str, Iterable[str]]): The values that there are, by attribute.

    Raises:
        StudyError: When nothing has the attribute or the value, naming the nearest.
    """
    for condition in conditions:
        name = condition.attribute
        if name not in values:
            listed = ", ".join(sorted(values))
            raise StudyError(
                f"No participant and no transcript has an attribute {name!r}.{nearest(name, values)} "
                f"There are: {listed}."
            )
        known = {value for value in values[name] if value}
        if condition.sign in _ORDER:
            if not any(number(value) is not None for value in known):
                raise StudyError(f"{name} is no number for anybody, so {condition.sign} says nothing.")
        elif not any(Condition(name, "=", condition.value).holds(value) for value in known):
            listed = ", ".join(sorted(known, key=natural))
            raise StudyError(
                f"Nobody's {name} is {condition.value!r}.{nearest(condition.value, known)} "
                f"There are: {listed}."
            )
