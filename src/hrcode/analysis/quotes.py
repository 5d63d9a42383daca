"""The words behind the numbers."""

from __future__ import annotations

import pandas as pd

from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.hints import nearest
from hrcode.transcripts.model import natural

COLUMNS = ["participant", "group", "category", "subcategory", "stance", "segment_id", "text",
           "evidence", "evidence_start", "indicator", "coding_id"]  # fmt: skip


def quotes(
    coded: Coded,
    *,
    category: str | None = None,
    group: str | None = None,
    participant: str | None = None,
    limit: int | None = None,
) -> pd.DataFrame:
    """Give coded segments with the words that caused each coding.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        category (str | None): Category, or ``category/subcategory``.
        group (str | None): Group.
        participant (str | None): Participant.
        limit (int | None): Most rows to give.

    Returns:
        pandas.DataFrame: One row per coding, in the order of the codebook, participant and place;
        ``evidence_start`` counts from the segment's start. ``attrs["total"]`` is the number of rows
        without the limit.

    Raises:
        StudyError: When the category, group or participant does not occur, naming the nearest.
    """
    wanted, sub = _split(coded, category)
    _known("group", group, {segment.group for segment in coded.segments if segment.participant})
    _known("participant", participant, {person.id for person in coded.participants})
    segments = {segment.segment_id: segment for segment in coded.segments}
    order = {(entry.category, entry.subcategory): i for i, entry in enumerate(coded.frame)}
    chosen = [
        coding
        for coding in coded.codings
        if (wanted is None or coding.category == wanted)
        and (sub is None or coding.subcategory == sub)
        and (group is None or coding.group == group)
        and (participant is None or coding.participant == participant)
    ]
    chosen.sort(key=lambda c: (order[c.category, c.subcategory], natural(c.group), natural(c.participant)))
    rows = [
        (c.participant, c.group, c.category, c.subcategory, c.stance, c.segment_id,
         segments[c.segment_id].text, c.evidence, c.start - segments[c.segment_id].start,
         c.indicator, c.coding_id)
        for c in chosen[:limit]
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS)
    table.attrs = {"total": len(chosen)}
    return table


def _split(coded: Coded, category: str | None) -> tuple[str | None, str | None]:
    if category is None:
        return None, None
    wanted, _, sub = category.partition("/")
    _known("category", wanted, {entry.category for entry in coded.frame})
    paths = {entry.subcategory for entry in coded.frame if entry.category == wanted}
    if sub:
        _known(f"subcategory of {wanted}", sub, paths)
    return wanted, sub or None


def _known(what: str, value: str | None, choices: set[str]) -> None:
    if value is not None and value not in choices:
        listed = ", ".join(sorted(choices, key=natural))
        raise StudyError(f"There is no {what} {value!r}.{nearest(value, choices)} There are: {listed}.")
