"""Ids made from labels."""

from __future__ import annotations

import re
import unicodedata

MAX_ID = 60
_BY_HAND = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe", "ı": "i"})


def make_id(label: str) -> str:
    """Make an id of a label.

    Args:
        label (str): Any text.

    Returns:
        str: Small letters, digits and ``_``, beginning with a letter; ``code`` where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", label.lower().translate(_BY_HAND))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:MAX_ID].strip("_")
    if not name:
        return "code"
    return name if name[0].isalpha() else f"c_{name}"


def make_unique(name: str, taken: set[str]) -> str:
    """Give a name that is not taken, with ``_2``, ``_3`` ... where need be, and take it.

    Args:
        name (str): The name that would be best.
        taken (set[str]): Those that are taken; grows.

    Returns:
        str: The name.
    """
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found
