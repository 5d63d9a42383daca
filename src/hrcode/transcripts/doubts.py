"""What is odd about the speech of a transcript, and about the participants and sections of a study."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hrcode.errors import Fault
from hrcode.language.words import count_words
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.model import NO_GROUP, Participant, Turn, listed
from hrcode.transcripts.participants_table import FILE_NAME
from hrcode.transcripts.speakers import doubtful_labels
from hrcode.wording import counted, noun

UNKNOWN_SPEAKER = "unknown speaker"
_MANY_WORDS = 80
_MOST_DOUBTS = 5
_USUAL = re.compile(r"[^\W\d_]{1,4}[0-9]{1,4}")


def odd_speech(path: str, draft: Draft, turns: Sequence[Turn], silent: Sequence[Turn]) -> Iterator[Fault]:
    """Say what is not coded, and which lines look like a speaker's label but were taken for speech.

    Args:
        path (str): The transcript's file.
        draft (Draft): The transcript as read.
        turns (Sequence[Turn]): Its turns.
        silent (Sequence[Turn]): Those whose words may not be shown, in a warning either.

    Yields:
        Fault: Warnings.
    """
    unknown = [draft.text[turn.start : turn.end] for turn in turns if turn.left_out == UNKNOWN_SPEAKER]
    if unknown:
        words = sum(map(count_words, unknown))
        message = f"{counted(words, 'word')} of an unknown speaker {noun(words, 'is', 'are')} not coded"
        yield Fault(path, 0, 0, "unknown-speaker", message, "warning")
    if draft.turns and draft.preamble > _MANY_WORDS:
        message = f"{draft.preamble} words before the first speaker label are not coded"
        yield Fault(path, 1, 1, "preamble", message, "warning")
    first = draft.turns[0].label_start if draft.turns else len(draft.text)
    shown = (
        (place, label)
        for place, label in doubtful_labels(draft.text, first, draft.turns)
        if place > first and not any(turn.start <= place < turn.end for turn in silent)
    )
    for place, label in itertools.islice(shown, _MOST_DOUBTS):
        line = draft.text.count("\n", 0, place) + 1
        message = (
            f"{label!r} is taken for speech, not for a speaker. If it is one, name it in "
            "participants.csv, or under interviewers in study.yaml"
        )
        yield Fault(path, line, 0, "doubtful-label", message, "warning")
    if draft.left_out:
        message = (
            f"{counted(draft.left_out, 'word')} between a heading and the next label "
            f"{noun(draft.left_out, 'is', 'are')} not coded"
        )
        yield Fault(path, 0, 0, "left-out", message, "warning")


def silent_participants(
    table: Mapping[str, Participant], people: Mapping[str, Participant], tables: Sequence[Path]
) -> list[Fault]:
    """Say which participants of the table speak in no transcript.

    Args:
        table (Mapping[str, Participant]): The participants table.
        people (Mapping[str, Participant]): Those who speak.
        tables (Sequence[Path]): The table's files.

    Returns:
        list[Fault]: One warning, or none.
    """
    missing = {*table} - {known.id for known in people.values()}
    if not missing:
        return []
    who = counted(len(missing), "participant speaks", "participants speak")
    message = f"{who} in no transcript: {listed(missing)}"
    return [Fault(str(tables[0]), 0, 0, "no-transcript", message, "warning")]


def odd_participants(
    people: Iterable[Participant],
    table: Mapping[str, Participant] | None,
    tables: Sequence[Path],
    stated: Collection[str] = (),
) -> list[Fault]:
    """Say what is odd about the participants and their groups.

    Args:
        people (Iterable[Participant]): Those who speak.
        table (Mapping[str, Participant] | None): The participants table, if there is one.
        tables (Sequence[Path]): Its files.
        stated (Collection[str]): Ids of those whom the study names elsewhere.

    Returns:
        list[Fault]: Warnings.
    """
    found: list[Fault] = []
    known = list(people)
    # L1, S12 are what a study calls its participants; other labels may be something else.
    guessed = [person.id for person in known if table is None and person.id not in stated]
    unusual = [name for name in guessed if not _USUAL.fullmatch(name)]
    if unusual and not any(person.attributes.keys() - {"group"} for person in known):
        labels = listed(unusual, 12)
        message = f"there is no {FILE_NAME}, and these labels are taken for participants: {labels}"
        found.append(Fault("", 0, 0, "no-table", message, "warning"))
    others = sorted({name for person in known for name in person.attributes} - {"group"})
    if table and others and all(person.group == NO_GROUP for person in known):
        message = f"there is no column 'group'; name another with --group-by: {', '.join(others)}"
        found.append(Fault(str(tables[0]), 1, 0, "no-group", message, "warning"))
    groups: dict[str, str] = {}
    for person in known:
        first = groups.setdefault(person.group.casefold(), person.group)
        if first != person.group:
            message = f"groups {first!r} and {person.group!r} differ in capitals only and are compared as two"
            found.append(Fault("", 0, 0, "like-groups", message, "warning"))
    return sorted(set(found))


def odd_sections(conventions: Conventions, silent: Mapping[str, int]) -> Iterator[Fault]:
    """Say which sections of the interview guide are left out, and which open nowhere.

    Args:
        conventions (Conventions): The sections.
        silent (Mapping[str, int]): Words that are left out, for each section that opens somewhere.

    Yields:
        Fault: Warnings.
    """
    for section in conventions.leave_out:
        words = counted(silent.get(section, 0), "word is", "words are")
        message = f"section {section!r} is left out: {words} not coded"
        yield Fault("", 0, 0, "section-left-out", message, "warning")
    nowhere = [section.id for section in conventions.sections if section.id not in silent]
    if nowhere:
        message = f"no heading and no question opens section {', '.join(nowhere)} in any transcript"
        yield Fault("", 0, 0, "section-nowhere", message, "warning")
