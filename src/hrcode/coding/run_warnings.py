"""What the reader of a run should know: who has no group, what no indicator is for, what the cache lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from hrcode.codebook.model import Codebook
from hrcode.coding.groups import SECTION, Grouping, attribute_names
from hrcode.coding.one import Setup
from hrcode.coding.runner import Work
from hrcode.errors import Fault
from hrcode.hints import nearest
from hrcode.indicators.cue_lists import shipped_cues
from hrcode.transcripts.model import Transcripts, listed, people
from hrcode.transcripts.participants import NOT_STATED
from hrcode.wording import counted, noun


def run_warnings(
    transcripts: Transcripts, setup: Setup, languages: Mapping[str, Sequence[str]], group_by: str
) -> list[Fault]:
    """Say who has no group, which languages lack indicators or cues, and which attributes nobody has.

    Args:
        transcripts (Transcripts): The transcripts.
        setup (Setup): What they are coded with.
        languages (Mapping[str, Sequence[str]]): The languages spoken, each with its transcripts.
        group_by (str): Attribute that makes the groups.

    Returns:
        list[Fault]: Warnings.
    """
    codebook = setup.engines.codebook
    found = [*_without_group(transcripts, setup.groups, group_by)]
    for language, rule in lacking(codebook, languages).items():
        said_in = listed(languages[language])
        where = f" ({said_in})" if len(languages) > 1 else ""
        message = (
            f"the codebook has no indicators in {language!r}; nothing can be coded in {said_in}"
            if rule == "language"
            else f"hrcode has no negation cues for {language!r}{where}; every match counts as affirmed"
        )
        found.append(Fault("", 0, 0, rule, message, "warning"))
    known = attribute_names(setup.attributes.values(), {t.id: t.attributes for t in transcripts})
    for message in unknown_attributes(codebook, known):
        found.append(Fault("", 0, 0, "unknown-attribute", message, "warning"))
    return found


def lacking(codebook: Codebook, languages: Iterable[str]) -> dict[str, str]:
    """Say which languages a codebook has no indicators for, or is without negation cues in.

    Args:
        codebook (Codebook): The codebook.
        languages (Iterable[str]): Codes of the languages that are spoken.

    Returns:
        dict[str, str]: Those languages, each with the rule that it is against: ``language`` or ``no-cues``.
    """
    known = {indicator.language for sub in codebook.subcategories for indicator in sub.indicators}
    found: dict[str, str] = {}
    for language in languages:
        if language not in known:
            found[language] = "language"
        elif not codebook.cues.get(language, shipped_cues(language)):
            found[language] = "no-cues"
    return found


def unknown_attributes(codebook: Codebook, known: Collection[str]) -> Iterator[str]:
    """Say which attributes a codebook asks for that nobody has.

    Args:
        codebook (Codebook): The codebook.
        known (Collection[str]): Attributes of participants and transcripts.

    Yields:
        str: A sentence, with the attribute that may be meant.
    """
    wanted = {name for sub in codebook.subcategories for i in sub.indicators for name in i.conditions.only}
    for name in sorted(wanted - {*known}):
        yield f"the codebook asks for the attribute {name!r}, which no participant has.{nearest(name, known)}"


def cache_faults(work: Work, unkept: int) -> Iterator[Fault]:
    """Say how many entries of the cache were damaged, and how many it could not take; results are whole.

    Args:
        work (Work): What was done.
        unkept (int): Number of transcripts that the cache could not take.

    Yields:
        Fault: A warning, and a note.
    """
    folder = str(work.memory.cache.folder if work.memory else "")
    if damaged := sum(one.damaged for one in work.known):
        message = (
            f"{counted(damaged, 'entry')} of the cache {noun(damaged, 'was', 'were')} damaged; "
            f"what {noun(damaged, 'it', 'they')} held was coded again"
        )
        yield Fault(folder, 0, 0, "cache", message, "warning")
    if unkept:
        message = (
            f"{counted(unkept, 'transcript')} could not be kept (disk full, or no permission); the next run "
            f"codes {noun(unkept, 'it', 'them')} again. Make room, or name another folder with --cache"
        )
        yield Fault(folder, 0, 0, "cache", message, "note")


def _without_group(transcripts: Transcripts, groups: Grouping, group_by: str) -> Iterator[Fault]:
    """Say for whom, or for which transcripts where those have the attribute, the group is not known."""
    of_transcripts = group_by == SECTION or any(group_by in one.attributes for one in transcripts)
    said = {(one.id, turn.participant, turn.section) for one in transcripts for turn in one.turns}
    missing = {
        transcript if of_transcripts else person
        for transcript, participant, section in said
        for person in people(participant)
        if groups.of(person, transcript, section) == NOT_STATED
    }
    if missing:
        message = f"{group_by} is not stated for {listed(missing)}"
        yield Fault("", 0, 0, "no-group", message, "warning")
