"""The items of two reporting checklists, in words of our own."""

from __future__ import annotations

from typing import NamedTuple


class Checklist(NamedTuple):
    """A checklist.

    Args:
        name (str): Its short name.
        source (str): Where it was published.
        items (tuple[tuple[str, str], ...]): Number and topic of each item.
    """

    name: str
    source: str
    items: tuple[tuple[str, str], ...]


_COREQ = (
    "Who held the interviews",
    "Their qualifications",
    "Their occupation then",
    "Their gender",
    "Their experience and training",
    "Whether they knew the participants before",
    "What participants knew of them",
    "What they brought with them: interests, assumptions",
    "Methodological orientation",
    "How participants were chosen",
    "How they were approached",
    "How many took part",
    "How many refused or left, and why",
    "Where data were collected",
    "Whether others were present",
    "What matters about the sample",
    "Interview guide, and whether it was tried out",
    "Repeated interviews",
    "Sound or video recording",
    "Field notes",
    "Length of interviews",
    "Saturation",
    "Whether transcripts went back to participants",
    "How many coded the data",
    "The coding tree",
    "Whether themes were fixed before or came from the data",
    "Software",
    "Whether participants commented on findings",
    "Quotations, each with its participant",
    "Whether findings fit the data shown",
    "Whether major themes stand out",
    "Diverse cases and minor themes",
)
_SRQR = (
    "Title",
    "Abstract",
    "The problem, and what is known of it",
    "Purpose or question",
    "Approach and paradigm",
    "Researchers and their standpoint",
    "Setting",
    "How and why participants were chosen, and when it was enough",
    "Ethics: approval, consent, confidentiality",
    "How data were collected, and when",
    "Instruments: guides, recorders",
    "Participants, documents or events studied",
    "How data were prepared: transcription, checking, names removed",
    "How data were analysed, and by whom",
    "What was done to make the analysis trustworthy",
    "Main findings and what they mean",
    "Evidence: quotes and excerpts",
    "What findings add to earlier work, and how far they carry",
    "Limits",
    "Conflicts of interest",
    "Funding",
)
COREQ = Checklist(
    "COREQ",
    "Tong A, Sainsbury P, Craig J (2007). Int J Qual Health Care 19(6):349-357, doi 10.1093/intqhc/mzm042",
    tuple((str(i), topic) for i, topic in enumerate(_COREQ, start=1)),
)
SRQR = Checklist(
    "SRQR",
    "O'Brien BC, Harris IB, Beckman TJ, Reed DA, Cook DA (2014). Acad Med 89(9):1245-1251, "
    "doi 10.1097/ACM.0000000000000388",
    tuple((f"S{i}", topic) for i, topic in enumerate(_SRQR, start=1)),
)
