"""Sentences as a trained pipeline should see them, and its spans back in the transcript."""

from __future__ import annotations

import bisect
import functools
import operator
import re
from collections.abc import Iterable, Iterator, Sequence

from hrcode.indicators.anchors import Clauses, fold_context_free
from hrcode.indicators.model import Sentence, Span
from hrcode.language.chunks import Known
from hrcode.language.common import rarity
from hrcode.language.pipeline import Search
from hrcode.language.words import blank_marks, tidy

# A character with the accents that stand on it.
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)


def find_in_clean(
    sentences: Sequence[Sentence], numbers: Iterable[int], search: Search
) -> Iterator[tuple[int, Span]]:
    """Run a search of the pipeline over some of a transcript's sentences.

    Args:
        sentences (Sequence[Sentence]): The sentences.
        numbers (Iterable[int]): Indexes of those to search.
        search (Search): What `hrcode.language.pipeline` made of patterns.

    Yields:
        tuple[int, Span]: Index of the sentence, and the pattern with the words of the transcript that the
        pipeline's tokens stand for.
    """
    clean = [
        (number, *_clean(sentence.text, sentence.start, sentence.end))
        for number in numbers
        for sentence in [sentences[number]]
    ]
    for index, pattern, spans in search([text for _, text, _ in clean]) if clean else ():
        number, _, places = clean[index]
        stretches = [(places[start][0], places[end - 1][1]) for start, end in spans]
        if span := _to_span(sentences[number], pattern, stretches):
            yield number, span


class MayMatch:
    """Says in which sentences one of some patterns may match; it never misses one.

    Args:
        rules (Sequence[Clauses]): Per pattern, the words that it needs; none where that cannot be told.
    """

    def __init__(self, rules: Sequence[Clauses]) -> None:
        needed = sorted({clause for rule in rules for clause in rule}, key=sorted)
        bit = {clause: 1 << i for i, clause in enumerate(needed)}
        rarest = [
            max(rule, key=lambda clause: (min(map(rarity, clause)), bit[clause])) for rule in rules if rule
        ]
        self._always = not all(rules)
        self._every = [sum(bit[clause] for clause in set(rule)) for rule in rules]
        self._forms = [(bit[clause], _any_of(clause)) for clause in needed]
        self._rare_forms = _any_of(form for clause in rarest for form in clause)
        self._rare = Known(lambda piece: self._rare_forms.search(_folded(piece)) is not None)
        self._held = Known(self._clauses_in)

    def telling(self, pieces: Iterable[str]) -> frozenset[str] | None:
        """Give those of some pieces without which no pattern matches; None where that cannot be told."""
        return None if self._always else frozenset(filter(self._rare.__getitem__, pieces))

    def __call__(self, pieces: Sequence[str]) -> bool:
        """Say whether a pattern may match in a sentence, by its pieces."""
        if self._always:
            return True
        present = functools.reduce(operator.or_, map(self._held.__getitem__, pieces), 0)
        return any(present & rule == rule for rule in self._every)

    def _clauses_in(self, piece: str) -> int:
        """Give the clauses of which a piece holds a word, a bit for each."""
        text = _folded(piece)
        return sum(own for own, form in self._forms if form.search(text))


def _folded(piece: str) -> str:
    return fold_context_free(tidy(piece) if piece.isascii() else _clean(piece, 0, len(piece))[0])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(set(words)))))


def _clean(whole: str, start: int, end: int) -> tuple[str, list[tuple[int, int]]]:
    """Write a stretch of text as the pipeline should see it: no marks, single blanks, composed letters.

    Returns:
        tuple[str, list[tuple[int, int]]]: The text, and for each of its characters the stretch of
        the transcript that it stands for.
    """
    piece = blank_marks(whole[start:end])
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for letter in _LETTER.finditer(piece):
        place = (start + letter.start(), start + letter.end())
        if letter[0].isspace():
            if not characters or characters[-1] == " ":
                continue
            written = " "
        else:
            written = tidy(letter[0])
        characters.extend(written)
        places.extend([place] * len(written))
    return "".join(characters), places


def _to_span(sentence: Sentence, pattern: int, stretches: Sequence[tuple[int, int]]) -> Span | None:
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
    return Span(pattern, first, last, frozenset(range(first, last + 1)) - own)
