"""What was found in a text, and how overlapping finds become one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

KINDS = ("person", "place", "organisation", "date", "phone", "e-mail", "id", "name", "other")
TABLE, LISTED, PATTERN, ENTITY, CAPITAL = "table", "list", "pattern", "entity", "capital"
GUESSED = (ENTITY, CAPITAL)
_TRUST = (TABLE, LISTED, PATTERN, *GUESSED)


class Found(NamedTuple):
    """A stretch of a text that tells who somebody is.

    Args:
        start (int): Where it starts, in code points.
        end (int): Where it ends.
        kind (str): One of `KINDS`.
        owner (str): Whom or what it means: equal owners of a kind get one pseudonym.
        source (str): What found it: ``table``, ``list``, ``pattern``, ``entity`` or ``capital``.
    """

    start: int
    end: int
    kind: str
    owner: str
    source: str


def merged(finds: Iterable[Found]) -> list[Found]:
    """Join finds that overlap, so that no half of a name is left standing.

    Args:
        finds (Iterable[Found]): In any order.

    Returns:
        list[Found]: In order, none overlapping. Each covers all that was joined, and means what the
        most trusted of the finds of the longest one's kind means.
    """
    groups: list[list[Found]] = []
    reach = -1
    for find in sorted(finds):
        if find.start < reach:
            groups[-1].append(find)
        else:
            groups.append([find])
        reach = max(reach, find.end) if find.start < reach else find.end
    return [_joined(group) for group in groups]


def _joined(group: list[Found]) -> Found:
    told = [find for find in group if find.source != CAPITAL] or group  # a capital tells no kind
    longest = max(told, key=lambda find: (find.end - find.start, -_TRUST.index(find.source)))
    meant = min(
        (find for find in group if find.kind == longest.kind),
        key=lambda find: (_TRUST.index(find.source), find.start - find.end),
    )
    return meant._replace(start=min(f.start for f in group), end=max(f.end for f in group))
