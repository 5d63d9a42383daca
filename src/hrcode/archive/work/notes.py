"""What there is to say of a partition's people and files besides its codings: a row each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from hrcode.codebook.model import Codebook
from hrcode.coding.run_warnings import lacking, unknown_attributes
from hrcode.errors import Fault
from hrcode.language.words import count_words
from hrcode.transcripts.doubts import UNKNOWN_SPEAKER
from hrcode.transcripts.model import Participant, Transcript
from hrcode.transcripts.participants import CONSENT, UNKNOWN_CONSENT, WITHDRAWN, may_be_quoted
from hrcode.transcripts.sampling import NOT_INCLUDED, LeftOut, Sampling
from hrcode.transcripts.sampling_warnings import sampling_warnings
from hrcode.transcripts.sections import LEFT_OUT

COUNTED = {
    "withdrawn": ("withdrawn", "withdrawn and left out altogether, {words:,} words: {who}"),
    "not-included": ("not-included", "left out of coding by `include`, {words:,} words: {who}"),
    "not-fulfilled": (
        "not-included",
        "do not fulfil `include`, or do not state it; coded all the same: {who}",
    ),
    "no-consent": ("no-consent", "no consent, so counted but never quoted: {who}"),
    "consent-not-stated": ("consent-not-stated", "`consent` is empty, which counts as no, for {who}"),
    "unknown-speaker": ("unknown-speaker", "{words:,} words of unknown speakers are not coded, in {who}"),
    "section-left-out": ("section-left-out", "sections are left out, {words:,} words are not coded: {who}"),
    "language": ("language", "the codebook has no indicators in {who}; nothing said in them can be coded"),
    "no-cues": ("no-cues", "hrcode has no negation cues for {who}; every match counts as affirmed"),
    "group-not-stated": ("no-group", "the group is not stated for {who}"),
}
"""What is summed up over all partitions: the rule and the message that a run has for it."""
REASONS = {"withdrawn": WITHDRAWN, "not-included": NOT_INCLUDED}
"""Why somebody is left out, by the rule of a row that says so."""
OF_ALL = ("unknown-attribute", "bad-rule", "section-nowhere")
"""What holds of an archive only if every partition says it."""


SAID = ("columns",)
"""What is good to know and nothing odd."""


class Note(NamedTuple):
    """One thing to say of a partition.

    Args:
        rule (str): Id of the rule, as `hrcode.Fault` has it.
        about (str): The participant, transcript or section; else the file and its line.
        message (str): What is odd; empty where the rule says all.
        turns (int): Turns that are left out.
        words (int): Words that are left out.
    """

    rule: str
    about: str
    message: str = ""
    turns: int = 0
    words: int = 0


def notes_of_people(
    people: Iterable[Participant], left_out: Mapping[str, LeftOut], sampling: Sampling
) -> Iterator[Note]:
    """Say who is left out, not quoted, or against a rule.

    Args:
        people (Iterable[Participant]): Those who speak in a partition, left out or not.
        left_out (Mapping[str, LeftOut]): What is left out of it, by participant.
        sampling (Sampling): What the study settles.

    Yields:
        Note: Each names one participant.
    """
    known = [*people]
    for person in known:
        reason = sampling.reason(person)
        broken = "; ".join(sampling.broken(person))
        if reason:
            said = left_out.get(person.id, LeftOut(reason))
            rule = next(rule for rule, why in REASONS.items() if why == reason)
            yield Note(rule, person.id, broken, said.turns, said.words)
        elif broken:
            yield Note("not-fulfilled", person.id, broken)
        if reason != WITHDRAWN and not may_be_quoted(person.attributes):
            yield Note("no-consent", person.id)
            if person.attributes.get(CONSENT) == UNKNOWN_CONSENT:
                yield Note("consent-not-stated", person.id)
    for fault in sampling_warnings(sampling, known, left_out, ()):
        if fault.rule in OF_ALL:
            yield _of_all(fault.rule, fault.message)


def notes_of_turns(transcript: Transcript) -> Iterator[Note]:
    """Say what of a transcript nobody known says, and what lies in a section that is left out."""
    lost: dict[tuple[str, str], list[int]] = defaultdict(list)
    for turn in transcript.turns:
        if turn.left_out == UNKNOWN_SPEAKER:
            key = "unknown-speaker", transcript.id
        elif turn.left_out == LEFT_OUT:
            key = "section-left-out", turn.section
        else:
            continue
        lost[key].append(count_words(transcript.text[turn.start : turn.end]))
    for (rule, about), words in lost.items():
        yield Note(rule, about, "", len(words), sum(words))


def notes_of_warnings(warnings: Iterable[Fault], names: Mapping[str, str]) -> Iterator[Note]:
    """Keep warnings without the place where their files lie, which is nobody's business.

    Args:
        warnings (Iterable[Fault]): What is odd.
        names (Mapping[str, str]): Names of files, by path.

    Yields:
        Note: Those that are not counted by other rows.
    """
    for fault in warnings:
        if fault.rule not in COUNTED:
            if fault.rule in OF_ALL:
                yield _of_all(fault.rule, fault.message)
                continue
            if fault.level == "note":
                yield Note(fault.rule, "", fault.message)
                continue
            name = names.get(fault.path, PurePath(fault.path).name)
            yield Note(fault.rule, ":".join(str(part) for part in (name, fault.line) if part), fault.message)


def notes_of_codebook(codebook: Codebook, languages: Iterable[str], known: Collection[str]) -> Iterator[Note]:
    """Say what a codebook does not know of a partition, or asks for and does not find there.

    Args:
        codebook (Codebook): The codebook.
        languages (Iterable[str]): Codes of the languages that participants speak.
        known (Collection[str]): Attributes of the participants and transcripts.

    Yields:
        Note: What `hrcode.code` warns of.
    """
    for language, rule in lacking(codebook, sorted(languages)).items():
        yield Note(rule, language)
    for message in unknown_attributes(codebook, known):
        yield _of_all("unknown-attribute", message)


def _of_all(rule: str, message: str) -> Note:
    """Make a row about what a message says; the hint after it may differ between partitions."""
    return Note(rule, message.partition(" Did you mean ")[0], message)
