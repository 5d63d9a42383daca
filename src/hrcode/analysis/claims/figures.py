"""The figures behind an answer, in words: n of N, who, how often, and what the claim ranks or compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrcode.analysis.claims.facts import Facts
from hrcode.analysis.claims.model import Claim, Target
from hrcode.analysis.claims.ops import TINY, ranking, together
from hrcode.transcripts.model import natural

_NAMED, _RANKED = 8, 3


def figures(claim: Claim, facts: Facts, groups: Sequence[str]) -> list[str]:
    """Give the figures of a claim.

    Args:
        claim (Claim): The claim.
        facts (Facts): What it is held against.
        groups (Sequence[str]): The groups that it asks about and that have people.

    Returns:
        list[str]: Lines: one a code, then what the claim's op looks at besides.
    """
    lines = [_presence(target, facts, groups) for target in claim.targets]
    more = _MORE.get(claim.op)
    return [*lines, *(more(claim, facts, groups) if more and groups else ())]


def _presence(target: Target, facts: Facts, groups: Sequence[str]) -> str:
    told = [
        f"{group} {len(people)}/{len(facts.members[group])}{_named(people)}, "
        f"{facts.value(group, target.subs, 'segments'):.2f} per 1,000 words"
        for group in groups
        for people in [facts.people(group, target.subs)]
    ]
    name = target.path if "/" in target.path else f"{target.path} ({target.stance})"
    return f"{name}: {'; '.join(told) or 'nobody to count'}"


def _named(people: Sequence[str]) -> str:
    ordered = sorted(people, key=natural)
    more = f" and {len(ordered) - _NAMED} more" if len(ordered) > _NAMED else ""
    return f" ({', '.join(ordered[:_NAMED])}{more})" if ordered else ""


def _breadth(claim: Claim, facts: Facts, groups: Sequence[str]) -> Iterator[str]:
    subs = {sub for target in claim.targets for sub in target.subs}
    told = [f"{group} {facts.value(group, subs, 'subcategories'):.0f} of {len(subs)}" for group in groups]
    yield f"different subcategories: {', '.join(told)}"
    if len({len(facts.members[group]) for group in groups}) > 1:
        yield "the groups differ in size; more people have more subcategories"


def _compared(claim: Claim, facts: Facts, groups: Sequence[str]) -> Iterator[str]:
    if claim.metric == "subcategories":
        yield from _breadth(claim, facts, groups)


def _together(claim: Claim, facts: Facts, groups: Sequence[str]) -> Iterator[str]:
    told = [
        f"{group} {len(people)}/{len(facts.members[group])}{_named(people)}"
        for group in groups
        for people in [together(claim, facts, group)]
    ]
    yield f"all of these in one participant: {'; '.join(told)}"


def _ranked(claim: Claim, facts: Facts, groups: Sequence[str]) -> Iterator[str]:
    unit = "share of participants" if claim.metric == "participants" else "per 1,000 words"
    for group in groups:
        heard = [item for item in ranking(claim, facts, group) if item[0] > 0]
        told = [f"{sub} {value:.2f}" for value, (_, sub) in heard[:_RANKED]]
        tied = " (a tie)" if len(heard) > 1 and heard[0][0] - heard[1][0] < TINY else ""
        yield f"most in {group}, {unit}: {', '.join(told) or 'none'}{tied}"


_MORE = {
    "more_in": _compared,
    "broader_in": _breadth,
    "co_present": _together,
    "top_subcategory": _ranked,
}
