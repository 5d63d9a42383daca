"""Whether a match counts: context, exclusions, conditions, scope."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hrcode.codebook.model import Codebook
from hrcode.indicators.context import Context, Cue
from hrcode.indicators.cue_lists import shipped_cues
from hrcode.indicators.model import Condition, Conditions, Hit, Sentence, Span
from hrcode.indicators.phrase_matcher import PhraseMatcher
from hrcode.indicators.phrase_syntax import Phrase
from hrcode.language.words import word_end, word_start


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """What a turn is, for conditions that look beyond the sentence.

    Args:
        question (Sentence | None): The interviewer's turn before it, taken as one sentence.
        attributes (Mapping[str, str]): Attributes of the participant who speaks.
        words (int): Number of words of the turn.
    """

    question: Sentence | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    words: int = 0


class Verdict(NamedTuple):
    """What a match amounts to.

    Args:
        reason (str): Why it is held back; empty when it counts.
        cue (str): The words that hold it back, if any do.
        context (str): The contexts that it stands in, with their cues.
        cues (tuple[Cue, ...]): Cues that were required, which belong to the evidence.
    """

    reason: str
    cue: str
    context: str
    cues: tuple[Cue, ...]


class Judge:
    """Tells whether matches count; made once for a codebook.

    Args:
        codebook (Codebook): The codebook.
        language (str): Language code.
    """

    def __init__(self, codebook: Codebook, language: str) -> None:
        self._context = Context(codebook.cues.get(language, shipped_cues(language)), language)
        phrases = list(
            dict.fromkeys(
                p for sub in codebook.subcategories for i in sub.indicators for p in _phrases(i.conditions)
            )
        )
        self._number = {phrase: i for i, phrase in enumerate(phrases)}
        self._matcher = PhraseMatcher(phrases, language)

    def open(self, sentences: Sequence[Sentence], turns: Mapping[int, TurnFacts]) -> Session:
        """Begin judging the matches of one transcript."""
        return Session(self._context, self._matcher, self._number, sentences, turns)


def _phrases(conditions: Conditions) -> Iterable[Phrase]:
    yield from conditions.not_in
    yield from conditions.asked
    for condition in (*conditions.with_, *conditions.without):
        yield from condition.phrases


class Session:
    """Judges the matches of one transcript (see `Judge.open`)."""

    def __init__(
        self,
        context: Context,
        matcher: PhraseMatcher,
        number: Mapping[Phrase, int],
        sentences: Sequence[Sentence],
        turns: Mapping[int, TurnFacts],
    ) -> None:
        self._context = context
        self._matcher = matcher
        self._number = number
        self._sentences = sentences
        self._turns = turns
        self._spans: dict[int, list[Span]] = {}
        self._asked: dict[int, frozenset[int]] = {}

    def judge(self, hit: Hit, conditions: Conditions, fired: Mapping[str, set[int]]) -> Verdict:
        """Say what a match amounts to.

        Args:
            hit (Hit): The match.
            conditions (Conditions): Its indicator's conditions.
            fired (Mapping[str, set[int]]): For codes that conditions may name, the sentences in
                which they fired.

        Returns:
            Verdict: The first reason against it, in this order: scope, exclusion, context,
            conditions, weakness.
        """
        contexts = self._contexts(hit)
        stated = "; ".join(f"{name}: {' '.join(cue.text.split())}" for name, cue in contexts.items())
        required = tuple(
            cue for name, cue in contexts.items() if conditions.context[name] == "require" and cue.first >= 0
        )
        reason, words = (
            self._out_of_scope(hit, conditions)
            or self._excluded(hit, conditions)
            or _out_of_context(contexts, conditions)
            or self._unmet(hit, conditions, fired)
            or ("weak" if conditions.weak else "", "")
        )
        return Verdict(reason, words, stated, required)

    def _contexts(self, hit: Hit) -> dict[str, Cue]:
        """Find the contexts of all parts; the first part that stands in one names its cue."""
        found: dict[str, Cue] = {}
        for number, first, last, gaps in hit.parts():
            for name, cue in self._context.find(self._sentences[number], first, last, gaps).items():
                found.setdefault(name, cue)
        return found

    def _out_of_scope(self, hit: Hit, conditions: Conditions) -> tuple[str, str] | None:
        turn = self._turns.get(self._sentences[hit.sentence].turn, TurnFacts())
        if conditions.min_turn_words > turn.words:
            return "short turn", ""
        for attribute, values in conditions.only.items():
            if turn.attributes.get(attribute, "") not in values:
                return f"{attribute} is not {' or '.join(values)}", ""
        if conditions.asked and not self._answers(hit, conditions, turn):
            return "not asked", ""
        return None

    def _answers(self, hit: Hit, conditions: Conditions, turn: TurnFacts) -> bool:
        number = self._sentences[hit.sentence].turn
        if number not in self._asked:
            asked = self._matcher.find_in(turn.question) if turn.question else ()
            self._asked[number] = frozenset(span.phrase for span in asked)
        return any(self._number[phrase] in self._asked[number] for phrase in conditions.asked)

    def _excluded(self, hit: Hit, conditions: Conditions) -> tuple[str, str] | None:
        if not conditions.not_in:
            return None
        unwanted = {self._number[phrase] for phrase in conditions.not_in}
        for number, first, last, _ in hit.parts():
            for span in self._find(number):
                if span.phrase in unwanted and span.first <= last and span.last >= first:
                    return "excluded", _words(self._sentences[number], span)
        return None

    def _unmet(
        self, hit: Hit, conditions: Conditions, fired: Mapping[str, set[int]]
    ) -> tuple[str, str] | None:
        for condition in conditions.with_:
            if not self._holds(condition, hit, fired):
                return f"without {condition.text}", ""
        for condition in conditions.without:
            if self._holds(condition, hit, fired):
                return f"with {condition.text}", ""
        return None

    def _holds(self, condition: Condition, hit: Hit, fired: Mapping[str, set[int]]) -> bool:
        near = self._near(hit.sentence, condition)
        if condition.code:
            return not fired.get(condition.code, set()).isdisjoint(near)
        wanted = {self._number[phrase] for phrase in condition.phrases}
        own = [(number, first, last) for number, first, last, _ in hit.parts()]
        return any(
            span.phrase in wanted
            # The match's own words are no company.
            and not any(n == m and a <= span.first and span.last <= b for m, a, b in own)
            for n in near
            for span in self._find(n)
        )

    def _near(self, number: int, condition: Condition) -> list[int]:
        """The sentences that count as near: the same one, or those of the same segment or turn."""
        if condition.within == "sentence":
            return [number]
        here = self._sentences[number]
        in_turn = self._in_turn.get(here.turn, [])
        if condition.within == "turn":
            return in_turn
        return [n for n in in_turn if self._sentences[n].segment == here.segment]

    @functools.cached_property
    def _in_turn(self) -> dict[int, list[int]]:
        """The sentences of each turn."""
        found: dict[int, list[int]] = defaultdict(list)
        for n, sentence in enumerate(self._sentences):
            found[sentence.turn].append(n)
        return found

    def _find(self, number: int) -> list[Span]:
        if number not in self._spans:
            self._spans[number] = list(self._matcher.find_in(self._sentences[number]))
        return self._spans[number]


def _words(sentence: Sentence, span: Span) -> str:
    tokens = sentence.tokens
    return sentence.text[word_start(tokens, span.first) : word_end(tokens, span.last)]


def _out_of_context(contexts: Mapping[str, Cue], conditions: Conditions) -> tuple[str, str] | None:
    for name, verdict in conditions.context.items():
        if verdict == "exclude" and name in contexts:
            return name, " ".join(contexts[name].text.split())
        if verdict == "require" and name not in contexts:
            return f"not {name}", ""
    return None
