"""What an indicator is, what it is matched on, and what a match says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from hrcode.indicators.phrase_syntax import Phrase, Run
from hrcode.language.chunks import chunks
from hrcode.language.words import Token, tokens
from hrcode.yamltext import Node

Verdict = Literal["any", "require", "exclude"]
CONTEXTS = ("negated", "question", "hypothetical", "reported", "past")
DEFAULT_CONTEXT: Mapping[str, Verdict] = {**dict.fromkeys(CONTEXTS, "any"), "negated": "exclude"}
Scope = Literal["sentence", "segment", "turn"]
SCOPES: tuple[Scope, ...] = ("sentence", "segment", "turn")

Complain = Callable[[Node, str, str], None]
"""Report a fault: the place, the rule's id, what is wrong and what would be right."""


class Sample(NamedTuple):
    """An example sentence of a codebook.

    Args:
        text (str): The sentence.
        code (str): ``category/subcategory`` that it is an example of; empty where it is one of none.
    """

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of indicators is given.

    Args:
        complain (Complain): Reports a fault.
        sets (Mapping[str, tuple[Run, ...]]): The codebook's named sets.
        language (str): Language code of the texts that the indicators are for.
        samples (tuple[Sample, ...]): All examples of the codebook.
        code (str): ``category/subcategory`` that the indicators stand for.
    """

    complain: Complain
    sets: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)
    language: str = "en"
    samples: tuple[Sample, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something else that has to stand nearby, or must not.

    Args:
        text (str): As the codebook has it.
        within (str): How near: the same ``sentence``, ``segment`` or ``turn``.
        phrases (tuple[Phrase, ...]): Any of these; empty for a condition on a code.
        code (str): ``category/subcategory`` that has to have fired; empty for phrases.
    """

    text: str
    within: Scope
    phrases: tuple[Phrase, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a match counts.

    Args:
        context (Mapping[str, Verdict]): Per context of `CONTEXTS`, whether it has to hold.
        not_in (tuple[Phrase, ...]): Phrases that the match must not share a word with.
        with_ (tuple[Condition, ...]): All of these have to hold.
        without (tuple[Condition, ...]): None of these may hold.
        asked (tuple[Phrase, ...]): Only in answer to a question with one of these.
        only (Mapping[str, tuple[str, ...]]): Only participants whose attribute has one of the values.
        min_turn_words (int): Only in turns of at least so many words.
        weak (bool): Never counts by itself; kept as a near miss for people to look at.
    """

    context: Mapping[str, Verdict] = field(default_factory=lambda: dict(DEFAULT_CONTEXT))
    not_in: tuple[Phrase, ...] = ()
    with_: tuple[Condition, ...] = ()
    without: tuple[Condition, ...] = ()
    asked: tuple[Phrase, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    min_turn_words: int = 0
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One rule of a subcategory.

    Args:
        id (str): Stable id: the ``id`` given in the codebook, else the rule as it is written.
        kind (str): Name of the kind, a key of `hrcode.indicators.KINDS`.
        body (Any): What the kind's reader made of the rule; only the kind looks inside.
        conditions (Conditions): When a match counts.
        language (str): Language code of the texts it is for.
        line (int): Line in the codebook, from 1.
        column (int): Column in the codebook, from 1.
    """

    id: str
    kind: str
    body: Any
    conditions: Conditions
    language: str
    line: int
    column: int

    def __repr__(self) -> str:
        """Say which it is, without what was made of it."""
        return f"Indicator({self.kind}: {self.id})"


class Sentence:
    """One sentence of a transcript; it is cut into words when they are first asked for.

    Most sentences never are: what rules a codebook's indicators out is seen in their `chunks`.

    Args:
        text (str): The whole transcript's text.
        start (int): Where the sentence starts in it, in code points.
        end (int): Where it ends.
        language (str): Language code; decides how words are cut.
        turn (int): Number of its turn.
        segment (int): Index of its segment in the transcript; sentences of one segment share it.
    """

    __slots__ = ("_tokens", "end", "language", "segment", "start", "text", "turn")

    def __init__(
        self, text: str, start: int, end: int, language: str = "en", turn: int = 0, segment: int = 0
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.language = language
        self.turn = turn
        self.segment = segment
        self._tokens: tuple[Token, ...] | None = None

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        if self._tokens is None:
            self._tokens = tokens(self.text, self.start, self.end, self.language)
        return self._tokens

    @property
    def chunks(self) -> list[str]:
        """Its pieces between blanks (see `hrcode.language.chunks`); not kept, for there are many."""
        return chunks(self.text[self.start : self.end])


class Hit(NamedTuple):
    """One place where an indicator's words stand, before anything else is looked at.

    Args:
        sentence (int): Index of the sentence in the batch.
        indicator (int): Index of the indicator among those given to the finder.
        first (int): Index of the first word of the evidence in the sentence.
        last (int): Index of the last word of it in this sentence.
        gaps (frozenset[int]): Words in between that a gap stepped over.
        tail (tuple[int, int, int] | None): For evidence that goes on in a later sentence: that
            sentence, and the first and last word of the part that stands there.
        note (str): What a kind wants recorded besides the words.
    """

    sentence: int
    indicator: int
    first: int
    last: int
    gaps: frozenset[int]
    tail: tuple[int, int, int] | None = None
    note: str = ""

    def parts(self) -> list[tuple[int, int, int, frozenset[int]]]:
        """Give sentence, first word, last word and gaps of each part of the evidence."""
        head = (self.sentence, self.first, self.last, self.gaps)
        return [head, (*self.tail, frozenset())] if self.tail else [head]


class Span(NamedTuple):
    """Where a phrase stands in a sentence.

    Args:
        phrase (int): Index of the phrase.
        first (int): Index of its first word.
        last (int): Index of its last word.
        gaps (frozenset[int]): Words stepped over in between.
    """

    phrase: int
    first: int
    last: int
    gaps: frozenset[int]


Found = list[tuple[int, Span]]
"""Where phrases (or patterns) stand: index of the sentence, and the span in it; in the order of both."""
Find = Callable[[Sequence[Sentence], Found], Iterator[Hit]]
"""Sentences of one transcript in order, and where the kind's phrases stand in them, to hits."""


class Loaded(NamedTuple):
    """What a run finds indicators with.

    Args:
        language (str): Language code.
        components (frozenset[str]): Components of the trained pipeline that its indicators need.
        prefilter (bool): Whether sentences that hold no word of an indicator are left out.
    """

    language: str
    components: frozenset[str] = frozenset()
    prefilter: bool = True


class Kind(NamedTuple):
    """A kind of indicator: how it is read from YAML, what it is called, and how it is found.

    Args:
        read: Takes the whole indicator as a mapping of nodes, the value of the kind's own key and
            a `Reading`; returns the body, or None after a complaint.
        keys: Further keys that an indicator of this kind may have.
        name: Writes a body back as text; the default id.
        finder: Makes, for all indicators of the kind and what a run has loaded, the function that
            finds them.
        needs: The pipeline components that a body needs (a subset of
            ``tagger, parser, lemmatizer, ner``); empty for none.
        anchors: Gives, for a body and a language, words of each clause of which a sentence holds
            one if the indicator matches in it; empty where every sentence has to be looked at.
        phrases: The phrases in a body, which are looked for together with those of other kinds.
        essence: What of a body tells whether it has changed: all of it, but for what follows from the rest.
        matcher: Which of spaCy's matchers finds the body, which is its pattern; empty for none.
        loads: What it loads besides these, in words for people.
        gives_way: Whether any other kind's evidence comes before this one's, however short.
        together: Whether one indicator decides on what another one finds.
    """

    read: Callable[[dict[str, Node], Node, Reading], Any]
    keys: frozenset[str]
    name: Callable[[Any], str]
    finder: Callable[[Sequence[Indicator], Loaded], Find]
    needs: Callable[[Any], Iterable[str]]
    anchors: Callable[[Any, str], Sequence[frozenset[str]]] = lambda body, language: ()
    phrases: Callable[[Any], Sequence[Phrase]] = lambda body: ()
    essence: Callable[[Any], object] = lambda body: body
    matcher: Literal["", "token", "dependency"] = ""
    loads: tuple[str, ...] = ()
    gives_way: bool = False
    together: bool = False


def as_found(indicators: Sequence[Indicator], loaded: Loaded) -> Find:
    """Make the finder of a kind of which each indicator is one phrase or pattern: what was found are hits."""
    return lambda sentences, found: (Hit(number, *span) for number, span in found)
