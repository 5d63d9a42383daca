"""How a code is spread over groups: a label by fixed rules, and whether it hangs on one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

PREDOMINANT = 0.5
MOST = 0.75
FEWEST = 3
_TWO = (
    "not observed; single mention = one {one} in all; only in X = nobody elsewhere; predominant in X = "
    f"X's share is at least {100 * PREDOMINANT:.0f} percentage points above the other's; shared (most) = at "
    f"least {MOST:.0%} of each group; shared"
)
_SEVERAL = (
    "not observed; single mention = one {one} in all; only in X = nobody elsewhere; predominant in X = "
    f"X's share is at least {100 * PREDOMINANT:.0f} percentage points above every other's; in all G; in k of "
    f"G, where G counts the groups of at least {FEWEST} {{many}} (smaller ones get no label)"
)
_FRAGILE = (
    "Fragile = leaving out some one {one} changes which group the pattern is for, or whether it is for any."
)
Counts = Mapping[str, tuple[int, int]]
"""Group to participants with the code, and in all."""


def pattern_rule(groups: int, count: str = "participant") -> str:
    """Say the rules of `pattern` for a number of groups and what is counted, thresholds included."""
    rule = f"Pattern, by {count}s, the first that fits: {_TWO if groups <= 2 else _SEVERAL}. {_FRAGILE}"
    one, many = ("person", "people") if count == "participant" else (count, f"{count}s")
    return rule.format(one=one, many=many)


NO_LABEL = ("one group", "groups too small")


class _Label(NamedTuple):
    text: str
    side: str = ""


def pattern(counts: Counts) -> str:
    """Say how a code is spread over groups.

    Args:
        counts (Mapping[str, tuple[int, int]]): Group to participants with the code and in all.

    Returns:
        str: A label by the rules of `pattern_rule`.
    """
    return _label(counts, _labelled(counts)).text


def side(counts: Counts) -> str:
    """Say which group the pattern is for (``only in`` or ``predominant in``); empty where for none."""
    return _label(counts, _labelled(counts)).side


def is_robust(counts: Counts) -> bool:
    """Say whether a label stays on its side whichever one participant is left out.

    Args:
        counts (Mapping[str, tuple[int, int]]): Group to participants with the code and in all.

    Returns:
        bool: False also where leaving somebody out would leave a group empty.
    """
    if not any(n for n, _ in counts.values()):
        return True
    labelled = _labelled(counts)
    now = _label(counts, labelled).side
    return all(
        fewer[group][1] > 0 and _label(fewer, labelled).side == now for group, fewer in _without_one(counts)
    )


def robustness(counts: Counts) -> str:
    """Say ``yes`` or ``no`` as `is_robust` does; nothing where groups could not be compared."""
    return "" if pattern(counts) in NO_LABEL else "yes" if is_robust(counts) else "no"


def _without_one(counts: Counts) -> Iterator[tuple[str, Counts]]:
    """Leave out one participant of each kind: with the code, and without, of each group."""
    for group, (n, total) in counts.items():
        if n:
            yield group, {**counts, group: (n - 1, total - 1)}
        if total > n:
            yield group, {**counts, group: (n, total - 1)}


def _labelled(counts: Counts) -> tuple[str, ...]:
    """Give the groups that get a label: both of two; of more, those that are not too small."""
    if len(counts) <= 2:
        return tuple(counts)
    return tuple(group for group, (_, total) in counts.items() if total >= FEWEST)


def _label(counts: Counts, labelled: tuple[str, ...]) -> _Label:
    mentions = sum(n for n, _ in counts.values())
    if mentions <= 1:
        return _Label("single mention" if mentions else "not observed")
    if len(counts) == 1:
        return _Label("one group")
    if len(labelled) < 2:
        return _Label("groups too small")
    present = [group for group in labelled if counts[group][0]]
    if len(present) == 1 and counts[present[0]][0] == mentions:
        return _Label(f"only in {present[0]}", present[0])
    share = {group: counts[group][0] / counts[group][1] if counts[group][1] else 0.0 for group in labelled}
    first, second = sorted(share, key=lambda group: -share[group])[:2]
    if share[first] - share[second] >= PREDOMINANT - 1e-9:
        return _Label(f"predominant in {first}", first)
    if len(counts) == 2:
        return _Label("shared (most)" if share[second] >= MOST - 1e-9 else "shared")
    if len(present) == len(labelled):
        return _Label(f"in all {len(labelled)}")
    names = f": {', '.join(present)}" if present else ""
    return _Label(f"in {len(present)} of {len(labelled)}{names}")
