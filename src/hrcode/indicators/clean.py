"""Sentences as a trained pipeline should see them, and its spans back in the transcript."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from hrcode.indicators.model import Hit, Sentence
from hrcode.language.pipeline import Search
from hrcode.language.words import blank_marks, tidy

# A character with the accents that stand on it.
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)


def find_in_clean(
    sentences: Sequence[Sentence], search: Search, words: frozenset[str] | None
) -> Iterator[Hit]:
    """Run a search of the pipeline over sentences.

    Args:
        sentences (Sequence[Sentence]): The sentences.
        search (Search): What `hrcode.language.pipeline` made of patterns.
        words (frozenset[str] | None): Lower-case words of which a sentence has to hold one to be
            worth searching; None for all sentences.

    Yields:
        Hit: With the words of the transcript that the pipeline's tokens stand for.
    """
    held = re.compile("|".join(map(re.escape, sorted(words)))) if words is not None else None
    clean: list[tuple[int, str, list[tuple[int, int]]]] = []
    for number, sentence in enumerate(sentences):
        text, places = _clean(sentence)
        if held is None or held.search(text.lower()):
            clean.append((number, text, places))
    for index, indicator, spans in search([text for _, text, _ in clean]):
        number, _, places = clean[index]
        stretches = [(places[start][0], places[end - 1][1]) for start, end in spans]
        if hit := _to_hit(sentences[number], number, indicator, stretches):
            yield hit


def _clean(sentence: Sentence) -> tuple[str, list[tuple[int, int]]]:
    """Write the sentence as the pipeline should see it: no marks, single blanks, composed letters.

    Returns:
        tuple[str, list[tuple[int, int]]]: The text, and for each of its characters the stretch of
        the transcript that it stands for.
    """
    piece = blank_marks(sentence.text[sentence.start : sentence.end])
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for letter in _LETTER.finditer(piece):
        place = (sentence.start + letter.start(), sentence.start + letter.end())
        if letter[0].isspace():
            if not characters or characters[-1] == " ":
                continue
            written = " "
        else:
            written = tidy(letter[0])
        characters.extend(written)
        places.extend([place] * len(written))
    return "".join(characters), places


def _to_hit(
    sentence: Sentence, number: int, indicator: int, stretches: Sequence[tuple[int, int]]
) -> Hit | None:
    """Turn stretches of the transcript into words; None where a mark or no word stands in them."""
    tokens = sentence.tokens
    own = {
        k
        for start, end in stretches
        for k in range(
            bisect.bisect_right(tokens, start, key=lambda token: token.end),
            bisect.bisect_left(tokens, end, key=lambda token: token.start),
        )
    }
    if not own:
        return None
    first, last = min(own), max(own)
    if any(token.after_mark for token in tokens[first + 1 : last + 1]):
        return None
    return Hit(number, indicator, first, last, frozenset(range(first, last + 1)) - own)
