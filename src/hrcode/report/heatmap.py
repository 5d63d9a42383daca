"""Who has what: people by subcategories, as numbers with a shade each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrcode.analysis.codes import Code
from hrcode.report.naming import Name, Row

STEPS = (1, 2, 3, 5, 10)


def shade(number: int) -> int:
    """Give the step of the scale that a number of segments is on: 0 for none, then 1 to 5."""
    return sum(number >= step for step in STEPS)


def scale() -> list[tuple[int, str]]:
    """Give each shade with the numbers that it stands for, for the legend."""
    ends = [*STEPS[1:], 0]
    return [
        (i, f"{a}" if b == a + 1 else f"{a} or more" if not b else f"{a} to {b - 1}")
        for i, (a, b) in enumerate(zip(STEPS, ends, strict=True), start=1)
    ]


def heatmap(people: Sequence[Row], names: Mapping[Code, Name]) -> list[dict[str, Any]]:
    """Give a row for each subcategory that anybody has.

    Args:
        people (Sequence[Row]): Rows of `hrcode.matrix` (``segments``), one a person.
        names (Mapping[Code, Name]): What the page calls each code.

    Returns:
        list[dict[str, Any]]: ``name`` and ``cells``: number of segments and shade, by person.
    """
    found = []
    for code, name in names.items():
        if code.subcategory:
            numbers = [int(person[code.path]) for person in people]
            if any(numbers):
                found.append({"name": name, "cells": [(number, shade(number)) for number in numbers]})
    return found
