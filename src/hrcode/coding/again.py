"""Coding again what was coded before: only what is new, or what a changed codebook can touch.

An entry is about one transcript: its text, who says what in which language, the unit, and everything
that codes. It holds where the segments are and, by the rules of each subcategory, where its evidence
stands: offsets, ids of indicators and cues, no other words of the transcript.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain, compress
from operator import attrgetter
from typing import Any, NamedTuple

from hrcode.codebook.model import Codebook, Subcategory
from hrcode.coding.cache import Cache, Damaged
from hrcode.coding.engine import Evidence
from hrcode.coding.model import Segment
from hrcode.coding.one import Rows, Setup, find_evidence, make_rows
from hrcode.coding.rule_hashes import codes_waited_for, rule_hashes
from hrcode.coding.segments import Cuts, cut, segments_of
from hrcode.indicators.model import Indicator
from hrcode.language.pipeline import versions
from hrcode.transcripts.model import Transcript, languages, people
from hrcode.transcripts.participants import may_be_quoted
from hrcode.transcripts.sampling import UNSEEN

_SOURCES = ("coding", "indicators", "language", "codebook", "spans.py")  # all that codes
_MOST_CODES = 2_000  # subcategories, in all their versions, that an entry remembers


Row = Sequence[Any]
"""Start, end, the indicator's `_ref`, reason, cue, context."""


@dataclass(frozen=True)
class Memory:
    """What earlier runs are compared with.

    Args:
        cache (Cache): Where they left what they found.
        rules (Mapping[str, str]): Hash of all that decides on a subcategory, by its path.
        program (str): Hash of the program that codes.
        named (Mapping[str, frozenset[str]]): The subcategories that one waits for, by its path.
        indicators (Mapping[str, tuple[Subcategory, Indicator]]): What evidence names, by `_ref`.
    """

    cache: Cache
    rules: Mapping[str, str]
    program: str
    named: Mapping[str, frozenset[str]]
    indicators: Mapping[str, tuple[Subcategory, Indicator]]


def make_memory(codebook: Codebook, cache: Cache) -> Memory:
    """Prepare to look for what was coded before.

    Args:
        codebook (Codebook): The codebook of the run.
        cache (Cache): The cache.

    Returns:
        Memory: What `recall` wants.
    """
    indicators = {_ref(sub, one): (sub, one) for sub in codebook.subcategories for one in sub.indicators}
    return Memory(cache, rule_hashes(codebook), program_hash(), codes_waited_for(codebook), indicators)


class Recall(NamedTuple):
    """What is known of one transcript.

    Args:
        cuts (Cuts | None): Where its segments are; None where nothing is known.
        found (Mapping[str, Sequence[Row]]): What was found in it, by hash of the rules.
        missing (frozenset[str]): The subcategories of the codebook that it was not coded with.
        damaged (bool): Whether an entry was no longer what had been written.
        key (str): The key of its entry.
    """

    cuts: Cuts | None
    found: Mapping[str, Sequence[Row]]
    missing: frozenset[str]
    damaged: bool = False
    key: str = ""


def recall(transcript: Transcript, setup: Setup, memory: Memory) -> Recall:
    """Look for what is known of a transcript.

    Args:
        transcript (Transcript): The transcript.
        setup (Setup): What it is to be coded with.
        memory (Memory): Where to look.

    Returns:
        Recall: What is known.
    """
    damaged, key = False, entry_key(transcript, setup, memory)
    try:
        body = memory.cache.get(key)
    except Damaged:
        body, damaged = None, True
    if body is None:
        return Recall(None, {}, frozenset(memory.rules), damaged, key)
    held = json.loads(body)
    missing = frozenset(path for path, rules in memory.rules.items() if rules not in held["found"])
    return Recall(Cuts(*map(_unpacked, held["cuts"])), held["found"], missing, key=key)


def code_rest(
    transcript: Transcript, setup: Setup, memory: Memory, known: Recall, wanted: frozenset[str] | None
) -> Rows:
    """Code one transcript as far as it was not coded before.

    Args:
        transcript (Transcript): The transcript.
        setup (Setup): What it is coded with.
        memory (Memory): Where to leave what is found.
        known (Recall): What is known of it.
        wanted (frozenset[str] | None): The subcategories that engines are asked for: those that are
            missing, and those that they name; None for all.

    Returns:
        Rows: What `code_transcript` gives.
    """
    cuts = cut(transcript, setup.unit, setup.language) if known.cuts is None else known.cuts
    segments = segments_of(transcript, cuts, setup.groups, setup.unit, setup.language)
    found, kept = dict(known.found), True
    if known.missing:
        new = _find(transcript, segments, setup, memory, known.missing, wanted)
        found = {**{rules: rows for rules, rows in found.items() if rules not in new}, **new}
        if not _has_silent(transcript, setup):
            body = _body(cuts, dict([*found.items()][-_MOST_CODES:]))
            kept = memory.cache.put(known.key, body)
    evidence = [_evidence(row, memory) for rules in memory.rules.values() for row in found[rules]]
    return make_rows(transcript, segments, evidence, setup.engines.codebook)._replace(kept=kept)


def _has_silent(transcript: Transcript, setup: Setup) -> bool:
    """Say whether somebody speaks whose words, cues too, may stand in no file."""
    speakers = _speakers(transcript)
    return any(not may_be_quoted(setup.attributes.get(person, {})) for person in speakers)


def _speakers(transcript: Transcript) -> set[str]:
    return {person for who in {turn.participant for turn in transcript.turns} for person in people(who)}


def with_named(paths: Iterable[str], memory: Memory) -> frozenset[str]:
    """Give subcategories with those that they wait for."""
    chosen = frozenset(paths)
    return chosen.union(*(memory.named[path] for path in chosen))


def entry_key(transcript: Transcript, setup: Setup, memory: Memory) -> str:
    """Give the key of a transcript's entry: a hash of all that matters but the rules."""
    seen = [turn.left_out not in UNSEEN for turn in transcript.turns]
    turns = [*compress(transcript.turns, seen)]
    places = array("Q", chain.from_iterable(map(attrgetter("number", "start", "end"), turns)))
    spoken_there = compress(languages(transcript, setup.language), seen)
    said = [*zip(spoken_there, map(attrgetter("participant"), turns), strict=True)]
    kinds = {pair: number for number, pair in enumerate(dict.fromkeys(said))}
    numbers = array("Q", map(kinds.__getitem__, said))
    spoken = sorted({language for language, _ in kinds})
    speakers = _speakers(transcript)
    about = [
        memory.program,
        sys.byteorder,
        [[language, _installed(language)] for language in spoken],
        setup.unit,
        setup.engines.prefilter,
        transcript.sha256,
        [*kinds],
        sorted(transcript.attributes.items()),
        [[person, sorted(setup.attributes.get(person, {}).items())] for person in sorted(speakers)],
    ]
    # The numbers, which are many, as they are; how many there are stands before them.
    key = hashlib.sha256(json.dumps([*about, len(turns)]).encode())
    key.update(places.tobytes())
    key.update(numbers.tobytes())
    return key.hexdigest()


@functools.cache
def _installed(language: str) -> list[tuple[str, str]]:
    return sorted(versions(language).items())


@functools.cache
def program_hash() -> str:
    """Hash the source of all that codes, so that no number has to be raised when it changes."""
    digest = hashlib.sha256()
    for source in _SOURCES:
        for file in _files(resources.files("hrcode") / source):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(item: Traversable) -> Iterator[Traversable]:
    """Give a file of source, or those in a folder, in an order that is always the same."""
    if item.is_dir():
        for inside in sorted(item.iterdir(), key=lambda one: one.name):
            yield from _files(inside)
    elif item.name.endswith((".py", ".yaml")):
        yield item


def _body(cuts: Cuts, found: Mapping[str, Sequence[Row]]) -> bytes:
    return json.dumps({"cuts": [*map(_packed, cuts)], "found": found}, separators=(",", ":")).encode()


def _packed(numbers: Iterable[int]) -> str:
    """Write numbers as text that is read back many times faster than digits are."""
    return base64.b64encode(array("I", numbers).tobytes()).decode()


def _unpacked(text: str) -> array[int]:
    numbers = array("I")
    numbers.frombytes(base64.b64decode(text))
    return numbers


def _ref(sub: Subcategory, indicator: Indicator) -> str:
    named = "\x1f".join([sub.path, indicator.kind, indicator.language, indicator.id])
    return hashlib.sha256(named.encode()).hexdigest()[:12]


def _find(
    transcript: Transcript,
    segments: Sequence[Segment],
    setup: Setup,
    memory: Memory,
    missing: frozenset[str],
    wanted: frozenset[str] | None,
) -> dict[str, list[Row]]:
    """Look for the evidence of some subcategories; give it by the hash of their rules."""
    found: dict[str, list[Row]] = {memory.rules[path]: [] for path in missing}
    for piece in find_evidence(transcript, segments, setup, wanted):
        if piece.subcategory.path in missing:
            ref = _ref(piece.subcategory, piece.indicator)
            row = (piece.start, piece.end, ref, piece.reason, piece.cue, piece.context)
            found[memory.rules[piece.subcategory.path]].append(row)
    return found


def _evidence(row: Row, memory: Memory) -> Evidence:
    start, end, ref, reason, cue, context = row
    return Evidence(start, end, *memory.indicators[ref], reason, cue, context)
