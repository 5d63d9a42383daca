"""Who says what: the people of each group, how much they say, and what they were coded with.

Every comparison starts here, so that a person is counted the same way in all of them. Somebody who
says something in two groups (two waves, say) is a member of both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hrcode.analysis import cautions
from hrcode.analysis.by import (
    attributes_of_groups,
    filter_by,
    group_order,
    is_of_talk,
    known_values,
    label_of,
    run_setting,
    value_of,
    values_of,
)
from hrcode.analysis.events import PARTICIPANT, by_event, check_count, not_independent
from hrcode.analysis.small import hidden_warning, small_groups
from hrcode.analysis.stretches import Stretch, stretches
from hrcode.coding.groups import declared_attributes
from hrcode.coding.model import Coded, Coding, Segment, in_columns
from hrcode.transcripts.model import natural, people
from hrcode.transcripts.participants import NOT_STATED, unquoted
from hrcode.transcripts.where import Condition, check_where, parse_where


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
        stretches (tuple[Stretch, ...]): All that is said, and by whom.
        all_segments (Sequence[Segment]): The run's segments, which stretches have the indexes of.
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
    stretches: tuple[Stretch, ...]
    all_segments: Sequence[Segment]
    said: tuple[Said, ...]
    warnings: tuple[str, ...] = ()
    count: str = PARTICIPANT

    @property
    def sizes(self) -> dict[str, int]:
        """Number of people by group."""
        return {group: len(members) for group, members in self.members.items()}

    @property
    def spoken(self) -> Iterator[tuple[Segment, str, str]]:
        """Segment, person and group of all that is said."""
        for one in self.stretches:
            for segment in self.all_segments[one.start : one.end]:
                for person, group in one.by:
                    yield segment, person, group


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
    names = attributes_of_groups(run_setting(coded, "group_by", "group") if by is None else by)
    check_count(count)
    conditions = parse_where(where)
    check_where(conditions, known_values(coded), declared_attributes(coded.run))
    group_of = label_of([value_of(coded, name) for name in names])
    kept = filter_by(coded, conditions)
    heard = [*stretches(coded, group_of, kept)]
    segments = in_columns(coded.segments)
    speaking = {person for who in {*segments.columns.participant} for person in people(who)}
    silent = {p.id for p in coded.participants} - speaking
    # Somebody without a word took part in no wave, kind or section of an interview.
    countable = silent if count == PARTICIPANT and not any(is_of_talk(coded, n) for n in names) else set()
    absent = [(person, group_of(person, None)) for person in countable if kept(person, None)]
    small = small_groups([*(pair for one in heard for pair in one.by), *absent], hide_below)
    if small:
        heard = [one._replace(by=[pair for pair in one.by if pair[1] not in small]) for one in heard]
        absent = [(person, group) for person, group in absent if group not in small]
    spoken = tuple(heard if count == PARTICIPANT else by_event(coded, heard))
    words, group_words, numbers, place = _tally(spoken, segments.columns.segment_id, coded.codings)
    members: dict[str, set[str]] = defaultdict(set)
    for group, person in [*words, *((group, person) for person, group in absent)]:
        members[group].add(person)
    groups = sorted(members, key=group_order(coded, names))
    return Voices(
        by=",".join(names),
        members={group: tuple(sorted(members[group], key=natural)) for group in groups},
        words={(g, p): words[g, p] for g in groups for p in sorted(members[g], key=natural)},
        group_words={group: group_words[group] for group in groups},
        segments={group: numbers[group] for group in groups},
        stretches=spoken,
        all_segments=segments,
        said=tuple(Said(p, g, coding) for coding in coded.codings for p, g in place[coding.segment_id]),
        warnings=(
            *cautions.nothing_compared(names, groups),
            *_warnings(coded, members, conditions, silent),
            *not_independent(coded, heard, count),
            *hidden_warning(small, hide_below),
        ),
        count=count,
    )


def _tally(
    spoken: Iterable[Stretch], ids: Sequence[str], codings: Iterable[Coding]
) -> tuple[Counter[tuple[str, str]], Counter[str], Counter[str], dict[str, list[tuple[str, str]]]]:
    """Count words by group and person, words and segments by group; say of coded segments who says them."""
    words: Counter[tuple[str, str]] = Counter()
    group_words: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    place: dict[str, list[tuple[str, str]]] = {coding.segment_id: [] for coding in codings}
    for one in spoken:
        for person, group in one.by:
            words[group, person] += one.words
        for group in {group for _, group in one.by}:
            group_words[group] += one.words
            numbers[group] += one.end - one.start
        for id_ in ids[one.start : one.end]:
            if id_ in place:
                place[id_].extend(one.by)
    return words, group_words, numbers, place


def _warnings(
    coded: Coded, members: Mapping[str, set[str]], conditions: tuple[Condition, ...], silent: set[str]
) -> list[str]:
    found: list[str] = []
    attributes = declared_attributes(coded.run)
    for condition in conditions:
        name, values = condition.attribute, values_of(coded, condition.attribute)
        missing = {who for who, value in values if value == NOT_STATED}
        odd = {who for who, value in values if not condition.weighs(value, attributes.get(name))} - missing
        if missing:
            found.append(cautions.not_stated(name, missing))
        if odd:
            found.append(cautions.not_measured(name, odd))
    found = [*dict.fromkeys(found)]
    counted = Counter(person for group in members.values() for person in group)
    if several := [person for person, number in counted.items() if number > 1]:
        found.append(cautions.in_several_groups(several))
    if hidden := unquoted(coded.participants) & counted.keys():
        found.append(cautions.not_quoted(hidden))
    if quiet := silent & counted.keys():
        found.append(cautions.without_a_word(quiet))
    if not counted and conditions:
        found.append(cautions.NOBODY_LEFT)
    return found
