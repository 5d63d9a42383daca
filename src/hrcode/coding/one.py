"""One transcript and a codebook ready to run, to rows: the pure function that every run is made of."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hrcode.codebook.model import Codebook
from hrcode.coding.engine import Evidence
from hrcode.coding.engines import Engines
from hrcode.coding.judge import TurnFacts
from hrcode.coding.model import Coding, NearMiss, Segment, Unit
from hrcode.coding.segments import segment, turn_sentences
from hrcode.indicators.model import Sentence
from hrcode.language.words import Token, count_words, tokens
from hrcode.transcripts.model import Participant, Transcript

CODER = "hrcode"


class Setup(NamedTuple):
    """What transcripts are coded with.

    Args:
        engines (Engines): The codebook, ready to run.
        unit (str): Unit of analysis.
        language (str): Language code of the transcripts.
        groups (Mapping[str, str]): Group by participant id.
        attributes (Mapping[str, Mapping[str, str]]): Attributes by participant id.
    """

    engines: Engines
    unit: Unit
    language: str
    groups: Mapping[str, str]
    attributes: Mapping[str, Mapping[str, str]]


class Rows(NamedTuple):
    """What coding one transcript gives.

    Args:
        segments (Sequence[Segment]): Its segments, in order.
        codings (Sequence[Coding]): Sorted by place and subcategory.
        near_misses (Sequence[NearMiss]): Sorted likewise.
    """

    segments: Sequence[Segment]
    codings: Sequence[Coding]
    near_misses: Sequence[NearMiss]


def code_transcript(transcript: Transcript, setup: Setup) -> Rows:
    """Code one transcript.

    Args:
        transcript (Transcript): The transcript.
        setup (Setup): What it is coded with.

    Returns:
        Rows: Its segments, codings and near misses.
    """
    segments = list(segment(transcript, setup.groups, setup.unit, setup.language))
    sentences = transcript_sentences(transcript, segments, setup.language)
    engine = setup.engines.get(setup.language)
    facts = turn_facts(transcript, setup.attributes, setup.language, questions=engine.asks)
    starts = [one.start for one in segments]
    codings: list[Coding] = []
    near_misses: list[NearMiss] = []
    for piece in engine.find(sentences, facts):
        where = segments[bisect.bisect_right(starts, piece.start) - 1]
        coding = _coding(piece, transcript, where, setup.engines.codebook)
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
) -> list[Sentence]:
    """Cut what participants say into sentences, each with the segment that it begins in."""
    text = transcript.text
    starts = [segment.start for segment in segments]
    return [
        Sentence(
            text,
            start,
            end,
            tokens(text, start, end, language),
            turn=turn.number,
            segment=bisect.bisect_right(starts, start) - 1,
        )
        for turn in transcript.turns
        if turn.participant
        for start, end in turn_sentences(transcript, turn, language)
    ]


def turn_facts(
    transcript: Transcript,
    attributes: Mapping[str, Mapping[str, str]],
    language: str,
    *,
    questions: bool = True,
) -> dict[int, TurnFacts]:
    """Say of each participant's turn who speaks, how much, and (if ``questions``) what was asked before."""
    facts: dict[int, TurnFacts] = {}
    question: tuple[Token, ...] = ()
    for turn in transcript.turns:
        if turn.participant:
            words = count_words(transcript.text[turn.start : turn.end])
            facts[turn.number] = TurnFacts(question, attributes.get(turn.participant, {}), words)
        elif questions:
            question = tokens(transcript.text, turn.start, turn.end, language)
    return facts


def _coding(piece: Evidence, transcript: Transcript, where: Segment, codebook: Codebook) -> Coding | NearMiss:
    """Make the row of a piece of evidence; the segment is the one that it begins in."""
    fields: dict[str, str | int] = {
        "coding_id": coding_id(transcript.sha256, piece.start, piece.end, piece.subcategory.path),
        "transcript": transcript.id,
        "participant": where.participant,
        "group": where.group,
        "turn": where.turn,
        "segment_id": where.segment_id,
        "category": piece.subcategory.category,
        "subcategory": piece.subcategory.id,
        "stance": piece.subcategory.stance,
        "start": piece.start,
        "end": piece.end,
        "evidence": transcript.text[piece.start : piece.end],
        "indicator": piece.indicator.id,
        "kind": piece.indicator.kind,
        "coder": CODER,
        "codebook": codebook.id,
        "codebook_version": codebook.version,
        "context": piece.context,
    }
    if piece.reason:
        return NearMiss(**fields, reason=piece.reason, cue=piece.cue)  # type: ignore[arg-type]
    return Coding(**fields)  # type: ignore[arg-type]


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
