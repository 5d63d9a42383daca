"""Sentences as a trained pipeline should see them, and its spans back in the transcript."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from hrcode.indicators.model import Hit, Sentence
from hrcode.language.pipeline import Search
from hrcode.language.words import MARK


def find_in_clean(sentences: Sequence[Sentence], search: Search) -> Iterator[Hit]:
    """Run a search of the pipeline over sentences.

    Args:
        sentences (Sequence[Sentence]): The sentences.
        search (Search): What `hrcode.language.pipeline` made of patterns.

    Yields:
        Hit: With the words of the transcript that the pipeline's tokens stand for.
    """
    clean = [_clean(sentence) for sentence in sentences]
    for number, indicator, spans in search([text for text, _ in clean]):
        places = clean[number][1]
        stretches = [(places[start], places[end - 1] + 1) for start, end in spans]
        if hit := _to_hit(sentences[number], number, indicator, stretches):
            yield hit


def _clean(sentence: Sentence) -> tuple[str, list[int]]:
    """Write the sentence as the pipeline should see it: no marks, single blanks, straight quotes.

    Returns:
        tuple[str, list[int]]: The text, and for each of its characters its place in the transcript.
    """
    marked = {
        i
        for mark in MARK.finditer(sentence.text[sentence.start : sentence.end])
        for i in range(sentence.start + mark.start(), sentence.start + mark.end())
    }
    characters: list[str] = []
    places: list[int] = []
    for i in range(sentence.start, sentence.end):
        character = sentence.text[i]
        if i in marked or character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append("'" if character in "’‘" else character)
        places.append(i)
    return "".join(characters), places


def _to_hit(
    sentence: Sentence, number: int, indicator: int, stretches: Sequence[tuple[int, int]]
) -> Hit | None:
    """Turn stretches of the transcript into words; None where a mark or no word stands in them."""
    tokens = sentence.tokens
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    own = {
        k
        for start, end in stretches
        for k in range(bisect.bisect_right(ends, start), bisect.bisect_left(starts, end))
    }
    if not own:
        return None
    first, last = min(own), max(own)
    if any(token.after_mark for token in tokens[first + 1 : last + 1]):
        return None
    return Hit(number, indicator, first, last, frozenset(range(first, last + 1)) - own)
