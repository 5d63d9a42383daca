"""A filter in words: attribute, operator, value; a comma means and."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hrcode.errors import StudyError
from hrcode.hints import nearest
from hrcode.transcripts.attributes import Attribute, Attributes, measure, sort_key

_Weight = tuple[float, ...]
_ORDER: dict[str, Callable[[_Weight, _Weight], bool]] = {
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
        value (str): What the attribute is compared with.
    """

    attribute: str
    sign: str
    value: str

    def __str__(self) -> str:
        """Write the condition as it is read."""
        return f"{self.attribute}{self.sign}{self.value}"

    def holds(self, value: str, declared: Attribute | None = None) -> bool:
        """Say whether a value fits; a missing one (empty) never does.

        Args:
            value (str): The value.
            declared (Attribute | None): What the study declares of the attribute. Dates are compared
                as far as the shorter one says: 2022-03-15 equals 2022-03.
        """
        if not value:
            return False
        ours, theirs = _alike(measure(value, declared), measure(self._known(declared), declared))
        if self.sign in _ORDER:
            return ours is not None and theirs is not None and _ORDER[self.sign](ours, theirs)
        same = value.casefold() == self.value.casefold() or (ours is not None and ours == theirs)
        return same == (self.sign == "=")

    def weighs(self, value: str, declared: Attribute | None = None) -> bool:
        """Say whether a value has more and less, where the condition asks for that."""
        return self.sign not in _ORDER or measure(value, declared) is not None

    def fault(self, declared: Attribute | None, values: Iterable[str]) -> str:
        """Say why the condition compares what has no more and less; empty where it does not."""
        if self.sign not in _ORDER:
            return ""
        if measure(self._known(declared), declared) is None:
            order = "not among " + ", ".join(declared.order) if declared and declared.order else ""
            return (
                f"The filter has {self.sign} before {self.value!r}, which is {order or 'no number or date'}."
            )
        if not any(self.weighs(value, declared) for value in values):
            name = self.attribute
            return f"{name} is no number and no date for anybody, so {self.sign} says nothing."
        return ""

    def _known(self, declared: Attribute | None) -> str:
        """Give the condition's value as the study writes it."""
        folded = {value.casefold(): value for value in declared.order} if declared else {}
        return folded.get(self.value.casefold(), self.value)


def _alike(one: _Weight | None, two: _Weight | None) -> tuple[_Weight | None, _Weight | None]:
    """Cut two dates to what both say: the year, the month, or the day."""
    if one is None or two is None:
        return one, two
    shorter = min(len(one), len(two))
    return one[:shorter], two[:shorter]


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
        found.append(Condition(match["attribute"], sign, value))
        at = match.end()
    return tuple(found)


def check_where(
    conditions: Iterable[Condition],
    values: Mapping[str, Iterable[str]],
    attributes: Attributes | None = None,
) -> None:
    """Refuse a filter that can only be a slip.

    Args:
        conditions (Iterable[Condition]): The filter.
        values (Mapping[str, Iterable[str]]): The values that there are, by attribute.
        attributes (Attributes | None): What the study declares.

    Raises:
        StudyError: When nothing has the attribute or the value, naming the nearest; when more and less
            are asked of what has none.
    """
    for condition in conditions:
        name = condition.attribute
        declared = (attributes or {}).get(name)
        if name not in values:
            listed = ", ".join(sorted(values))
            raise StudyError(
                f"No participant and no transcript has an attribute {name!r}.{nearest(name, values)} "
                f"There are: {listed}."
            )
        known = {value for value in values[name] if value}
        if fault := condition.fault(declared, known):
            raise StudyError(fault)
        wanted = Condition(name, "=", condition.value)
        if condition.sign in ("=", "!=") and not any(wanted.holds(value, declared) for value in known):
            listed = ", ".join(sorted(known, key=lambda value: sort_key(value, declared)))
            raise StudyError(
                f"Nobody's {name} is {condition.value!r}.{nearest(condition.value, known)} "
                f"There are: {listed}."
            )
