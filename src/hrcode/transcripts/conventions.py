"""How a study's transcripts are written: what the readers of all formats may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hrcode.transcripts.model import DEFAULT_INTERVIEWERS, DEFAULT_TOGETHER
from hrcode.transcripts.sections import Section

COLUMNS = ("speaker", "text", "time")


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a study says of the way its transcripts are written.

    Args:
        labels (frozenset[str]): Speaker labels that are known: interviewers', participants', aliases.
        interviewers (tuple[str, ...]): Labels of interviewers.
        label_pattern (str): Regular expression of a speaker's label at the start of a line, with a
            group named ``label``; empty for the usual shapes.
        columns (Mapping[str, str]): Names of the columns of tables (CSV, XLSX), by what they hold:
            ``speaker``, ``text``, ``time``.
        encoding (str): Encoding of text files; empty to find it out.
        together (tuple[str, ...]): Labels of words that everybody who is interviewed says with one voice.
        transcripts_table (str): Table of what is known of the transcripts; empty for the one beside them.
        speakers (bool): Whether there are speakers; a document has none.
        sections (tuple[Section, ...]): Sections of the interview guide.
        leave_out (tuple[str, ...]): Ids of sections that are not coded.
    """

    labels: frozenset[str] = frozenset()
    interviewers: tuple[str, ...] = DEFAULT_INTERVIEWERS
    label_pattern: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    together: tuple[str, ...] = DEFAULT_TOGETHER
    transcripts_table: str = ""
    speakers: bool = True
    sections: tuple[Section, ...] = ()
    leave_out: tuple[str, ...] = ()
