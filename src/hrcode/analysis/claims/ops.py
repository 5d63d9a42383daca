"""What a claim may assert: each is a question to the facts, with the keys that it needs and may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hrcode.analysis.claims.facts import Facts
from hrcode.analysis.claims.model import METRICS, Claim, Metric, Sub

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Op:
    """An assertion.

    Args:
        holds (Callable[[Claim, Facts], bool | None]): Whether the facts bear the claim out; None
            where there is nothing to tell it by. Every group that it asks about has people.
        compares (bool): Whether other groups are looked at, too.
        needs (frozenset[str]): Keys of the claim besides id, text and op; ``code`` is one code,
            ``codes`` one or more.
        may (frozenset[str]): Keys that it may have.
        metrics (tuple[Metric, ...]): What ``metric`` may be.
        reads (bool): Whether only a reader can tell; ``holds`` is then not asked.
    """

    holds: Callable[[Claim, Facts], bool | None]
    compares: bool = False
    needs: frozenset[str] = frozenset({"codes", "groups"})
    may: frozenset[str] = frozenset({"stance"})
    metrics: tuple[Metric, ...] = METRICS
    reads: bool = False


def others(claim: Claim, facts: Facts) -> tuple[str, ...]:
    """Give the groups that a claim's are compared with: those named, else all others."""
    return claim.than or tuple(group for group in facts.members if group not in claim.groups)


def _subs(claim: Claim) -> set[Sub]:
    return {sub for target in claim.targets for sub in target.subs}


def _present_in(claim: Claim, facts: Facts) -> bool:
    return all(len(facts.people(group, _subs(claim))) >= claim.at_least for group in claim.groups)


def _absent_in(claim: Claim, facts: Facts) -> bool:
    return not any(facts.people(group, _subs(claim)) for group in claim.groups)


def _only_in(claim: Claim, facts: Facts) -> bool:
    elsewhere = any(facts.people(group, _subs(claim)) for group in others(claim, facts))
    return _present_in(claim, facts) and not elsewhere


def _more_in(claim: Claim, facts: Facts) -> bool:
    return _exceeds(claim, facts, claim.metric)


def _broader_in(claim: Claim, facts: Facts) -> bool:
    return _exceeds(claim, facts, "subcategories")


def _exceeds(claim: Claim, facts: Facts, metric: Metric) -> bool:
    """Say whether each of the claim's groups exceeds each other one, by the margin at least."""
    subs = _subs(claim)
    least = min(facts.value(group, subs, metric) for group in claim.groups)
    most = max(facts.value(group, subs, metric) for group in others(claim, facts))
    return least > most + TINY and least >= most + claim.margin - TINY


def _co_present(claim: Claim, facts: Facts) -> bool:
    if claim.within == "participant":
        return all(len(together(claim, facts, group)) >= claim.at_least for group in claim.groups)
    return all(
        len(facts.people(group, target.subs)) >= claim.at_least
        for group in claim.groups
        for target in claim.targets
    )


def together(claim: Claim, facts: Facts, group: str) -> list[str]:
    """Give the people of a group who have every code of a claim."""
    having = [{*facts.people(group, target.subs)} for target in claim.targets]
    return [person for person in facts.members[group] if all(person in people for people in having)]


def _top_subcategory(claim: Claim, facts: Facts) -> bool | None:
    """Say whether no sibling exceeds the subcategory; None where a group has none of them at all."""
    tops = [ranking(claim, facts, group) for group in claim.groups]
    if any(top[0][0] <= 0 for top in tops):
        return None
    own = claim.targets[0].subs
    return all(
        facts.value(group, own, claim.metric) >= top[0][0] - TINY
        for group, top in zip(claim.groups, tops, strict=True)
    )


def ranking(claim: Claim, facts: Facts, group: str) -> list[tuple[float, Sub]]:
    """Rank a subcategory and its siblings in a group, the largest first."""
    values = [(facts.value(group, [sub], claim.metric), sub) for sub in claim.targets[0].siblings]
    return sorted(values, key=lambda item: -item[0])


def _reader(claim: Claim, facts: Facts) -> None:
    return None


def _keys(*names: str) -> frozenset[str]:
    return frozenset(names)


OPS: dict[str, Op] = {
    "present_in": Op(_present_in, may=_keys("stance", "at_least")),
    "absent_in": Op(_absent_in),
    "only_in": Op(_only_in, compares=True, may=_keys("stance", "at_least", "than")),
    "more_in": Op(_more_in, compares=True, may=_keys("stance", "than", "metric", "margin")),
    "broader_in": Op(_broader_in, compares=True, may=_keys("stance", "than", "margin")),
    "co_present": Op(_co_present, may=_keys("stance", "within", "at_least")),
    "top_subcategory": Op(
        _top_subcategory,
        needs=_keys("code", "groups"),
        may=_keys("metric"),
        metrics=("participants", "segments"),
    ),
    "judgement": Op(_reader, may=_keys("stance", "question"), reads=True),
}


def groups_asked(claim: Claim, facts: Facts) -> Iterator[str]:
    """Give every group that a claim has to know."""
    yield from claim.groups
    if OPS[claim.op].compares:
        yield from others(claim, facts)
