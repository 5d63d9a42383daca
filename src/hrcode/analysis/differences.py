"""How far groups are apart: the difference of shares with its interval, and p-values on request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import fmean
from typing import Literal

import pandas as pd

from hrcode.analysis.by import run_setting
from hrcode.analysis.codes import LEVELS, Code, Level, by_code, check_level, codes_of
from hrcode.analysis.compare import group_warnings, person_rates, presence
from hrcode.analysis.intervals import newcombe
from hrcode.analysis.p_values import honest_sentence, p_values
from hrcode.analysis.pattern import FEWEST, Counts, pattern, pattern_rule, robustness
from hrcode.analysis.voices import Said, Voices, voices
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.schema import DIFFERENCES, P_VALUES

Against = Literal["pairs", "rest"]
REST = "all others"
UNLABELLED = {"pattern": "groups too small", "robust": ""}
_NAMES = {"category": "categories", "subcategory": "subcategories", "total": "totals"}


def differences(
    coded: Coded,
    *,
    by: str | None = None,
    level: Level | None = None,
    where: str | None = None,
    against: Against | None = None,
    p: bool = False,
    hide_below: int = 0,
) -> pd.DataFrame:
    """Say how far groups are apart, by participants.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        by (str | None): Attribute that makes the groups, or up to three with commas; by default the run's.
        level (str | None): ``category``, ``subcategory``, ``total``, or None for all.
        where (str | None): Filter of participants, such as ``years>5``.
        against (str | None): ``pairs``: each group with each other; ``rest``: each group with all
            others together; None: the pair of two groups, the rest for more.
        p (bool): Add p-values, one test a code over all groups, corrected within a level.
        hide_below (int): Groups of fewer participants are left out, with all that they say; 0 for none.

    Returns:
        pandas.DataFrame: One row per code and comparison, with the columns of
        `hrcode.schema.DIFFERENCES` and, with ``p``, `hrcode.schema.P_VALUES`. ``attrs`` holds
        ``rule``, ``by``, ``unit``, ``groups``, ``warnings`` and, with ``p``, ``p_says``.

    Raises:
        StudyError: When an option does not fit the study.
    """
    check_level(level)
    if against not in (None, "pairs", "rest"):
        raise StudyError(f"There is no comparison {against!r}; there are: pairs, rest.")
    heard = voices(coded, by, where, hide_below=hide_below)
    how = against or ("pairs" if len(heard.members) == 2 else "rest")
    rows: list[dict[str, object]] = []
    families: dict[Level, int] = {}
    for name in LEVELS if level is None else (level,):
        codes = codes_of(coded.frame, name)
        said = by_code(heard.said, name)
        tested: Mapping[Code, Mapping[str, object]] = p_values(heard, codes, name) if p else {}
        for code in codes:
            for row in _rows(said.get(code, []), heard, how):
                head = {"level": name, **code._asdict()}
                rows.append({**head, **row, **tested.get(code, {})})
        families[name] = len(codes)
    # Cells that have no value stay empty: object columns, so that nothing becomes NaN.
    table = pd.DataFrame(rows, columns=[*DIFFERENCES, *(P_VALUES if p else ())])
    for column in P_VALUES if p else ():
        table[column] = table[column].astype(object).where(table[column].notna(), "")
    table.attrs = {
        "rule": pattern_rule(2),
        "by": heard.by,
        "where": where or "",
        "unit": run_setting(coded, "unit"),
        "against": how,
        "groups": heard.sizes,
        "warnings": [*group_warnings(heard.sizes), *heard.warnings],
        **({"p_says": _largest_family(heard, families)} if p else {}),
    }
    return table


def _largest_family(heard: Voices, families: Mapping[Level, int]) -> str:
    level = max(families, key=lambda name: families[name])
    return honest_sentence(heard.sizes, families[level], _NAMES[level])


def _rows(said: list[Said], heard: Voices, how: Against) -> Iterator[dict[str, object]]:
    counts, rates = presence(said, heard), person_rates(said, heard)
    groups = [*heard.members]
    if how == "pairs":
        for i, first in enumerate(groups):
            for second in groups[i + 1 :]:
                pair = {first: counts[first], second: counts[second]}
                yield _row(pair, (rates[first], rates[second]))
        return
    for group in groups if len(groups) > 1 else ():
        rest = _rest(said, heard, group)
        others = [rate for other in groups if other != group for rate in rates[other]]
        row = _row({group: counts[group], REST: rest}, (rates[group], others))
        yield {**row, **UNLABELLED} if counts[group][1] < FEWEST else row


def _rest(said: list[Said], heard: Voices, group: str) -> tuple[int, int]:
    """Count the people of all other groups, each once."""
    everybody = {person for other, members in heard.members.items() if other != group for person in members}
    return len({piece.person for piece in said if piece.group != group}), len(everybody)


def _row(pair: Counts, rates: tuple[list[float], list[float]]) -> dict[str, object]:
    (first, (n1, total1)), (second, (n2, total2)) = pair.items()
    low, high = newcombe(n1, total1, n2, total2)
    return {
        "group_a": first,
        "group_b": second,
        "participants_a": n1,
        "total_a": total1,
        "participants_b": n2,
        "total_b": total2,
        "share_a": round(n1 / total1, 3),
        "share_b": round(n2 / total2, 3),
        "difference": round(n1 / total1 - n2 / total2, 3),
        "low": round(low, 4),
        "high": round(high, 4),
        "rate_mean_a": round(fmean(rates[0]), 2),
        "rate_mean_b": round(fmean(rates[1]), 2),
        "pattern": pattern(pair),
        "robust": robustness(pair),
    }
