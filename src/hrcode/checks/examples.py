"""A codebook's own examples, run as tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrcode.codebook.model import Codebook, Example, Subcategory
from hrcode.coding.engine import Engine, Evidence
from hrcode.coding.judge import TurnFacts
from hrcode.indicators.model import Indicator, Sentence
from hrcode.language.sentences import sentence_spans
from hrcode.language.words import count_words


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What became of one example.

    Args:
        subcategory (Subcategory): Whose example it is.
        example (Example): The example.
        evidence (tuple[Evidence, ...]): What fired and what was held back, in any subcategory.
        problem (str): What is wrong; empty when it passed.
    """

    subcategory: Subcategory
    example: Example
    evidence: tuple[Evidence, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ExampleReport:
    """What became of all examples.

    Args:
        results (tuple[ExampleResult, ...]): In the codebook's order.
        exercised (int): Indicators that fire on at least one example that should match.
        unexercised (tuple[tuple[Subcategory, Indicator], ...]): Those that fire on none.
    """

    results: tuple[ExampleResult, ...]
    exercised: int
    unexercised: tuple[tuple[Subcategory, Indicator], ...]

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """The results with a problem."""
        return tuple(result for result in self.results if result.problem)


def text_sentences(text: str, language: str) -> list[Sentence]:
    """Cut a text that is no transcript into sentences of one turn.

    Args:
        text (str): Any text.
        language (str): Language code.

    Returns:
        list[Sentence]: Its sentences.
    """
    return [
        Sentence(text, start, end, language) for start, end in sentence_spans(text, 0, len(text), language)
    ]


def check_examples(codebook: Codebook) -> ExampleReport:
    """Run a codebook's examples.

    A sentence under ``match`` has to be coded with its subcategory, one under ``no_match`` must not,
    and one marked ``only: true`` must not be coded with any other subcategory either. Each is coded
    with the indicators of its own language, that of the codebook unless it names another.

    Args:
        codebook (Codebook): The codebook.

    Returns:
        ExampleReport: Results and coverage.

    Raises:
        LanguageError: When the language lacks what an indicator needs.
    """
    languages = {
        example.language or codebook.language for sub in codebook.subcategories for example in sub.examples
    }
    engines = {language: Engine(codebook, language) for language in sorted(languages)}
    results: list[ExampleResult] = []
    fired: set[tuple[str, str, str]] = set()
    for sub in codebook.subcategories:
        for example in sub.examples:
            language = example.language or codebook.language
            sentences = text_sentences(example.text, language)
            evidence = tuple(engines[language].find_all(sentences, {0: _facts(example, language)}))
            results.append(ExampleResult(sub, example, evidence, _problem(sub, example, evidence)))
            if example.match:
                fired.update(_key(p.subcategory, p.indicator) for p in evidence if not p.reason)
    every = [(sub, indicator) for sub in codebook.subcategories for indicator in sub.indicators]
    missing = tuple(pair for pair in every if _key(*pair) not in fired)
    return ExampleReport(tuple(results), len(every) - len(missing), missing)


def _facts(example: Example, language: str) -> TurnFacts:
    question = Sentence(example.asked, 0, len(example.asked), language)
    return TurnFacts(question, example.by, count_words(example.text))


def _key(sub: Subcategory, indicator: Indicator) -> tuple[str, str, str]:
    return sub.path, indicator.language, indicator.id


def _problem(sub: Subcategory, example: Example, evidence: Sequence[Evidence]) -> str:
    own = [piece for piece in evidence if piece.subcategory.path == sub.path]
    fired = [piece for piece in own if not piece.reason]
    if example.match and not fired:
        held = [f"{p.indicator.id!r} was held back: {p.reason} ({p.cue})" if p.cue else
                f"{p.indicator.id!r} was held back: {p.reason}" for p in own]  # fmt: skip
        return "should match, but nothing fired" + (f"; {'; '.join(held)}" if held else "")
    if not example.match and fired:
        words = example.text[fired[0].start : fired[0].end]
        return f"should not match, but {fired[0].indicator.id!r} fired on {words!r}"
    others = sorted({p.subcategory.path for p in evidence if not p.reason} - {sub.path})
    if example.exclusive and others:
        return f"should match nothing else, but {', '.join(others)} fired"
    return ""
