"""One transcript and a codebook ready to run, to rows: the pure function that every run is made of."""

from __future__ import annotations

import bisect
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hrcode.codebook.model import Codebook
from hrcode.coding.engine import Evidence, in_order
from hrcode.coding.engines import Engines
from hrcode.coding.groups import Grouping
from hrcode.coding.judge import TurnFacts
from hrcode.coding.model import Coding, Columns, NearMiss, Segment, in_columns
from hrcode.coding.segments import cut, segments_of, turn_sentences
from hrcode.indicators.model import Sentence
from hrcode.language.words import count_words
from hrcode.schema import Unit
from hrcode.transcripts.model import Participant, Transcript, Turn, people, spoken_in
from hrcode.transcripts.sampling import UNSEEN

CODER = "hrcode"


class Setup(NamedTuple):
    """What transcripts are coded with.

    Args:
        engines (Engines): The codebook, ready to run.
        unit (str): Unit of analysis.
        language (str): Language code of the transcripts and turns that do not say theirs.
        groups (Grouping): Which group words belong to.
        attributes (Mapping[str, Mapping[str, str]]): Attributes by participant id.
    """

    engines: Engines
    unit: Unit
    language: str
    groups: Grouping
    attributes: Mapping[str, Mapping[str, str]]


class Rows(NamedTuple):
    """What coding one transcript gives.

    Args:
        segments (Sequence[Segment]): Its segments, in order.
        codings (Sequence[Coding]): Sorted by place and subcategory.
        near_misses (Sequence[NearMiss]): Sorted likewise.
        kept (bool): Whether the cache took what was to be kept in it.
    """

    segments: Sequence[Segment]
    codings: Sequence[Coding]
    near_misses: Sequence[NearMiss]
    kept: bool = True


def code_transcript(transcript: Transcript, setup: Setup) -> Rows:
    """Code one transcript, each turn with the indicators of its own language.

    Args:
        transcript (Transcript): The transcript.
        setup (Setup): What it is coded with.

    Returns:
        Rows: Its segments, codings and near misses.
    """
    cuts = cut(transcript, setup.unit, setup.language)
    segments = segments_of(transcript, cuts, setup.groups, setup.unit, setup.language)
    evidence = find_evidence(transcript, segments, setup)
    return make_rows(transcript, segments, evidence, setup.engines.codebook)


def find_evidence(
    transcript: Transcript, segments: Sequence[Segment], setup: Setup, only: frozenset[str] | None = None
) -> list[Evidence]:
    """Find what fires in a transcript and what is held back.

    Args:
        transcript (Transcript): The transcript.
        segments (Sequence[Segment]): Its segments.
        setup (Setup): What it is coded with.
        only (frozenset[str] | None): The subcategories to look for, and those that they name; more
            may be given. By default all.

    Returns:
        list[Evidence]: In no order.
    """
    sentences = transcript_sentences(transcript, segments, setup.language)
    engines = {spoken: setup.engines.get(spoken, only) for spoken in sentences}
    asks = any(engine.asks for engine in engines.values())
    counts = any(engine.counts for engine in engines.values())
    facts = turn_facts(transcript, setup.attributes, setup.language, questions=asks, words=counts)
    return [piece for spoken, own in sentences.items() for piece in engines[spoken].find(own, facts)]


def make_rows(
    transcript: Transcript, segments: Sequence[Segment], evidence: Iterable[Evidence], codebook: Codebook
) -> Rows:
    """Make the rows of a transcript; evidence belongs to the segment that it begins in.

    Args:
        transcript (Transcript): The transcript.
        segments (Sequence[Segment]): Its segments.
        evidence (Iterable[Evidence]): What was found in it, in any order.
        codebook (Codebook): The codebook.

    Returns:
        Rows: Segments, codings and near misses.
    """
    columns = in_columns(segments).columns
    codings: list[Coding] = []
    near_misses: list[NearMiss] = []
    for piece in sorted(evidence, key=in_order):
        where = bisect.bisect_right(columns.start, piece.start) - 1
        coding = _coding(piece, transcript, columns, where, codebook)
        if isinstance(coding, NearMiss):
            near_misses.append(coding)
        else:
            codings.append(coding)
    return Rows(segments, codings, near_misses)


def attributes_of(participants: Iterable[Participant]) -> dict[str, Mapping[str, str]]:
    """Give the attributes of participants by id."""
    return {person.id: person.attributes for person in participants}


def transcript_sentences(
    transcript: Transcript, segments: Sequence[Segment], language: str
) -> dict[str, list[Sentence]]:
    """Cut what participants say into sentences, each with the segment that it begins in.

    Args:
        transcript (Transcript): The transcript.
        segments (Sequence[Segment]): Its segments.
        language (str): Language of the turns that do not say theirs.

    Returns:
        dict[str, list[Sentence]]: The sentences by language, whole turns each, in order.
    """
    text = transcript.text
    found: dict[str, list[Sentence]] = defaultdict(list)
    columns = in_columns(segments).columns
    starts = columns.start
    if segments and segments[0].unit == "sentence":  # they have been cut already
        places = zip(starts, columns.end, columns.language, columns.turn, columns.participant, strict=True)
        for segment, (start, end, spoken, number, who) in enumerate(places):
            if who:
                found[spoken].append(Sentence(text, start, end, spoken, number, segment))
        return found
    for turn in transcript.turns:
        if turn.participant:
            spoken = spoken_in(transcript, turn, language)
            found[spoken].extend(
                Sentence(text, start, end, spoken, turn.number, bisect.bisect_right(starts, start) - 1)
                for start, end in turn_sentences(transcript, turn, spoken)
            )
    return found


def turn_facts(
    transcript: Transcript,
    attributes: Mapping[str, Mapping[str, str]],
    language: str,
    *,
    questions: bool = True,
    words: bool = True,
) -> dict[int, TurnFacts]:
    """Say of each participant's turn who speaks, and if it is wanted how much, and what was asked before.

    Args:
        transcript (Transcript): The transcript.
        attributes (Mapping[str, Mapping[str, str]]): Attributes of the participants, by id; those of
            the transcript go before, and of several who speak together only what all of them share.
        language (str): Language of the turns that do not say theirs.
        questions (bool): Whether anybody wants to know the questions.
        words (bool): Whether anybody wants to know how many words there are; if not, they are not counted.

    Returns:
        dict[int, TurnFacts]: Facts by number of the turn.
    """
    facts: dict[int, TurnFacts] = {}
    asked: Turn | None = None
    for turn in transcript.turns:
        if not turn.participant:
            if turn.left_out not in UNSEEN:
                asked = turn
            continue
        question = None
        if questions and asked:
            spoken = spoken_in(transcript, turn, language)
            question = Sentence(transcript.text, asked.start, asked.end, spoken)
        each = [attributes.get(person, {}) for person in people(turn.participant)]
        shared = {name: value for name, value in each[0].items() if all(o.get(name) == value for o in each)}
        number = count_words(transcript.text[turn.start : turn.end]) if words else 0
        facts[turn.number] = TurnFacts(question, {**shared, **transcript.attributes}, number)
    return facts


def _coding(
    piece: Evidence, transcript: Transcript, segments: Columns, where: int, codebook: Codebook
) -> Coding | NearMiss:
    """Make the row of a piece of evidence, from the index of the segment that it begins in."""
    fields = (
        coding_id(transcript.sha256, piece.start, piece.end, piece.subcategory.path),
        transcript.id,
        segments.participant[where],
        segments.group[where],
        segments.turn[where],
        segments.segment_id[where],
        piece.subcategory.category,
        piece.subcategory.id,
        piece.subcategory.stance,
        piece.start,
        piece.end,
        transcript.text[piece.start : piece.end],
        piece.indicator.id,
        piece.indicator.kind,
        CODER,
        codebook.id,
        codebook.version,
        piece.context,
    )
    return NearMiss(*fields, piece.reason, piece.cue) if piece.reason else Coding(*fields)


def coding_id(text_hash: str, start: int, end: int, subcategory: str, coder: str = CODER) -> str:
    """Give the id of a coding: a hash of what it is, so that a rerun gives the same.

    Args:
        text_hash (str): SHA-256 of the transcript's text.
        start (int): Start of the evidence, in code points.
        end (int): End of the evidence.
        subcategory (str): ``category/subcategory``.
        coder (str): Who coded.

    Returns:
        str: 16 hexadecimal digits.
    """
    key = "\x1f".join([text_hash, str(start), str(end), subcategory, coder])
    return hashlib.sha256(key.encode()).hexdigest()[:16]
