"""Conditions on other subcategories: they have to be there, and must not wait for each other."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from hrcode.codebook.model import Category, Subcategory
from hrcode.codebook.reader import Reader
from hrcode.hints import nearest


def codes_named(sub: Subcategory) -> set[str]:
    """Give the subcategories that the conditions of one name, as ``category/subcategory``."""
    return {
        condition.code
        for indicator in sub.indicators
        for condition in (*indicator.conditions.with_, *indicator.conditions.without)
        if condition.code
    }


def check_codes_named(categories: Iterable[Category], reader: Reader) -> None:
    """Complain of conditions on codes that are not there, or that wait for each other.

    Args:
        categories (Iterable[Category]): What was read.
        reader (Reader): Knows where codes are named; collects ``unknown-code`` and ``cyclic-code``.
    """
    subs = {sub.path: sub for category in categories for sub in category.subcategories}
    for node, code in reader.codes_named:
        if code not in subs:
            reader.complain(node, "unknown-code", f"there is no subcategory {code!r}.{nearest(code, subs)}")
    try:
        TopologicalSorter({path: codes_named(sub) for path, sub in subs.items()}).prepare()
    except CycleError as fault:
        circle = list(reversed(fault.args[1]))
        node = next(node for node, code in reader.codes_named if code in circle)
        reader.complain(node, "cyclic-code", f"codes wait for each other: {' -> '.join(circle)}")
