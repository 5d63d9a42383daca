"""Participants by subcategories: the table that R and SPSS want."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import pandas as pd

from hrcode.analysis.by import run_setting
from hrcode.analysis.codes import Level, by_code, codes_of
from hrcode.analysis.voices import voices
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.hints import no_such

Values = Literal["segments", "presence", "rate"]
VALUES: tuple[Values, ...] = ("segments", "presence", "rate")
LEVELS: tuple[Level, ...] = ("subcategory", "category")

_MEANINGS = {
    "participant": "participant's id",
    "group": "the participant's group",
    "segments": "segments that the participant speaks in this group",
    "words": "words that the participant speaks in this group",
}
_CELLS: dict[Values, str] = {
    "segments": "the participant's segments with this code",
    "presence": "1 where the participant has the code, else 0",
    "rate": "the participant's segments with this code per 1,000 of their own words",
}


def matrix(
    coded: Coded,
    *,
    values: Values = "segments",
    level: Level = "subcategory",
    by: str | None = None,
    where: str | None = None,
    hide_below: int = 0,
) -> pd.DataFrame:
    """Give one row a participant and one column a code.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        values (str): ``segments`` coded; ``presence``, 0 or 1; ``rate``, segments per 1,000 words.
        level (str): ``subcategory`` or ``category`` (with a column for each stance).
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter of participants.
        hide_below (int): Groups of fewer participants are left out, with all that they say; 0 for none.

    Returns:
        pandas.DataFrame: ``participant``, ``group``, ``segments``, ``words`` and the codes in the
        codebook's order, named ``category/subcategory`` or ``category (departs)``. ``attrs`` holds
        ``stances`` and ``meanings`` by column, ``groups`` and ``warnings``.

    Raises:
        StudyError: When an option does not fit the study.
    """
    if values not in VALUES:
        raise StudyError(no_such("kind of values", values, VALUES))
    if level not in LEVELS:
        raise StudyError(no_such("level", level, LEVELS))
    heard = voices(coded, by, where, hide_below=hide_below)
    spoken: dict[tuple[str, str], int] = defaultdict(int)
    for _, person, group in heard.spoken:
        spoken[group, person] += 1
    names = {
        code: code.path if level == "subcategory" else f"{code.path} ({code.stance})"
        for code in codes_of(coded.frame, level)
    }
    segments: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for code, said in by_code(heard.said, level).items():
        for piece in said:
            segments[piece.group, piece.person, names[code]].add(piece.coding.segment_id)
    rows = [
        [person, group, spoken[group, person], words]
        + [_value(len(segments[group, person, name]), words, values) for name in names.values()]
        for (group, person), words in heard.words.items()
    ]
    table = pd.DataFrame(rows, columns=["participant", "group", "segments", "words", *names.values()])
    table.attrs = {
        "values": values,
        "stances": {name: code.stance for code, name in names.items()},
        "meanings": {**_MEANINGS, **dict.fromkeys(names.values(), _CELLS[values])},
        "by": heard.by,
        "where": where or "",
        "unit": run_setting(coded, "unit"),
        "groups": heard.sizes,
        "warnings": [*heard.warnings],
    }
    return table


def _value(segments: int, words: int, values: Values) -> int | float:
    if values == "presence":
        return int(segments > 0)
    if values == "rate":
        return round(1000 * segments / words, 2) if words else 0.0
    return segments
