"""Labels to people: who speaks each turn of a transcript."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hrcode.errors import Fault
from hrcode.hints import nearest, nearly_same
from hrcode.language.words import count_words
from hrcode.spans import paragraph_spans, trimmed
from hrcode.transcripts.about import About
from hrcode.transcripts.doubts import UNKNOWN_SPEAKER, odd_speech
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.model import TOGETHER, Participant, Turn, people
from hrcode.transcripts.participants import (
    WITHDRAWN,
    alias_clashes,
    by_label,
    check_values,
    from_front_matter,
    from_label,
    make_participant,
    may_be_quoted,
)
from hrcode.transcripts.roll import UNKNOWN, Roll
from hrcode.transcripts.sampling import UNSEEN, LeftOut, Sampling
from hrcode.transcripts.speakers import DraftTurn

_LANGUAGE = re.compile(r"\s*\[lang(?:uage)?[:\s]\s*([a-z]{2,3})\]", re.IGNORECASE)
_MOST_HINTS = 50  # each is looked for among all names
_MOST_TOGETHER = 60  # more people do not speak with one voice; nobody knows then who it was


class _Voice(NamedTuple):
    """Whose the turns of a label are, and why they are left out if they are, with those who are to blame."""

    participant: str
    left_out: str
    why: Mapping[str, str]


class Cast:
    """The speakers of one transcript.

    Args:
        path (str): The transcript's file, for the faults.
        draft (Draft): The transcript as read.
        table (dict[str, Participant] | None): The participants table, if there is one.
        interviewers (Sequence[str]): Labels of interviewers.
        table_name (str): The participants table's file, for the faults.
        sampling (Sampling): What the study settles about its participants.
        about (About): What is known of the conversation.
        together (Sequence[str]): Labels of what everybody says with one voice.
    """

    def __init__(
        self,
        path: str,
        draft: Draft,
        table: dict[str, Participant] | None,
        interviewers: Sequence[str],
        table_name: str,
        sampling: Sampling,
        about: About,
        together: Sequence[str],
    ) -> None:
        self.path = path
        self.draft = draft
        self.table = table
        self.table_name = table_name
        self.about = about
        self.spoke = False
        self.sampling = sampling
        self.left_out: dict[str, LeftOut] = {}
        self.wrong: list[Fault] = []
        self.persons = [*(self._in_front() if table is None else table.values())]
        known = by_label(self.persons)
        self.named = [self._named(person, known) for person in about.participants]
        if table is None:
            self.named = self.named or self.persons
            known = by_label([*self.persons, *self.named])
        self.roll = Roll(
            known,
            interviewers=frozenset(label.casefold() for label in interviewers),
            together=frozenset(label.casefold() for label in together),
            labels=frozenset(turn.label.casefold() for turn in draft.turns),
            complete=table is not None,
        )

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

    def _named(self, name: str, known: Mapping[str, Participant]) -> Participant:
        """Give a participant whom the study names as one who speaks here, or who wrote it."""
        group = self.about.attributes.get("group", "")
        named = make_participant(name, {"group": group}) if group else from_label(name)
        return known.get(name.casefold(), named)

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
                "no speaker turns found; begin each turn on a new line with its label, such as `S1: ...`; "
                "if it is a text without speakers, say `kind: document`"
            )
            faults.append(Fault(self.path, 1, 1, "no-turns", message))
            return ()
        if not any(draft.label for draft in drafts) and not self._left_over(drafts):
            message = "no speaker is named; say who it is in transcripts.csv, column participants"
            faults.append(Fault(self.path, 0, 0, "no-speaker", message))
            return ()
        said_by = self._speakers(drafts, people, faults, warnings)
        voices = {label: self._voice(persons) for label, persons in said_by.items()}
        turns = tuple(
            self._turn(number, draft, voices[draft.label]) for number, draft in enumerate(drafts, start=1)
        )
        self._say_odd(turns, faults, warnings)
        return turns

    def written(
        self, name: str, people: dict[str, Participant], faults: list[Fault], warnings: list[Fault]
    ) -> tuple[Turn, ...]:
        """Give the paragraphs of a text without speakers as turns of its authors.

        Args:
            name (str): The transcript's id, which stands for an author where none is named.
            people (dict[str, Participant]): Participants met so far, by folded id; grows.
            faults (list[Fault]): Grows by what is wrong.
            warnings (list[Fault]): Grows by what is odd.

        Returns:
            tuple[Turn, ...]: The turns.
        """
        faults.extend(self.wrong)
        self.named = self.named or [self._named(name.replace(TOGETHER, "+"), self.roll.known)]
        voice = self._voice([self._meet(author, people, warnings) for author in self.named])
        text = self.draft.text
        cuts = [self.draft.start, *(start for start, _ in self.draft.headings), len(text)]
        spans = [span for a, b in itertools.pairwise(cuts) for span in paragraph_spans(text, a, b)]
        return tuple(
            self._turn(number, DraftTurn("", *span), voice) for number, span in enumerate(spans, start=1)
        )

    def _speakers(
        self,
        drafts: Sequence[DraftTurn],
        people: dict[str, Participant],
        faults: list[Fault],
        warnings: list[Fault],
    ) -> dict[str, list[Participant] | None]:
        """Say for each label who it is: nobody for an interviewer, None where it is not known."""
        bound = self._left_over(drafts)
        labels = {draft.label: draft for draft in reversed(drafts)}
        found: dict[str, list[Participant] | None] = {}
        for draft in sorted(labels.values(), key=lambda draft: draft.start):
            folded = draft.label.casefold()
            if folded in bound:
                found[draft.label] = [self._meet(bound[folded], people, warnings)]
            elif draft.label in UNKNOWN:
                found[draft.label] = None
            elif not self.roll.is_everybody(folded):
                persons = [
                    self._person(draft._replace(label=one), faults, warnings)
                    for one in self.roll.parts(draft.label)
                ]
                found[draft.label] = [self._meet(one, people, warnings) for one in persons if one]
        everybody = self.named or [one for each in found.values() for one in each or ()]
        for label in labels:
            if label not in found:
                met = [self._meet(one, people, warnings) for one in everybody[: _MOST_TOGETHER + 1]]
                found[label] = met if len(met) <= _MOST_TOGETHER else None
        return found

    def _say_odd(self, turns: Sequence[Turn], faults: Sequence[Fault], warnings: list[Fault]) -> None:
        if not self.spoke and not any(fault.path == self.path for fault in faults):
            warnings.append(
                Fault(self.path, 0, 0, "no-participant", "only interviewers speak here", "warning")
            )
        hidden = {who for who in {turn.participant for turn in turns} if self._is_hidden(who)}
        silent = [turn for turn in turns if turn.left_out in UNSEEN or turn.participant in hidden]
        warnings.extend(odd_speech(self.path, self.draft, turns, silent))

    def _voice(self, persons: Sequence[Participant] | None) -> _Voice:
        """Say whose a label's turns are: nobody's, where one who speaks is left out."""
        if persons is None:
            return _Voice("", UNKNOWN_SPEAKER, {})
        reasons = {person.id: self.sampling.reason(person) for person in persons}
        why = {person: reason for person, reason in reasons.items() if reason}
        # Words of two of whom one withdrew are as good as withdrawn.
        reason = min(why.values(), key=lambda why: why != WITHDRAWN, default="")
        return _Voice("" if reason else TOGETHER.join(reasons), reason, why)

    def _turn(self, number: int, draft: DraftTurn, voice: _Voice) -> Turn:
        """Make a turn, and count what is left out with it."""
        for person, reason in voice.why.items():
            said = LeftOut(reason, 1, count_words(self.draft.text[draft.start : draft.end]))
            self.left_out[person] = said.after(self.left_out.get(person))
        language = _LANGUAGE.match(self.draft.text, draft.start, draft.end)
        spoken = language[1].lower() if language and voice.left_out != UNKNOWN_SPEAKER else ""
        return Turn(
            number,
            draft.label,
            voice.participant,
            draft.start,
            draft.end,
            left_out=voice.left_out,
            language=spoken,
        )

    def _is_hidden(self, participant: str) -> bool:
        """Say whether the words of a turn's participant may not be shown, in a warning either."""
        those = [self.roll.known.get(person.casefold()) for person in people(participant)]
        return any(person and not may_be_quoted(person.attributes) for person in those)

    def _meet(
        self, person: Participant, people: dict[str, Participant], warnings: list[Fault]
    ) -> Participant:
        """Keep a participant; give the one that was first met under the id."""
        self.spoke = True
        known = people.setdefault(person.id.casefold(), person)
        if self.roll.known and dict(known.attributes) != dict(person.attributes):
            message = f"says other things of participant {known.id!r} than a file before; the first holds"
            warnings.append(Fault(self.path, 1, 1, "contradiction", message, "warning"))
        return known

    def _left_over(self, drafts: Sequence[DraftTurn]) -> dict[str, Participant]:
        return self.roll.left_over({draft.label.casefold() for draft in drafts}, self.named)

    def _whole_text(self) -> tuple[DraftTurn, ...]:
        """Without labels, the whole text is one turn if one participant is named."""
        if len(self.named) != 1:
            return ()
        text = self.draft.text
        return (DraftTurn(self.named[0].id, *trimmed(text, self.draft.start, len(text))),)

    def _person(self, draft: DraftTurn, faults: list[Fault], warnings: list[Fault]) -> Participant | None:
        """Give the participant of a label; None for an interviewer, or after adding a fault."""
        folded = draft.label.casefold()
        if folded in self.roll.known:
            return self.roll.known[folded]
        if self.roll.asks(folded):
            return None
        if self.table is not None:
            faults.append(self._unknown(draft, hinted=len(faults) < _MOST_HINTS))
            return None
        if meant := nearly_same(draft.label, self.roll.interviewers):
            message = f"speaker {draft.label!r} is taken for the interviewer {meant!r}"
            warnings.append(Fault(self.path, self._line(draft), 0, "misspelt-label", message, "warning"))
            return None
        return from_label(draft.label)

    def _line(self, draft: DraftTurn) -> int:
        return self.draft.text.count("\n", 0, draft.label_start) + 1

    def _unknown(self, draft: DraftTurn, *, hinted: bool) -> Fault:
        named = [label for person in self.persons for label in (person.id, *person.aliases)]
        choices = [*named, *sorted(self.roll.interviewers)]
        hint = nearest(draft.label, choices) if hinted else ""
        message = (
            f"speaker {draft.label!r} is not in {self.table_name}.{hint} Add the person, put the label "
            "among somebody's `aliases`, or mend it."
        )
        return Fault(self.path, self._line(draft), 0, "unknown-speaker", message)
