"""The comparison as rows of the page: dots for people, numbers, and the quotes behind each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from hrcode.analysis.codes import Code
from hrcode.analysis.quotes import quotes
from hrcode.analysis.voices import Voices
from hrcode.coding.model import Coded
from hrcode.report.findings import carried
from hrcode.report.naming import Name, Row, by_code, rows_of

MOST_DOTS = 16
STEP, MIDDLE, SCALE = 13, 8, 72


def categories(
    rows: Sequence[Row], names: Mapping[Code, Name], presence: Mapping[str, Sequence[Sequence[bool]]]
) -> list[dict[str, Any]]:
    """Give the codes by category: its own rows by stance, its subcategories, and who is not observed.

    Args:
        rows (Sequence[Row]): Rows of `hrcode.compare`.
        names (Mapping[Code, Name]): What the page calls each code.
        presence (Mapping[str, Sequence[Sequence[bool]]]): By code, for each group, whether each of its
            people has it; the keys are those of `key`.

    Returns:
        list[dict[str, Any]]: One a category, in the codebook's order.
    """
    found: dict[str, dict[str, Any]] = {}
    for code, cells in by_code([row for row in rows if row["level"] != "total"]).items():
        name = names[code]
        block = found.setdefault(
            code.category,
            {"number": name.category, "label": name.category_label, "sums": [], "codes": [], "silent": []},
        )
        if not code.subcategory:
            block["sums"].append(_row(name, cells, presence[key(code)]))
        elif cells[0]["pattern"] == "not observed":
            block["silent"].append(name)
        else:
            block["codes"].append(_row(name, cells, presence[key(code)]))
    return sorted(found.values(), key=lambda block: block["number"])


def key(code: Code) -> str:
    """Name a code as the columns of `hrcode.matrix` do."""
    return code.path if code.subcategory else f"{code.path} ({code.stance})"


def _row(name: Name, cells: Sequence[Row], who: Sequence[Sequence[bool]]) -> dict[str, Any]:
    each = one_dot_each(sum(map(len, who)))
    return {
        "name": name,
        "cells": [{**cell, "dots": dots(has, each)} for cell, has in zip(cells, who, strict=True)],
        "pattern": cells[0]["pattern"],
        "fragile": cells[0]["robust"] == "no",
        "carried": carried(cells),
    }


def one_dot_each(participants: int) -> bool:
    """Say whether a picture has a dot for each participant: where they are few enough to be told apart."""
    return participants <= MOST_DOTS


def dots(has: Sequence[bool], each: bool) -> dict[str, Any]:
    """Lay out a group's people as a strip: a dot each, or one dot on a scale of shares.

    Args:
        has (Sequence[bool]): Whether each person of the group has the code.
        each (bool): Whether there is a dot for each.

    Returns:
        dict[str, Any]: ``width``, and ``people`` (place and whether filled) or ``at`` (place of the share).
    """
    if each:
        people = [(MIDDLE + STEP * i, filled) for i, filled in enumerate(has)]
        return {"width": STEP * len(has) + 3, "people": people, "at": None}
    at = MIDDLE + round((SCALE - 2 * MIDDLE) * sum(has) / max(len(has), 1), 1)
    return {"width": SCALE, "people": [], "at": at}


def groups_of_codings(heard: Voices) -> dict[str, list[int]]:
    """Give the numbers of the groups that each coding counts for, by its id."""
    number = {group: i for i, group in enumerate(heard.members)}
    found: dict[str, set[int]] = defaultdict(set)
    for piece in heard.said:
        found[piece.coding.coding_id].add(number[piece.group])
    return {coding: sorted(groups) for coding, groups in found.items()}


def quotes_by_code(
    coded: Coded, groups: Mapping[str, Sequence[int]], names: Mapping[Code, Name], most: int
) -> dict[str, list[dict[str, Any]]]:
    """Give the quotes of each subcategory, the most telling of everybody first.

    Args:
        coded (Coded): The run.
        groups (Mapping[str, Sequence[int]]): What `groups_of_codings` gave.
        names (Mapping[Code, Name]): What the page calls each code.
        most (int): Most quotes of a code.

    Returns:
        dict[str, list[dict[str, Any]]]: By the code's number; ``before``, ``evidence``, ``after``,
        ``participant``, ``groups`` (numbers of the groups), ``indicator``, ``segment_id``.
    """
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if not most:
        return found
    table = quotes(coded, exemplars=True, spread=True, each=most)
    for row in rows_of(table):
        name = names[Code(row["category"], row["subcategory"], row["stance"])]
        start, end = row["evidence_start"], row["evidence_start"] + len(row["evidence"])
        found[name.number].append(
            {
                "before": row["text"][:start],
                "evidence": row["text"][start:end] or row["evidence"],
                "after": row["text"][end:],
                "participant": row["participant"],
                "groups": groups[row["coding_id"]],
                "indicator": row["indicator"],
                "segment_id": row["segment_id"],
            }
        )
    return found
