"""What is said, before anything is coded: for tables about participants alone."""

from __future__ import annotations

from collections.abc import Sequence

from hrcode.coding.consent import aliases_of, withhold
from hrcode.coding.groups import declared_as_json, grouping
from hrcode.coding.model import Coded, Segment, join
from hrcode.coding.one import Rows
from hrcode.coding.segments import cut, segments_of
from hrcode.transcripts.model import Transcripts
from hrcode.transcripts.participants import unquoted


def spoken(transcripts: Transcripts, group_by: str = "group", language: str = "en") -> Coded:
    """Give transcripts as a run without a codebook would: segments of whole turns, and no coding.

    Args:
        transcripts (Transcripts): What `load_transcripts` gave.
        group_by (str): Attribute of participants or transcripts that makes the groups.
        language (str): Language code of the transcripts that do not say theirs.

    Returns:
        Coded: Who says how much.

    Raises:
        StudyError: When nobody and no transcript has the attribute.
    """
    about = {transcript.id: transcript.attributes for transcript in transcripts}
    groups = grouping(transcripts.participants, about, group_by)
    silent, aliases = unquoted(transcripts.participants), aliases_of(transcripts.participants)
    parts: list[Sequence[Segment]] = []
    for transcript in transcripts:
        own = segments_of(transcript, cut(transcript, "turn", language), groups, "turn", language)
        parts.append(withhold(Rows(own, (), ()), silent, aliases).segments)
    run = {
        "settings": {"unit": "turn", "language": language, "group_by": group_by},
        "attributes": declared_as_json(transcripts.attributes),
    }
    return Coded(
        join(parts), (), (), transcripts.participants, (), run, transcripts.warnings, transcripts=about
    )
