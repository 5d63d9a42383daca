"""What coding with a codebook takes: which kinds of indicators look at which sentences, and with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from hrcode.codebook.model import Codebook
from hrcode.errors import LanguageError
from hrcode.indicators import KINDS
from hrcode.indicators.model import Indicator
from hrcode.language.lemmas import language_fault
from hrcode.language.pipeline import versions

Sentences = Literal["with its words", "all"]


class Step(NamedTuple):
    """What one kind of indicator takes.

    Args:
        kind (str): The kind.
        indicators (int): How many indicators are of it.
        anchors (int): How many different words they are looked for by: dictionary forms and forms as
            written in phrases, every inflected form in patterns.
        loads (tuple[str, ...]): What is loaded for it, besides hrcode.
        sentences (str): Which sentences it looks at: those ``with its words``, or ``all``.
        parsed (bool): Whether these go through the trained pipeline.
        everywhere (tuple[Indicator, ...]): Indicators because of which it looks at all.
    """

    kind: str
    indicators: int
    anchors: int
    loads: tuple[str, ...]
    sentences: Sentences
    parsed: bool
    everywhere: tuple[Indicator, ...]


class Plan(NamedTuple):
    """What coding with a codebook takes.

    Args:
        codebook (str): Id of the codebook.
        version (str): Its version.
        path (str): Where it was read from.
        language (str): Language code of the transcripts.
        pipeline (str): The trained pipeline and its version; empty where none is loaded.
        components (tuple[str, ...]): Its components that are loaded.
        prefilter (bool): Whether sentences in which an indicator cannot match are left out first.
        steps (tuple[Step, ...]): Per kind of indicator, sorted by name.
    """

    codebook: str
    version: str
    path: str
    language: str
    pipeline: str
    components: tuple[str, ...]
    prefilter: bool
    steps: tuple[Step, ...]


def plan(codebook: Codebook, language: str | None = None, *, prefilter: bool = True) -> Plan:
    """Say what coding with a codebook takes, without loading or running anything.

    Args:
        codebook (Codebook): The codebook.
        language (str | None): Language code of the transcripts; by default the codebook's.
        prefilter (bool): As for `code`.

    Returns:
        Plan: The steps, kind by kind.

    Raises:
        LanguageError: When the language is no language code.
    """
    language = language or codebook.language
    if fault := language_fault(language):
        raise LanguageError(f"{fault}.")
    by_kind: dict[str, list[Indicator]] = defaultdict(list)
    for sub in codebook.subcategories:
        for indicator in sub.indicators:
            if indicator.language == language:
                by_kind[indicator.kind].append(indicator)
    steps = tuple(_step(kind, own, language, prefilter) for kind, own in sorted(by_kind.items()))
    components = sorted({part for own in by_kind.values() for part in _components(own)})
    known = versions(language)
    pipeline = f"{known['pipeline']} {known['pipeline_version']}".strip() if components else ""
    return Plan(
        codebook.id,
        codebook.version,
        codebook.path,
        language,
        pipeline,
        tuple(components),
        prefilter,
        steps,
    )


def _step(kind: str, indicators: Sequence[Indicator], language: str, prefilter: bool) -> Step:
    clauses = [KINDS[kind].anchors(indicator.body, language) for indicator in indicators]
    words = {word for own in clauses for clause in own for word in clause}
    everywhere = tuple(i for i, own in zip(indicators, clauses, strict=True) if not own)
    components = _components(indicators)
    return Step(
        kind,
        len(indicators),
        len(words),
        (*KINDS[kind].loads, *components),
        "all" if everywhere or not prefilter else "with its words",
        bool(components),
        everywhere,
    )


def _components(indicators: Sequence[Indicator]) -> list[str]:
    return sorted({part for i in indicators for part in KINDS[i.kind].needs(i.body)})


def plan_json(plan: Plan) -> dict[str, Any]:
    """Write a plan as a mapping for JSON; indicators by id, line and column."""
    steps = [
        {
            **step._asdict(),
            "everywhere": [{"id": i.id, "line": i.line, "column": i.column} for i in step.everywhere],
        }
        for step in plan.steps
    ]
    return {**plan._asdict(), "steps": steps}
