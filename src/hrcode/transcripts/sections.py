"""Sections of the interview guide: what opens them, and which turns lie in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from hrcode.transcripts.model import Turn

LEFT_OUT = "section"
_GAP_WORDS = 5
_MOST_CHARACTERS = 1_000  # of a turn, from its end, that an expression of a user's may take its time in
_LINE = re.compile(r"^[^\n]{1,200}$", re.MULTILINE)
_MARKS = re.compile(r"[ \t]*#{1,6}[ \t]+")
# What may stand before and after a heading's own words: `3.`, `D)`, two stars, a colon.
_BEFORE = r"\s*(?:\*\*|__)?(?:(?:\d{1,3}|[^\W\d_])[.):][ \t]*)?"
_AFTER = r"[ \t]*[.:]?(?:\*\*|__)?\s*"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the interview guide.

    Args:
        id (str): Id, such as ``d``.
        headings (tuple[str, ...]): What a heading line says that opens it (see `line_pattern`).
        questions (tuple[str, ...]): What an interviewer says who opens it (see `word_pattern`).
        label (str): Its name for people.
    """

    id: str
    headings: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    label: str = ""


def word_pattern(phrase: str) -> re.Pattern[str]:
    """Make a regular expression of a phrase.

    Args:
        phrase (str): Words, in any capitals and with anything but words between them; ``*`` stands for
            the rest of a word, ``...`` for up to five words. Between slashes, a regular expression.

    Returns:
        re.Pattern[str]: The expression, which is looked for anywhere.
    """
    return re.compile(_own(phrase) or rf"\b{_words(phrase)}(?!\w)", re.IGNORECASE)


def line_pattern(phrase: str) -> re.Pattern[str]:
    """Make a regular expression of a phrase that is all of a heading but a number and a colon.

    Args:
        phrase (str): As in `word_pattern`; a regular expression of its own need not be all of it.

    Returns:
        re.Pattern[str]: The expression, which is looked for in a heading without its ``#``.
    """
    return re.compile(_own(phrase) or f"^{_BEFORE}{_words(phrase)}{_AFTER}$", re.IGNORECASE)


def own_expression(phrase: str) -> str:
    """Give the regular expression that a phrase between slashes is; empty for any other."""
    return _own(phrase)


def _own(phrase: str) -> str:
    return phrase[1:-1] if len(phrase) > 2 and phrase[0] == phrase[-1] == "/" else ""


def _words(phrase: str) -> str:
    parts: list[str] = []
    for word in re.findall(r"\.\.\.|…|[\w*]+", phrase):
        if word in ("...", "…"):
            parts.append(rf"(?:\W+\w+){{0,{_GAP_WORDS}}}?")
        else:
            lead = r"\W+" if parts else ""
            parts.append(lead + re.escape(word).replace(r"\*", r"\w*"))
    return "".join(parts)


def heading_lines(text: str, start: int, sections: Iterable[Section]) -> list[tuple[int, int]]:
    """Find the lines of a text that say what a section's heading says.

    Args:
        text (str): The text.
        start (int): Where to begin, in code points.
        sections (Iterable[Section]): The sections.

    Returns:
        list[tuple[int, int]]: Start and end of each line, in order.
    """
    patterns = [line_pattern(heading) for section in sections for heading in section.headings]
    if not patterns:
        return []
    lines = _LINE.finditer(text, start)
    return [line.span() for line in lines if any(one.search(_unmarked(line[0])) for one in patterns)]


def _unmarked(line: str) -> str:
    marks = _MARKS.match(line)
    return line[marks.end() :] if marks else line


def in_sections(
    turns: Sequence[Turn],
    text: str,
    headings: Iterable[tuple[int, int]],
    sections: Sequence[Section],
    *,
    leave_out: Collection[str] = (),
    first: str = "",
) -> tuple[Turn, ...]:
    """Say in which section each turn lies: a heading or a question opens one, which goes on to the next.

    Args:
        turns (Sequence[Turn]): The turns of a transcript.
        text (str): Its text.
        headings (Iterable[tuple[int, int]]): Start and end of its heading lines.
        sections (Sequence[Section]): The sections of the guide.
        leave_out (Collection[str]): Ids of those whose words are not coded.
        first (str): The section that the transcript begins in.

    Returns:
        tuple[Turn, ...]: The turns with their section; one that is left out is nobody's.
    """
    lines = [(section.id, line_pattern(one)) for section in sections for one in section.headings]
    questions = [
        (section.id, word_pattern(one), _MOST_CHARACTERS if _own(one) else len(text))
        for section in sections
        for one in section.questions
    ]
    opened = [
        (start, id_)
        for start, end in sorted(headings)
        for id_ in [next((id_ for id_, line in lines if line.search(_unmarked(text[start:end]))), "")]
        if id_
    ]
    found: list[Turn] = []
    now = first
    for turn in turns:
        while opened and opened[0][0] <= turn.start:
            now = opened.pop(0)[1]
        if not turn.participant and not turn.left_out:
            now = _asked(text, turn, questions) or now
        silent = now in leave_out and bool(turn.participant)
        if silent:
            turn = replace(turn, section=now, participant="", left_out=LEFT_OUT)
        elif turn.section != now:
            turn = replace(turn, section=now)
        found.append(turn)
    return tuple(found)


def _asked(text: str, turn: Turn, questions: Iterable[tuple[str, re.Pattern[str], int]]) -> str:
    """Give the section that an interviewer's turn opens: of several, the one asked for last."""
    asked = [
        (match.start(), id_)
        for id_, question, most in questions
        for match in question.finditer(text, max(turn.start, turn.end - most), turn.end)
    ]
    return max(asked, default=(0, ""))[1]
