"""Every participant with attributes, and how much he or she says."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from hrcode.analysis.voices import voices
from hrcode.coding.model import Coded
from hrcode.coding.spoken import spoken
from hrcode.schema import PARTICIPANTS
from hrcode.transcripts.model import Transcripts, natural


def list_participants(
    source: Transcripts | Coded, *, by: str | None = None, where: str | None = None, hide_below: int = 0
) -> pd.DataFrame:
    """List the participants.

    Args:
        source (Transcripts | Coded): What `load_transcripts`, `code` or `read_results` gave.
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter, such as ``years>5``.
        hide_below (int): Groups of fewer participants are left out; 0 for none.

    Returns:
        pandas.DataFrame: One row per participant (two for somebody who speaks in two groups), with the
        columns of `hrcode.schema.PARTICIPANTS` and the other attributes. ``attrs`` holds ``by``,
        ``groups`` and ``warnings``.

    Raises:
        StudyError: When an option does not fit the study.
    """
    coded = source if isinstance(source, Coded) else spoken(source)
    heard = voices(coded, by, where, hide_below=hide_below)
    own = {person.id: person.attributes for person in coded.participants}
    taken = {"group", *PARTICIPANTS}
    names = [n for n in dict.fromkeys(n for attributes in own.values() for n in attributes) if n not in taken]
    turns: dict[tuple[str, str], set[tuple[str, int]]] = defaultdict(set)
    for segment, person, group in heard.spoken:
        turns[group, person].add((segment.transcript, segment.turn))
    rows = []
    for (group, person), words in heard.words.items():
        spoke = turns[group, person]
        files = sorted({transcript for transcript, _ in spoke}, key=natural)
        rest = [own[person].get(name, "") for name in names]
        rows.append([person, group, words, len(spoke), ", ".join(files), *rest])
    table = pd.DataFrame(rows, columns=[*PARTICIPANTS, *names])
    table.attrs = {
        "by": heard.by,
        "where": where or "",
        "groups": heard.sizes,
        "warnings": [*heard.warnings],
    }
    return table
