"""What is known of a conversation besides its words: its kind, its event, its wave, who speaks in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hrcode.hints import nearest
from hrcode.language.lemmas import language_fault

KINDS = ("interview", "pair", "focus group", "go-along", "document", "field note")
WRITTEN = ("document", "field note")
"""Kinds without speakers: the whole text is their author's."""
KNOWN = ("kind", "event", "wave", "date", "place", "language", "section")
"""Attributes that are a conversation's, also where they stand beside a participant's."""
_BETWEEN = re.compile(r"\s*[,;+&]\s*")


@dataclass(frozen=True, slots=True)
class About:
    """What a study says of one transcript.

    Args:
        attributes (Mapping[str, str]): Attributes that are stated: `KNOWN` ones and any others.
        participants (tuple[str, ...]): Ids of those who speak in it, or who wrote it.
    """

    attributes: Mapping[str, str] = field(default_factory=dict)
    participants: tuple[str, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether it has no speakers."""
        return self.attributes.get("kind", "") in WRITTEN


def checked_attribute(name: str, value: str) -> tuple[str, str]:
    """Check what is said of a transcript.

    Args:
        name (str): The attribute.
        value (str): What stands there.

    Returns:
        tuple[str, str]: The value as hrcode writes it, and what is wrong with it (empty if nothing is).
    """
    if name == "kind":
        usual = " ".join(re.split(r"[\s_-]+", value.casefold())).replace("go along", "go-along")
        if usual not in KINDS:
            return "", f"there is no kind {value!r}.{nearest(usual, KINDS)} Kinds: {', '.join(KINDS)}"
        return usual, ""
    if name == "language":
        wrong = language_fault(value.casefold())
        return ("" if wrong else value.casefold()), wrong
    return value, ""


def split_people(text: str) -> tuple[str, ...]:
    """Read a cell that names people: ``S1; S2``, with a semicolon, comma, plus or ampersand between."""
    return tuple(name for name in _BETWEEN.split(text.strip()) if name)


def from_front(front: Mapping[str, object]) -> tuple[About, list[tuple[str, str]]]:
    """Read what a transcript's front matter says of the conversation.

    Beside ``participant: L1`` only `KNOWN` attributes are the conversation's; the others are the
    participant's.

    Args:
        front (Mapping[str, object]): The front matter.

    Returns:
        tuple[About, list[tuple[str, str]]]: What it says; key and message of what is wrong in it.
    """
    found: dict[str, str] = {}
    wrong: list[tuple[str, str]] = []
    for name, value in front.items():
        theirs = "participant" in front and name not in KNOWN
        if name in ("participant", "participants") or theirs or not isinstance(value, str) or not value:
            continue
        found[name], message = checked_attribute(name, value)
        if message:
            wrong.append((name, message))
    return About({name: value for name, value in found.items() if value}, _people(front)), wrong


def without_conversation(front: Mapping[str, object]) -> dict[str, object]:
    """Give front matter without what it says of the conversation, which is nobody's attribute."""
    return {name: value for name, value in front.items() if name not in KNOWN}


def _people(front: Mapping[str, object]) -> tuple[str, ...]:
    named = front.get("participants")
    if isinstance(named, str):
        return split_people(named)
    return tuple(str(one) for one in named if isinstance(one, str)) if isinstance(named, list) else ()


def merged(table: About, front: About) -> tuple[About, list[str]]:
    """Put together what the table and the front matter say; the table goes before.

    Args:
        table (About): From the transcripts table.
        front (About): From the front matter.

    Returns:
        tuple[About, list[str]]: Both, and the attributes that they differ in.
    """
    differ = [n for n, value in front.attributes.items() if table.attributes.get(n, value) != value]
    attributes = {**front.attributes, **table.attributes}
    return About(attributes, table.participants or front.participants), differ
