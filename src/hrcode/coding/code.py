"""Transcripts and a codebook to codings: the main job, as one pure function."""

from __future__ import annotations

import bisect
import hashlib
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence

from hrcode._version import __version__
from hrcode.codebook.model import Codebook
from hrcode.coding.engine import Engine, Evidence
from hrcode.coding.judge import TurnFacts
from hrcode.coding.model import UNITS, Coded, Coding, FrameEntry, NearMiss, Segment, Unit
from hrcode.coding.segments import segment, turn_sentences
from hrcode.errors import Fault, LanguageError, StudyError
from hrcode.hints import nearest
from hrcode.indicators.cue_lists import shipped_cues
from hrcode.indicators.model import Sentence
from hrcode.language.embedding import embedding_version
from hrcode.language.lemmas import is_language_code
from hrcode.language.pipeline import versions
from hrcode.language.words import Token, count_words, tokens
from hrcode.transcripts.model import Participant, Transcript, Transcripts
from hrcode.transcripts.participants import NOT_STATED, group_of

CODER = "hrcode"
Progress = Callable[[int, int], None]
"""Called with the number of transcripts done and their total."""


def code(
    transcripts: Transcripts,
    codebook: Codebook,
    *,
    group_by: str = "group",
    unit: Unit = "sentence",
    language: str | None = None,
    progress: Progress | None = None,
) -> Coded:
    """Code transcripts with a codebook.

    Args:
        transcripts (Transcripts): What `load_transcripts` gave.
        codebook (Codebook): What `load_codebook` gave.
        group_by (str): Participant attribute that makes the groups.
        unit (str): Unit of analysis: ``sentence``, ``turn`` or ``paragraph``.
        language (str | None): Language code of the transcripts; by default the codebook's.
        progress (Callable[[int, int], None] | None): Told of transcripts done and in all.

    Returns:
        Coded: Segments, codings, near misses, and what was run on what.

    Raises:
        StudyError: When no participant has the attribute, or the unit is unknown.
        LanguageError: When the language lacks what the codebook needs.
    """
    language = language or codebook.language
    _check_settings(unit, language)
    groups = group_participants(transcripts.participants, group_by)
    engine = Engine(codebook, language)
    segments: list[Segment] = []
    codings: list[Coding] = []
    near_misses: list[NearMiss] = []
    for done, transcript in enumerate(transcripts):
        if progress:
            progress(done, len(transcripts))
        own = list(segment(transcript, groups, unit, language))
        starts = [s.start for s in own]
        segments.extend(own)
        facts = turn_facts(transcript, transcripts.participants, language, questions=engine.asks)
        for piece in engine.find(transcript_sentences(transcript, own, language), facts):
            where = own[bisect.bisect_right(starts, piece.start) - 1]
            coding = _coding(piece, transcript, where, codebook)
            if isinstance(coding, NearMiss):
                near_misses.append(coding)
            else:
                codings.append(coding)
    if progress:
        progress(len(transcripts), len(transcripts))
    settings = {"unit": unit, "language": language, "group_by": group_by}
    return Coded(
        segments=tuple(segments),
        codings=tuple(codings),
        near_misses=tuple(near_misses),
        participants=transcripts.participants,
        frame=coding_frame(codebook),
        run=_run(transcripts, codebook, settings, segments, codings, near_misses),
        warnings=(*transcripts.warnings, *_warnings(transcripts, groups, codebook, language, group_by)),
    )


def _check_settings(unit: str, language: str) -> None:
    if unit not in UNITS:
        raise StudyError(f"There is no unit {unit!r}.{nearest(unit, UNITS)} Units: {', '.join(UNITS)}.")
    if not is_language_code(language):
        raise LanguageError(f"{language!r} is no language code; write two small letters, such as en.")


def group_participants(participants: Iterable[Participant], attribute: str) -> dict[str, str]:
    """Give each participant's group.

    Args:
        participants (Iterable[Participant]): The participants.
        attribute (str): The attribute that makes the groups.

    Returns:
        dict[str, str]: Group by participant id.

    Raises:
        StudyError: When no participant has the attribute; the message lists those there are.
    """
    people = list(participants)
    known = sorted({name for person in people for name in person.attributes})
    if people and attribute not in known:
        raise StudyError(
            f"No participant has an attribute {attribute!r}.{nearest(attribute, known)} "
            f"There are: {', '.join(known)}."
        )
    return {person.id: group_of(person, attribute) for person in people}


def coding_frame(codebook: Codebook) -> tuple[FrameEntry, ...]:
    """Give a codebook's subcategories as tables need them, in its order."""
    return tuple(
        FrameEntry(category.id, category.label, sub.id, sub.label, sub.stance)
        for category in codebook.categories
        for sub in category.subcategories
    )


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
    transcript: Transcript, participants: Iterable[Participant], language: str, *, questions: bool = True
) -> dict[int, TurnFacts]:
    """Say of each participant's turn who speaks, how much, and (if ``questions``) what was asked before."""
    attributes = {person.id: person.attributes for person in participants}
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


def _run(
    transcripts: Transcripts,
    codebook: Codebook,
    settings: Mapping[str, str],
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    near_misses: Sequence[NearMiss],
) -> dict[str, object]:
    """Say what was run on what; no date and no path, so that equal runs are equal files."""
    coded = [s for s in segments if s.participant]
    return {
        "hrcode": __version__,
        "python": platform.python_version(),
        **versions(settings["language"]),
        **(embedding_version() if _compares(codebook, settings["language"]) else {}),
        "codebook": {"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256},
        "settings": dict(settings),
        "counts": {
            "transcripts": len(transcripts),
            "participants": len(transcripts.participants),
            "segments": len(coded),
            "interviewer_segments": len(segments) - len(coded),
            "words": sum(s.words for s in coded),
            "codings": len(codings),
            "near_misses": len(near_misses),
        },
        "transcripts": {transcript.id: transcript.sha256 for transcript in transcripts},
    }


def _compares(codebook: Codebook, language: str) -> bool:
    """Whether a codebook has indicators that compare sentences, in a language."""
    return any(
        i.kind == "similar" and i.language == language
        for sub in codebook.subcategories
        for i in sub.indicators
    )


def _warnings(
    transcripts: Transcripts, groups: Mapping[str, str], codebook: Codebook, language: str, group_by: str
) -> list[Fault]:
    found: list[Fault] = []
    if missing := sorted(person for person, group in groups.items() if group == NOT_STATED):
        message = f"{group_by} is not stated for {', '.join(missing)}"
        found.append(Fault("", 0, 0, "no-group", message, "warning"))
    if not codebook.cues.get(language, shipped_cues(language)):
        message = f"hrcode has no negation cues for {language!r}; every match counts as affirmed"
        found.append(Fault("", 0, 0, "no-cues", message, "warning"))
    known = {name for person in transcripts.participants for name in person.attributes}
    wanted = {name for sub in codebook.subcategories for i in sub.indicators for name in i.conditions.only}
    for name in sorted(wanted - known):
        message = (
            f"the codebook asks for the attribute {name!r}, which no participant has.{nearest(name, known)}"
        )
        found.append(Fault("", 0, 0, "unknown-attribute", message, "warning"))
    if not any(i.language == language for sub in codebook.subcategories for i in sub.indicators):
        message = f"the codebook has no indicators in {language!r}; nothing can be coded"
        found.append(Fault("", 0, 0, "language", message, "warning"))
    return found
