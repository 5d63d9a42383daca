"""The words behind the numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

from hrcode.analysis.by import run_setting
from hrcode.analysis.hide import hidden_in, hide_small
from hrcode.analysis.quote_filters import QuoteFilters, check_codes, check_known
from hrcode.analysis.quote_text import article, contexts, turn_parts
from hrcode.analysis.voices import voices
from hrcode.coding.model import Coded, Coding, Segment
from hrcode.errors import StudyError
from hrcode.schema import QUOTES
from hrcode.transcripts.model import natural, people
from hrcode.transcripts.participants import NOT_QUOTED

SHORT, LONG = 8, 50
EXEMPLAR_RULE = (
    "Exemplars first: one coding a segment and subcategory; those where more different indicators of the "
    f"subcategory agree, then those of {SHORT} to {LONG} words, then those said plainly (no question, "
    "nothing hypothetical, reported or past), then the order of group, participant and place."
)
MAX_CONTEXT = 20


def quotes(
    coded: Coded,
    *,
    category: str | None = None,
    group: str | None = None,
    participant: str | None = None,
    stance: str | None = None,
    indicator: str | None = None,
    containing: str | None = None,
    by: str | None = None,
    where: str | None = None,
    exemplars: bool = False,
    spread: bool = False,
    each: int | None = None,
    limit: int | None = None,
    context: int = 0,
    hide_below: int = 0,
) -> pd.DataFrame:
    """Give coded segments with the words that caused each coding.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        category (str | None): Category, or ``category/subcategory``.
        group (str | None): Group.
        participant (str | None): Participant.
        stance (str | None): Stance, such as ``departs``.
        indicator (str | None): Indicator's id, or a part of it.
        containing (str | None): Text that the segment holds, in any case of letters.
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter of participants, such as ``years>5``.
        exemplars (bool): Put the most telling quotes first, by `EXEMPLAR_RULE`.
        spread (bool): In each subcategory one quote of every participant before the second of any.
        each (int | None): Most rows of a subcategory.
        limit (int | None): Most rows to give.
        context (int): Segments to give before and after, of any speaker.
        hide_below (int): Groups of fewer participants are left out, with all that is said by, with or to
            them, also as context; 0 for none.

    Returns:
        pandas.DataFrame: One row per coding with the columns of `hrcode.schema.QUOTES`, in the order
        of the codebook, group, participant and place. ``attrs`` holds ``total``, the number of rows
        without ``each`` and ``limit``, and ``rule``, how they are ranked.

    Raises:
        StudyError: When what is asked for does not occur, naming the nearest.
    """
    if not 0 <= context <= MAX_CONTEXT:
        raise StudyError(f"The context is a number of segments from 0 to {MAX_CONTEXT}, not {context}.")
    if hide_below:
        coded = hide_small(coded, hide_below, by)
    filters = QuoteFilters(category, group, participant, stance, indicator, containing)
    check_codes(coded.frame, filters)
    heard = voices(coded, by, where, hide_below=hide_below)
    check_known("group", group, heard.members)
    check_known("participant", participant, {person.id for person in coded.participants})
    segments = {segment.segment_id: segment for segment in coded.segments}
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for piece in heard.said:
        groups[piece.coding.coding_id][piece.group] = None
    chosen = _chosen(coded, filters, groups, segments)
    names = {coding.coding_id: ", ".join(groups[coding.coding_id]) for coding in chosen}
    place = {name: i for i, name in enumerate(heard.members)}
    chosen.sort(key=lambda c: (min(place[name] for name in groups[c.coding_id]), natural(c.participant)))
    ordered = _ordered(coded, chosen, segments, exemplars=exemplars, spread=spread)
    shown = _first(ordered, each)[:limit]
    table = pd.DataFrame(_rows(coded, shown, names, segments, context), columns=[*QUOTES])
    table.attrs = {
        "total": len(ordered),
        "rule": EXEMPLAR_RULE if exemplars else "",
        "by": heard.by,
        "where": where or "",
        "unit": run_setting(coded, "unit"),
        "groups": heard.sizes,
        "warnings": [*heard.warnings, *hidden_in(coded)],
    }
    return table


def _chosen(
    coded: Coded,
    filters: QuoteFilters,
    groups: Mapping[str, Mapping[str, None]],
    segments: Mapping[str, Segment],
) -> list[Coding]:
    """Give the codings that are asked for, of those with a group and with words that may be quoted."""
    (category, sub), part = filters.code, (filters.containing or "").casefold()
    return [
        coding
        for coding in coded.codings
        if coding.coding_id in groups
        and coding.evidence != NOT_QUOTED
        and (category is None or coding.category == category)
        and (sub is None or coding.subcategory == sub)
        and (filters.group is None or filters.group in groups[coding.coding_id])
        and (filters.participant is None or filters.participant in people(coding.participant))
        and (filters.stance is None or coding.stance == filters.stance)
        and (filters.indicator is None or filters.indicator in coding.indicator)
        and (not part or part in segments[coding.segment_id].text.casefold())
    ]


def _ordered(
    coded: Coded,
    chosen: Sequence[Coding],
    segments: Mapping[str, Segment],
    *,
    exemplars: bool,
    spread: bool,
) -> list[Coding]:
    order = {(entry.category, entry.subcategory): i for i, entry in enumerate(coded.frame)}
    ordered = _exemplars(chosen, segments) if exemplars else [*chosen]
    if spread:
        ordered = _spread(ordered)
    return sorted(ordered, key=lambda c: order[c.category, c.subcategory])


def _exemplars(codings: Sequence[Coding], segments: Mapping[str, Segment]) -> list[Coding]:
    """Rank codings by `EXEMPLAR_RULE`; sorting is stable, so ties stay in order."""
    together: dict[tuple[str, str, str], list[Coding]] = defaultdict(list)
    for coding in codings:
        together[coding.segment_id, coding.category, coding.subcategory].append(coding)

    def rank(own: list[Coding]) -> tuple[int, bool, bool]:
        words = segments[own[0].segment_id].words
        indicators = {coding.indicator for coding in own}
        plain = not any(
            name in coding.context
            for coding in own
            for name in ("question", "hypothetical", "reported", "past")
        )
        return -len(indicators), not SHORT <= words <= LONG, not plain

    return [own[0] for own in sorted(together.values(), key=rank)]


def _spread(codings: Sequence[Coding]) -> list[Coding]:
    """Put the first quote of everybody before the second of anybody, in each subcategory."""
    turn: Counter[tuple[str, str, str]] = Counter()
    numbered = []
    for coding in codings:
        key = coding.category, coding.subcategory, coding.participant
        turn[key] += 1
        numbered.append((turn[key], coding))
    return [coding for _, coding in sorted(numbered, key=lambda item: item[0])]


def _first(codings: Sequence[Coding], each: int | None) -> list[Coding]:
    if each is None:
        return [*codings]
    kept: Counter[tuple[str, str]] = Counter()
    found = []
    for coding in codings:
        kept[coding.category, coding.subcategory] += 1
        if kept[coding.category, coding.subcategory] <= each:
            found.append(coding)
    return found


def _rows(
    coded: Coded,
    codings: Sequence[Coding],
    groups: Mapping[str, str],
    segments: Mapping[str, Segment],
    context: int,
) -> list[tuple[object, ...]]:
    around = contexts(coded, {coding.segment_id for coding in codings}, context)
    parts = turn_parts(coded)
    return [
        (c.participant, groups[c.coding_id], c.category, c.subcategory, c.stance, c.segment_id,
         segments[c.segment_id].text, c.evidence, c.start - segments[c.segment_id].start,
         c.indicator, c.coding_id, *around[c.segment_id],
         article(segments[c.segment_id], *parts[c.segment_id]))
        for c in codings
    ]  # fmt: skip
