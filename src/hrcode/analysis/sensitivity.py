"""What hangs on one person, one indicator or one kind of interview: leave it out, and look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import pandas as pd

from hrcode.analysis.by import run_setting
from hrcode.analysis.codes import LEVELS, Level, by_code, check_level, codes_of
from hrcode.analysis.compare import group_warnings, presence
from hrcode.analysis.leave_out import Interviews, without
from hrcode.analysis.pattern import NO_LABEL, Counts, pattern, pattern_rule, side
from hrcode.analysis.voices import Said, Voices, voices
from hrcode.coding.model import Coded, FrameEntry, in_columns
from hrcode.schema import SENSITIVITY
from hrcode.transcripts.model import kind_of, people

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
    return sensitivity_of(
        heard,
        coded.frame,
        _interviews(coded, heard),
        lambda ids: {one.segment_id: one.text for one in coded.segments if one.segment_id in ids},
        level=level,
        where=where,
        unit=run_setting(coded, "unit"),
    )


def sensitivity_of(
    heard: Voices,
    frame: Sequence[FrameEntry],
    interviews: Interviews,
    texts: Callable[[Collection[str]], Mapping[str, str]],
    *,
    level: Level | None = None,
    where: str | None = None,
    unit: str = "",
) -> pd.DataFrame:
    """List the labels that change, where it is known already who says what (see `sensitivity`).

    Args:
        heard (Voices): Who says what, in groups; ``stretches`` are not needed.
        frame (Sequence[FrameEntry]): The subcategories of the codebook.
        interviews (Interviews): Of which kind the interviews are.
        texts (Callable): Gives the texts of segments, by the ids that it is given.
        level (str | None): ``category``, ``subcategory``, ``total``, or None for all.
        where (str | None): The filter that was used, to be named.
        unit (str): The unit of analysis, to be named.

    Returns:
        pandas.DataFrame: The table.
    """
    rows: list[dict[str, object]] = []
    compared: dict[str, int] = {}
    for name in LEVELS if level is None else (level,):
        said = by_code(heard.said, name)
        codes = [code for code in codes_of(frame, name) if _is_finding(said.get(code, []), heard)]
        compared[name] = len(codes)
        for code in codes:
            head = {"level": name, **code._asdict()}
            rows += ({**head, **row} for row in _changes(said[code], heard, interviews))
    quotes = texts({str(row["segment_id"]) for row in rows})
    for row in rows:
        row["quote"] = quotes.get(str(row["segment_id"]), "")
    table = pd.DataFrame(rows, columns=[*SENSITIVITY])
    table.attrs = {
        "rule": pattern_rule(len(heard.sizes)),
        "note": NOTE,
        "by": heard.by,
        "where": where or "",
        "unit": unit,
        "compared": compared,
        "groups": heard.sizes,
        "warnings": [*group_warnings(heard.sizes), *heard.warnings],
    }
    return table


def _is_finding(said: Sequence[Said], heard: Voices) -> bool:
    """Say whether a code has a pattern that could change: more than one person, and a label."""
    counts = presence(said, heard)
    return sum(n for n, _ in counts.values()) > 1 and pattern(counts) not in NO_LABEL


def _interviews(coded: Coded, heard: Voices) -> Interviews:
    kinds = interview_kinds(coded)
    of_kind: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in heard.stretches:
        of_kind[kinds[one.transcript]].update((group, person) for person, group in one.by)
    return Interviews(kinds, {kind: frozenset(who) for kind, who in of_kind.items()})


def interview_kinds(coded: Coded) -> dict[str, str]:
    """Say of each transcript in which somebody is coded of which kind it is.

    Args:
        coded (Coded): The run.

    Returns:
        dict[str, str]: The kind that the study gives it, else that of its number of speakers.
    """
    heard: dict[str, set[str]] = defaultdict(set)
    columns = in_columns(coded.segments).columns
    for transcript, participant in {*zip(columns.transcript, columns.participant, strict=True)}:
        heard[transcript].update(people(participant))
    return {
        transcript: coded.transcripts.get(transcript, {}).get("kind") or kind_of(len(who))
        for transcript, who in heard.items()
        if who
    }


def _changes(own: Sequence[Said], heard: Voices, interviews: Interviews) -> Iterator[dict[str, object]]:
    """Give a row for everything without which a code has another pattern."""
    now = presence(own, heard)
    before = pattern(now)
    labels: dict[tuple[tuple[int, int], ...], str] = {}  # most people's counts are those of others
    for fewer in without(own, heard, interviews):
        key = (*fewer.counts.values(),)
        empty = any(total == 0 for _, total in key)
        if key not in labels:
            labels[key] = NOBODY_LEFT if empty else pattern(fewer.counts)
        if before == (after := labels[key]):
            continue
        remaining = {piece.coding.coding_id for piece in own if not fewer.is_gone(piece)}
        gone = [piece.coding for piece in own if piece.coding.coding_id not in remaining]
        yield {
            "left_out": fewer.what,
            "name": fewer.name,
            "counts": _written(now),
            "pattern": before,
            "counts_without": _written(fewer.counts),
            "pattern_without": after,
            "change": "side" if empty or side(now) != side(fewer.counts) else "degree",
            "codings_lost": len({coding.coding_id for coding in gone}),
            "participant": gone[0].participant if gone else "",
            "segment_id": gone[0].segment_id if gone else "",
        }


def _written(counts: Counts) -> str:
    return ", ".join(f"{group} {n}/{total}" for group, (n, total) in counts.items())
