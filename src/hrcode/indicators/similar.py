"""The kind ``similar``: sentences that mean much the same as a codebook's example sentences.

The ten nearest example sentences vote: those under ``match`` for their category, those under
``no_match`` and ``unlike`` for none. A vote weighs the cube of its similarity, so that the nearest
count most (distance-weighted nearest neighbours; Dudani 1976, IEEE Trans SMC 6:325-327). A single
similarity tells little about a code; whose examples stand nearest tells more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hrcode.indicators.model import Find, Found, Hit, Indicator, Kind, Loaded, Reading, Sample, Sentence
from hrcode.indicators.phrase import read_words
from hrcode.language.embedding import DIGITS, make_search
from hrcode.language.sentences import sentence_spans
from hrcode.language.words import blank_marks, tidy
from hrcode.yamltext import Node

NEAREST = 10
DEFAULT_SHARE = 0.5
DEFAULT_THRESHOLD = 0.4
MIN_WORDS = 6  # what is shorter leans on what was said before, and resembles everything
LANGUAGE = "en"  # what the embeddings know
_POWER = 3
_SPARE = 20  # further neighbours, in place of examples that are the sentence itself
_MAX_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class SimilarBody:
    """What a sentence is compared with, and how near it has to be.

    Args:
        code (str): ``category/subcategory`` that the indicator stands for.
        sentences (tuple[str, ...]): Sentences besides the examples of the codebook.
        unlike (tuple[str, ...]): Sentences that are none of it.
        share (float): Such a share of the vote its category has to have, at least.
        threshold (float): So similar the nearest of the subcategory has to be, at least.
        samples (tuple[Sample, ...]): All examples of the codebook.
    """

    code: str
    sentences: tuple[str, ...]
    unlike: tuple[str, ...]
    share: float
    threshold: float
    samples: tuple[Sample, ...] = field(default=(), repr=False, compare=False)


class Vote(NamedTuple):
    """How near a sentence comes to a subcategory.

    Args:
        sentence (int): Index of the sentence in the batch.
        indicator (int): Index of the indicator.
        share (float): What share of the vote its category has, from 0 to 1.
        similarity (float): Of the nearest example of the subcategory, from -1 to 1.
        example (str): That example.
        fires (bool): Whether both are enough.
    """

    sentence: int
    indicator: int
    share: float
    similarity: float
    example: str
    fires: bool


def _read(fields: dict[str, Node], node: Node, reading: Reading) -> SimilarBody | None:
    complain = reading.complain
    if reading.language != LANGUAGE:
        complain(
            node, "bad-similar", f"similar works for English ({LANGUAGE}) only, not {reading.language!r}"
        )
        return None
    if node.value == "examples":
        sentences: tuple[str, ...] | None = ()
        if all(sample.code != reading.code for sample in reading.samples):
            complain(node, "bad-similar", "there are no examples under `match:`; write some, or a list here")
            return None
    else:
        sentences = _read_sentences(node, reading)
    unlike = _read_sentences(fields["unlike"], reading) if "unlike" in fields else ()
    share = _read_share(fields, "share", DEFAULT_SHARE, reading)
    threshold = _read_share(fields, "threshold", DEFAULT_THRESHOLD, reading)
    if sentences is None or unlike is None or share is None or threshold is None:
        return None
    return SimilarBody(reading.code, sentences, unlike, share, threshold, reading.samples)


def _read_sentences(node: Node, reading: Reading) -> tuple[str, ...] | None:
    if not isinstance(node.value, list) or not node.items:
        reading.complain(
            node, "bad-similar", "this is a list of sentences (or, for similar, the word examples)"
        )
        return None
    found = [read_words(item, reading.complain) for item in node.items]
    for item, text in zip(node.items, found, strict=True):
        if text and len(text) > _MAX_CHARACTERS:
            reading.complain(item, "bad-similar", f"a sentence has at most {_MAX_CHARACTERS} characters")
            return None
    return None if None in found else tuple(text for text in found if text)


def _read_share(fields: dict[str, Node], key: str, default: float, reading: Reading) -> float | None:
    """Read a number from 0 to 1; None after a complaint."""
    node = fields.get(key)
    if node is None:
        return default
    if isinstance(node.value, int | float) and not isinstance(node.value, bool) and 0 <= node.value <= 1:
        return float(node.value)
    reading.complain(node, "bad-value", f"{key} is a number from 0 to 1, such as {default}")
    return None


def _name(body: SimilarBody) -> str:
    first, more = body.sentences[:1], len(body.sentences) - 1
    text = f"{first[0]}{f' (and {more} more)' if more else ''}" if first else "examples"
    stated = [f"share {body.share:g}"] if body.share != DEFAULT_SHARE else []
    stated += [f"threshold {body.threshold:g}"] if body.threshold != DEFAULT_THRESHOLD else []
    return f"similar: {text}" + (f" [{'; '.join(stated)}]" if stated else "")


def make_voter(indicators: Sequence[Indicator]) -> Callable[[Sequence[Sentence]], Iterator[Vote]]:
    """Make a function that says how near sentences come to the subcategories of some indicators.

    An example has no vote on itself, nor on a sentence of its own, so that examples can test the codebook.

    Args:
        indicators (Sequence[Indicator]): All indicators of the kind in a codebook.

    Returns:
        Callable[[Sequence[Sentence]], Iterator[Vote]]: The function; per sentence and category it
        gives the subcategory with most of the vote, of equal ones that with the nearest example.

    Raises:
        LanguageError: When WordLlama is not installed.
    """
    samples = _samples([indicator.body for indicator in indicators])
    parts = [_parts(sample.text) for sample in samples]
    search = make_search([sample.text for sample in samples], NEAREST + _SPARE)

    def vote(sentences: Sequence[Sentence]) -> Iterator[Vote]:
        texts = [_clean(sentence) for sentence in sentences]
        for number, (text, found) in enumerate(zip(texts, search(texts), strict=True)):
            if len(sentences[number].tokens) < MIN_WORDS:
                continue
            own = _plain(text)
            near = [(samples[i], similarity) for i, similarity in found if own not in parts[i]][:NEAREST]
            for code, share, similarity, example in _count(near):
                for i, indicator in enumerate(indicators):
                    body: SimilarBody = indicator.body
                    if body.code == code:
                        fires = share >= body.share and similarity >= body.threshold
                        yield Vote(number, i, share, similarity, example, fires)

    return vote


def _samples(bodies: Sequence[SimilarBody]) -> list[Sample]:
    """Give every sentence that votes, once for each code, in an order that the codebook's does not decide."""
    every = {sample for body in bodies for sample in body.samples}
    every.update(Sample(text, body.code) for body in bodies for text in body.sentences)
    every.update(Sample(text, "") for body in bodies for text in body.unlike)
    return sorted(Sample(" ".join(tidy(text).split()), code) for text, code in every)


def _count(near: Sequence[tuple[Sample, float]]) -> Iterator[tuple[str, float, float, str]]:
    """Give per category its leading subcategory, its share, and similarity and text of the nearest."""
    weight = {code: 0.0 for (_, code), _ in near}
    for sample, similarity in near:
        weight[sample.code] += max(similarity, 0.0) ** _POWER
    total = sum(weight.values())
    codes = [code for code in weight if code and weight[code]]  # the nearest first
    for category in dict.fromkeys(code.split("/")[0] for code in codes):
        own = [code for code in codes if code.split("/")[0] == category]
        code = max(own, key=lambda code: weight[code])
        share = round(sum(weight[code] for code in own) / total, DIGITS)
        sample, similarity = next(pair for pair in near if pair[0].code == code)
        yield code, share, similarity, sample.text


def _clean(sentence: Sentence) -> str:
    return " ".join(tidy(blank_marks(sentence.text[sentence.start : sentence.end])).split())


def _parts(text: str) -> frozenset[str]:
    """Give a text and each of its sentences, without signs."""
    spans = [(0, len(text)), *sentence_spans(text, 0, len(text), LANGUAGE)]
    return frozenset(_plain(text[start:end]) for start, end in spans)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _finder(indicators: Sequence[Indicator], loaded: Loaded) -> Find:
    vote = make_voter(indicators)

    def find(sentences: Sequence[Sentence], _: Found) -> Iterator[Hit]:
        for found in vote(sentences):
            last = len(sentences[found.sentence].tokens) - 1
            if found.fires:
                yield Hit(found.sentence, found.indicator, 0, last, frozenset(), note=describe(found))

    return find


def describe(vote: Vote) -> str:
    """Write a vote as it is recorded: ``similar: 0.534 to "An example.", share 0.612``."""
    return f'similar: {vote.similarity:.{DIGITS}f} to "{vote.example}", share {vote.share:.{DIGITS}f}'


SIMILAR = Kind(
    read=_read,
    keys=frozenset({"unlike", "share", "threshold"}),
    name=_name,
    finder=_finder,
    needs=lambda body: (),
    loads=("WordLlama",),
    gives_way=True,
    together=True,
)
