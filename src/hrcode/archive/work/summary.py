"""What all partitions have to say, in a few lines: however many there are, a rule takes no more than that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from hrcode.archive.database import open_database
from hrcode.archive.sql import as_patterns
from hrcode.archive.work.notes import COUNTED, OF_ALL, SAID
from hrcode.errors import Fault, Level

SHOWN = 3
_SUMMED = """
CREATE TEMP TABLE notes AS
    SELECT rule, about, min(message) AS message, min(filename) AS file, sum(words)::BIGINT AS words
    FROM read_parquet($files, filename = true)
    GROUP BY rule, about, CASE WHEN rule IN $by_name THEN '' ELSE message END
    HAVING NOT rule IN $of_all OR count(DISTINCT filename) = len($files)
"""


def summary(parts: Path, shown: Mapping[str, str]) -> list[Fault]:
    """Sum up what the partitions have to say.

    Args:
        parts (Path): The folder of the partitions.
        shown (Mapping[str, str]): What people call each, by its name.

    Returns:
        list[Fault]: Warnings, in the order of their rules.
    """
    files = [str(parts / name / "notes.parquet") for name in shown]
    with open_database() as database:
        database.execute(
            _SUMMED, {"files": as_patterns(files), "by_name": [*COUNTED, *OF_ALL], "of_all": [*OF_ALL]}
        )
        rules = database.execute(
            "SELECT rule, count(*), sum(words)::BIGINT FROM notes GROUP BY rule ORDER BY rule"
        ).fetchall()
        found: list[Fault] = []
        for rule, number, words in rules:
            first = database.execute(
                "SELECT about, message, file FROM notes WHERE rule = ? ORDER BY file, about, message LIMIT ?",
                [rule, SHOWN],
            ).fetchall()
            found += _said(rule, number, words, first, shown)
    return found


def _said(
    rule: str, number: int, words: int, first: Sequence[tuple[Any, ...]], shown: Mapping[str, str]
) -> Iterator[Fault]:
    more = number - len(first)
    if rule in COUNTED:
        name, text = COUNTED[rule]
        where = {part: f" ({PurePath(name).name})" if len(shown) > 1 else "" for part, name in shown.items()}
        named = [about + where[Path(file).parent.name] for about, _, file in first]
        who = ", ".join(named) + (f" and {more:,} more" if more else "")
        yield Fault("", 0, 0, name, text.format(words=words, who=who), "warning")
        return
    level: Level = "note" if rule in SAID else "warning"
    for about, message, _ in first:
        yield Fault("" if rule in OF_ALL else about, 0, 0, rule, message, level)
    if more:
        yield Fault("", 0, 0, rule, f"{more:,} more of this kind", level)


def bounded(warnings: Sequence[Fault]) -> list[Fault]:
    """Give the first few warnings of each rule, and say how many more there are."""
    by_rule: dict[str, list[Fault]] = defaultdict(list)
    for fault in warnings:
        by_rule[fault.rule].append(fault)
    found: list[Fault] = []
    for rule, own in by_rule.items():
        found += own[:SHOWN]
        if (more := len(own) - SHOWN) > 0:
            found.append(Fault("", 0, 0, rule, f"{more:,} more of this kind", "warning"))
    return found
