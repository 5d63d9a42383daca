"""Numbers with what they count, as a sentence has them."""

from __future__ import annotations


def noun(number: int, one: str, several: str = "") -> str:
    """Name what a number counts.

    Args:
        number (int): The number.
        one (str): What one of it is called, with whatever else has to agree: ``word is not coded``.
        several (str): What several are called; by default the plural that is usual in English.

    Returns:
        str: Such as ``coding``, ``segments``, ``subcategories``.
    """
    return one if number == 1 else several or _plural(one)


def _plural(one: str) -> str:
    if one.endswith(("ry", "ty")):
        return f"{one[:-1]}ies"
    return f"{one}es" if one.endswith(("s", "ch")) else f"{one}s"


def counted(number: int, one: str, several: str = "") -> str:
    """Write a number with what it counts (see `noun`).

    Args:
        number (int): The number.
        one (str): What one of it is called.
        several (str): What several are called; by default the plural that is usual in English.

    Returns:
        str: Such as ``1 coding``, ``1,193 segments``.
    """
    return f"{number:,} {noun(number, one, several)}"
