"""Finding many phrases in the words of sentences.

A phrase goes through two sieves, neither of which rules out one that is there: does the sentence hold
the words that it needs (`phrase_sieve`), and may they stand in this order and so near together
(`phrase_search.may_stand`)? Only then are the sentence's words cut, and the phrase is searched for.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence

from hrcode.indicators.model import Sentence, Span
from hrcode.indicators.phrase_numbers import number_phrases
from hrcode.indicators.phrase_search import Search, may_stand, words_by_test
from hrcode.indicators.phrase_sieve import Sieve
from hrcode.indicators.phrase_syntax import Phrase
from hrcode.indicators.word_tests import WordTests
from hrcode.language.chunks import Known
from hrcode.language.common import rarity
from hrcode.language.words import Token, word_forms

_SIGNS = 20_000  # of so many kinds of pieces the signs are remembered
_NO_GAPS: frozenset[int] = frozenset()


class PhraseMatcher:
    """Finds many phrases at once; a phrase is tried only where all its places may be filled.

    Args:
        phrases (Sequence[Phrase]): The phrases.
        language (str): Language code.
    """

    def __init__(self, phrases: Sequence[Phrase], language: str) -> None:
        alternatives = {id(place.alternatives): place.alternatives for phrase in phrases for place in phrase}
        every = (test for runs in alternatives.values() for run in runs for test in run)
        self._tests = WordTests(every, language)
        self._phrases = number_phrases(phrases, self._tests.number)
        self._words = Known(
            lambda piece: tuple(self._tests.passed(*word) for word in word_forms(piece, language))
        )
        self._sieve = Sieve(self._phrases, [rarity(test.word) for test in self._tests.number])
        signs = functools.lru_cache(_SIGNS)(self._sieve.signs)  # large, and the same for many pieces
        self._signs = Known(lambda piece: signs(self._words[piece]))
        self._matters = Known(lambda piece: self._sieve.tells(self._signs[piece]))

    def _passed(self, words: Iterable[Token]) -> list[frozenset[int]]:
        return [self._tests.passed(word.form, word.raw) for word in words]

    def telling(self, pieces: Iterable[str]) -> frozenset[str]:
        """Give those of some pieces of which a sentence holds one if a phrase is in it.

        Args:
            pieces (Iterable[str]): Pieces of sentences (see `Sentence.chunks`).

        Returns:
            frozenset[str]: Those that hold a word for the rarest place of a phrase.
        """
        return frozenset(filter(self._matters.__getitem__, pieces))

    def find_in(
        self, sentence: Sentence, pieces: Sequence[str] | None = None, *, prefilter: bool = True
    ) -> Iterator[Span]:
        """Find all phrases in a sentence (see `find`).

        Args:
            sentence (Sentence): The sentence; it is cut into words only if a phrase may be there.
            pieces (Sequence[str] | None): Its `chunks`, where they are at hand.
            prefilter (bool): Whether phrases are ruled out first; if not, every one is searched for.

        Returns:
            Iterator[Span]: In the order of phrase, then start.
        """
        if not prefilter:
            return self._search(range(len(self._phrases)), sentence.tokens)
        pieces = sentence.chunks if pieces is None else pieces
        likely = self._sieve.sift([*map(self._signs.__getitem__, pieces)])
        if likely:
            passed = [*itertools.chain.from_iterable(map(self._words.__getitem__, pieces))]
            likely = self._standing(likely, passed)
        return self._search(likely, sentence.tokens) if likely else iter(())

    def find(self, words: Sequence[Token]) -> Iterator[Span]:
        """Find all phrases in the words of a sentence.

        From each start a phrase is found once, with the narrowest gaps and the longest
        alternatives that fit.

        Args:
            words (Sequence[Token]): The words of one sentence.

        Yields:
            Span: In the order of phrase, then start.
        """
        passed = self._passed(words)
        likely = self._sieve.sift([self._sieve.signs([tests]) for tests in passed])
        if standing := self._standing(likely, passed):
            yield from self._search(standing, words)

    def _standing(self, likely: Sequence[int], passed: Sequence[frozenset[int]]) -> list[int]:
        """Give those of some phrases whose words may stand in their order and so near together."""
        phrases = self._phrases
        if all(phrases[i].word for i in likely):  # of a single word the sieve has told all
            return [*likely]
        by_test = words_by_test(passed)
        return [i for i in likely if phrases[i].word or may_stand(phrases[i].places, by_test)]

    def _search(self, indexes: Iterable[int], words: Sequence[Token]) -> Iterator[Span]:
        passed = self._passed(words)
        for index in indexes:
            phrase = self._phrases[index]
            if phrase.word:
                for at, tests in enumerate(passed):
                    if not phrase.word.isdisjoint(tests):
                        yield Span(index, at, at, _NO_GAPS)
                continue
            search = Search(phrase.places, words, passed)
            for start, tests in enumerate(passed):
                if phrase.starts.isdisjoint(tests):
                    continue
                if found := search.match(0, start):
                    last, gaps = found
                    yield Span(index, start, last, frozenset(gaps))

    def almost(self, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Find phrases of which all places but one could be filled somewhere in a sentence.

        Args:
            words (Sequence[Token]): The words of one sentence.

        Yields:
            tuple[int, int]: Index of the phrase, and of the place that nothing fills; -1 where
            every place could be filled, but not in this order or so near together.
        """
        present = frozenset().union(*self._passed(words))
        for index, phrase in enumerate(self._phrases):
            lacking = [i for i, need in enumerate(phrase.needs) if need.isdisjoint(present)]
            if len(phrase.needs) > len(lacking) + 1 and len(lacking) <= 1:
                yield index, phrase.need_places[lacking[0]] if lacking else -1
