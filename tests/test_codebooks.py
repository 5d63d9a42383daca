from collections import Counter
from pathlib import Path

import pytest

from hrcode.checks.validate import check_codebook
from hrcode.codebook.find import builtin_folder, builtin_names
from hrcode.codebook.load import load_codebook
from hrcode.coding.engine import Engine
from hrcode.indicators.model import Sentence
from hrcode.language.sentences import sentence_spans
from hrcode.language.words import tokens

FILES = sorted((Path(__file__).resolve().parent.parent / "codebooks").glob("*.yaml"))
PRINCIPLES = {"pragmatism", "individualism", "autonomy", "humanism", "collaboration", "community"}


def fired(engine, text):
    """The subcategories that a text is coded with."""
    sentences = [Sentence(text, a, b, tokens(text, a, b)) for a, b in sentence_spans(text, 0, len(text))]
    return {piece.subcategory.path for piece in engine.find(sentences) if not piece.reason}


def test_codebooks_are_those_of_the_repository():
    assert [file.stem for file in FILES] == builtin_names()
    assert builtin_folder().is_dir()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_codebooks_have_no_faults(file):
    assert [] == check_codebook(file)


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_codebooks_pass_their_own_examples(file):
    book = load_codebook(file)
    engine = Engine(book, book.language)

    wrong = [
        (example.line, sub.path, "missed" if example.match else "matched", example.text)
        for sub in book.subcategories
        for example in sub.examples
        if (sub.path in fired(engine, example.text)) != example.match
    ]

    assert [] == wrong


def test_harm_reduction_is_complete():
    book = load_codebook("harm_reduction")

    assert {category.id for category in book.categories} == PRINCIPLES
    for sub in book.subcategories:
        examples = Counter(example.match for example in sub.examples)
        assert len(sub.indicators) >= 4, sub.path
        assert min(examples[True], examples[False]) >= 2, sub.path
        assert all([sub.definition, sub.brief, sub.use_when, sub.not_when, sub.origin, sub.source]), sub.path


def test_harm_reduction_has_departures():
    book = load_codebook("harm_reduction")

    assert {sub.category for sub in book.subcategories if sub.stance == "departs"} == PRINCIPLES
