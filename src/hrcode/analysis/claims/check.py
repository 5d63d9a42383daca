"""Claims held against results: each is answered, with the figures and the words behind the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from hrcode.analysis.claims.facts import Facts, facts_of
from hrcode.analysis.claims.figures import figures
from hrcode.analysis.claims.model import ANSWERS, Answer, Claim, Sub
from hrcode.analysis.claims.ops import OPS, groups_asked
from hrcode.analysis.claims.read import read_claims
from hrcode.analysis.compare import group_warnings
from hrcode.analysis.quotes import quotes
from hrcode.analysis.voices import Voices, voices
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.hints import nearest
from hrcode.schema import CLAIMS

MOST_QUOTES, MOST_PEOPLE = 20, 500
RULE = (
    "holds, fails: by the rule of the claim's op (docs/claims.md), over participants. no data: a group that "
    "the claim is about has nobody who speaks in these results. needs a reader: no count can tell. Fragile: "
    "leaving out some one participant changes the answer."
)


def check_claims(
    coded: Coded, file: str | Path, *, by: str | None = None, where: str | None = None, quotes_each: int = 1
) -> pd.DataFrame:
    """Hold claims against results.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        file (str | Path): YAML file of claims (docs/claims.md).
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter of participants, such as ``years>5``.
        quotes_each (int): Most quotes of a claim from each group; claims that need a reader
            get `MOST_QUOTES`.

    Returns:
        pandas.DataFrame: One row a claim, in the file's order, with the columns of
        `hrcode.schema.CLAIMS`. ``attrs`` holds ``rule``, ``answers`` (how many of each),
        ``fragile`` (how many of those that hold), ``groups`` and ``warnings``.

    Raises:
        StudyError: When the file has faults, each with its line and column, or an option does not
            fit the study.
    """
    if not 0 <= quotes_each <= MOST_QUOTES:
        raise StudyError(f"Quotes of a group are from 0 to {MOST_QUOTES}, not {quotes_each}.")
    claims = read_claims(file, coded.frame, _codebook(coded))
    heard = voices(coded, by, where)
    facts = facts_of(heard)
    said = _said(heard, quotes(coded, by=by, where=where, exemplars=True, spread=True))
    rows = [_row(claim, facts, said, quotes_each) for claim in claims]
    table = pd.DataFrame(rows, columns=[*CLAIMS])
    answers = [*table["answer"]]
    table.attrs = {
        "rule": RULE,
        "answers": {answer: answers.count(answer) for answer in ANSWERS},
        "fragile": sum(row["answer"] == "holds" and row["robust"] == "no" for row in rows),
        "by": heard.by,
        "where": where or "",
        "groups": heard.sizes,
        "warnings": [*group_warnings(heard.sizes), *heard.warnings],
    }
    return table


def _codebook(coded: Coded) -> str:
    book = coded.run.get("codebook")
    return str(book.get("id", "")) if isinstance(book, Mapping) else ""


class _Quote(NamedTuple):
    """A coded segment as one group's: the best of a subcategory first, then one of everybody."""

    group: str
    sub: Sub
    text: str


def _said(heard: Voices, table: pd.DataFrame) -> list[_Quote]:
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for piece in heard.said:
        groups[piece.coding.coding_id][piece.group] = None
    return [
        _Quote(group, (row["category"], row["subcategory"]), f"{row['article']} [{row['segment_id']}]")
        for row in table.to_dict("records")
        for group in groups[row["coding_id"]]
    ]


def _row(claim: Claim, facts: Facts, said: Sequence[_Quote], quotes_each: int) -> dict[str, str]:
    answer = answer_of(claim, facts)
    known = [group for group in dict.fromkeys(groups_asked(claim, facts)) if facts.members.get(group)]
    reads = OPS[claim.op].reads
    return {
        "claim": claim.id,
        "text": claim.text,
        "op": claim.op,
        "codes": ", ".join(target.path for target in claim.targets),
        "groups": ", ".join(claim.groups),
        "answer": answer,
        "robust": "" if reads or missing(claim, facts) else robustness(claim, facts, answer),
        "reason": _reason(claim, facts, answer, known),
        "figures": "\n".join(figures(claim, facts, known)),
        "quotes": "\n".join(_quotes(claim, said, known, MOST_QUOTES if reads else quotes_each)),
        "source": claim.source,
    }


def _reason(claim: Claim, facts: Facts, answer: Answer, groups: Sequence[str]) -> str:
    """Say what an answer hangs on, where the figures alone would not tell."""
    if answer == "needs a reader":
        return claim.question
    if answer == "no data":
        categories = ", ".join(dict.fromkeys(target.path.split("/")[0] for target in claim.targets))
        return (
            missing(claim, facts)
            or f"in one of the groups nothing of {categories} was heard, so nothing ranks"
        )
    if answer == "fails" and not any(facts.people(g, t.subs) for g in groups for t in claim.targets):
        return "not observed in any of these groups: not heard, which is not the same as not held"
    return ""


def answer_of(claim: Claim, facts: Facts) -> Answer:
    """Answer a claim.

    Args:
        claim (Claim): The claim.
        facts (Facts): What it is held against.

    Returns:
        str: ``no data`` where a group that it asks about has nobody, or where there is nothing to
        tell it by; never ``holds`` there.
    """
    if missing(claim, facts):
        return "no data"
    if OPS[claim.op].reads:
        return "needs a reader"
    held = OPS[claim.op].holds(claim, facts)
    return "no data" if held is None else "holds" if held else "fails"


def missing(claim: Claim, facts: Facts) -> str:
    """Say what is missing to answer a claim; empty where nothing is."""
    asked = [*dict.fromkeys(groups_asked(claim, facts))]
    for group in asked:
        if group not in facts.members:
            known = ", ".join(facts.members) or "none"
            hint = nearest(group, facts.members)
            return f"there is no group {group} in these results.{hint} There are: {known}"
        if not facts.members[group]:
            return f"nobody of {group} says a word in these results"
    if OPS[claim.op].compares and not set(asked) - set(claim.groups):
        return "there is no other group in these results"
    return ""


def robustness(claim: Claim, facts: Facts, answer: str) -> str:
    """Say ``yes`` where the answer stays the same whichever one participant is left out, else ``no``.

    Args:
        claim (Claim): The claim.
        facts (Facts): What it is held against.
        answer (str): The answer by all of them.

    Returns:
        str: Empty where more than `MOST_PEOPLE` people are asked about, of whom one is too few to tell.
    """
    people = {person for group in groups_asked(claim, facts) for person in facts.members[group]}
    if len(people) > MOST_PEOPLE:
        return ""
    same = all(answer_of(claim, facts.without(person)) == answer for person in sorted(people))
    return "yes" if same else "no"


def _quotes(claim: Claim, said: Sequence[_Quote], groups: Sequence[str], most: int) -> list[str]:
    """Give quotes of a claim's codes, some of each group."""
    subs = {sub for target in claim.targets for sub in target.subs}
    chosen: dict[str, None] = {}
    for group in groups:
        own = dict.fromkeys(quote.text for quote in said if quote.group == group and quote.sub in subs)
        chosen.update(dict.fromkeys([*own][:most]))
    return [*chosen]
