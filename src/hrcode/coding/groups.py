"""Which group words belong to: by what is known of the person, of the conversation, and of the section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hrcode.errors import StudyError
from hrcode.hints import nearest
from hrcode.transcripts.attributes import Attribute
from hrcode.transcripts.model import TOGETHER, Participant, people
from hrcode.transcripts.participants import NOT_STATED

SECTION = "section"
Conversations = Mapping[str, Mapping[str, str]]
"""Attributes of transcripts, by transcript id."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which group words belong to, by one attribute; made by `grouping`.

    Args:
        persons (Mapping[str, str]): Its value by participant.
        transcripts (Mapping[str, str]): Its value by transcript.
        by_section (bool): Whether it is the section of the interview guide.
    """

    persons: Mapping[str, str]
    transcripts: Mapping[str, str]
    by_section: bool = False

    def of(self, participant: str, transcript: str, section: str) -> str:
        """Give the group of words.

        Args:
            participant (str): Who says them; several joined by `TOGETHER`.
            transcript (str): Id of the transcript.
            section (str): Section of the interview guide.

        Returns:
            str: The group; `NOT_STATED` where the attribute is not known, and several groups joined by
            `TOGETHER` for words that people of several groups say with one voice.
        """
        own = section if self.by_section else self.transcripts.get(transcript, "")
        each = [own or self.persons.get(one, "") or NOT_STATED for one in people(participant)]
        return TOGETHER.join(dict.fromkeys(each))


def grouping(participants: Iterable[Participant], transcripts: Conversations, attribute: str) -> Grouping:
    """Say which group words belong to.

    What is known of the conversation (its wave, its kind) goes before what is known of the person
    by the same name: it says more. `SECTION` is the section of the interview guide, unless the
    study has an attribute of that name.

    Args:
        participants (Iterable[Participant]): The participants.
        transcripts (Conversations): Attributes of the transcripts.
        attribute (str): The attribute that makes the groups.

    Returns:
        Grouping: What gives the group.

    Raises:
        StudyError: When nobody and no transcript has the attribute; the message lists those there are.
    """
    persons = {person.id: person.attributes for person in participants}
    known = attribute_names(persons.values(), transcripts)
    if attribute == SECTION and SECTION not in known:
        return Grouping({}, {}, by_section=True)
    if persons and attribute not in known:
        raise StudyError(
            f"No participant and no transcript has an attribute {attribute!r}.{nearest(attribute, known)} "
            f"There are: {', '.join(known)}."
        )
    return Grouping(
        {person: own.get(attribute, "") for person, own in persons.items()},
        {name: own.get(attribute, "") for name, own in transcripts.items()},
    )


def declared_attributes(run: Mapping[str, object]) -> dict[str, Attribute]:
    """Give the types and orders that the study declared for a run (``attributes`` in ``run.json``)."""
    kept = run.get("attributes")
    return {
        str(name): Attribute(own["type"], tuple(map(str, own.get("order", ()))))
        for name, own in (kept.items() if isinstance(kept, Mapping) else ())
        if isinstance(own, Mapping) and "type" in own
    }


def declared_as_json(attributes: Mapping[str, Attribute]) -> dict[str, dict[str, object]]:
    """Give types and orders as ``run.json`` has them (see `declared_attributes`)."""
    return {name: {"type": own.type, "order": [*own.order]} for name, own in attributes.items()}


def attribute_names(persons: Iterable[Mapping[str, str]], transcripts: Conversations) -> list[str]:
    """Give the names of all attributes that people or transcripts have, sorted."""
    return sorted({name for attributes in (*persons, *transcripts.values()) for name in attributes})
