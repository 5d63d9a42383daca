"""Who belongs to a study: what it declares of participants, whom it includes, and who is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hrcode.transcripts.attributes import Attributes
from hrcode.transcripts.model import Participant, Turn
from hrcode.transcripts.model import people as speakers
from hrcode.transcripts.participants import CONSENT, WITHDRAWN
from hrcode.transcripts.where import Condition

NOT_INCLUDED = "not included"
UNSEEN = (WITHDRAWN, NOT_INCLUDED)
"""Why a turn is nowhere in the results, not even as what stands around a quote."""


class LeftOut(NamedTuple):
    """What a participant said that is left out of coding.

    Args:
        reason (str): ``withdrawn`` or ``not included``.
        turns (int): Turns.
        words (int): Words.
    """

    reason: str
    turns: int = 0
    words: int = 0

    def after(self, before: LeftOut | None) -> LeftOut:
        """Add what the participant said before."""
        _, turns, words = before or LeftOut("")
        return LeftOut(self.reason, self.turns + turns, self.words + words)


@dataclass(frozen=True, slots=True)
class Rule:
    """An inclusion rule.

    Args:
        conditions (tuple[Condition, ...]): What a participant has to fulfil.
        where (tuple[Condition, ...]): Whom the rule is for; empty for everybody.
    """

    conditions: tuple[Condition, ...]
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Sampling:
    """What a study settles about its participants.

    Args:
        attributes (Attributes): Attributes that it declares.
        include (tuple[Rule, ...]): Its inclusion rules.
        exclude_others (bool): Whether those who state a value that breaks a rule are left out.
    """

    attributes: Attributes = field(default_factory=dict)
    include: tuple[Rule, ...] = ()
    exclude_others: bool = False

    def broken(self, person: Participant) -> Iterator[str]:
        """Say which rules a participant breaks, or does not show to fulfil.

        Args:
            person (Participant): The participant.

        Yields:
            str: Such as ``years>=2 (years: 1)``.
        """
        for condition, value in self._unmet(person):
            yield f"{condition} ({condition.attribute}: {value or 'not stated'})"

    def _unmet(self, person: Participant) -> Iterator[tuple[Condition, str]]:
        """Give the conditions that a participant's values do not fulfil, with the value of each."""
        for rule in self.include:
            if all(self._holds(condition, person.attributes) for condition in rule.where):
                for condition in rule.conditions:
                    if not self._holds(condition, person.attributes):
                        yield condition, person.attributes.get(condition.attribute, "")

    def _holds(self, condition: Condition, values: Mapping[str, str]) -> bool:
        return condition.holds(values.get(condition.attribute, ""), self.attributes.get(condition.attribute))

    def without(self, turns: tuple[Turn, ...], people: Mapping[str, Participant]) -> tuple[Turn, ...]:
        """Leave out the turns of those who are left out.

        Args:
            turns (tuple[Turn, ...]): Turns.
            people (Mapping[str, Participant]): Participants by id.

        Returns:
            tuple[Turn, ...]: The turns; those left out are nobody's, with the reason.
        """
        reasons = {person: reason for person, own in people.items() if (reason := self.reason(own))}
        if not reasons:
            return turns
        found = []
        for turn in turns:
            of_turn = [reasons[person] for person in speakers(turn.participant) if person in reasons]
            found.append(replace(turn, participant="", left_out=of_turn[0]) if of_turn else turn)
        return tuple(found)

    def reason(self, person: Participant) -> str:
        """Say why a participant is left out: ``withdrawn``, ``not included``; empty for all others.

        A value that is missing breaks no rule here: a slip in the rules or a gap in the table must not
        lose an interview.
        """
        if person.attributes.get(CONSENT) == WITHDRAWN:
            return WITHDRAWN
        breaks = self.exclude_others and any(value for _, value in self._unmet(person))
        return NOT_INCLUDED if breaks else ""
