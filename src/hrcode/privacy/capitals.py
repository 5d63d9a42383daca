"""Words with a capital letter in the middle of a sentence: names that the trained pipeline may not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hrcode.privacy.folding import fold, words
from hrcode.privacy.found import CAPITAL, Found

CAPITALISED_NOUNS = frozenset({"de", "lb"})  # languages in which a capital letter means little
# Capitalised words that name nobody: answers, greetings, days, months, feasts, titles.
_NO_NAMES = (
    "a ah an and anyway but cheers dear hello hey hi i lord god mhm mum mummy dad daddy no nobody now oh "
    "ok okay please right so sorry thank thanks the um well yeah yes you christmas easter ramadan monday "
    "tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays sundays january february march april may june july august september october november "
    "december mr mrs ms miss mx dr prof professor doctor sister father uncle aunt auntie nurse sergeant "
    "inspector constable officer judge pan pani ponas ponia herr frau fru english "
)
NO_NAMES = frozenset(_NO_NAMES.split())
_CODE = re.compile(r"[^\W\d_]{1,3}[0-9]{1,4}")  # S4: a participant's id, no name
_SMALL = re.compile(r"(?<![^\W_])[^\W\d_A-Z][^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…\"“”„«»*#)(\[\]]|[—–-])[\s\"“„'‘(«*_#-]*$")
_AT_START = 12


def small_words(texts: Sequence[str]) -> frozenset[str]:
    """Give the words that a study also writes without a capital letter.

    Args:
        texts (Sequence[str]): The study's texts.

    Returns:
        frozenset[str]: The words, folded.
    """
    return frozenset(fold(m[0]) for text in texts for m in _SMALL.finditer(text) if m[0][0].islower())


def starts_sentence(text: str, at: int) -> bool:
    """Say whether a word begins a sentence or a quotation, so that its capital letter tells nothing."""
    before = text[max(0, at - _AT_START) : at]
    return ("\n" in before.lstrip(" ") and not before.split("\n")[-1].strip()) or bool(
        _SENTENCE_START.search(before)
    )


def is_code(word: str) -> bool:
    """Say whether a word is such as ``S4``: a participant's id, no name."""
    return bool(_CODE.fullmatch(word))


def find_capitals(text: str, small: frozenset[str]) -> Iterator[Found]:
    """Find words that are capitalised inside a sentence and never written small in the study.

    The kind is ``name``: a capital letter does not say whether it is a person's or a place's.

    Args:
        text (str): A text, in a language that gives capitals to names only.
        small (frozenset[str]): What `small_words` gave.

    Yields:
        Found: Each, with the capitalised words that follow it.
    """
    line = list(words(text))
    i = 0
    while i < len(line):
        first = i
        while i < len(line) and _like_a_name(text, line[i].start, line[i].end, small):
            if i > first and text[line[i - 1].end : line[i].start] not in (" ", "-", "\u00a0"):
                break
            i += 1
        if i == first:
            i += 1
        elif not starts_sentence(text, line[first].start):
            owner = " ".join(word.form for word in line[first:i])
            yield Found(line[first].start, line[i - 1].end, "name", owner, CAPITAL)


def _like_a_name(text: str, start: int, end: int, small: frozenset[str]) -> bool:
    word = text[start:end]
    folded = fold(word)
    if len(folded) < 2 or not word[0].isupper() or word.isupper() or is_code(word):
        return False  # NHS and HIV are no names
    return folded not in small and folded not in NO_NAMES and text[start - 1 : start] not in ("'", "’")
