"""Refusing regular expressions that could run for ever."""

from __future__ import annotations

import re
import warnings
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MAX_LENGTH = 300
MAX_ENDLESS = 2
MAX_REPEAT = 50
_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)


def regex_fault(pattern: object) -> str:
    """Say what is wrong with a regular expression from a codebook.

    Refused besides invalid ones: repeats and alternatives inside a repeat, back references, and
    more than two endless repeats, all of which can take time without end on a long word.

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
    repeats = _Repeats()
    repeats.walk(tree, inside=False)
    return f"REGEX {pattern!r} {repeats.fault}; write it simpler" if repeats.fault else ""


class _Repeats:
    """Walks through a parsed expression and keeps the first thing that can take for ever."""

    def __init__(self) -> None:
        self.fault = ""
        self.endless = 0

    def walk(self, tree: Any, *, inside: bool) -> None:
        for op, value in tree:
            repeat = op in _REPEATS
            if op in (constants.GROUPREF, constants.GROUPREF_EXISTS):
                self.fault = "refers back to a group"
            elif repeat and inside:
                self.fault = "repeats inside a repeat"
            elif op is constants.BRANCH and inside:
                self.fault = "has alternatives inside a repeat"
            elif repeat:
                self._count(value[1])
            for part in value if isinstance(value, tuple | list) else (value,):
                for sub in part if isinstance(part, list) else [part]:
                    if isinstance(sub, parser.SubPattern):
                        self.walk(sub, inside=inside or (repeat and value[1] > 1))

    def _count(self, most: Any) -> None:
        self.endless += most is constants.MAXREPEAT
        if self.endless > MAX_ENDLESS:
            self.fault = f"has more than {MAX_ENDLESS} endless repeats"
        elif most is not constants.MAXREPEAT and most > MAX_REPEAT:
            self.fault = f"repeats more than {MAX_REPEAT} times"
