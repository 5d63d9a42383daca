"""Who a speaker is: made of a row of the participants table, of front matter, or of the label itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from hrcode.transcripts.attributes import Attribute, Attributes, checked, derived
from hrcode.transcripts.model import NO_GROUP, Participant

NOT_STATED = "(not stated)"
ALIASES = "aliases"
CONSENT = "consent"
YES, NO, WITHDRAWN, UNKNOWN_CONSENT = "yes", "no", "withdrawn", "not stated"
NOT_QUOTED = "[not quoted: no consent]"
"""What stands in place of words that may not be quoted; a transcriber's mark, and so nobody's words."""
NAME_COLUMNS = ("name", "names", "first name", "last name", "surname", "full name")
"""Columns of real names: known to `hrcode pseudonymise`, in no result."""
_CODE = re.compile(r"([^\W\d_]+)[ _-]?[0-9]+")
_MEANT = {
    **dict.fromkeys(["y", "true", "1", "x", "given", "signed", "ok", "agreed"], YES),
    **dict.fromkeys(["n", "false", "0", "none", "refused", "not given", "declined"], NO),
    **dict.fromkeys(["w", "withdrew", "revoked", "withdraw", "out"], WITHDRAWN),
}


def make_participant(person: str, values: Mapping[str, str]) -> Participant:
    """Make a participant of an id and attributes.

    Args:
        person (str): Id.
        values (Mapping[str, str]): Attributes; ``group`` may be missing. What stands under `ALIASES` and
            `NAME_COLUMNS` becomes the participant's aliases and names.

    Returns:
        Participant: With `NO_GROUP` where no group is given.
    """
    group = values.get("group") or NO_GROUP
    names = [name for name in values if name.casefold() in NAME_COLUMNS]
    kept = {name: value for name, value in values.items() if name != ALIASES and name not in names}
    return Participant(
        person,
        group,
        {**kept, "group": group},
        aliases=tuple(_parts(values.get(ALIASES, ""))),
        names=tuple(part for name in names for part in _parts(values[name])),
    )


def _parts(cell: str) -> list[str]:
    """Cut a cell that may hold several things, apart by semicolons or bars."""
    return [part for piece in re.split(r"[;|]", cell) if (part := " ".join(piece.split()))]


def check_values(
    values: Mapping[str, str], attributes: Attributes
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Check a participant's values against what the study declares, and derive what it derives.

    Args:
        values (Mapping[str, str]): Value by attribute; empty where it is missing.
        attributes (Attributes): What the study declares.

    Returns:
        tuple[dict[str, str], list[tuple[str, str]]]: The values as the declarations write them, with
        the derived ones; and, for each that does not fit, its attribute and what is wrong.
    """
    found: dict[str, str] = {}
    faults: list[tuple[str, str]] = []
    for name, value in values.items():
        declared = attributes.get(name, Attribute("text"))
        message = ""
        if name == CONSENT:
            found[name], message = _consent(value)
        elif declared.source and value:
            message = f"stands in the table, but study.yaml makes {name} from {declared.source}"
        elif value:
            found[name], message = checked(value, declared)
        else:
            found[name] = ""
        if message:
            faults.append((name, f"{name} {value!r} {message}"))
    return {**found, **derived(found, attributes)}, faults


def _consent(value: str) -> tuple[str, str]:
    """Read a word of consent; an empty cell is no consent either."""
    folded = value.casefold()
    if folded in (YES, NO, WITHDRAWN, UNKNOWN_CONSENT):
        return folded, ""
    if not folded:
        return UNKNOWN_CONSENT, ""
    hint = f" Did you mean {_MEANT[folded]}?" if folded in _MEANT else ""
    return "", f"is not {YES}, {NO} or {WITHDRAWN}.{hint}"


def alias_clashes(people: Iterable[Participant]) -> Iterator[tuple[str, str]]:
    """Find labels that would mean two people.

    Args:
        people (Iterable[Participant]): The participants.

    Yields:
        tuple[str, str]: The participant whose alias it is, and what is wrong.
    """
    known = list(people)
    owners = {person.id.casefold(): person.id for person in known}
    for person in known:
        for alias in person.aliases:
            owner = owners.setdefault(alias.casefold(), person.id)
            if owner != person.id:
                what = "the id" if alias.casefold() == owner.casefold() else "an alias"
                message = f"alias {alias!r} of {person.id} is {what} of {owner}; a label means one person"
                yield person.id, message


def by_label(people: Iterable[Participant]) -> dict[str, Participant]:
    """Give the participant whom each label means, in small letters: ids and aliases."""
    known = list(people)
    aliases = {alias.casefold(): person for person in known for alias in person.aliases}
    return {**aliases, **{person.id.casefold(): person for person in known}}


def may_be_quoted(attributes: Mapping[str, str]) -> bool:
    """Say whether a participant agreed to quotes: where the study keeps track, only by a plain yes."""
    return attributes.get(CONSENT, YES) == YES


def unquoted(participants: Iterable[Participant]) -> frozenset[str]:
    """Give the ids of those who may not be quoted."""
    return frozenset(person.id for person in participants if not may_be_quoted(person.attributes))


def from_front_matter(front: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """Read what a transcript's front matter says of participants.

    Either ``participant: L1`` with further attributes beside it, or ``participants:`` with a
    mapping of ids to attributes.

    Args:
        front (Mapping[str, object]): The front matter.

    Returns:
        dict[str, dict[str, str]]: Attributes by id; empty where it names nobody.
    """
    several = front.get("participants")
    if isinstance(several, dict):
        return {
            str(person): _texts(values if isinstance(values, dict) else {})
            for person, values in several.items()
        }
    single = front.get("participant")
    if not single or isinstance(single, dict | list):
        return {}
    return {str(single): _texts({key: value for key, value in front.items() if key != "participant"})}


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    several = values.get(ALIASES)
    joined = {ALIASES: ";".join(map(str, several))} if isinstance(several, list) else {}
    return {key: value for key, value in values.items() if isinstance(value, str) and value} | joined


def from_label(label: str) -> Participant:
    """Make a participant of a label alone: the letters of ``L1`` are the group.

    Args:
        label (str): Speaker label.

    Returns:
        Participant: In the group of its letters; `NO_GROUP` for a label without a number.
    """
    code = _CODE.fullmatch(label)
    return make_participant(label, {"group": code[1] if code else NO_GROUP})


def group_of(participant: Participant, attribute: str) -> str:
    """Give a participant's value of the attribute that groups are made by."""
    return participant.attributes.get(attribute) or NOT_STATED
