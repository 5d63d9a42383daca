"""Identifiers that are known by their shape: e-mail, phone, personal numbers, dates, names after a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hrcode.privacy.folding import words
from hrcode.privacy.found import PATTERN, Found

_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec "  # English
    "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio "
    "januari februari mars april maj juni juli augusti september oktober "  # Swedish
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia "
    "januar februar märz mai dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre janvier février avril juin juillet août septembre octobre novembre décembre"
)
_MONTH = "(?:" + "|".join(sorted({*_MONTHS.split()}, key=lambda name: (-len(name), name))) + r")\b\.?"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = r"(?:19|20)[0-9]{2}"
_NOT_AFTER = r"(?<![\w.+-])"
_TITLES = (
    r"Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Sister|Father|Uncle|Aunt|Auntie|Nurse|Sergeant|Inspector|"
    r"Constable|Officer|Judge|Pan|Pani|Ponas|Ponia|Herr|Frau|Fru|Señor|Señora|Monsieur|Madame"
)
_NAME = r"[^\W\d_a-z][^\W\d_]*(?:['’\-][^\W\d_]+)*"
_SPACE = r"[ \u00a0]"

PATTERNS: dict[str, tuple[str, re.Pattern[str]]] = {
    "e-mail": ("e-mail", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b")),
    # Swedish personnummer, with or without the century.
    "personnummer": (
        "id",
        re.compile(rf"{_NOT_AFTER}(?:19|20)?[0-9]{{2}}(?:0[1-9]|1[0-2])[0-9]{{2}}[-+][0-9]{{4}}(?![\w-])"),
    ),
    # Lithuanian asmens kodas and Polish PESEL: eleven digits that hold a month and a day; no check of
    # the last digit, for a number that was misheard is a personal number all the same.
    "personal code": (
        "id",
        re.compile(
            rf"{_NOT_AFTER}(?:[1-6][0-9]{{2}}(?:0[1-9]|1[0-2])(?:3[01]|[12][0-9]|0[1-9])[0-9]{{4}}"
            rf"|[0-9]{{2}}(?:[02468][1-9]|[13579][0-2])(?:3[01]|[12][0-9]|0[1-9])[0-9]{{5}})(?![\w-])"
        ),
    ),
    "IBAN": (
        "id",
        re.compile(
            rf"\b[A-Z]{{2}}[0-9]{{2}}(?:{_SPACE}?[A-Z0-9]{{4}}){{3,7}}(?:{_SPACE}?[A-Z0-9]{{1,3}})?\b"
        ),
    ),
    "phone": (
        "phone",
        re.compile(
            rf"{_NOT_AFTER}(?:\+|00)[1-9](?:[ \u00a0()/.-]{{0,2}}[0-9]){{7,13}}(?![\w-])"
            rf"|{_NOT_AFTER}\(?[08][0-9]{{0,4}}\)?[ \u00a0/-]{{0,2}}(?:[0-9][ \u00a0-]?){{5,9}}[0-9](?![\w-])"
        ),
    ),
    "date": (
        "date",
        re.compile(
            rf"{_NOT_AFTER}(?:{_YEAR}-(?:1[0-2]|0[1-9])-(?:3[01]|[12][0-9]|0[1-9])"
            rf"|{_DAY}[./]{_SPACE}?(?:1[0-2]|0?[1-9])[./]{_SPACE}?(?:{_YEAR}|[0-9]{{2}})(?![0-9])"
            rf"|{_DAY}(?:st|nd|rd|th|\.)?{_SPACE}(?:of{_SPACE}|de{_SPACE})?{_MONTH}(?:,?{_SPACE}(?:de{_SPACE})?{_YEAR})?"
            rf"|{_MONTH}{_SPACE}{_DAY}(?:st|nd|rd|th)?\b(?:,?{_SPACE}{_YEAR})?"
            rf"|{_MONTH}{_SPACE}{_YEAR}"
            rf"|{_YEAR}{_SPACE}m\.{_SPACE}{_MONTH}(?:{_SPACE}{_DAY}{_SPACE}d\.)?)(?!\w)",
            re.IGNORECASE,
        ),
    ),
    "title": ("person", re.compile(rf"\b(?:{_TITLES})\.?{_SPACE}(?P<it>{_NAME}(?:{_SPACE}{_NAME})?)")),
    "introduction": (
        "person",
        re.compile(
            rf"\b(?:[Mm]y name is|[Nn]ame was|[Nn]ame is|(?:is|was|he|she|they|man|woman|boy|girl) called) "
            rf"(?P<it>{_NAME}(?:{_SPACE}{_NAME})?)"
        ),
    ),
}
IDENTIFIERS = ("e-mail", "personnummer", "personal code", "IBAN", "phone")


def find_patterns(text: str, names: Sequence[str] = tuple(PATTERNS)) -> Iterator[Found]:
    """Find identifiers by their shape.

    Args:
        text (str): Any text.
        names (Sequence[str]): Which of `PATTERNS`.

    Yields:
        Found: Each; those of different patterns may overlap.
    """
    for name in names:
        kind, pattern = PATTERNS[name]
        group = "it" if "it" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            owner = " ".join(word.form for word in words(match[group]))
            yield Found(match.start(group), match.end(group), kind, owner, PATTERN)
