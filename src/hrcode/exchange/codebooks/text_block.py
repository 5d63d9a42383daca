"""The other texts of a code as lines with labels, for formats that have one text a code."""

from __future__ import annotations

import re
from collections import defaultdict

from hrcode.codebook.model import ORIGINS, STANCES
from hrcode.exchange.codebooks.complete import one_line
from hrcode.exchange.codebooks.model import Entry

LABELS = {
    "brief": "Brief",
    "use_when": "Use when",
    "not_when": "Not when",
    "stance": "Stance",
    "origin": "Origin",
    "source": "Source",
    "doi": "DOI",
    "licence": "Licence",
    "crosswalk": "Same as",
    "match": "Example",
    "no_match": "Not an example",
    "id": "Id",
}
_CHOICES = {"stance": STANCES, "origin": ORIGINS}
_KEYS = {label.lower(): key for key, label in LABELS.items()}
_LINE = re.compile(rf"\s*({'|'.join(LABELS.values())}):\s(.*)", re.IGNORECASE)
_ID = re.compile(r"[a-z][a-z0-9_-]{0,79}")


def write_block(entry: Entry, own_id: str = "") -> str:
    """Write definition and other texts.

    Args:
        entry (Entry): The code.
        own_id (str): Its id, where it has to be kept.

    Returns:
        str: The definition, and a line for every other text.
    """
    fields = {**entry.fields, "id": (own_id,) if own_id else ()}
    lines = [f"{label}: {text}" for key, label in LABELS.items() for text in fields.get(key, ())]
    return "\n".join([entry.definition, *lines] if entry.definition else lines)


def read_block(text: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Read what `write_block` wrote; other text is definition.

    Args:
        text (str): The text.

    Returns:
        tuple[str, dict[str, tuple[str, ...]]]: Definition, and the other texts by key (see `LABELS`).
    """
    found: dict[str, list[str]] = defaultdict(list)
    key = ""
    for line in text.splitlines():
        label = _LINE.fullmatch(line)
        new = _KEYS[label[1].lower()] if label else ""
        if label and _fits(new, label[2]):
            key = new
            found[key].append(label[2])
        elif found[key]:
            found[key][-1] += f" {line}"
        else:
            found[key].append(line)
    definition = one_line(" ".join(found.pop("", [])))
    return definition, {key: tuple(map(one_line, texts)) for key, texts in found.items()}


def _fits(key: str, text: str) -> bool:
    if key == "id":
        return bool(_ID.fullmatch(text.strip()))
    return text.strip() in _CHOICES[key] if key in _CHOICES else bool(text.strip())
