"""Blocks to a draft: for formats that are laid out for the eye (Word, PDF, web pages)."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from hrcode.errors import Fault
from hrcode.language.words import count_words
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.places import Place
from hrcode.transcripts.sections import heading_lines
from hrcode.transcripts.speakers import DraftTurn, find_turns, words_of_nobody

_BLANKS = re.compile(r"[ \t\u00a0]+")
_LONGEST_LABEL = 40


class Block(NamedTuple):
    """A paragraph, a line, or a row of a table.

    Args:
        text (str): The words, verbatim but for runs of blanks.
        place (str): Where a person finds it, such as ``paragraph 3``.
        heading (bool): A heading ends a turn and is no speech.
        bold (str): What stands in bold type at its beginning, if not all of it does.
        close (bool): It follows the block before without a blank line (lines of a page).
    """

    text: str
    place: str
    heading: bool = False
    bold: str = ""
    close: bool = False


def draft_of_blocks(
    blocks: Iterable[Block], conventions: Conventions, format_: str, notes: Sequence[Fault] = ()
) -> Draft:
    """Write blocks out as a transcript's text, and find the turns in it.

    Args:
        blocks (Iterable[Block]): In order; empty ones are left out.
        conventions (Conventions): How the study writes its transcripts.
        format_ (str): Name of the format.
        notes (Sequence[Fault]): What the reader left out or decided.

    Returns:
        Draft: Text, turns and places. A name in bold type that begins several blocks is a label,
        and is written with a colon after it.
    """
    kept = [block._replace(text=tidy(block.text)) for block in blocks]
    kept = [block for block in kept if block.text]
    labels = _bold_labels(kept) if conventions.speakers else set()
    parts: list[str] = []
    places: list[Place] = []
    headings: list[tuple[int, int]] = []
    length = 0
    for block in kept:
        text = _labelled(block, labels)
        lead = "" if not parts else "\n" if block.close else "\n\n"
        start = length + len(lead)
        parts += [lead, text]
        length = start + len(text)
        places.append(Place(start, block.place))
        if block.heading:
            headings.append((start, length))
    text = "".join(parts)
    stops = [start for start, _ in _with_sections(text, headings, conventions)]
    turns = (
        find_turns(text, 0, conventions.labels, stops, conventions.label_pattern)
        if conventions.speakers
        else []
    )
    if again := _repeated(turns, stops):
        text, places, headings = _without(text, places, headings, again)
        stops = [start for start, _ in _with_sections(text, headings, conventions)]
        turns = find_turns(
            text, 0, {*conventions.labels, *(turn.label for turn in turns)}, stops, conventions.label_pattern
        )
    first = turns[0].label_start if turns else len(text)
    lines = _with_sections(text, headings, conventions)
    return Draft(
        text,
        tuple(turns),
        preamble=count_words(text[:first]),
        left_out=words_of_nobody(text, turns, lines),
        format=format_,
        places=tuple(places),
        notes=tuple(notes),
        headings=tuple(lines),
    )


def _with_sections(
    text: str, headings: Sequence[tuple[int, int]], conventions: Conventions
) -> list[tuple[int, int]]:
    """Give the headings with the lines that say what a heading of the interview guide says."""
    return sorted({*headings, *heading_lines(text, 0, conventions.sections)})


def tidy(text: str) -> str:
    """Give a text with one blank for each run of blanks, line by line."""
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.splitlines()).strip()


def speaker_and_words(cells: Sequence[str]) -> str:
    """Write a table's row of a speaker and words as ``speaker: words``; other rows as their cells.

    Args:
        cells (Sequence[str]): The row; a first cell of a time alone is left to the places.

    Returns:
        str: The text of the row.
    """
    filled = [cell for cell in map(tidy, cells) if cell]
    if len(filled) == 2 and len(filled[0]) <= _LONGEST_LABEL and "\n" not in filled[0]:
        return f"{filled[0].rstrip(':').rstrip()}: {filled[1]}"
    return "\n".join(filled)


def _bold_labels(blocks: Iterable[Block]) -> set[str]:
    """Give the names in bold type that begin two blocks or more; ``Anna:`` needs no such help."""
    counts = Counter(
        tidy(block.bold) for block in blocks if block.bold and len(tidy(block.bold)) <= _LONGEST_LABEL
    )
    return {label for label, count in counts.items() if count >= 2 and label[-1] not in ":?!.,;"}


def _labelled(block: Block, labels: Collection[str]) -> str:
    label = tidy(block.bold)
    if label not in labels or not block.text.startswith(label):
        return block.text
    rest = block.text[len(label) :].lstrip()
    return block.text if rest.startswith(":") else f"{label}: {rest}"


def _repeated(turns: Sequence[DraftTurn], stops: Sequence[int]) -> list[tuple[int, int]]:
    """Give the labels that only repeat who is speaking already; after a heading a label is needed."""
    ordered = sorted(stops)
    return [
        (turn.label_start, turn.start)
        for before, turn in itertools.pairwise(turns)
        if before.label == turn.label
        and before.end < turn.label_start
        and bisect.bisect_left(ordered, before.end) == bisect.bisect_left(ordered, turn.label_start)
    ]


def _without(
    text: str, places: list[Place], headings: list[tuple[int, int]], cuts: Sequence[tuple[int, int]]
) -> tuple[str, list[Place], list[tuple[int, int]]]:
    """Take stretches out of a text, and move what lies behind them."""
    starts = [start for start, _ in cuts]
    gone = [0, *itertools.accumulate(end - start for start, end in cuts)]

    def moved(offset: int) -> int:
        before = bisect.bisect_left(starts, offset)
        inside = max(0, cuts[before - 1][1] - offset) if before else 0
        return offset - gone[before] + inside

    ends = [0, *(end for _, end in cuts)]
    kept = "".join(text[a:b] for a, b in zip(ends, [*starts, len(text)], strict=True))
    return (
        kept,
        [place._replace(start=moved(place.start)) for place in places],
        [(moved(start), moved(end)) for start, end in headings],
    )
