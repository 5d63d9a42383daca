"""The counts of a code without a person, a kind of interview or an indicator."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hrcode.analysis.compare import presence
from hrcode.analysis.pattern import Counts
from hrcode.analysis.voices import Said, Voices
from hrcode.transcripts.model import natural


class Interviews(NamedTuple):
    """Of which kind the interviews are, and who is heard in them.

    Args:
        kinds (Mapping[str, str]): Kind by transcript.
        heard (Mapping[str, frozenset[tuple[str, str]]]): Group and person of all that are heard, by kind.
    """

    kinds: Mapping[str, str]
    heard: Mapping[str, frozenset[tuple[str, str]]]


class Fewer(NamedTuple):
    """A code without something.

    Args:
        what (str): ``participant``, ``interviews`` or ``indicator``.
        name (str): What is left out.
        counts (Mapping[str, tuple[int, int]]): Group to participants with the code and in all.
        is_gone (Callable[[Said], bool]): Says of a coding, as a person's, whether it is left out.
    """

    what: str
    name: str
    counts: Counts
    is_gone: Callable[[Said], bool]


def without(own: Sequence[Said], heard: Voices, interviews: Interviews) -> Iterator[Fewer]:
    """Leave out each participant, each kind of interview and each indicator of a code.

    Args:
        own (Sequence[Said]): The codings of the code.
        heard (Voices): The groups.
        interviews (Interviews): Their kinds.

    Yields:
        Fewer: One each; those of a category are its subcategories' indicators.
    """
    yield from _without_person(own, heard)
    if len(interviews.heard) > 1:
        for kind in sorted(interviews.heard):
            yield _without_kind(kind, own, heard, interviews)
    rules = dict.fromkeys(map(_rule, own))
    for rule in rules:
        rest = [piece for piece in own if _rule(piece) != rule]
        name = f"{rule[0]}/{rule[1]}: {rule[2]}"
        yield Fewer("indicator", name, presence(rest, heard), functools.partial(_follows, rule))


def _without_person(own: Sequence[Said], heard: Voices) -> Iterator[Fewer]:
    now = presence(own, heard)
    with_code = {(piece.group, piece.person) for piece in own}
    groups_of: dict[str, list[str]] = defaultdict(list)
    for group, members in heard.members.items():
        for person in members:
            groups_of[person].append(group)
    for person in sorted(groups_of, key=natural):
        counts = dict(now)
        for group in groups_of[person]:
            n, total = counts[group]
            counts[group] = n - ((group, person) in with_code), total - 1
        yield Fewer("participant", person, counts, functools.partial(_is_of, person))


def _without_kind(kind: str, own: Sequence[Said], heard: Voices, interviews: Interviews) -> Fewer:
    kinds = interviews.kinds
    others = frozenset().union(*(who for other, who in interviews.heard.items() if other != kind))
    with_code = {(piece.group, piece.person) for piece in own if kinds[piece.coding.transcript] != kind}
    counts = {
        group: (
            sum((group, person) in with_code for person in members),
            sum((group, person) in others for person in members),
        )
        for group, members in heard.members.items()
    }
    return Fewer("interviews", kind, counts, lambda piece: kinds[piece.coding.transcript] == kind)


def _is_of(person: str, piece: Said) -> bool:
    return piece.person == person


def _follows(rule: tuple[str, str, str], piece: Said) -> bool:
    return _rule(piece) == rule


def _rule(piece: Said) -> tuple[str, str, str]:
    return piece.coding.category, piece.coding.subcategory, piece.coding.indicator
