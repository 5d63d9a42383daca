"""Transcripts and a codebook to codings: the main job, as one pure function."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping, Sequence

from hrcode._version import __version__
from hrcode.codebook.model import Codebook
from hrcode.coding.engines import Engines
from hrcode.coding.model import UNITS, Coded, Coding, FrameEntry, NearMiss, Segment, Unit
from hrcode.coding.one import Setup, attributes_of
from hrcode.coding.runner import code_all
from hrcode.errors import Fault, LanguageError, StudyError
from hrcode.hints import nearest
from hrcode.indicators.cue_lists import shipped_cues
from hrcode.language.embedding import embedding_version
from hrcode.language.lemmas import is_language_code
from hrcode.language.pipeline import versions
from hrcode.transcripts.model import Participant, Transcripts
from hrcode.transcripts.participants import NOT_STATED, group_of

Progress = Callable[[int, int], None]
"""Called with the number of transcripts done and their total."""


def code(
    transcripts: Transcripts,
    codebook: Codebook,
    *,
    group_by: str = "group",
    unit: Unit = "sentence",
    language: str | None = None,
    processes: int | None = 1,
    progress: Progress | None = None,
) -> Coded:
    """Code transcripts with a codebook.

    Args:
        transcripts (Transcripts): What `load_transcripts` gave.
        codebook (Codebook): What `load_codebook` gave.
        group_by (str): Participant attribute that makes the groups.
        unit (str): Unit of analysis: ``sentence``, ``turn`` or ``paragraph``.
        language (str | None): Language code of the transcripts; by default the codebook's.
        processes (int | None): Number of processes; None for as many as the work is worth.
        progress (Callable[[int, int], None] | None): Told of transcripts done and in all.

    Returns:
        Coded: Segments, codings, near misses, and what was run on what.

    Raises:
        StudyError: When no participant has the attribute, or the unit is unknown.
        LanguageError: When the language lacks what the codebook needs.
        RunError: When the number of processes makes no sense, or one died twice.
    """
    language = language or codebook.language
    _check_settings(unit, language)
    groups = group_participants(transcripts.participants, group_by)
    setup = Setup(Engines(codebook), unit, language, groups, attributes_of(transcripts.participants))
    segments: list[Segment] = []
    codings: list[Coding] = []
    near_misses: list[NearMiss] = []
    setup.engines.get(language)  # before any process starts, and before the clock does
    if progress:
        progress(0, len(transcripts))
    for done, rows in enumerate(code_all(transcripts.transcripts, setup, processes), start=1):
        segments.extend(rows.segments)
        codings.extend(rows.codings)
        near_misses.extend(rows.near_misses)
        if progress:
            progress(done, len(transcripts))
    settings = {"unit": unit, "language": language, "group_by": group_by}
    return Coded(
        segments=tuple(segments),
        codings=tuple(codings),
        near_misses=tuple(near_misses),
        participants=transcripts.participants,
        frame=coding_frame(codebook),
        run=_run(transcripts, codebook, settings, segments, codings, near_misses),
        warnings=(*transcripts.warnings, *_warnings(transcripts, groups, codebook, language, group_by)),
    )


def _check_settings(unit: str, language: str) -> None:
    if unit not in UNITS:
        raise StudyError(f"There is no unit {unit!r}.{nearest(unit, UNITS)} Units: {', '.join(UNITS)}.")
    if not is_language_code(language):
        raise LanguageError(f"{language!r} is no language code; write two small letters, such as en.")


def group_participants(participants: Iterable[Participant], attribute: str) -> dict[str, str]:
    """Give each participant's group.

    Args:
        participants (Iterable[Participant]): The participants.
        attribute (str): The attribute that makes the groups.

    Returns:
        dict[str, str]: Group by participant id.

    Raises:
        StudyError: When no participant has the attribute; the message lists those there are.
    """
    people = list(participants)
    known = sorted({name for person in people for name in person.attributes})
    if people and attribute not in known:
        raise StudyError(
            f"No participant has an attribute {attribute!r}.{nearest(attribute, known)} "
            f"There are: {', '.join(known)}."
        )
    return {person.id: group_of(person, attribute) for person in people}


def coding_frame(codebook: Codebook) -> tuple[FrameEntry, ...]:
    """Give a codebook's subcategories as tables need them, in its order."""
    return tuple(
        FrameEntry(category.id, category.label, sub.id, sub.label, sub.stance)
        for category in codebook.categories
        for sub in category.subcategories
    )


def _run(
    transcripts: Transcripts,
    codebook: Codebook,
    settings: Mapping[str, str],
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    near_misses: Sequence[NearMiss],
) -> dict[str, object]:
    """Say what was run on what; no date and no path, so that equal runs are equal files."""
    coded = [s for s in segments if s.participant]
    return {
        "hrcode": __version__,
        "python": platform.python_version(),
        **versions(settings["language"]),
        **(embedding_version() if _compares(codebook, settings["language"]) else {}),
        "codebook": {"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256},
        "settings": dict(settings),
        "counts": {
            "transcripts": len(transcripts),
            "participants": len(transcripts.participants),
            "segments": len(coded),
            "interviewer_segments": len(segments) - len(coded),
            "words": sum(s.words for s in coded),
            "codings": len(codings),
            "near_misses": len(near_misses),
        },
        "transcripts": {transcript.id: transcript.sha256 for transcript in transcripts},
    }


def _compares(codebook: Codebook, language: str) -> bool:
    """Whether a codebook has indicators that compare sentences, in a language."""
    return any(
        i.kind == "similar" and i.language == language
        for sub in codebook.subcategories
        for i in sub.indicators
    )


def _warnings(
    transcripts: Transcripts, groups: Mapping[str, str], codebook: Codebook, language: str, group_by: str
) -> list[Fault]:
    found: list[Fault] = []
    if missing := sorted(person for person, group in groups.items() if group == NOT_STATED):
        message = f"{group_by} is not stated for {', '.join(missing)}"
        found.append(Fault("", 0, 0, "no-group", message, "warning"))
    if not codebook.cues.get(language, shipped_cues(language)):
        message = f"hrcode has no negation cues for {language!r}; every match counts as affirmed"
        found.append(Fault("", 0, 0, "no-cues", message, "warning"))
    known = {name for person in transcripts.participants for name in person.attributes}
    wanted = {name for sub in codebook.subcategories for i in sub.indicators for name in i.conditions.only}
    for name in sorted(wanted - known):
        message = (
            f"the codebook asks for the attribute {name!r}, which no participant has.{nearest(name, known)}"
        )
        found.append(Fault("", 0, 0, "unknown-attribute", message, "warning"))
    if not any(i.language == language for sub in codebook.subcategories for i in sub.indicators):
        message = f"the codebook has no indicators in {language!r}; nothing can be coded"
        found.append(Fault("", 0, 0, "language", message, "warning"))
    return found
