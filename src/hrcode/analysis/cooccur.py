"""Which codes come together: in a segment, a turn, near each other, or in a person.

No p-values: segments of one person resemble each other, so how often two codes meet by chance is not
known. The number of people who say both is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import pandas as pd

from hrcode.analysis.by import run_setting
from hrcode.analysis.codes import Code, Level, by_code, codes_of
from hrcode.analysis.voices import Said, Voices, voices
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.hints import no_such
from hrcode.schema import COOCCURRENCE

Within = Literal["segment", "turn", "near", "participant"]
WITHIN: tuple[Within, ...] = ("segment", "turn", "near", "participant")
PLACES = {
    "segment": "a segment",
    "turn": "a turn",
    "near": "a stretch of segments",
    "participant": "a person",
}
UNEQUAL = 5
MAX_NEAR = 50


def cooccur(
    coded: Coded,
    *,
    within: Within = "segment",
    near: int = 2,
    level: Level = "subcategory",
    by: str | None = None,
    where: str | None = None,
) -> pd.DataFrame:
    """Count which codes come together.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        within (str): What two codes have to be in together: ``segment``; ``turn``; ``near``, a stretch
            of a speaker's segments that are at most ``near`` apart; ``participant``.
        near (int): Segments of the same speaker from one coding to the other, at most.
        level (str): ``subcategory`` or ``category``.
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter of participants.

    Returns:
        pandas.DataFrame: One row per pair of codes that meet, those of most people first; the columns
        of `hrcode.schema.COOCCURRENCE` and ``both_`` with each group's name. ``attrs`` holds
        ``within``, ``units``, ``note``, ``groups`` and ``warnings``.

    Raises:
        StudyError: When an option does not fit the study.
    """
    _check(within, near, level)
    heard = voices(coded, by, where)
    places = _places(heard, within, near)
    said = by_code(heard.said, level)
    units = len({unit for own in places.values() for unit in own})
    found = {code: _found(said[code], places) for code in codes_of(coded.frame, level) if code in said}
    rows = [
        {**_row(a, b, found[a], found[b], units, heard), **_groups(found[a], found[b], heard)}
        for a, b in combinations(found, 2)
        if found[a].units.keys() & found[b].units.keys()
    ]
    rows.sort(key=lambda row: (-row["participants_both"], -row["c_coefficient"], -row["n_both"]))  # type: ignore[operator]
    table = pd.DataFrame(rows, columns=[*COOCCURRENCE, *(f"both_{group}" for group in heard.members)])
    table.attrs = {
        "within": within,
        "near": near if within == "near" else 0,
        "units": units,
        "by": heard.by,
        "where": where or "",
        "unit": run_setting(coded, "unit"),
        "groups": heard.sizes,
        "codes": len(found),
        "meanings": {f"both_{group}": f"units with both in {group}" for group in heard.members},
        "warnings": [*heard.warnings],
    }
    return table


def _check(within: str, near: int, level: str) -> None:
    if within not in WITHIN:
        raise StudyError(no_such("unit", within, WITHIN))
    if not 1 <= near <= MAX_NEAR:
        raise StudyError(f"Near is a number of segments from 1 to {MAX_NEAR}, not {near}.")
    if level not in ("subcategory", "category"):
        raise StudyError(f"Codes meet at the level of subcategory or category, not {level!r}.")


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a code is: its units with the people and groups that say it there, and its indicators."""

    units: Mapping[Hashable, frozenset[tuple[str, str]]]
    indicators: frozenset[str]


def _places(heard: Voices, within: Within, near: int) -> dict[tuple[str, str], list[Hashable]]:
    """Give the units that each segment, as said by each person, lies in."""
    if within != "near":
        return {
            (segment.segment_id, person): [
                person
                if within == "participant"
                else segment.segment_id
                if within == "segment"
                else (segment.transcript, segment.turn)
            ]
            for segment, person, _ in heard.spoken
        }
    own: dict[tuple[str, str], list[str]] = defaultdict(list)
    for segment, person, _ in heard.spoken:
        own[segment.transcript, person].append(segment.segment_id)
    # A unit is a stretch of near + 1 segments, so two codes share one if they are near enough.
    return {
        (name, who[1]): [(*who, i) for i in range(at - near, at + 1)]
        for who, names in own.items()
        for at, name in enumerate(names)
    }


def _found(said: Iterable[Said], places: Mapping[tuple[str, str], list[Hashable]]) -> _Found:
    units: dict[Hashable, set[tuple[str, str]]] = defaultdict(set)
    indicators: set[str] = set()
    for piece in said:
        indicators.add(piece.coding.indicator)
        for unit in places[piece.coding.segment_id, piece.person]:
            units[unit].add((piece.person, piece.group))
    return _Found({unit: frozenset(who) for unit, who in units.items()}, frozenset(indicators))


def _row(a: Code, b: Code, one: _Found, other: _Found, units: int, heard: Voices) -> dict[str, object]:
    both = one.units.keys() & other.units.keys()
    n_a, n_b, n_both = len(one.units), len(other.units), len(both)
    people = _people(one, other)
    everybody = {person for members in heard.members.values() for person in members}
    expected = n_a * n_b / units
    return {
        "code_a": a.path,
        "stance_a": a.stance,
        "code_b": b.path,
        "stance_b": b.stance,
        "n_a": n_a,
        "n_b": n_b,
        "n_both": n_both,
        "c_coefficient": round(c_coefficient(n_a, n_b, n_both), 3),
        "share_of_a": round(n_both / n_a, 3),
        "share_of_b": round(n_both / n_b, 3),
        "expected": round(expected, 3),
        "lift": round(n_both / expected, 2),
        "participants_both": len(people),
        "participants_total": len(everybody),
        "largest_share": round(max(people.values(), default=0) / n_both, 3),
        "flags": ", ".join(_flags(a, b, one, other)),
    }


def c_coefficient(n_a: int, n_b: int, n_both: int) -> float:
    """Give how much two codes overlap: both / either (ATLAS.ti's c-coefficient; Jaccard's index).

    Args:
        n_a (int): Units with the first code, at least one.
        n_b (int): Units with the second.
        n_both (int): Units with both.

    Returns:
        float: From 0 (never together) to 1 (never apart).
    """
    return n_both / (n_a + n_b - n_both)


def _people(one: _Found, other: _Found) -> Counter[str]:
    """Count, for each person who says both in a unit, these units."""
    return Counter(
        person
        for unit in one.units.keys() & other.units.keys()
        for person in {p for p, _ in one.units[unit]} & {p for p, _ in other.units[unit]}
    )


def _groups(one: _Found, other: _Found, heard: Voices) -> dict[str, int]:
    counted = Counter(
        group
        for unit in one.units.keys() & other.units.keys()
        for group in {g for _, g in one.units[unit]} & {g for _, g in other.units[unit]}
    )
    return {f"both_{group}": counted[group] for group in heard.members}


def _flags(a: Code, b: Code, one: _Found, other: _Found) -> list[str]:
    small, large = sorted((len(one.units), len(other.units)))
    return [
        name
        for name, true in (
            ("unequal", large > UNEQUAL * small),
            ("shared indicator", bool(one.indicators & other.indicators)),
            ("same category", a.category == b.category),
        )
        if true
    ]
