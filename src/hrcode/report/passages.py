"""Transcripts with their coded passages: turns, cut where codings begin and end."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from hrcode.analysis.voices import Voices
from hrcode.coding.model import Coded, Coding, Segment
from hrcode.transcripts.model import natural, people
from hrcode.transcripts.participants import NOT_QUOTED

Span = tuple[int, int, int]
"""Start, end, and number of a coding."""


class Piece(NamedTuple):
    """A stretch of text and the numbers of the codings on it, and of those that end with it."""

    text: str
    codings: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()


class Part(NamedTuple):
    """A segment that something points to (its place is its number), or the uncoded text between."""

    place: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn as the page shows it."""

    number: int
    speaker: str
    is_participant: bool
    language: str
    location: str
    parts: tuple[Part, ...]


@dataclass(slots=True)
class TranscriptView:
    """A transcript as the page shows it; groups by their numbers."""

    name: str
    participants: dict[str, None] = field(default_factory=dict)
    groups: list[int] = field(default_factory=list)
    words: int = 0
    codings: int = 0
    turns: list[TurnView] = field(default_factory=list)


def cut(text: str, spans: Iterable[Span]) -> list[Piece]:
    """Cut text at the borders of spans, which may overlap.

    Args:
        text (str): The text.
        spans (Iterable[tuple[int, int, int]]): Start, end and number; what reaches out is cut off.

    Returns:
        list[Piece]: Pieces that make up the text, each with the numbers of the spans that cover it.
    """
    inside = [(max(0, a), min(b, len(text)), k) for a, b, k in spans]
    inside = sorted(span for span in inside if span[0] < span[1])
    borders = sorted({0, len(text), *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    waiting, covering, found = deque(inside), list[Span](), []
    for a, b in pairwise(borders):
        covering = [span for span in covering if span[1] > a]
        while waiting and waiting[0][0] == a:
            covering.append(waiting.popleft())
        ending = tuple(k for _, end, k in covering if end == b)
        found.append(Piece(text[a:b], tuple(k for _, _, k in covering), ending))
    return found


def transcripts(coded: Coded, heard: Voices, pointed_to: Collection[str]) -> list[TranscriptView]:
    """Give each transcript with its turns and coded passages.

    Args:
        coded (Coded): The run.
        heard (Voices): Who says what, for the groups of each transcript.
        pointed_to (Collection[str]): Segments that other parts of the page link to.

    Returns:
        list[TranscriptView]: In natural order.
    """
    codings: dict[tuple[str, int], list[tuple[int, Coding]]] = defaultdict(list)
    for k, coding in enumerate(coded.codings):
        codings[coding.transcript, coding.turn].append((k, coding))
    groups: dict[str, set[str]] = defaultdict(set)
    for segment, _, group in heard.spoken:
        groups[segment.transcript].add(group)
    places = segment_places(coded)
    found: dict[str, TranscriptView] = {}
    for (name, turn), chunk in groupby(coded.segments, key=lambda s: (s.transcript, s.turn)):
        segments = [*chunk]
        own = sorted(codings.get((name, turn), []), key=lambda pair: pair[1].start)
        view = found.setdefault(name, TranscriptView(name))
        view.words += sum(s.words for s in segments if s.participant)
        view.codings += len(own)
        for segment in segments:
            view.participants.update(dict.fromkeys(people(segment.participant)))
        view.turns.append(_turn(segments, own, places, pointed_to))
    for name, view in found.items():
        view.groups = [i for i, group in enumerate(heard.members) if group in groups[name]]
    return sorted(found.values(), key=lambda view: natural(view.name))


def segment_places(coded: Coded) -> dict[str, int]:
    """Number the segments, so that a link needs no name from outside."""
    return {segment.segment_id: i for i, segment in enumerate(coded.segments)}


def _turn(
    segments: Sequence[Segment],
    codings: Sequence[tuple[int, Coding]],
    places: Mapping[str, int],
    pointed_to: Collection[str],
) -> TurnView:
    first = segments[0]
    return TurnView(
        first.turn,
        first.speaker,
        bool(first.participant),
        first.language,
        first.location,
        tuple(_parts(segments, codings, places, pointed_to)),
    )


def _spans(segment: Segment, codings: Sequence[tuple[int, Coding]]) -> list[Span]:
    """Give where codings lie in a segment's text; all of it where its words are withheld."""
    if segment.text == NOT_QUOTED:
        return [(0, len(NOT_QUOTED), k) for k, coding in codings if coding.segment_id == segment.segment_id]
    return [(c.start - segment.start, c.end - segment.start, k) for k, c in codings]


def _parts(
    segments: Sequence[Segment],
    codings: Sequence[tuple[int, Coding]],
    places: Mapping[str, int],
    pointed_to: Collection[str],
) -> Iterator[Part]:
    """Join segments that nothing is about; what stands between two segments is no speech: a blank."""
    plain = ""
    end = segments[0].start
    waiting, reaching = deque(codings), list[tuple[int, Coding]]()
    for segment in segments:
        blank = " " if segment.start > end else ""
        end = segment.end
        while waiting and waiting[0][1].start < segment.end:
            reaching.append(waiting.popleft())
        reaching = [pair for pair in reaching if pair[1].end > segment.start]
        pieces = cut(segment.text, _spans(segment, reaching))
        if segment.text == NOT_QUOTED and plain.endswith(NOT_QUOTED) and not pieces[0].codings:
            continue  # said once of a whole stretch
        if segment.segment_id not in pointed_to and not any(piece.codings for piece in pieces):
            plain += blank + segment.text
            continue
        if plain or blank:
            yield Part(None, (Piece(plain + blank),))
            plain = ""
        yield Part(places[segment.segment_id], tuple(pieces))
    if plain:
        yield Part(None, (Piece(plain),))
