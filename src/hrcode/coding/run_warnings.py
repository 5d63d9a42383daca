"""What the reader of a run should know: who has no group, what no indicator is for, what the cache lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
    several = len(languages) > 1
    for language, named in languages.items():
        where = f" ({listed(named)})" if several else ""
        if not any(i.language == language for sub in codebook.subcategories for i in sub.indicators):
            message = (
                f"the codebook has no indicators in {language!r}; nothing can be coded in {listed(named)}"
            )
            found.append(Fault("", 0, 0, "language", message, "warning"))
        elif not codebook.cues.get(language, shipped_cues(language)):
            message = f"hrcode has no negation cues for {language!r}{where}; every match counts as affirmed"
            found.append(Fault("", 0, 0, "no-cues", message, "warning"))
    known = attribute_names(setup.attributes.values(), {t.id: t.attributes for t in transcripts})
    wanted = {name for sub in codebook.subcategories for i in sub.indicators for name in i.conditions.only}
    for name in sorted(wanted - {*known}):
        message = (
            f"the codebook asks for the attribute {name!r}, which no participant has.{nearest(name, known)}"
        )
        found.append(Fault("", 0, 0, "unknown-attribute", message, "warning"))
    return found


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
