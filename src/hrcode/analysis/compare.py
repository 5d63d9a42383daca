"""The comparison of groups: counts with their base, applications and departures side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from hrcode.codebook.model import SUMMED
from hrcode.coding.code import group_participants
from hrcode.coding.model import Coded, FrameEntry
from hrcode.errors import StudyError
from hrcode.hints import nearest
from hrcode.schema import COMPARISON
from hrcode.transcripts.model import natural

Level = Literal["category", "subcategory"]
LEVELS: tuple[Level, ...] = ("category", "subcategory")
MOSTLY = 0.5
SMALL_GROUP = 10
PATTERN_RULE = (
    "Pattern, by participants: none = nobody; only in X = somebody in X, nobody elsewhere; "
    f"mostly X = the share of X's participants is at least {MOSTLY:.0%} points above every other "
    "group's; shared = otherwise."
).replace("% points", " percentage points")


def compare(coded: Coded, *, by: str | None = None, level: Level | None = None) -> pd.DataFrame:
    """Compare groups of participants.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        by (str | None): Participant attribute that makes the groups; by default the run's.
        level (str | None): ``category``, ``subcategory``, or None for both.

    Returns:
        pandas.DataFrame: One row per code, stance and group, zeros included; a category is summed
        up by what applies it and what departs from it, not by the other stances. The columns of
        `hrcode.schema.COMPARISON` and ``pattern``. ``attrs`` holds ``rule``, ``unit``, ``by``,
        ``groups`` and ``warnings``.

    Raises:
        StudyError: When no participant has the attribute, or the level is unknown.
    """
    if level is not None and level not in LEVELS:
        raise StudyError(
            f"There is no level {level!r}.{nearest(level, LEVELS)} Levels: category, subcategory."
        )
    settings = coded.run.get("settings")
    run_by = settings["group_by"] if isinstance(settings, Mapping) else "group"
    attribute = by or str(run_by)
    group_of = group_participants(coded.participants, attribute)
    bases = _bases(coded, group_of)
    codings = pd.DataFrame(
        [(c.category, c.subcategory, c.stance, c.participant, c.segment_id) for c in coded.codings],
        columns=["category", "subcategory", "stance", "participant", "segment_id"],
    )
    codings["group"] = codings["participant"].map(group_of)
    rows: list[dict[str, object]] = []
    for name in LEVELS if level is None else (level,):
        keys = _codes(coded.frame, name)
        counted = _counts(
            codings,
            ["category", "subcategory", "stance"] if name == "subcategory" else ["category", "stance"],
        )
        for key in keys:
            rows.extend(_rows(name, key, counted, bases))
    table = pd.DataFrame(rows, columns=[*COMPARISON, "pattern"])
    table.attrs = {
        "rule": PATTERN_RULE,
        "by": attribute,
        "unit": settings["unit"] if isinstance(settings, Mapping) else "",
        "groups": {group: base["participants_total"] for group, base in bases.items()},
        "warnings": group_warnings({g: b["participants_total"] for g, b in bases.items()}),
    }
    return table


def _bases(coded: Coded, group_of: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Give each group's denominators, groups in natural order."""
    bases = {
        group: {"participants_total": 0, "segments_total": 0, "words": 0}
        for group in sorted(set(group_of.values()), key=natural)
    }
    for group in group_of.values():
        bases[group]["participants_total"] += 1
    for segment in coded.segments:
        if segment.participant:
            base = bases[group_of[segment.participant]]
            base["segments_total"] += 1
            base["words"] += segment.words
    return bases


_Key = tuple[str, str, str]


def _codes(frame: Sequence[FrameEntry], level: Level) -> list[_Key]:
    """Give (category, subcategory, stance) in the codebook's order, applications first."""
    if level == "subcategory":
        return [(entry.category, entry.subcategory, entry.stance) for entry in frame]
    keys = dict.fromkeys((entry.category, "", entry.stance) for entry in frame if entry.stance in SUMMED)
    order = {category: i for i, category in enumerate(dict.fromkeys(e.category for e in frame))}
    return sorted(keys, key=lambda key: (order[key[0]], key[2]))


def _counts(codings: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], tuple[int, int, int]]:
    """Count participants, segments and codings per code and group."""
    grouped = codings.groupby([*by, "group"], sort=False)
    table = grouped.agg(
        participants=("participant", "nunique"),
        segments=("segment_id", "nunique"),
        codings=("segment_id", "size"),
    )
    return {
        tuple(map(str, key)): (int(people), int(segments), int(rows))
        for key, people, segments, rows in zip(
            table.index, table["participants"], table["segments"], table["codings"], strict=True
        )
    }


def _rows(
    level: Level,
    key: _Key,
    counted: Mapping[tuple[str, ...], tuple[int, int, int]],
    bases: Mapping[str, Mapping[str, int]],
) -> list[dict[str, object]]:
    category, subcategory, stance = key
    code = (category, subcategory, stance) if level == "subcategory" else (category, stance)
    counts = {group: counted.get((*code, group), (0, 0, 0)) for group in bases}
    label = pattern({group: (counts[group][0], bases[group]["participants_total"]) for group in bases})
    return [
        {
            "level": level,
            "category": category,
            "subcategory": subcategory,
            "stance": stance,
            "group": group,
            "participants": counts[group][0],
            "segments": counts[group][1],
            "codings": counts[group][2],
            "per_1000_words": per_1000(counts[group][2], base["words"]),
            **base,
            "pattern": label,
        }
        for group, base in bases.items()
    ]


def per_1000(codings: int, words: int) -> float:
    """Give codings per 1,000 words, to two places; 0 where nobody spoke."""
    return round(1000 * codings / words, 2) if words else 0.0


def pattern(counts: Mapping[str, tuple[int, int]]) -> str:
    """Say how a code is spread over groups.

    Args:
        counts (Mapping[str, tuple[int, int]]): Group to participants with the code and in all.

    Returns:
        str: ``none``, ``only in X``, ``mostly X`` or ``shared``, by `PATTERN_RULE`.
    """
    present = [group for group, (n, _) in counts.items() if n]
    if not present:
        return "none"
    if len(counts) == 1:
        return "one group"
    if len(present) == 1:
        return f"only in {present[0]}"
    share = {group: n / total if total else 0.0 for group, (n, total) in counts.items()}
    first, second = sorted(share, key=lambda group: -share[group])[:2]
    if share[first] - share[second] >= MOSTLY - 1e-9:
        return f"mostly {first}"
    return "shared"


def group_warnings(groups: Mapping[str, int]) -> list[str]:
    """Say plainly what groups of this size cannot show.

    Args:
        groups (Mapping[str, int]): Group to number of participants.

    Returns:
        list[str]: Sentences, none where every group has at least `SMALL_GROUP` participants.
    """
    if not groups:
        return ["There are no participants; nothing can be compared."]
    found: list[str] = []
    if len(groups) == 1:
        found.append(f"There is one group only ({next(iter(groups))}); nothing is compared.")
    small = {group: n for group, n in groups.items() if n < SMALL_GROUP}
    if small:
        listed = ", ".join(f"{group} {n}" for group, n in small.items())
        found.append(
            f"Small groups ({listed}): the counts describe these people. One person more or less can "
            "change a pattern, and a code that was not heard is not proof that nobody holds it."
        )
    return found
