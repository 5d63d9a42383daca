"""The comparison of groups: participants first, every count with its base, departures beside applications."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcode.analysis.by import run_setting
from hrcode.analysis.codes import LEVELS, Code, Level, by_code, check_level, codes_of
from hrcode.analysis.events import EVENT, PARTICIPANT
from hrcode.analysis.pattern import pattern, pattern_rule, robustness
from hrcode.analysis.voices import Said, Voices, voices
from hrcode.coding.model import Coded
from hrcode.schema import COMPARISON

if TYPE_CHECKING:
    import pandas as pd

SMALL_GROUP, LISTED = 10, 8
EVENT_COLUMNS = {"participants": "events", "participants_total": "events_total"}


class Comparison(NamedTuple):
    """A comparison before it is made a table.

    Args:
        rows (list[dict[str, object]]): Its rows by column.
        about (Mapping[str, Any]): The ``attrs`` of the table.
    """

    rows: list[dict[str, object]]
    about: Mapping[str, Any]


def compare(
    coded: Coded,
    *,
    by: str | None = None,
    level: Level | None = None,
    where: str | None = None,
    count: str = PARTICIPANT,
    hide_below: int = 0,
) -> pd.DataFrame:
    """Compare groups of participants.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        by (str | None): Attribute of participants or transcripts that makes the groups, or two with
            a comma (``service,wave``); by default the run's.
        level (str | None): ``category``, ``subcategory``, ``total``, or None for all.
        where (str | None): Filter of participants, such as ``years>5, service=day centre``.
        count (str): What is counted: ``participant``, or ``event``: the focus group or interview as a
            whole, which is in a group when somebody of the group speaks in it.
        hide_below (int): Groups of fewer participants are left out, with all that they say; 0 for none.

    Returns:
        pandas.DataFrame: One row per code, stance and group, zeros included; a category is summed
        up by what applies it and what departs from it, not by the other stances. The columns of
        `hrcode.schema.COMPARISON`; shares from 0 to 1, rates per 1,000 words. ``attrs`` holds
        ``rule``, ``unit``, ``by``, ``where``, ``count``, ``groups`` and ``warnings``. Where events are
        counted, the columns of participants are called `EVENT_COLUMNS`, and rates are of events.

    Raises:
        StudyError: When no participant has the attribute, the level is unknown, or the filter
            cannot be read or fits nothing that there is.
    """
    return as_table(compare_rows(coded, by=by, level=level, where=where, count=count, hide_below=hide_below))


def as_table(comparison: Comparison) -> pd.DataFrame:
    """Make the table of a comparison; where events are counted, its columns say so."""
    import pandas as pd  # a third of a second, which a run that only writes files does not need

    table = pd.DataFrame(comparison.rows, columns=[*COMPARISON])
    if comparison.about["count"] == EVENT:
        table = table.rename(columns=EVENT_COLUMNS)
    table.attrs.update(comparison.about)
    return table


def compare_rows(
    coded: Coded,
    *,
    by: str | None = None,
    level: Level | None = None,
    where: str | None = None,
    count: str = PARTICIPANT,
    hide_below: int = 0,
) -> Comparison:
    """Give the rows of a comparison, which `compare` makes a table of (see there)."""
    check_level(level)
    heard = voices(coded, by, where, count, hide_below)
    rows: list[dict[str, object]] = []
    for name in LEVELS if level is None else (level,):
        said = by_code(heard.said, name)
        subcategories = _subcategories(coded, name)
        for key in codes_of(coded.frame, name):
            rows.extend(_rows(name, key, subcategories[key], said.get(key, []), heard))
    return Comparison(
        rows, about(heard.sizes, heard.warnings, heard.by, where, count, run_setting(coded, "unit"))
    )


def about(
    sizes: Mapping[str, int], warnings: Iterable[str], by: str, where: str | None, count: str, unit: str
) -> dict[str, Any]:
    """Say what a comparison is of.

    Args:
        sizes (Mapping[str, int]): Number of those who are counted, by group.
        warnings (Iterable[str]): What its reader should know besides that groups are small.
        by (str): The attributes that make the groups, joined by commas.
        where (str | None): The filter.
        count (str): What is counted.
        unit (str): The unit of analysis.

    Returns:
        dict[str, Any]: The ``attrs`` of the table (see `compare`).
    """
    return {
        "rule": pattern_rule(len(sizes), count),
        "by": by,
        "where": where or "",
        "count": count,
        "unit": unit,
        "groups": sizes,
        "warnings": [*group_warnings(sizes, count), *warnings],
    }


def _subcategories(coded: Coded, level: Level) -> Mapping[Code, int]:
    """Count the subcategories of each code."""
    found: Counter[Code] = Counter()
    for entry in coded.frame:
        for code in codes_of([entry], level):
            found[code] += 1
    return found


def _rows(
    level: Level, code: Code, subcategories: int, said: Sequence[Said], heard: Voices
) -> Iterator[dict[str, object]]:
    of_group: dict[str, list[Said]] = defaultdict(list)
    for piece in said:
        of_group[piece.group].append(piece)
    counts, rates = presence(said, heard), person_rates(said, heard)
    label, robust = pattern(counts), robustness(counts)
    for group, (participants, total) in counts.items():
        own = of_group[group]
        segments = _segments_by_person(own)
        distinct = set().union(*segments.values())
        share, person = _largest(segments, len(distinct))
        codings = len({piece.coding.coding_id for piece in own})
        yield {
            "level": level,
            "category": code.category,
            "subcategory": code.subcategory,
            "stance": code.stance,
            "group": group,
            "participants": participants,
            "participants_total": total,
            "segments": len(distinct),
            "segments_total": heard.segments[group],
            "codings": codings,
            "words": heard.group_words[group],
            "per_1000_words": per_1000(codings, heard.group_words[group]),
            "rate_mean": round(statistics.fmean(rates[group]), 2),
            "rate_median": round(statistics.median(rates[group]), 2),
            "breadth": len({(p.coding.category, p.coding.subcategory) for p in own}),
            "breadth_total": subcategories,
            "largest_share": share,
            "largest_share_from": person,
            "pattern": label,
            "robust": robust,
        }


def presence(said: Sequence[Said], heard: Voices) -> dict[str, tuple[int, int]]:
    """Count, for each group, the participants with a code and all of them.

    Args:
        said (Sequence[Said]): The codings of one code.
        heard (Voices): The groups.

    Returns:
        dict[str, tuple[int, int]]: Group to n and N.
    """
    found: dict[str, set[str]] = {group: set() for group in heard.members}
    for piece in said:
        found[piece.group].add(piece.person)
    return {group: (len(found[group]), len(heard.members[group])) for group in heard.members}


def person_rates(said: Sequence[Said], heard: Voices) -> dict[str, list[float]]:
    """Give each participant's coded segments per 1,000 words of their own, by group.

    Args:
        said (Sequence[Said]): The codings of one code.
        heard (Voices): The groups.

    Returns:
        dict[str, list[float]]: One rate a participant; 0 for somebody without a word.
    """
    found: dict[str, list[float]] = {}
    for group, members in heard.members.items():
        segments = _segments_by_person([piece for piece in said if piece.group == group])
        found[group] = [_rate(len(segments[p]), heard.words[group, p]) for p in members]
    return found


def _segments_by_person(said: Sequence[Said]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for piece in said:
        found[piece.person].add(piece.coding.segment_id)
    return found


def _rate(number: int, words: int) -> float:
    return 1000 * number / words if words else 0.0


def _largest(segments: Mapping[str, set[str]], total: int) -> tuple[float, str]:
    """Give the largest share of the segments that one person has, and who (empty when several do)."""
    if not total:
        return 0.0, ""
    most = max(map(len, segments.values()))
    who = [person for person, own in segments.items() if len(own) == most]
    return round(most / total, 3), who[0] if len(who) == 1 else ""


def per_1000(codings: int, words: int) -> float:
    """Give codings per 1,000 words, to two places; 0 where nobody spoke."""
    return round(_rate(codings, words), 2)


def group_warnings(groups: Mapping[str, int], count: str = PARTICIPANT) -> list[str]:
    """Say plainly what groups of this size cannot show.

    Args:
        groups (Mapping[str, int]): Group to number of participants, or events.
        count (str): Which of the two.

    Returns:
        list[str]: Sentences, none where every group has at least `SMALL_GROUP` of them.
    """
    if not groups:
        return [f"There are no {count}s; nothing can be compared."]
    found: list[str] = []
    if len(groups) == 1:
        found.append(f"There is one group only ({next(iter(groups))}); nothing is compared.")
    small = {group: n for group, n in groups.items() if n < SMALL_GROUP}
    if small:
        what, one = ("people", "person") if count == PARTICIPANT else ("events", "event")
        listed = ", ".join(f"{group} {n}" for group, n in [*small.items()][:LISTED])
        listed += f" and {len(small) - LISTED} more" if len(small) > LISTED else ""
        found.append(
            f"Small groups ({listed}): the counts describe these {what}. One {one} more or less can "
            "change a pattern, and a code that was not heard is not proof that nobody holds it: the topic "
            "may not have come up."
        )
    return found
