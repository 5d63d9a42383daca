"""Why a sentence was coded, or was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrcode.checks.examples import text_sentences
from hrcode.codebook.model import Codebook, Subcategory
from hrcode.coding.engine import Engine, Evidence
from hrcode.coding.judge import TurnFacts
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.indicators.model import Indicator, Sentence
from hrcode.indicators.phrase import PhraseBody
from hrcode.indicators.phrase_matcher import PhraseMatcher
from hrcode.indicators.phrase_syntax import Place
from hrcode.indicators.similar import SimilarBody, Vote, make_voter
from hrcode.language.lemmas import lemmas_for
from hrcode.language.words import count_words
from hrcode.transcripts.participants import NOT_QUOTED


@dataclass(frozen=True, slots=True)
class Almost:
    """An indicator that would have fired with one more word.

    Args:
        subcategory (Subcategory): Its subcategory.
        indicator (Indicator): The indicator.
        missing (str): The words of which one is missing; empty where only order or distance is wrong.
    """

    subcategory: Subcategory
    indicator: Indicator
    missing: str


@dataclass(frozen=True, slots=True)
class Alike:
    """An indicator of the kind ``similar`` that did not fire, though examples spoke for it.

    Args:
        subcategory (Subcategory): Its subcategory.
        indicator (Indicator): The indicator.
        vote (Vote): How near a sentence came.
        lack (str): What was missing, e.g. ``share of the vote 0.31, 0.45 needed``.
    """

    subcategory: Subcategory
    indicator: Indicator
    vote: Vote
    lack: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a codebook makes of a text.

    Args:
        text (str): The text, or the turn that the segment stands in.
        within (tuple[int, int]): The stretch that is explained, in code points.
        words (tuple[tuple[str, tuple[str, ...]], ...]): Each word with the dictionary forms it may be of.
        fired (tuple[Evidence, ...]): What coded it.
        covered (tuple[Evidence, ...]): What fired too, inside a longer match of the same subcategory.
        held_back (tuple[Evidence, ...]): What would have fired, with the reason.
        almost (tuple[Almost, ...]): What lacked a single word.
        alike (tuple[Alike, ...]): What some examples spoke for, but too few, or from too far.
    """

    text: str
    within: tuple[int, int]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    fired: tuple[Evidence, ...]
    covered: tuple[Evidence, ...]
    held_back: tuple[Evidence, ...]
    almost: tuple[Almost, ...]
    alike: tuple[Alike, ...] = ()


def explain_segment(codebook: Codebook, coded: Coded, segment_id: str, most: int = 5) -> Explanation:
    """Say of a segment of a run what fires in it, what nearly does, and why not.

    Args:
        codebook (Codebook): The codebook.
        coded (Coded): The run.
        segment_id (str): Id of the segment.
        most (int): Most indicators to name that lacked a word.

    Returns:
        Explanation: What the codebook makes of it, with the turn around it and the question before.

    Raises:
        StudyError: When the run has no such segment, or it may not be quoted.
        LanguageError: When the language lacks what an indicator needs.
    """
    segment = next((s for s in coded.segments if s.segment_id == segment_id), None)
    if segment is None:
        raise StudyError(f"There is no segment {segment_id!r} in these results.")
    if segment.text == NOT_QUOTED:
        raise StudyError(f"{segment_id}: {segment.participant} gave no consent to quotes; it is not shown.")
    same = [s for s in coded.segments if s.transcript == segment.transcript]
    turn = [s for s in same if s.turn == segment.turn]
    # The transcript itself is not in the results: the turn is put together from its segments.
    text = "\n".join(s.text for s in turn)
    start = len("\n".join([*(s.text for s in turn[: turn.index(segment)]), ""]))
    asked = [s for s in same if s.turn < segment.turn and not s.participant]
    question = " ".join(s.text for s in asked if s.turn == asked[-1].turn) if asked else ""
    attributes = {
        **{p.id: p.attributes for p in coded.participants}.get(segment.participant, {}),
        **coded.transcripts.get(segment.transcript, {}),
    }
    language = segment.language or codebook.language
    facts = TurnFacts(Sentence(question, 0, len(question), language), attributes, sum(s.words for s in turn))
    return explain(codebook, text, language, most, facts=facts, within=(start, start + len(segment.text)))


def explain(
    codebook: Codebook,
    text: str,
    language: str | None = None,
    most: int = 5,
    *,
    facts: TurnFacts | None = None,
    within: tuple[int, int] | None = None,
) -> Explanation:
    """Say what fires in a text, what nearly does, and why not.

    Args:
        codebook (Codebook): The codebook.
        text (str): A sentence or two, taken as one turn.
        language (str | None): Language code; by default the codebook's.
        most (int): Most indicators to name that lacked a word.
        facts (TurnFacts | None): Question, attributes and length of the turn; by default the text is
            the turn, and nobody asked.
        within (tuple[int, int] | None): The stretch to explain; by default all of the text.

    Returns:
        Explanation: What the codebook makes of it.

    Raises:
        LanguageError: When the language lacks what an indicator needs.
    """
    language = language or codebook.language
    first, last = within or (0, len(text))
    sentences = text_sentences(text, language)
    engine = Engine(codebook, language)
    turns = {0: facts or TurnFacts(words=count_words(text))}
    every = [piece for piece in engine.find_all(sentences, turns) if first <= piece.start < last]
    kept = [piece for piece in engine.find(sentences, turns) if first <= piece.start < last]
    sentences = [sentence for sentence in sentences if first <= sentence.start < last]
    fired = tuple(piece for piece in kept if not piece.reason)
    lemmas = lemmas_for(language)
    return Explanation(
        text=text,
        within=(first, last),
        words=tuple((t.raw, tuple(sorted(lemmas(t.form)))) for s in sentences for t in s.tokens),
        fired=fired,
        covered=tuple(piece for piece in every if not piece.reason and piece not in fired),
        held_back=tuple(piece for piece in every if piece.reason),
        almost=_almost(codebook, language, sentences, every, most),
        alike=_alike(codebook, language, sentences, most),
    )


def _almost(
    codebook: Codebook, language: str, sentences: Sequence[Sentence], found: Sequence[Evidence], most: int
) -> tuple[Almost, ...]:
    """Name phrases that lacked one word, those with most words in place first."""
    rules = [
        (sub, indicator)
        for sub in codebook.subcategories
        for indicator in sub.indicators
        if indicator.language == language and isinstance(indicator.body, PhraseBody)
    ]
    matcher = PhraseMatcher([indicator.body.phrase for _, indicator in rules], language)
    known = {(piece.subcategory.path, piece.indicator.id) for piece in found}
    near: dict[int, str] = {}
    for sentence in sentences:
        for index, place in matcher.almost(sentence.tokens):
            sub, indicator = rules[index]
            if (sub.path, indicator.id) not in known:
                near.setdefault(index, _written(indicator.body.phrase[place]) if place >= 0 else "")
    ranked = sorted(near, key=lambda index: (-len(rules[index][1].body.phrase), index))
    return tuple(Almost(*rules[index], near[index]) for index in ranked[:most])


def _alike(codebook: Codebook, language: str, sentences: Sequence[Sentence], most: int) -> tuple[Alike, ...]:
    """Name indicators that compare sentences and did not fire, the nearest first."""
    rules = [
        (sub, indicator)
        for sub in codebook.subcategories
        for indicator in sub.indicators
        if indicator.language == language and isinstance(indicator.body, SimilarBody)
    ]
    if not rules:
        return ()
    votes = [vote for vote in make_voter([i for _, i in rules])(sentences) if not vote.fires]
    votes.sort(key=lambda vote: (-vote.share, -vote.similarity, vote.sentence, vote.indicator))
    return tuple(
        Alike(*rules[vote.indicator], vote, _lack(vote, rules[vote.indicator][1])) for vote in votes
    )[:most]


def _lack(vote: Vote, indicator: Indicator) -> str:
    if vote.share < indicator.body.share:
        return f"share of the vote {vote.share:g}, {indicator.body.share:g} needed"
    return f"similarity {vote.similarity:g}, {indicator.body.threshold:g} needed"


def _written(place: Place) -> str:
    words = sorted({" ".join(test.word for test in run) for run in place.alternatives})
    shown = " | ".join(words[:8])
    return f"{shown} | ..." if len(words) > 8 else shown
