"""How far groups are apart: the difference of shares with its interval, and p-values on request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from hrcode.coding.model import Coded, FrameEntry
from hrcode.errors import StudyError
from hrcode.hints import no_such
from hrcode.schema import DIFFERENCES, P_VALUES

Against = Literal["pairs", "rest"]
REST = "all others"
MOST_TESTED = 2_000  # participants, of whom a test draws 9,999 orders for each code
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
        StudyError: When an option does not fit the study, or more than `MOST_TESTED` are to be tested.
    """
    _check(level, against)
    heard = voices(coded, by, where, hide_below=hide_below)
    unit = run_setting(coded, "unit")
    return differences_of(heard, coded.frame, level=level, against=against, p=p, where=where, unit=unit)


def _check(level: Level | None, against: Against | None) -> None:
    check_level(level)
    if against not in (None, "pairs", "rest"):
        raise StudyError(no_such("comparison", against, ("pairs", "rest")))


def differences_of(
    heard: Voices,
    frame: Sequence[FrameEntry],
    *,
    level: Level | None = None,
    against: Against | None = None,
    p: bool = False,
    where: str | None = None,
    unit: str = "",
) -> pd.DataFrame:
    """Say how far groups are apart, of which it is known already who says what (see `differences`).

    Args:
        heard (Voices): Who says what, in groups; ``stretches`` are not needed.
        frame (Sequence[FrameEntry]): The subcategories of the codebook.
        level (str | None): ``category``, ``subcategory``, ``total``, or None for all.
        against (str | None): ``pairs``, ``rest`` or None.
        p (bool): Add p-values.
        where (str | None): The filter that was used, to be named.
        unit (str): The unit of analysis, to be named.

    Returns:
        pandas.DataFrame: The table.
    """
    _check(level, against)
    if p and (people := sum(heard.sizes.values())) > MOST_TESTED:
        raise StudyError(
            f"{people:,} participants are too many for --p, whose tests go through ways to spread them over "
            f"groups; {MOST_TESTED:,} can be. Differences with intervals need no test."
        )
    how = against or ("pairs" if len(heard.members) == 2 else "rest")
    rows: list[dict[str, object]] = []
    families: dict[Level, int] = {}
    for name in LEVELS if level is None else (level,):
        codes = codes_of(frame, name)
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
        "unit": unit,
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
