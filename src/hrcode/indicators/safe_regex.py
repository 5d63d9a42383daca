"""Refusing regular expressions that could run for ever."""

from __future__ import annotations

import re
import warnings
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MAX_LENGTH = 300
_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)


def regex_fault(pattern: object) -> str:
    """Say what is wrong with a regular expression from a codebook.

    Refused besides invalid ones: a repeat inside a repeat and back references, both of which can
    take time that doubles with every letter; and repeats of more than 50.

    Args:
        pattern (object): What stands in the codebook.

    Returns:
        str: The fault, or an empty string.
    """
    if not isinstance(pattern, str):
        return "REGEX needs text; put it in quotes"
    if len(pattern) > MAX_LENGTH:
        return f"REGEX is longer than {MAX_LENGTH} characters"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
            tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as fault:
        return f"REGEX {pattern!r} is not valid: {fault}"
    if _walk(tree, inside_repeat=False):
        return f"REGEX {pattern!r} repeats inside a repeat, which can take for ever; write it flat"
    return ""


def _walk(tree: Any, *, inside_repeat: bool) -> bool:
    """Whether a repeat stands inside a repeat, or a back reference anywhere."""
    for op, value in tree:
        repeat = op in _REPEATS and value[1] > 1
        if op is constants.GROUPREF or (repeat and inside_repeat):
            return True
        if repeat and value[1] is not constants.MAXREPEAT and value[1] > 50:
            return True
        for part in value if isinstance(value, tuple | list) else (value,):
            parts = part if isinstance(part, list) else [part]
            for sub in parts:
                if isinstance(sub, parser.SubPattern) and _walk(sub, inside_repeat=inside_repeat or repeat):
                    return True
    return False
