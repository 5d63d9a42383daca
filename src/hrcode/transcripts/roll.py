"""Whom a label may mean: somebody known, an interviewer, everybody, several at once, or the one left over."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hrcode.transcripts.labels import is_code, split_joint
from hrcode.transcripts.model import Participant

UNKNOWN = frozenset({"", "?", "??", "???"})
"""Labels of somebody whom the transcriber did not recognise."""
_NUMBERED = re.compile(r"(.*?)[ _-]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Roll:
    """Who may speak in one transcript, by folded label.

    Args:
        known (Mapping[str, Participant]): Participants by each of their labels.
        interviewers (frozenset[str]): Labels of interviewers.
        together (frozenset[str]): Labels of what everybody says with one voice.
        labels (frozenset[str]): All labels of the transcript.
        complete (bool): Whether there is nobody else, for a participants table says who there is.
    """

    known: Mapping[str, Participant]
    interviewers: frozenset[str]
    together: frozenset[str]
    labels: frozenset[str]
    complete: bool

    def is_everybody(self, folded: str) -> bool:
        """Say whether a label stands for all who speak."""
        return folded in self.together and folded not in self.known

    def asks(self, folded: str) -> bool:
        """Say whether a label is an interviewer's; without a participants table, also with a number."""
        numbered = None if self.complete else _NUMBERED.fullmatch(folded)
        return folded in self.interviewers or bool(numbered and numbered[1] in self.interviewers)

    def parts(self, label: str) -> list[str]:
        """Give the labels that a label is made of, if all of them are somebody's; else itself."""
        parts = split_joint(label)
        if len(parts) < 2 or label.casefold() in self.known:
            return [label]
        fits = all(self._is_somebody(part) or (not self.complete and is_code(part)) for part in parts)
        return parts if fits else [label]

    def left_over(self, labels: Collection[str], named: Sequence[Participant]) -> dict[str, Participant]:
        """Map the only label that is nobody's (``R:``) to the only one named who has no label.

        Args:
            labels (Collection[str]): The labels of turns, folded.
            named (Sequence[Participant]): Those of whom the study says that they speak.

        Returns:
            dict[str, Participant]: One label, or none.
        """
        own = {self.known[label].id for label in labels if label in self.known}
        silent = [person for person in named if person.id not in own]
        rest = {
            label
            for label in labels
            if label not in self.known
            and not self.asks(label)
            and not self.is_everybody(label)
            and self.parts(label) == [label]
        }
        rest = (rest - UNKNOWN) or rest
        return dict(zip(rest, silent, strict=True)) if len(rest) == len(silent) == 1 else {}

    def _is_somebody(self, label: str) -> bool:
        folded = label.casefold()
        return any(folded in labels for labels in (self.known, self.interviewers, self.labels))
