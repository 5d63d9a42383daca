"""Which word tests a word form passes; every distinct form is looked up once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hrcode.indicators.phrase_syntax import WordTest
from hrcode.language.chunks import Known
from hrcode.language.lemmas import lemmas_for


class WordTests:
    """The distinct word tests of a set of phrases, numbered, with a cache by word form.

    Args:
        tests (Iterable[WordTest]): All tests that will be asked for.
        language (str): Language code; decides which inflected forms a lemma has.
    """

    def __init__(self, tests: Iterable[WordTest], language: str) -> None:
        self.number = {test: i for i, test in enumerate(sorted(set(tests)))}
        self._lemma = {t.word: i for t, i in self.number.items() if t.how == "lemma"}
        self._exact = {t.word: i for t, i in self.number.items() if t.how == "exact"}
        self._cased = {t.word: i for t, i in self.number.items() if t.how == "cased"}
        self._any = [i for t, i in self.number.items() if t.how == "any"]
        self._globs = [
            (re.compile(".*".join(map(re.escape, re.split(r"\*+", t.word)))), i)
            for t, i in self.number.items()
            if t.how == "glob"
        ]
        self._some_glob = re.compile("|".join(f"(?:{glob.pattern})" for glob, _ in self._globs) or r"(?!)")
        self._lemmas = lemmas_for(language) if self._lemma else None
        self._passed = Known(self._look_up)

    def passed(self, form: str, raw: str) -> frozenset[int]:
        """Give the numbers of the tests that a word passes.

        Args:
            form (str): The word, folded.
            raw (str): The word as it is written.

        Returns:
            frozenset[int]: Test numbers.
        """
        passed = self._passed[form]
        if raw in self._cased:
            return passed | {self._cased[raw]}
        return passed

    def _look_up(self, form: str) -> frozenset[int]:
        found = set(self._any)
        if self._lemmas is not None:
            found.update(self._lemma[w] for w in self._lemmas(form) if w in self._lemma)
        if form in self._exact:
            found.add(self._exact[form])
        if self._some_glob.fullmatch(form[:60]):  # as few are
            found.update(i for glob, i in self._globs if glob.fullmatch(form[:60]))
        return frozenset(found)
