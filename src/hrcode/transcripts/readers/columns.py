"""Which column of a table holds what: the speaker, the words, the time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hrcode.errors import Fault, NotATranscript
from hrcode.hints import nearest

# Names that transcription services, survey tools and researchers give their columns.
_USUAL = {
    "speaker": ("speaker", "speaker name", "speaker label", "participant", "participant id", "name", "person",
                "who", "respondent", "respondent id", "id", "role"),
    "text": ("text", "transcript", "utterance", "content", "words", "speech", "answer", "response", "comment",
             "sentence", "message", "body"),
    "time": ("time", "start", "start time", "timestamp", "begin", "in", "start (s)"),
}  # fmt: skip


def find_columns(path: str, head: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """Find the columns of the speaker, the words and the time.

    Args:
        path (str): The file, for the faults.
        head (Sequence[str]): Names of the columns.
        named (Mapping[str, str]): Columns that the study names, by what they hold.

    Returns:
        dict[str, int]: Number of the column, from 0, by ``speaker``, ``text`` and (if there is one)
        ``time``.

    Raises:
        NotATranscript: When a column is missing, with the columns there are.
    """
    folded = [" ".join(re.split(r"[\s_]+", cell.strip().casefold())) for cell in head]
    found: dict[str, int] = {}
    faults: list[Fault] = []
    for role, usual in _USUAL.items():
        wanted = [named[role].strip().casefold()] if role in named else [*usual]
        place = next((folded.index(name) for name in wanted if name in folded), None)
        if place is not None:
            found[role] = place
        elif role != "time" or role in named:
            listed = ", ".join(repr(cell) for cell in head[:12] if cell.strip()) or "none"
            hint = nearest(wanted[0], [cell for cell in folded if cell]) if role in named else ""
            message = (
                f"there is no column for the {role} ({', '.join(map(repr, wanted[:4]))}).{hint} "
                f"Columns: {listed}. Name it in study.yaml: `columns: {{{role}: NAME}}`"
            )
            faults.append(Fault(path, 1, 0, "missing-column", message))
    if faults:
        told = " ".join(fault.message for fault in faults)
        raise NotATranscript(f"{path}: {told}", faults)
    return found
