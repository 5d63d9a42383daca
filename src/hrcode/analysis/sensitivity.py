"""What hangs on one person, one indicator or one kind of interview: leave it out, and look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from hrcode.analysis.by import run_setting
from hrcode.analysis.codes import LEVELS, Code, Level, by_code, check_level, codes_of
from hrcode.analysis.compare import group_warnings, presence
from hrcode.analysis.pattern import NO_LABEL, Counts, pattern, pattern_rule, side
from hrcode.analysis.voices import Said, Voices, voices
from hrcode.coding.model import Coded
from hrcode.schema import SENSITIVITY
from hrcode.transcripts.model import kind_of, natural, people

NOBODY_LEFT = "no comparison: nobody left"
NOTE = (
    "An indicator is left out by taking its codings away; another indicator that matched fewer of the same "
    "words would take its place in a new run. A single mention hangs on one person and one indicator by "
    "definition and is not listed."
)


def sensitivity(
    coded: Coded,
    *,
    by: str | None = None,
    level: Level | None = None,
    where: str | None = None,
    hide_below: int = 0,
) -> pd.DataFrame:
    """Leave out each participant, each indicator and each kind of interview; list the labels that change.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        by (str | None): Attribute that makes the groups, or up to three with commas; by default the run's.
        level (str | None): ``category``, ``subcategory``, ``total``, or None for all.
        where (str | None): Filter of participants.
        hide_below (int): Groups of fewer participants are left out, with all that they say; 0 for none.

    Returns:
        pandas.DataFrame: One row per code and thing left out that changes the code's pattern, with a
        quote of what was left out; the columns of `hrcode.schema.SENSITIVITY`. ``attrs`` holds
        ``rule``, ``note``, ``compared`` (codes with a pattern, by level), ``groups``, ``warnings``.

    Raises:
        StudyError: When an option does not fit the study.
    """
    check_level(level)
    heard = voices(coded, by, where, hide_below=hide_below)
    texts = {segment.segment_id: segment.text for segment in coded.segments}
    rows: list[dict[str, object]] = []
    compared: dict[str, int] = {}
    for name in LEVELS if level is None else (level,):
        said = by_code(heard.said, name)
        codes = [code for code in codes_of(coded.frame, name) if _is_finding(said.get(code, []), heard)]
        compared[name] = len(codes)
        cases = [*_without_person(heard, name), *_without_kind(coded, heard, name)]
        for code in codes:
            own = said[code]
            now = presence(own, heard)
            for what, left_out, fewer in [*_applied(cases, code), *_without_indicator(own, heard)]:
                if row := _row(now, fewer, own, what, left_out):
                    head = {"level": name, **code._asdict()}
                    rows.append({**head, **row, "quote": texts.get(str(row["segment_id"]), "")})
    table = pd.DataFrame(rows, columns=[*SENSITIVITY])
    table.attrs = {
        "rule": pattern_rule(len(heard.sizes)),
        "note": NOTE,
        "by": heard.by,
        "where": where or "",
        "unit": run_setting(coded, "unit"),
        "compared": compared,
        "groups": heard.sizes,
        "warnings": [*group_warnings(heard.sizes), *heard.warnings],
    }
    return table


_Fewer = tuple[Counts, set[str]]
"""Counts without what is left out, and the ids of the codings that remain."""
_Case = tuple[str, str, Voices, Mapping[Code, list[Said]]]


def _is_finding(said: Sequence[Said], heard: Voices) -> bool:
    """Say whether a code has a pattern that could change: more than one person, and a label."""
    counts = presence(said, heard)
    return sum(n for n, _ in counts.values()) > 1 and pattern(counts) not in NO_LABEL


def _without_person(heard: Voices, level: Level) -> Iterator[_Case]:
    for person in sorted({p for members in heard.members.values() for p in members}, key=natural):
        fewer = replace(
            heard,
            members={g: tuple(p for p in members if p != person) for g, members in heard.members.items()},
            said=tuple(piece for piece in heard.said if piece.person != person),
        )
        yield "participant", person, fewer, by_code(fewer.said, level)


def _without_kind(coded: Coded, heard: Voices, level: Level) -> Iterator[_Case]:
    kinds = interview_kinds(coded)
    if len(set(kinds.values())) < 2:
        return
    for kind in sorted(set(kinds.values())):
        speaking = {(g, p) for segment, p, g in heard.spoken if kinds[segment.transcript] != kind}
        fewer = replace(
            heard,
            members={
                g: tuple(p for p in members if (g, p) in speaking) for g, members in heard.members.items()
            },
            said=tuple(piece for piece in heard.said if kinds[piece.coding.transcript] != kind),
        )
        yield "interviews", kind, fewer, by_code(fewer.said, level)


def interview_kinds(coded: Coded) -> dict[str, str]:
    """Say of each transcript in which somebody is coded of which kind it is.

    Args:
        coded (Coded): The run.

    Returns:
        dict[str, str]: The kind that the study gives it, else that of its number of speakers.
    """
    heard: dict[str, set[str]] = defaultdict(set)
    for segment in coded.segments:
        heard[segment.transcript].update(people(segment.participant))
    return {
        transcript: coded.transcripts.get(transcript, {}).get("kind") or kind_of(len(who))
        for transcript, who in heard.items()
        if who
    }


def _applied(cases: Sequence[_Case], code: Code) -> Iterator[tuple[str, str, _Fewer]]:
    for what, left_out, fewer, said in cases:
        own = said.get(code, [])
        yield what, left_out, (presence(own, fewer), {piece.coding.coding_id for piece in own})


def _without_indicator(own: Sequence[Said], heard: Voices) -> Iterator[tuple[str, str, _Fewer]]:
    """Leave out each indicator of a code; those of a category are its subcategories' indicators."""
    rules = dict.fromkeys((p.coding.category, p.coding.subcategory, p.coding.indicator) for p in own)
    for rule in rules:
        rest = [p for p in own if (p.coding.category, p.coding.subcategory, p.coding.indicator) != rule]
        remaining = {piece.coding.coding_id for piece in rest}
        yield "indicator", f"{rule[0]}/{rule[1]}: {rule[2]}", (presence(rest, heard), remaining)


def _row(
    now: Counts, fewer: _Fewer, own: Sequence[Said], what: str, left_out: str
) -> dict[str, object] | None:
    counts, remaining = fewer
    empty = any(total == 0 for _, total in counts.values())
    before, after = pattern(now), NOBODY_LEFT if empty else pattern(counts)
    if before == after:
        return None
    gone = [piece.coding for piece in own if piece.coding.coding_id not in remaining]
    return {
        "left_out": what,
        "name": left_out,
        "counts": _written(now),
        "pattern": before,
        "counts_without": _written(counts),
        "pattern_without": after,
        "change": "side" if empty or side(now) != side(counts) else "degree",
        "codings_lost": len({coding.coding_id for coding in gone}),
        "participant": gone[0].participant if gone else "",
        "segment_id": gone[0].segment_id if gone else "",
    }


def _written(counts: Counts) -> str:
    return ", ".join(f"{group} {n}/{total}" for group, (n, total) in counts.items())
