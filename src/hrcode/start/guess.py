"""From what was understood of transcripts to the settings of a study, as guesses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hrcode.transcripts.describe import INTERVIEWER, Description, likely_interviewer
from hrcode.transcripts.model import NO_GROUP, natural, people
from hrcode.transcripts.participants import from_label
from hrcode.transcripts.roll import UNKNOWN

_MOST = 0.9
# Labels of whoever answers: the same in every file, but not the same person.
_SHARED = frozenset(
    ("a", "r", "p", "answer", "informant", "interviewee", "participant", "resp", "respondent", "speaker")
)


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as found.

    Args:
        id (str): The label.
        group (str): Group as guessed from the label or the folder; empty where there is no guess.
        words (int): Number of words spoken.
        transcripts (int): Number of transcripts in which the label speaks.
    """

    id: str
    group: str
    words: int
    transcripts: int


@dataclass(frozen=True, slots=True)
class Guesses:
    """Settings of a study as guessed.

    Args:
        interviewers (tuple[str, ...]): Labels of those who ask.
        asking (tuple[str, ...]): Those of them that only their questions gave away.
        language (str): Language of nearly all transcripts; empty where there is none.
        languages (Mapping[str, int]): Number of transcripts by language; ``?`` for those unknown.
        encoding (str): The one encoding of all text files, if it is not UTF-8.
        encodings (Mapping[str, int]): Number of text files by encoding.
        formats (Mapping[str, int]): Number of transcripts by format.
        columns (Mapping[str, str]): Names of tables' columns, where they are unusual.
        people (tuple[Person, ...]): The participants.
        named (Mapping[str, str]): Participant named after the file by transcript, where several files
            label somebody ``R`` or the like.
    """

    interviewers: tuple[str, ...]
    asking: tuple[str, ...]
    language: str
    languages: Mapping[str, int]
    encoding: str
    encodings: Mapping[str, int]
    formats: Mapping[str, int]
    people: tuple[Person, ...]
    named: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


def guess_settings(described: Sequence[Description], columns: Mapping[str, str]) -> Guesses:
    """Guess the settings of a study.

    Args:
        described (Sequence[Description]): What was understood of its transcripts without any settings.
        columns (Mapping[str, str]): Names of tables' columns, where they are unusual.

    Returns:
        Guesses: For a person to correct.
    """
    asking = guess_interviewers(described)
    known = {s.label for d in described for s in d.speakers if s.role == INTERVIEWER}
    languages = _counts(d.language or "?" for d in described)
    encodings = _counts(d.encoding for d in described if d.encoding)
    interviewers = {label.casefold() for label in {*known, *asking}}
    named = _named_after_files(described, interviewers)
    common, count = next(iter(languages.items()), ("?", 0))
    return Guesses(
        interviewers=tuple(sorted({*known, *asking}, key=natural)),
        asking=asking,
        language=common if common != "?" and count >= _MOST * len(described) else "",
        languages=languages,
        encoding=next(iter(encodings)) if len(encodings) == 1 and "utf-8" not in encodings else "",
        encodings=encodings,
        formats=_counts(d.format for d in described),
        people=_people(described, interviewers, named),
        named=named,
        columns=columns,
    )


def guess_interviewers(descriptions: Iterable[Description]) -> tuple[str, ...]:
    """Guess who asks in transcripts where no label says it.

    Args:
        descriptions (Iterable[Description]): What was understood of the transcripts.

    Returns:
        tuple[str, ...]: Labels that seem to ask in half or more of the transcripts that they speak in.
    """
    speaks: Counter[str] = Counter()
    asks: Counter[str] = Counter()
    for description in descriptions:
        speaks.update(speaker.label for speaker in description.speakers)
        if not any(speaker.role == INTERVIEWER for speaker in description.speakers):
            asks.update(filter(None, [likely_interviewer(description)]))
    return tuple(sorted((label for label in asks if 2 * asks[label] >= speaks[label]), key=natural))


def _counts(names: Iterable[str]) -> dict[str, int]:
    """Count names; the commonest first."""
    counts = Counter(names)
    return {name: counts[name] for name in sorted(counts, key=lambda name: (-counts[name], name))}


def _named_after_files(descriptions: Sequence[Description], interviewers: set[str]) -> dict[str, str]:
    """Name those after their file who are the only ones to answer in it, with a label that many have."""
    found: dict[str, str] = {}
    for description in descriptions:
        labels = {speaker.label.casefold() for speaker in description.speakers} - interviewers
        if len(labels) == 1 and labels <= _SHARED and not set(";+") & set(description.transcript):
            found[description.transcript] = description.transcript.rpartition("/")[2]
    unique = len({name.casefold() for name in found.values()}) == len(found) > 1
    return found if unique else {}


def _people(
    descriptions: Sequence[Description], interviewers: set[str], named: Mapping[str, str]
) -> tuple[Person, ...]:
    found: dict[str, list[tuple[str, str, int]]] = {}
    for description in descriptions:
        for speaker in description.speakers:
            if speaker.label not in UNKNOWN and speaker.label.casefold() not in interviewers:
                several = people(speaker.participant)
                own = [named.get(description.transcript, speaker.label)]
                for name in several if len(several) > 1 else own:
                    found.setdefault(name.casefold(), []).append(
                        (description.transcript, name, speaker.words)
                    )
    folders = _folders(found.values())
    guessed = [
        Person(
            said[0][1],
            _group(said[0][1]) or folders.get(folded, ""),
            sum(words for _, _, words in said),
            len({transcript for transcript, _, _ in said}),
        )
        for folded, said in found.items()
    ]
    return tuple(sorted(guessed, key=lambda person: (natural(person.group), natural(person.id))))


def _group(label: str) -> str:
    group = from_label(label).group
    return "" if group == NO_GROUP else group


def _folders(spoken: Iterable[Sequence[tuple[str, str, int]]]) -> dict[str, str]:
    """Give the folder of each label all of whose transcripts lie in one, where there are several folders."""
    folders = {
        said[0][1].casefold(): {transcript.rpartition("/")[0] for transcript, _, _ in said} for said in spoken
    }
    several = len({folder for own in folders.values() for folder in own}) > 1
    return {label: next(iter(own)) for label, own in folders.items() if several and len(own) == 1}
