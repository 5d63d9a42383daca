"""What nearly counted: the indicators that were held back, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from hrcode.analysis.codes import Code
from hrcode.coding.model import Coded, NearMiss, Segment
from hrcode.report.naming import Name
from hrcode.transcripts.participants import NOT_QUOTED


def near_misses(coded: Coded, names: Mapping[Code, Name], most: int) -> list[dict[str, Any]]:
    """Give the near misses in the codebook's order.

    Args:
        coded (Coded): The run.
        names (Mapping[Code, Name]): What the page calls each code.
        most (int): Most of a code.

    Returns:
        list[dict[str, Any]]: ``name``, ``participant``, the segment ``before``, ``evidence`` and ``after``,
        ``reason``, ``cue``, ``indicator``, ``segment_id``.
    """
    segments = {segment.segment_id: segment for segment in coded.segments}
    order = {code: i for i, code in enumerate(names)}
    shown: Counter[Code] = Counter()
    found = []
    for miss in sorted(coded.near_misses, key=lambda miss: order[_code(miss)]):
        shown[_code(miss)] += 1
        if shown[_code(miss)] <= most:
            found.append(_view(miss, segments[miss.segment_id], names[_code(miss)]))
    return found


def _code(miss: NearMiss) -> Code:
    return Code(miss.category, miss.subcategory, miss.stance)


def _view(miss: NearMiss, segment: Segment, name: Name) -> dict[str, Any]:
    start, end = miss.start - segment.start, miss.end - segment.start
    if segment.text == NOT_QUOTED:
        start, end = 0, len(NOT_QUOTED)
    return {
        "name": name,
        "participant": miss.participant,
        "before": segment.text[:start],
        "evidence": segment.text[start:end] or miss.evidence,
        "after": segment.text[end:],
        "reason": miss.reason,
        "cue": miss.cue,
        "indicator": miss.indicator,
        "segment_id": miss.segment_id,
    }
