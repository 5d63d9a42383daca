"""Sentences as a trained pipeline should see them, and its spans back in the transcript."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from hrcode.indicators.anchors import Clauses, fold_context_free
from hrcode.indicators.model import Hit, Sentence
from hrcode.language.chunks import Known
from hrcode.language.common import rarity
from hrcode.language.pipeline import Search
from hrcode.language.words import blank_marks, tidy

# A character with the accents that stand on it.
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)


def find_in_clean(
    sentences: Sequence[Sentence], search: Search, worth: Callable[[Sentence], bool] | None
) -> Iterator[Hit]:
    """Run a search of the pipeline over sentences.

    Args:
        sentences (Sequence[Sentence]): The sentences.
        search (Search): What `hrcode.language.pipeline` made of patterns.
        worth (Callable[[Sentence], bool] | None): Which sentences are worth searching; None for all.

    Yields:
        Hit: With the words of the transcript that the pipeline's tokens stand for.
    """
    clean = [
        (number, *_clean(sentence.text, sentence.start, sentence.end))
        for number, sentence in enumerate(sentences)
        if worth is None or worth(sentence)
    ]
    for index, indicator, spans in search([text for _, text, _ in clean]):
        number, _, places = clean[index]
        stretches = [(places[start][0], places[end - 1][1]) for start, end in spans]
        if hit := _to_hit(sentences[number], number, indicator, stretches):
            yield hit


def may_match(rules: Sequence[Clauses]) -> Callable[[Sentence], bool]:
    """Make a function that says whether one of some patterns may match in a sentence.

    Args:
        rules (Sequence[Clauses]): Per pattern, the words that it needs; none where that cannot be told.

    Returns:
        Callable[[Sentence], bool]: False only where no pattern matches.
    """
    if not all(rules):
        return lambda sentence: True
    needed = sorted({clause for rule in rules for clause in rule}, key=sorted)
    number = {clause: i for i, clause in enumerate(needed)}
    forms = [_any_of(clause) for clause in needed]
    all_forms = _any_of(form for clause in needed for form in clause)
    by_rarest: dict[int, list[frozenset[int]]] = defaultdict(list)
    for rule in rules:
        rarest = max(rule, key=lambda clause: (min(map(rarity, clause)), number[clause]))
        by_rarest[number[rarest]].append(frozenset(number[clause] for clause in rule))

    def held(piece: str) -> frozenset[int]:
        clean = tidy(piece) if piece.isascii() else _clean(piece, 0, len(piece))[0]
        text = fold_context_free(clean)
        if not all_forms.search(text):  # as for most pieces
            return frozenset()
        return frozenset(i for i, form in enumerate(forms) if form.search(text))

    known = Known(held)
    rare = Known(lambda piece: not known[piece].isdisjoint(by_rarest))

    def may(sentence: Sentence) -> bool:
        pieces = sentence.chunks
        if not any(map(rare.__getitem__, pieces)):
            return False
        present = frozenset().union(*map(known.__getitem__, pieces))
        return any(rule <= present for i in present & by_rarest.keys() for rule in by_rarest[i])

    return may


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
