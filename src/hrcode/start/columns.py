"""Which columns of a table hold the speaker, the words and the time, by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from hrcode.language.words import count_words
from hrcode.transcripts.labels import is_code
from hrcode.transcripts.model import DEFAULT_INTERVIEWERS
from hrcode.transcripts.rows import Row

_SAMPLE = 200
_LONGEST_LABEL = 40
_FEWEST_WORDS = 3  # on average, in the column of the words
_TIME = re.compile(r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d+)?")
_MOST = 0.8


def guess_columns(rows: Sequence[Row]) -> dict[str, str]:
    """Guess the columns of a table whose columns have unusual names.

    The words are the column with most words a cell. The speaker is a column of codes or usual labels
    (``S1``, ``Interviewer``), else one of short texts that repeat.

    Args:
        rows (Sequence[Row]): The rows; the first names the columns.

    Returns:
        dict[str, str]: Name of the column by ``speaker``, ``text`` and, where there is one, ``time``;
        empty where speaker or words cannot be told.
    """
    if len(rows) < 2:
        return {}
    names = [name.strip() for name in rows[0].cells]
    sample = [row.cells for row in rows[1 : _SAMPLE + 1]]
    cells = {
        name: [row[place].strip() for row in sample if place < len(row) and row[place].strip()]
        for place, name in enumerate(names)
        if name and names.count(name) == 1
    }
    cells = {name: column for name, column in cells.items() if column}
    words = {name: sum(map(count_words, column)) / len(column) for name, column in cells.items()}
    text = max(words, key=lambda name: words[name], default="")
    if not text or words[text] < _FEWEST_WORDS:
        return {}
    others = {name: column for name, column in cells.items() if name != text}
    speaker = next(
        (name for name, column in others.items() if _share(column, _is_usual) >= _MOST), ""
    ) or next((name for name, column in others.items() if _are_labels(column)), "")
    if not speaker:
        return {}
    time = next((name for name, column in others.items() if _share(column, _is_time) >= _MOST), "")
    return {"speaker": speaker, "text": text} | ({"time": time} if time else {})


def _first(columns: Mapping[str, Sequence[str]], fits: Callable[[Sequence[str]], bool]) -> str:
    return next((name for name, column in columns.items() if fits(column)), "")


def _share(column: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, column)) / len(column)


def _is_usual(cell: str) -> bool:
    return is_code(cell) or cell.casefold() in {label.casefold() for label in DEFAULT_INTERVIEWERS}


def _is_time(cell: str) -> bool:
    return _TIME.fullmatch(cell) is not None


def _are_labels(column: Sequence[str]) -> bool:
    short = all(len(cell) <= _LONGEST_LABEL and cell[0].isalpha() for cell in column)
    return short and len(set(column)) <= len(column) / 2
