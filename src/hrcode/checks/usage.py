"""What a codebook's indicators do on transcripts: silent, loud, superfluous, and what wildcards catch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from hrcode.checks.sought import has_wildcard
from hrcode.codebook.model import Codebook, Subcategory
from hrcode.coding.engine import Engine, Evidence
from hrcode.coding.groups import Grouping
from hrcode.coding.one import attributes_of, transcript_sentences, turn_facts
from hrcode.coding.segments import cut, segments_of
from hrcode.indicators.model import Indicator
from hrcode.transcripts.model import Transcripts, people
from hrcode.transcripts.participants import unquoted

DEFAULT_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class IndicatorUse:
    """What one indicator does on transcripts.

    Args:
        subcategory (Subcategory): Its subcategory.
        indicator (Indicator): The indicator.
        sentences (int): Sentences in which it fires.
        share (float): Of all sentences of participants.
        held_back (int): Times it was held back.
        words (Mapping[str, int]): For an indicator with a wildcard, the evidence it caught, of those who
            may be quoted.
        within (str): Id of another indicator of the subcategory that covers all its evidence; or empty.
    """

    subcategory: Subcategory
    indicator: Indicator
    sentences: int
    share: float
    held_back: int
    words: Mapping[str, int]
    within: str


def check_usage(
    codebook: Codebook, transcripts: Transcripts, language: str | None = None
) -> list[IndicatorUse]:
    """Run every indicator by itself over transcripts.

    Args:
        codebook (Codebook): The codebook.
        transcripts (Transcripts): The transcripts.
        language (str | None): Language code; by default the codebook's. Turns in others are left aside.

    Returns:
        list[IndicatorUse]: One per indicator of the language, in the codebook's order.

    Raises:
        LanguageError: When the language lacks what an indicator needs.
    """
    language = language or codebook.language
    engine = Engine(codebook, language)
    attributes = attributes_of(transcripts.participants)
    silent = unquoted(transcripts.participants)
    total = 0
    found: dict[tuple[str, str], list[tuple[str, str, Evidence]]] = defaultdict(list)
    held: Counter[tuple[str, str]] = Counter()
    for transcript in transcripts:
        cuts = cut(transcript, "sentence", language)
        own = segments_of(transcript, cuts, Grouping({}, {}), "sentence", language)
        sentences = transcript_sentences(transcript, own, language).get(language, [])
        total += len(sentences)
        for piece in engine.find_all(sentences, turn_facts(transcript, attributes, language)):
            key = piece.subcategory.path, piece.indicator.id
            if piece.reason:
                held[key] += 1
            else:
                said_by = own[sentences[piece.sentence].segment].participant
                words = transcript.text[piece.start : piece.end] if not silent & {*people(said_by)} else ""
                found[key].append((transcript.id, words, piece))
    uses: list[IndicatorUse] = []
    for sub in codebook.subcategories:
        ids = [indicator.id for indicator in sub.indicators if indicator.language == language]
        for indicator in sub.indicators:
            if indicator.language != language:
                continue
            pieces = found[sub.path, indicator.id]
            places = {(name, piece.sentence) for name, _, piece in pieces}
            others = {other: found[sub.path, other] for other in ids if other != indicator.id}
            uses.append(
                IndicatorUse(
                    sub,
                    indicator,
                    len(places),
                    len(places) / total if total else 0.0,
                    held[sub.path, indicator.id],
                    Counter(words.lower() for _, words, _ in pieces if words)
                    if has_wildcard(indicator)
                    else {},
                    _covering(indicator.id, pieces, others),
                )
            )
    return uses


def _covering(
    name: str,
    pieces: list[tuple[str, str, Evidence]],
    others: Mapping[str, list[tuple[str, str, Evidence]]],
) -> str:
    """Give another indicator whose evidence holds all of this one's.

    Of two that do the same, the one whose id comes first is not called covered.
    """
    own = {(place, p.start, p.end) for place, _, p in pieces}
    for other, theirs in sorted(others.items()):
        spans = {(place, p.start, p.end) for place, _, p in theirs}
        held = all(
            any(n == place and a <= start and end <= b for n, a, b in spans) for place, start, end in own
        )
        if own and held and (spans != own or other < name):
            return other
    return ""
