"""Labels to people: who speaks each turn of a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hrcode.errors import Fault
from hrcode.hints import nearest, nearly_same
from hrcode.language.words import count_words
from hrcode.spans import trimmed
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.model import Participant, Turn, people
from hrcode.transcripts.participants import (
    alias_clashes,
    by_label,
    check_values,
    from_front_matter,
    from_label,
    make_participant,
    may_be_quoted,
)
from hrcode.transcripts.sampling import UNSEEN, LeftOut, Sampling
from hrcode.transcripts.speakers import DraftTurn, doubtful_labels

_MANY_WORDS = 80
UNKNOWN = frozenset({"", "?", "??", "???"})
_MOST_DOUBTS = 5
_NUMBERED = re.compile(r"(.*?)[ _-]?[0-9]+")


class Cast:
    """The speakers of one transcript.

    Args:
        path (str): The transcript's file, for the faults.
        draft (Draft): The transcript as read.
        table (dict[str, Participant] | None): The participants table, if there is one.
        interviewers (Sequence[str]): Labels of interviewers.
        table_name (str): The participants table's file, for the faults.
        sampling (Sampling): What the study settles about its participants.
    """

    def __init__(
        self,
        path: str,
        draft: Draft,
        table: dict[str, Participant] | None,
        interviewers: Sequence[str],
        table_name: str,
        sampling: Sampling,
    ) -> None:
        self.path = path
        self.draft = draft
        self.table = table
        self.table_name = table_name
        self.interviewers = {label.casefold() for label in interviewers}
        self.spoke = False
        self.sampling = sampling
        self.left_out: dict[str, LeftOut] = {}
        self.wrong: list[Fault] = []
        self.persons = [*(self._in_front() if table is None else table.values())]
        self.known = by_label(self.persons)

    def _in_front(self) -> Iterator[Participant]:
        """Read the participants of the front matter; what is wrong with them goes to ``wrong``."""
        people = []
        for person, values in from_front_matter(self.draft.front_matter).items():
            checked, wrong = check_values(values, self.sampling.attributes)
            self.wrong += [Fault(self.path, 1, 1, "bad-value", f"{person}: {what}") for _, what in wrong]
            people.append(make_participant(person, checked))
        clashes = [message for _, message in alias_clashes(people)]
        self.wrong += [Fault(self.path, 1, 1, "duplicate-alias", message) for message in clashes]
        yield from people

    def turns(
        self, people: dict[str, Participant], faults: list[Fault], warnings: list[Fault]
    ) -> tuple[Turn, ...]:
        """Give the turns with their participants.

        Args:
            people (dict[str, Participant]): Participants met so far, by folded id; grows.
            faults (list[Fault]): Grows by what is wrong.
            warnings (list[Fault]): Grows by what is odd.

        Returns:
            tuple[Turn, ...]: The turns.
        """
        faults.extend(self.wrong)
        drafts = self.draft.turns or self._whole_text()
        if not drafts:
            message = (
                "no speaker turns found; begin each turn on a new line with its label, such as `S1: ...`"
            )
            faults.append(Fault(self.path, 1, 1, "no-turns", message))
            return ()
        if not any(draft.label for draft in drafts) and not self._single_speaker():
            message = "no speaker is named; say who it is in a transcript table or in participants.csv"
            faults.append(Fault(self.path, 0, 0, "no-speaker", message))
            return ()
        alias = self._single_speaker()
        turns: list[Turn] = []
        seen: dict[str, Participant | None] = {}
        unknown = 0
        for number, draft in enumerate(drafts, start=1):
            if draft.label in UNKNOWN and draft.label.casefold() not in alias:
                unknown += count_words(self.draft.text[draft.start : draft.end])
                turns.append(
                    Turn(number, draft.label, "", draft.start, draft.end, left_out="unknown speaker")
                )
                continue
            if draft.label not in seen:
                person = alias.get(draft.label.casefold()) or self._person(draft, faults, warnings)
                seen[draft.label] = self._meet(person, people, warnings) if person else None
            turns.append(self._turn(number, draft, seen[draft.label]))
        if unknown:
            message = f"{unknown} words of an unknown speaker are not coded"
            warnings.append(Fault(self.path, 0, 0, "unknown-speaker", message, "warning"))
        if not self.spoke and not any(fault.path == self.path for fault in faults):
            warnings.append(
                Fault(self.path, 0, 0, "no-participant", "only interviewers speak here", "warning")
            )
        if self.draft.turns and self.draft.preamble > _MANY_WORDS:
            message = f"{self.draft.preamble} words before the first speaker label are not coded"
            warnings.append(Fault(self.path, 1, 1, "preamble", message, "warning"))
        self._doubt([turn for turn in turns if self._is_silent(turn)], warnings)
        return tuple(turns)

    def _turn(self, number: int, draft: DraftTurn, person: Participant | None) -> Turn:
        """Make a turn; one of somebody who is left out is nobody's."""
        reason = self.sampling.reason(person) if person else ""
        if person and reason:
            said = LeftOut(reason, 1, count_words(self.draft.text[draft.start : draft.end]))
            self.left_out[person.id] = said.after(self.left_out.get(person.id))
        participant = person.id if person and not reason else ""
        return Turn(number, draft.label, participant, draft.start, draft.end, left_out=reason)

    def _is_silent(self, turn: Turn) -> bool:
        """Say whether a turn's words may not be shown, in a warning either."""
        those = [self.known.get(person.casefold()) for person in people(turn.participant)]
        return turn.left_out in UNSEEN or any(
            person and not may_be_quoted(person.attributes) for person in those
        )

    def _doubt(self, silent: Sequence[Turn], warnings: list[Fault]) -> None:
        """Say which lines look like a speaker's label but were taken for speech, and what was left out."""
        draft = self.draft
        doubtful = doubtful_labels(draft.text, draft.start, draft.turns) if draft.turns else []
        first = draft.turns[0].label_start if draft.turns else 0
        shown = [
            (place, label)
            for place, label in doubtful
            if place > first and not any(turn.start <= place < turn.end for turn in silent)
        ]
        for place, label in shown[:_MOST_DOUBTS]:
            line = draft.text.count("\n", 0, place) + 1
            message = (
                f"{label!r} is taken for speech, not for a speaker. If it is one, name it in "
                "participants.csv, or under interviewers in study.yaml"
            )
            warnings.append(Fault(self.path, line, 0, "doubtful-label", message, "warning"))
        if draft.left_out:
            message = f"{draft.left_out} words between a heading and the next label are not coded"
            warnings.append(Fault(self.path, 0, 0, "left-out", message, "warning"))

    def _meet(
        self, person: Participant, people: dict[str, Participant], warnings: list[Fault]
    ) -> Participant:
        """Keep a participant; give the one that was first met under the id."""
        self.spoke = True
        known = people.setdefault(person.id.casefold(), person)
        if self.known and dict(known.attributes) != dict(person.attributes):
            message = f"says other things of participant {known.id!r} than a file before; the first holds"
            warnings.append(Fault(self.path, 1, 1, "contradiction", message, "warning"))
        return known

    def _whole_text(self) -> tuple[DraftTurn, ...]:
        """Without labels, the whole text is one turn if the front matter names one participant."""
        if len(self.persons) != 1 or self.table is not None:
            return ()
        text = self.draft.text
        (person,) = self.persons
        return (DraftTurn(person.id, *trimmed(text, self.draft.start, len(text))),)

    def _single_speaker(self) -> dict[str, Participant]:
        """Map the only other label (``R:``) to the one participant that the front matter names."""
        labels = {draft.label.casefold() for draft in self.draft.turns} - self.interviewers
        if self.table is None and len(self.persons) == 1 and len(labels) == 1:
            return dict(zip(labels, self.persons, strict=True))
        return {}

    def _person(self, draft: DraftTurn, faults: list[Fault], warnings: list[Fault]) -> Participant | None:
        """Give the participant of a label; None for an interviewer, or after adding a fault."""
        folded = draft.label.casefold()
        if folded in self.known:
            return self.known[folded]
        numbered = _NUMBERED.fullmatch(folded) if self.table is None else None
        if folded in self.interviewers or (numbered and numbered[1] in self.interviewers):
            return None
        line = self.draft.text.count("\n", 0, draft.label_start) + 1
        if self.table is not None:
            faults.append(self._unknown(draft.label, line))
            return None
        if meant := nearly_same(draft.label, self.interviewers):
            message = f"speaker {draft.label!r} is taken for the interviewer {meant!r}"
            warnings.append(Fault(self.path, line, 0, "misspelt-label", message, "warning"))
            return None
        return from_label(draft.label)

    def _unknown(self, label: str, line: int) -> Fault:
        named = [label for person in self.persons for label in (person.id, *person.aliases)]
        choices = [*named, *sorted(self.interviewers)]
        hint = nearest(label, choices)
        message = (
            f"speaker {label!r} is not in {self.table_name}.{hint} Add the person, put the label "
            "among somebody's `aliases`, or mend it."
        )
        return Fault(self.path, line, 0, "unknown-speaker", message)
