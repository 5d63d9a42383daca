"""Who says what: the people of each group, how much they say, and what they were coded with.

Every comparison starts here, so that a person is counted the same way in all of them. Somebody who
says something in two groups (two waves, say) is a member of both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hrcode.analysis.events import PARTICIPANT, by_event, check_count, not_independent
from hrcode.analysis.small import hidden_warning, small_groups
from hrcode.coding.groups import SECTION, declared_attributes, grouping
from hrcode.coding.model import Coded, Coding, Segment
from hrcode.errors import StudyError
from hrcode.transcripts.attributes import sort_key
from hrcode.transcripts.model import listed, natural, people
from hrcode.transcripts.participants import NOT_STATED, unquoted
from hrcode.transcripts.where import Condition, check_where, parse_where

BETWEEN = " / "
MOST_ATTRIBUTES = 3


class Said(NamedTuple):
    """A coding as one person's: a coding of two who speak together is there twice."""

    person: str
    group: str
    coding: Coding


@dataclass(frozen=True, slots=True)
class Voices:
    """The material of a comparison.

    Args:
        by (str): The attributes that make the groups, joined by commas.
        members (Mapping[str, tuple[str, ...]]): Group to its people; groups in the order that the
            study declares of their attribute, else in natural order, as people are.
        words (Mapping[tuple[str, str], int]): Words by group and person, what is said together included.
        group_words (Mapping[str, int]): Words by group, each once.
        segments (Mapping[str, int]): Segments by group, each once.
        spoken (tuple[tuple[Segment, str, str], ...]): Segment, person and group of all that is said.
        said (tuple[Said, ...]): The codings.
        warnings (tuple[str, ...]): What the reader of any table of it should know.
        count (str): What is counted as one of a group: ``participant`` or ``event``; where it is the
            event, "people" and "person" above are events.
    """

    by: str
    members: Mapping[str, tuple[str, ...]]
    words: Mapping[tuple[str, str], int]
    group_words: Mapping[str, int]
    segments: Mapping[str, int]
    spoken: tuple[tuple[Segment, str, str], ...]
    said: tuple[Said, ...]
    warnings: tuple[str, ...] = ()
    count: str = PARTICIPANT

    @property
    def sizes(self) -> dict[str, int]:
        """Number of people by group."""
        return {group: len(members) for group, members in self.members.items()}


_Value = Callable[[str, Segment | None], str]


def voices(
    coded: Coded,
    by: str | None = None,
    where: str | None = None,
    count: str = PARTICIPANT,
    hide_below: int = 0,
) -> Voices:
    """Say who says what, in groups.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        by (str | None): Attribute that makes the groups, or up to three with commas; by default the run's.
        where (str | None): Filter (see `hrcode.transcripts.where.parse_where`).
        count (str): What is counted: ``participant``, or ``event``, which takes the place of the people
            who speak in it.
        hide_below (int): Groups of fewer participants are left out, with all that they say; 0 for none.

    Returns:
        Voices: People, words and codings by group.

    Raises:
        StudyError: When the attributes or the filter fit neither participants nor transcripts, or every
            group is to be hidden.
    """
    names = _names(run_setting(coded, "group_by", "group") if by is None else by)
    check_count(count)
    conditions = parse_where(where)
    check_where(conditions, _known_values(coded), declared_attributes(coded.run))
    group_of = _grouping([_value_of(coded, name) for name in names])
    kept = _filter(coded, conditions)
    heard = tuple(
        (segment, person, group_of(person, segment))
        for segment in coded.segments
        for person in people(segment.participant)
        if kept(person, segment)
    )
    silent = {p.id for p in coded.participants} - {p for s in coded.segments for p in people(s.participant)}
    # Somebody without a word took part in no wave, kind or section of an interview.
    countable = silent if count == PARTICIPANT and not any(_is_of_talk(coded, n) for n in names) else set()
    absent = [(person, group_of(person, None)) for person in countable if kept(person, None)]
    small = small_groups([*((person, group) for _, person, group in heard), *absent], hide_below)
    if small:
        heard = tuple(piece for piece in heard if piece[2] not in small)
        absent = [(person, group) for person, group in absent if group not in small]
    spoken = heard if count == PARTICIPANT else by_event(coded, heard)
    members: dict[str, set[str]] = defaultdict(set)
    words: Counter[tuple[str, str]] = Counter()
    distinct: dict[str, dict[str, int]] = defaultdict(dict)
    place: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for segment, person, group in spoken:
        members[group].add(person)
        words[group, person] += segment.words
        distinct[group][segment.segment_id] = segment.words
        place[segment.segment_id].append((person, group))
    for person, group in absent:
        members[group].add(person)
    groups = sorted(members, key=group_order(coded, names))
    return Voices(
        by=",".join(names),
        members={group: tuple(sorted(members[group], key=natural)) for group in groups},
        words={(g, p): words[g, p] for g in groups for p in sorted(members[g], key=natural)},
        group_words={group: sum(distinct[group].values()) for group in groups},
        segments={group: len(distinct[group]) for group in groups},
        spoken=spoken,
        said=tuple(Said(p, g, coding) for coding in coded.codings for p, g in place[coding.segment_id]),
        warnings=(
            *_warnings(coded, members, conditions, silent),
            *not_independent(coded, heard, count),
            *hidden_warning(small, hide_below),
        ),
        count=count,
    )


def run_setting(coded: Coded, name: str, otherwise: str = "") -> str:
    """Give a setting of the run, such as ``unit``."""
    settings = coded.run.get("settings")
    return str(settings.get(name, otherwise)) if isinstance(settings, Mapping) else otherwise


def group_order(coded: Coded, names: Sequence[str]) -> Callable[[str], tuple[object, ...]]:
    """Give the sort key of groups: as the study orders their attributes, else natural."""
    attributes = declared_attributes(coded.run)

    def key(group: str) -> tuple[object, ...]:
        parts = group.split(BETWEEN) if len(names) > 1 else [group]
        return *(sort_key(part, attributes.get(n)) for n, part in zip(names, parts, strict=False)), natural(
            group
        )

    return key


def _names(by: str) -> list[str]:
    names = [name.strip() for name in by.split(",")]
    if len(names) > MOST_ATTRIBUTES or not all(names) or len(set(names)) < len(names):
        raise StudyError(f"--by takes one to three attributes with commas (service,wave), not {by!r}.")
    return names


def _value_of(coded: Coded, attribute: str) -> _Value:
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


def _is_of_talk(coded: Coded, attribute: str) -> bool:
    """Say whether an attribute is one of transcripts or sections, and not of people."""
    of_people = any(attribute in person.attributes for person in coded.participants)
    return not of_people and (
        attribute == SECTION or any(attribute in own for own in coded.transcripts.values())
    )


def _grouping(values: list[_Value]) -> _Value:
    return lambda person, segment: BETWEEN.join(value(person, segment) for value in values)


def _known_values(coded: Coded) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    people_have = (person.attributes for person in coded.participants)
    for attributes in (*people_have, *coded.transcripts.values()):
        for name, value in attributes.items():
            found[name].add(value)
    if sections := {segment.section for segment in coded.segments if segment.section}:
        found.setdefault(SECTION, sections)
    return found


def _filter(coded: Coded, conditions: tuple[Condition, ...]) -> Callable[[str, Segment | None], bool]:
    values = [(condition, _value_of(coded, condition.attribute)) for condition in conditions]
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


def _warnings(
    coded: Coded, members: Mapping[str, set[str]], conditions: tuple[Condition, ...], silent: set[str]
) -> list[str]:
    found: list[str] = []
    attributes = declared_attributes(coded.run)
    for condition in conditions:
        name, values = condition.attribute, _values(coded, condition.attribute)
        missing = {who for who, value in values if value == NOT_STATED}
        odd = {who for who, value in values if not condition.weighs(value, attributes.get(name))} - missing
        if missing:
            found.append(f"{name} is not stated for {listed(missing)}, left out by the filter.")
        if odd:
            found.append(f"{name} is no number or date for {listed(odd)}, left out by the filter.")
    found = [*dict.fromkeys(found)]
    counted = Counter(person for group in members.values() for person in group)
    if several := [person for person, number in counted.items() if number > 1]:
        found.append(
            f"In more than one group: {listed(several)}. Each counts in every group where it is heard, "
            "so the groups are not independent."
        )
    if hidden := unquoted(coded.participants) & counted.keys():
        found.append(
            f"Not quoted, for want of consent: {listed(hidden)}. They are counted; their words are in no "
            "list of words, quotes or contexts."
        )
    if quiet := silent & counted.keys():
        found.append(f"Without a word in the transcripts: {listed(quiet)}. They count in N, with rates of 0.")
    if not counted and conditions:
        found.append("Nobody is left by the filter.")
    return found


def _values(coded: Coded, name: str) -> set[tuple[str, str]]:
    """Give the people, or the transcripts where those have the attribute, with its values."""
    value = _value_of(coded, name)
    of_transcripts = any(name in attributes for attributes in coded.transcripts.values())
    return {
        (segment.transcript if of_transcripts else person, value(person, segment))
        for segment in coded.segments
        for person in people(segment.participant)
    }
