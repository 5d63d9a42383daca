"""What is written into SQL by hand: texts, attributes and files, each read as it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PATTERN_SIGN = re.compile(r"[*?\[]")


def as_text(text: str) -> str:
    """Write a text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def as_list(texts: Iterable[str]) -> str:
    """Write texts as a list of SQL."""
    return "[" + ", ".join(map(as_text, texts)) + "]"


def value_of(attribute: str) -> str:
    """Ask for an attribute, whatever its name, by JSON pointer (RFC 6901); empty where it is not stated."""
    pointer = "/" + attribute.replace("~", "~0").replace("/", "~1")
    return f"coalesce(json_extract_string(attributes, {as_text(pointer)}), '')"


def as_patterns(files: Iterable[str]) -> list[str]:
    """Write names of files so that DuckDB, to which they are patterns, reads these and no others."""
    return [_PATTERN_SIGN.sub(r"[\g<0>]", file) for file in files]
