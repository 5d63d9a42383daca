"""What a study has settled, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hrcode.transcripts.attributes import Attributes
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.model import DEFAULT_INTERVIEWERS, DEFAULT_TOGETHER
from hrcode.transcripts.sampling import Rule, Sampling
from hrcode.transcripts.sections import Section


@dataclass(frozen=True, slots=True)
class Settings:
    """What a study has settled; empty where it has not.

    Args:
        folder (Path): The study's folder; relative paths in ``study.yaml`` start here.
        transcripts (str): Folder of the transcripts.
        codebook (str): Codebook file or name.
        participants (str): Participants table.
        transcripts_table (str): Table of what is known of the transcripts.
        group_by (str): Attribute that makes the groups.
        unit (str): Unit of analysis.
        language (str): Language code.
        out (str): Results folder.
        encoding (str): Encoding of text transcripts.
        label_pattern (str): Regular expression of a speaker's label, with a group ``label``.
        interviewers (tuple[str, ...]): Labels of interviewers.
        together (tuple[str, ...]): Labels of what everybody says with one voice.
        columns (Mapping[str, str]): Names of a table's columns, by ``speaker``, ``text``, ``time``.
        sections (tuple[Section, ...]): Sections of the interview guide.
        leave_out (tuple[str, ...]): Ids of sections that are not coded.
        attributes (Attributes): What is declared of participants' attributes.
        include (tuple[Rule, ...]): Rules that participants have to fulfil.
        exclude_others (bool): Whether those who do not are left out of coding.
    """

    folder: Path
    transcripts: str = ""
    codebook: str = ""
    participants: str = ""
    transcripts_table: str = ""
    group_by: str = ""
    unit: str = ""
    language: str = ""
    out: str = ""
    encoding: str = ""
    label_pattern: str = ""
    interviewers: tuple[str, ...] = DEFAULT_INTERVIEWERS
    together: tuple[str, ...] = DEFAULT_TOGETHER
    columns: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    leave_out: tuple[str, ...] = ()
    attributes: Attributes = field(default_factory=dict)
    include: tuple[Rule, ...] = ()
    exclude_others: bool = False

    @property
    def sampling(self) -> Sampling:
        """What the study settles about its participants."""
        return Sampling(self.attributes, self.include, self.exclude_others)

    @property
    def conventions(self) -> Conventions:
        """How the study writes its transcripts."""
        return Conventions(
            interviewers=self.interviewers,
            label_pattern=self.label_pattern,
            columns=self.columns,
            encoding=self.encoding,
            together=self.together,
            transcripts_table=self.transcripts_table,
            sections=self.sections,
            leave_out=self.leave_out,
        )
