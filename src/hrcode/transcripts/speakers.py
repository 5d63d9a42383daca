"""Lines to turns: which line begins with a speaker's label, and how far the speech goes."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from hrcode.language.words import count_words
from hrcode.spans import lines_that_match, trimmed
from hrcode.transcripts.labels import label_lines

# What might have been meant as a label: up to three words before a colon at the start of a line.
_DOUBTFUL = re.compile(r"^[ \t]{0,8}(?P<label>[^\s:<\[#>*|-][^:\n]{0,30}?)[ \t]*:(?:[ \t]|$)", re.MULTILINE)


class DraftTurn(NamedTuple):
    """A turn whose speaker is still only a label.

    Args:
        label (str): Label as written.
        start (int): Start of the speech, in code points of the text.
        end (int): End of the speech.
        label_start (int): Where the line with the label begins.
        time (str): The time beside the label; empty where there is none.
    """

    label: str
    start: int
    end: int
    label_start: int = 0
    time: str = ""


def find_turns(
    text: str, start: int, known: Collection[str], stops: Sequence[int] = (), pattern: str = ""
) -> list[DraftTurn]:
    """Cut a text into turns at the lines that begin with a speaker's label.

    A label is a name before a colon at the start of a line (or in brackets, or beside a time) that
    is known (an interviewer's, a participant's), looks like a code (``S1``, ``Speaker 2``), begins
    at least two lines of the text and is written like a name, or is nearly a known one. Anything
    else before a colon is speech.

    Args:
        text (str): The transcript's text.
        start (int): Where to begin, in code points.
        known (Collection[str]): Labels that are known.
        stops (Sequence[int]): Places where a turn ends without a new one beginning (headings), sorted.
        pattern (str): A study's own regular expression of a label (see `label_lines`).

    Returns:
        list[DraftTurn]: The turns in order; none where there is no label.
    """
    lines = label_lines(text, start, known, pattern)
    turns: list[DraftTurn] = []
    for i, line in enumerate(lines):
        end = lines[i + 1].start if i + 1 < len(lines) else len(text)
        stop = bisect.bisect_left(stops, line.end)
        end = min(end, stops[stop]) if stop < len(stops) else end
        turns.append(DraftTurn(line.label, *trimmed(text, line.end, end), line.start, line.time))
    return turns


def words_of_nobody(text: str, turns: Sequence[DraftTurn], headings: Sequence[tuple[int, int]]) -> int:
    """Count the words between the end of a turn and the next label, headings themselves left aside.

    Args:
        text (str): The transcript's text.
        turns (Sequence[DraftTurn]): Its turns, in order.
        headings (Sequence[tuple[int, int]]): Start and end of its headings.

    Returns:
        int: The number of words.
    """
    if not headings:
        return 0
    ends = [*(turn.label_start for turn in turns[1:]), len(text)]
    between = [(turn.end, end) for turn, end in zip(turns, ends, strict=False)]
    words = sum(count_words(text[start:end]) for start, end in between)
    starts = [start for start, _ in between]
    for start, end in headings:
        place = bisect.bisect_right(starts, start) - 1
        if place >= 0 and end <= between[place][1]:
            words -= count_words(text[start:end])
    return words


def doubtful_labels(text: str, start: int, turns: Iterable[DraftTurn]) -> Iterator[tuple[int, str]]:
    """Give the lines of a transcript that begin like a label but were taken for speech.

    Args:
        text (str): The transcript's text.
        start (int): Where the text proper begins, in code points.
        turns (Collection[DraftTurn]): What `find_turns` found.

    Yields:
        tuple[int, str]: Place and label of each; those of one or two words only, since a sentence may
        well hold a colon.
    """
    taken = {turn.label_start for turn in turns}
    for line in lines_that_match(_DOUBTFUL, text, start):
        if line.start() not in taken and len(line["label"].split()) <= 2 and line["label"][0].isalnum():
            yield line.start(), line["label"]
