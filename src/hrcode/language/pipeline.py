"""The one door to spaCy: the pipeline with just the components a run needs, and its matcher."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from hrcode.errors import LanguageError
from hrcode.language.lean_spacy import import_spacy
from hrcode.language.lemmas import ENGLISH_PIPELINES

if TYPE_CHECKING:
    from spacy.language import Language

BATCH = 64
_OPTIONAL = {"tagger": ["tagger", "attribute_ruler"], "parser": ["parser"],
             "lemmatizer": ["lemmatizer"], "ner": ["ner"]}  # fmt: skip
# spaCy's trained pipelines (spacy.io/models, version 3.8), the small ones.
_TRAINED = {
    "en": "en_core_web_sm", "zh": "zh_core_web_sm",
    **{code: f"{code}_core_news_sm" for code in (
        "ca", "da", "de", "el", "es", "fi", "fr", "hr", "it", "ja", "ko", "lt", "mk", "nb", "nl", "pl", "pt",
        "ro", "ru", "sl", "sv", "uk",
    )},
}  # fmt: skip
Matcher = Literal["token", "dependency"]
"""Which of spaCy's matchers a pattern is for."""
Pattern = tuple[Matcher, list[dict[str, Any]]]
Search = Callable[[Sequence[str]], Iterator[tuple[int, int, list[tuple[int, int]]]]]
"""Texts in; (text, pattern, the stretches matched) out, in code points of the text."""


def pipeline_name(language: str) -> str:
    """Name the trained pipeline that would be used, or ``blank`` where none is installed."""
    names = ENGLISH_PIPELINES if language == "en" else (_TRAINED.get(language, f"{language}_core_news_sm"),)
    return next((name for name in names if importlib.util.find_spec(name)), "blank")


def missing_pipeline(language: str) -> str:
    """Say what to do about a language whose trained pipeline is not installed."""
    if language not in _TRAINED:
        return "spaCy has none; write phrases for it"
    return f"install spaCy's {_TRAINED[language]}"


@functools.cache
def load_pipeline(language: str, components: frozenset[str]) -> Language:
    """Load a spaCy pipeline with the components asked for and no others.

    Args:
        language (str): Language code.
        components (frozenset[str]): Of ``tagger, parser, lemmatizer, ner``; empty for the bare
            tokenizer.

    Returns:
        Language: The pipeline.

    Raises:
        LanguageError: When spaCy does not know the language, or the components need a trained
            pipeline that is not installed.
    """
    import_spacy()
    import spacy

    name = pipeline_name(language)
    if not components:
        try:
            return spacy.blank(language)
        except ImportError:
            raise LanguageError(f"spaCy knows no language {language!r}.") from None
    if name == "blank":
        raise LanguageError(
            f"The codebook has patterns that need a trained pipeline for {language!r}: "
            f"{missing_pipeline(language)}, or run with another --language."
        )
    wanted = {"tok2vec", *(part for need in components for part in _OPTIONAL[need])}
    settings = spacy.util.load_config(_package_folder(name) / "config.cfg")["nlp"]
    excluded = [part for part in settings["pipeline"] if part not in wanted]
    return spacy.load(name, exclude=excluded, config=_without_rules(settings["tokenizer"]))


def _without_rules(tokenizer: dict[str, str]) -> dict[str, Any]:
    """Make a tokenizer empty: its rules are read from the folder, and spaCy would make them twice."""
    from spacy.tokenizer import Tokenizer
    from spacy.util import registry

    if tokenizer != {"@tokenizers": "spacy.Tokenizer.v1"}:
        return {}  # another kind, such as that for Chinese
    registry.tokenizers("hrcode.empty.v1", func=lambda: lambda nlp: Tokenizer(nlp.vocab))
    return {"nlp": {"tokenizer": {"@tokenizers": "hrcode.empty.v1"}}}


def _package_folder(name: str) -> Any:
    from spacy.util import get_package_path

    package = get_package_path(name)
    return sorted(package.glob(f"{name}-*"))[-1]


def find_patterns(patterns: Sequence[Pattern], language: str, components: frozenset[str]) -> Search:
    """Make a function that finds token and dependency patterns in sentences, each of which is parsed once.

    The pipeline is given one sentence at a time, so that neither the unit of analysis nor the
    order of the files changes what it sees.

    Args:
        patterns (Sequence[Pattern]): spaCy's patterns.
        language (str): Language code.
        components (frozenset[str]): What the run loads (see `load_pipeline`).

    Returns:
        Search: The function.

    Raises:
        LanguageError: When spaCy or its data cannot do it.
    """
    nlp = load_pipeline(language, components)
    from spacy import matcher as spacy_matcher  # after spaCy itself (see `import_spacy`)

    tokens, trees = spacy_matcher.Matcher(nlp.vocab), spacy_matcher.DependencyMatcher(nlp.vocab)
    for number, (matcher, pattern) in enumerate(patterns):
        # All matches, not only the longest: one that spans a transcriber's mark is dropped later,
        # and must not hide a shorter one.
        (trees if matcher == "dependency" else tokens).add(str(number), [pattern])

    def search(texts: Sequence[str]) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
        for index, doc in enumerate(nlp.pipe(texts, batch_size=BATCH)):
            for key, first, last in tokens(doc) if len(tokens) else ():
                if span := doc[first:last]:
                    yield index, int(nlp.vocab.strings[key]), [(span.start_char, span.end_char)]
            for key, nodes in trees(doc) if len(trees) else ():
                spans = [(doc[i].idx, doc[i].idx + len(doc[i])) for i in nodes]
                yield index, int(nlp.vocab.strings[key]), spans

    return search


def versions(language: str) -> dict[str, str]:
    """Name spaCy's and the pipeline's version without importing either.

    Args:
        language (str): Language code.

    Returns:
        dict[str, str]: ``spacy``, ``pipeline``, ``pipeline_version``, ``sentencex`` and, but for
        English, ``simplemma``.
    """
    from importlib.metadata import version

    name = pipeline_name(language)
    return {
        "spacy": version("spacy"),
        "pipeline": name,
        "pipeline_version": version(name) if name != "blank" else "",
        "sentencex": version("sentencex"),
        **({} if language == "en" else {"simplemma": version("simplemma")}),
    }
