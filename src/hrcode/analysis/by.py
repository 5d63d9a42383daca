"""What a table is made by and filtered by: attributes of people, conversations and sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from hrcode.coding.groups import SECTION, declared_attributes, grouping
from hrcode.coding.model import Coded, Segment, in_columns
from hrcode.errors import StudyError
from hrcode.transcripts.attributes import sort_key
from hrcode.transcripts.model import natural, people
from hrcode.transcripts.participants import NOT_STATED
from hrcode.transcripts.where import Condition

BETWEEN = " / "
MOST_ATTRIBUTES = 3
Value = Callable[[str, Segment | None], str]
"""Gives the value of an attribute, of a person and what he or she says (None: nothing)."""


def run_setting(coded: Coded, name: str, otherwise: str = "") -> str:
    """Give a setting of the run, such as ``unit``."""
    settings = coded.run.get("settings")
    return str(settings.get(name, otherwise)) if isinstance(settings, Mapping) else otherwise


def group_order(coded: Coded, names: Sequence[str]) -> Callable[[str], tuple[object, ...]]:
    """Give the sort key of groups: as the study orders their attributes, else natural."""
    attributes = declared_attributes(coded.run)

    def key(group: str) -> tuple[object, ...]:
        parts = group.split(BETWEEN) if len(names) > 1 else [group]
        pairs = zip(names, parts, strict=False)
        return *(sort_key(part, attributes.get(name)) for name, part in pairs), natural(group)

    return key


def attributes_of_groups(by: str) -> list[str]:
    """Read the attributes that make the groups, apart by commas."""
    names = [name.strip() for name in by.split(",")]
    if len(names) > MOST_ATTRIBUTES or not all(names) or len(set(names)) < len(names):
        raise StudyError(f"--by takes one to three attributes with commas (service,wave), not {by!r}.")
    return names


def value_of(coded: Coded, attribute: str) -> Value:
    """Give a function from person and segment to the value of an attribute.

    The run's own grouping stands in the segments, which may know more than the participants do.
    """
    group = grouping(coded.participants, coded.transcripts, attribute)
    is_own = attribute == run_setting(coded, "group_by", "group")

    def value(person: str, segment: Segment | None) -> str:
        if segment is None:
            return group.of(person, "", "")
        alone = is_own and segment.participant == person
        return (segment.group if alone else "") or group.of(person, segment.transcript, segment.section)

    return value


def is_of_talk(coded: Coded, attribute: str) -> bool:
    """Say whether an attribute is one of transcripts or sections, and not of people."""
    of_people = any(attribute in person.attributes for person in coded.participants)
    return not of_people and (
        attribute == SECTION or any(attribute in own for own in coded.transcripts.values())
    )


def label_of(values: Sequence[Value]) -> Value:
    """Give a function from person and segment to the label of the group."""
    return lambda person, segment: BETWEEN.join(value(person, segment) for value in values)


def known_values(coded: Coded) -> dict[str, set[str]]:
    """Give the values that there are of every attribute."""
    found: dict[str, set[str]] = defaultdict(set)
    people_have = (person.attributes for person in coded.participants)
    for attributes in (*people_have, *coded.transcripts.values()):
        for name, value in attributes.items():
            found[name].add(value)
    if sections := {*in_columns(coded.segments).columns.section} - {""}:
        found.setdefault(SECTION, sections)
    return found


def filter_by(coded: Coded, conditions: Sequence[Condition]) -> Callable[[str, Segment | None], bool]:
    """Give a function that says whether all conditions hold of a person and a segment."""
    values = [(condition, value_of(coded, condition.attribute)) for condition in conditions]
    attributes = declared_attributes(coded.run)

    def kept(person: str, segment: Segment | None) -> bool:
        return all(
            condition.holds(
                "" if (value := of(person, segment)) == NOT_STATED else value,
                attributes.get(condition.attribute),
            )
            for condition, of in values
        )

    return kept


def values_of(coded: Coded, name: str) -> set[tuple[str, str]]:
    """Give the people, or the transcripts where those have the attribute, with its values."""
    value = value_of(coded, name)
    of_transcripts = any(name in attributes for attributes in coded.transcripts.values())
    return {
        (segment.transcript if of_transcripts else person, value(person, segment))
        for segment in coded.segments
        for person in people(segment.participant)
    }
