"""Lines to turns: which line begins with a speaker's label, and how far the speech goes."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from hrcode.spans import trimmed

# `S1: ...`, `**S1:** ...`, `**S1**: ...`; not `http://`, not `at 10:30`.
_LABEL = re.compile(
    r"^[ \t]{0,8}(?P<bold>\*\*|__|)(?P<label>[^\W\d_](?:[\w.'’-]| (?! )){0,39}?)"
    r"(?:(?P=bold)[ \t]*:|[ \t]*:(?P=bold))(?!//|\d)[ \t]*",
    re.MULTILINE,
)
_CODE = re.compile(r"[^\W\d_]{1,12}[ _-]?[0-9]{1,4}")
# What might have been meant as a label: up to three words before a colon at the start of a line.
_DOUBTFUL = re.compile(r"^[ \t]{0,8}(?P<label>[^\s:<\[#>*|-][^:\n]{0,30}?)[ \t]*:(?:[ \t]|$)", re.MULTILINE)


class DraftTurn(NamedTuple):
    """A turn whose speaker is still only a label.

    Args:
        label (str): Label as written.
        start (int): Start of the speech, in code points of the text.
        end (int): End of the speech.
        label_start (int): Where the line with the label begins.
    """

    label: str
    start: int
    end: int
    label_start: int = 0


def find_turns(text: str, start: int, known: Collection[str], stops: Collection[int] = ()) -> list[DraftTurn]:
    """Cut a text into turns at the lines that begin with a speaker's label.

    A label is a name before a colon at the start of a line that is known (an interviewer's, a
    participant's), looks like a code (``S1``, ``Speaker 2``), begins at least two lines of the
    text and is written like a name, or is nearly a known one. Anything else before a colon is speech.

    Args:
        text (str): The transcript's text.
        start (int): Where to begin, in code points.
        known (Collection[str]): Labels that are known.
        stops (Collection[int]): Places where a turn ends without a new one beginning (headings).

    Returns:
        list[DraftTurn]: The turns in order; none where there is no label.
    """
    folded = {label.casefold() for label in known}
    lines = list(_LABEL.finditer(text, start))
    counts = Counter(line["label"].casefold() for line in lines)
    lines = [line for line in lines if _is_label(line["label"], folded, counts)]
    turns: list[DraftTurn] = []
    for i, line in enumerate(lines):
        end = lines[i + 1].start() if i + 1 < len(lines) else len(text)
        end = min([end, *(stop for stop in stops if line.end() <= stop < end)])
        turns.append(DraftTurn(line["label"], *trimmed(text, line.end(), end), line.start()))
    return turns


def split_labels(lines: Sequence[str], known: Collection[str]) -> list[tuple[str, str]]:
    """Take the speaker's label off lines that begin with one (see `find_turns`).

    Args:
        lines (Sequence[str]): What is said, such as captions.
        known (Collection[str]): Labels that are known.

    Returns:
        list[tuple[str, str]]: Label (empty where there is none) and the words after it, for each line.
    """
    folded = {label.casefold() for label in known}
    found = [_LABEL.match(line) for line in lines]
    counts = Counter(match["label"].casefold() for match in found if match)
    return [
        (match["label"], line[match.end() :])
        if match and _is_label(match["label"], folded, counts)
        else ("", line)
        for match, line in zip(found, lines, strict=True)
    ]


def _is_label(label: str, known: set[str], counts: Counter[str]) -> bool:
    folded = label.casefold()
    if folded in known or _CODE.fullmatch(label):
        return True
    if counts[folded] >= 2 and _is_name(label):
        return True
    return bool(nearly(label, known))


def _is_name(label: str) -> bool:
    """Whether a label is written like a name: up to three words, none beginning with a small letter."""
    words = label.split()
    return len(words) <= 3 and not any(word[0].islower() for word in words)


def doubtful_labels(text: str, start: int, turns: Collection[DraftTurn]) -> list[tuple[int, str]]:
    """Give the lines of a transcript that begin like a label but were taken for speech.

    Args:
        text (str): The transcript's text.
        start (int): Where the text proper begins, in code points.
        turns (Collection[DraftTurn]): What `find_turns` found.

    Returns:
        list[tuple[int, str]]: Place and label of each; those of one or two words only, since a
        sentence may well hold a colon.
    """
    taken = {turn.label_start for turn in turns}
    return [
        (line.start(), line["label"])
        for line in _DOUBTFUL.finditer(text, start)
        if line.start() not in taken and len(line["label"].split()) <= 2 and line["label"][0].isalnum()
    ]


def nearly(label: str, known: Collection[str]) -> str:
    """Give the known label that a label is a misspelling of, or an empty string.

    Args:
        label (str): A label of four letters or more, such as ``Interviwer``.
        known (Collection[str]): Labels that are known.

    Returns:
        str: The known label.
    """
    written = label.casefold()
    # "Interview: spring 2022" is a headline, not a misspelt interviewer.
    folded = {n.casefold(): n for n in sorted(known) if not n.casefold().startswith(written)}
    close = difflib.get_close_matches(written, folded, n=1, cutoff=0.8) if len(label) >= 4 else []
    return folded[close[0]] if close else ""
