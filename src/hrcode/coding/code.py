"""Transcripts and a codebook to codings: the main job, as one pure function."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from hrcode._version import __version__
from hrcode.codebook.model import Codebook
from hrcode.coding.again import make_memory
from hrcode.coding.cache import Cache
from hrcode.coding.consent import aliases_of, not_quoted, withhold
from hrcode.coding.engines import Engines
from hrcode.coding.groups import declared_as_json, grouping
from hrcode.coding.model import Coded, Coding, FrameEntry, NearMiss, Segment, Segments, join
from hrcode.coding.one import Setup, attributes_of
from hrcode.coding.run_warnings import cache_faults, run_warnings
from hrcode.coding.runner import Work, code_all, fewer_collections, work_on
from hrcode.errors import Fault, LanguageError, StudyError
from hrcode.language.embedding import embedding_version
from hrcode.language.lemmas import language_fault
from hrcode.language.pipeline import versions
from hrcode.schema import Unit
from hrcode.study.keys import unit_fault
from hrcode.transcripts.model import Transcript, Transcripts, listed, spoken_in
from hrcode.transcripts.participants import unquoted

Progress = Callable[[int, int], None]
"""Called with the number of transcripts done and their total."""


@fewer_collections()
def code(
    transcripts: Transcripts,
    codebook: Codebook,
    *,
    group_by: str = "group",
    unit: Unit = "sentence",
    language: str | None = None,
    processes: int | None = 1,
    prefilter: bool = True,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Coded:
    """Code transcripts with a codebook.

    Args:
        transcripts (Transcripts): What `load_transcripts` gave.
        codebook (Codebook): What `load_codebook` gave.
        group_by (str): Attribute of participants or transcripts that makes the groups.
        unit (str): Unit of analysis: ``sentence``, ``turn`` or ``paragraph``.
        language (str | None): Language code of the transcripts that do not say theirs; by default the
            codebook's.
        processes (int | None): Number of processes; None for as many as the work is worth.
        prefilter (bool): Whether to leave sentences in which an indicator cannot match out of its
            search, which is many times faster and gives the same.
        cache (Cache | None): Where to look for what was coded before, and to leave what is coded now.
        progress (Callable[[int, int], None] | None): Told of transcripts done and in all.

    Returns:
        Coded: Segments, codings, near misses, and what was run on what.

    Raises:
        StudyError: When nobody and no transcript has the attribute, or the unit is unknown.
        LanguageError: When the language lacks what the codebook needs.
        RunError: When the number of processes makes no sense, or one died twice.
    """
    language = language or codebook.language
    check_settings(unit, language)
    about = {transcript.id: transcript.attributes for transcript in transcripts}
    groups = grouping(transcripts.participants, about, group_by)
    engines = Engines(codebook, prefilter=prefilter)
    setup = Setup(engines, unit, language, groups, attributes_of(transcripts.participants))
    languages = spoken_languages(transcripts, language)
    work = work_on(transcripts.transcripts, setup, make_memory(codebook, cache) if cache else None)
    _make_engines(work, language)  # before any process starts, and before the clock does
    parts: list[Sequence[Segment]] = []
    codings: list[Coding] = []
    near_misses: list[NearMiss] = []
    unkept = 0
    if progress:
        progress(0, len(transcripts))
    silent, aliases = unquoted(transcripts.participants), aliases_of(transcripts.participants)
    for done, coded in enumerate(code_all(work, processes), start=1):
        rows = withhold(coded, silent, aliases)
        parts.append(rows.segments)
        codings.extend(rows.codings)
        near_misses.extend(rows.near_misses)
        unkept += not coded.kept
        if progress:
            progress(done, len(transcripts))
    if cache and work.ahead():
        cache.trim()
    segments = join(parts)
    settings = {"unit": unit, "language": language, "group_by": group_by}
    warnings = (*transcripts.warnings, *run_warnings(transcripts, setup, languages, group_by))
    return Coded(
        segments=segments,
        codings=tuple(codings),
        near_misses=tuple(near_misses),
        participants=tuple(replace(one, aliases=(), names=()) for one in transcripts.participants),
        frame=coding_frame(codebook),
        run={
            **_run(transcripts, codebook, settings, languages, segments, codings, near_misses),
            **kept_warnings(warnings),
        },
        warnings=(*warnings, *cache_faults(work, unkept)),
        transcripts=about,
    )


def _make_engines(work: Work, language: str) -> None:
    """Make the engines of a run; a fault names the transcripts that need it."""
    for wanted, transcripts in work.engines().items():
        for spoken, named in spoken_languages(transcripts, language).items():
            try:
                work.setup.engines.get(spoken, wanted)
            except LanguageError as fault:
                raise LanguageError(f"{fault.message} Transcripts in it: {listed(named)}.") from None


def spoken_languages(transcripts: Iterable[Transcript], language: str) -> dict[str, list[str]]:
    """Say which languages participants speak, and where.

    Args:
        transcripts (Iterable[Transcript]): The transcripts.
        language (str): Language of the transcripts and turns that do not say theirs.

    Returns:
        dict[str, list[str]]: Ids of the transcripts, by language code in alphabetical order.
    """
    found: dict[str, dict[str, None]] = {}
    for transcript in transcripts:
        for turn in transcript.turns:
            if turn.participant:
                found.setdefault(spoken_in(transcript, turn, language), {})[transcript.id] = None
    return {spoken: [*found[spoken]] for spoken in sorted(found)}


def check_settings(unit: str, language: str) -> None:
    """Refuse a unit of analysis or a language code that there is not."""
    if fault := unit_fault(unit):
        raise StudyError(f"{fault[0].upper()}{fault[1:]}.")
    if fault := language_fault(language):
        raise LanguageError(f"{fault}.")


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
    languages: Mapping[str, Sequence[str]],
    segments: Segments,
    codings: Sequence[Coding],
    near_misses: Sequence[NearMiss],
) -> dict[str, object]:
    """Say what was run on what; no date and no path, so that equal runs are equal files."""
    columns = segments.columns
    coded = [words for words, who in zip(columns.words, columns.participant, strict=True) if who]
    silent = {(one.id, turn.number) for one in transcripts for turn in one.turns if turn.left_out}
    places = zip(columns.transcript, columns.turn, strict=True) if silent else ()
    left_out = sum(place in silent for place in places)
    others = [spoken for spoken in languages if spoken != settings["language"]]
    compares = any(_compares(codebook, spoken) for spoken in languages)
    return {
        "hrcode": __version__,
        "python": platform.python_version(),
        **versions(settings["language"]),
        **({"other_languages": {spoken: versions(spoken) for spoken in others}} if others else {}),
        **(embedding_version() if compares else {}),
        "codebook": {"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256},
        "settings": dict(settings),
        "counts": {
            "transcripts": len(transcripts),
            "participants": len(transcripts.participants),
            "segments": len(coded),
            "interviewer_segments": len(segments) - len(coded) - left_out,
            "left_out_segments": left_out,
            "words": sum(coded),
            "codings": len(codings),
            "near_misses": len(near_misses),
        },
        "transcripts": {transcript.id: transcript.sha256 for transcript in transcripts},
        "attributes": declared_as_json(transcripts.attributes),
        "left_out": {person: said._asdict() for person, said in sorted(transcripts.left_out.items())},
        "not_quoted": not_quoted(transcripts.participants, segments),
    }


def kept_warnings(warnings: Sequence[Fault]) -> dict[str, object]:
    """Give what the record of a run keeps of its warnings: files by their names, no paths."""
    kept = [
        {"file": PurePath(fault.path).name, "rule": fault.rule, "message": fault.message}
        for fault in warnings
    ]
    return {"warnings": kept} if kept else {}


def _compares(codebook: Codebook, language: str) -> bool:
    """Whether a codebook has indicators that compare sentences, in a language."""
    return any(
        i.kind == "similar" and i.language == language
        for sub in codebook.subcategories
        for i in sub.indicators
    )
