"""How a line may name its speaker: with a colon, in brackets, with a time, alone on the line."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from hrcode.hints import nearly_same
from hrcode.spans import lines_that_match
from hrcode.transcripts.model import DEFAULT_TOGETHER

# An accent may be a sign of its own: macOS writes "é" as two.
_NAME = r"[^\W\d_](?:[\w\u0300-\u036f.'’-]| (?! )){0,39}?"
_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = rf"[\[(<]?(?P<time>{_TIME})[\])>]?"
_LEAD = r"^[ \t]{0,8}(?:\d{1,4}[.)]?[ \t]+)?(?P<bold>\*\*|__|)"
_COLON = r"(?:(?P=bold)[ \t]*:|[ \t]*:(?P=bold))(?!//|\d)[ \t]*"
_ALONE = r"(?P=bold)[ \t]*\r?$"
_JOINED = rf"{_NAME}(?:[ \t]*[+&/][ \t]*{_NAME}){{0,5}}"
_JOINT = re.compile(r"[ \t]*[+&/,][ \t]*|[ \t]+(?:and|und|et|y|e|och|og|en|i|ir)[ \t]+")
_CODE = re.compile(r"[^\W\d_]{1,12}[ _-]?[0-9]{1,4}")
# Words that transcribers put in brackets, or that head a part: nobody is called so.
_NOT_NAMES = frozenset(
    {
        "pause", "pauses", "laughter", "laughs", "laughing", "silence", "inaudible", "unintelligible",
        "crosstalk", "noise", "music", "sigh", "sighs", "cough", "coughs", "crying", "applause",
        "interruption", "phone", "break", "end", "start", "beginning", "recording", "note", "question",
        "answer", "date", "time", "place", "topic", "interview", "transcript",
    }
)  # fmt: skip


# Words for everybody who speaks; alone on a line, or misspelt, they are speech.
_EVERYBODY = frozenset(word.casefold() for word in DEFAULT_TOGETHER)


class Shape(NamedTuple):
    """One way of writing a label.

    Args:
        regex (re.Pattern[str]): With the group ``label``, and ``time`` where it has one.
        least (int): Lines of a text that must name this label so before an unknown name counts.
        sign (str): What a text has to hold (as a regular expression) if a label is written so in it.
    """

    regex: re.Pattern[str]
    least: int
    sign: str


def _shape(pattern: str, least: int, sign: str) -> Shape:
    return Shape(re.compile(pattern, re.MULTILINE), least, sign)


_CLOCK = r":\d\d"
_WHO = rf"(?P<label>{_JOINED}|\?{{1,3}})"
SHAPES = (
    _shape(rf"{_LEAD}{_WHO}{_COLON}", 2, ":"),  # S1: ...
    _shape(rf"{_LEAD}{_WHO}[ \t]*{_STAMP}{_COLON}", 1, _CLOCK),  # S1 (00:01:02): ...
    _shape(rf"{_LEAD}{_STAMP}[ \t]*[-–]?[ \t]*{_WHO}{_COLON}", 1, _CLOCK),  # [00:01:02] S1: ...
    _shape(rf"{_LEAD}(?:{_STAMP}[ \t]*)?\[{_WHO}\](?P=bold)[ \t]*:?[ \t]*", 2, r"\["),  # [S1] ...
    _shape(rf"{_LEAD}(?P<label>{_JOINED})[ \t]+{_STAMP}{_ALONE}", 2, _CLOCK),  # S1  0:02, alone on the line
    _shape(rf"{_LEAD}{_STAMP}[ \t]+(?P<label>{_JOINED}){_ALONE}", 2, _CLOCK),  # 0:02  S1, alone on the line
    _shape(rf"{_LEAD}(?P<label>{_JOINED}){_ALONE}", 0, r"\w"),  # S1, alone: only if it is known, or a code
)
_NEVER = 0


class LabelLine(NamedTuple):
    """A line, or the beginning of one, that names a speaker.

    Args:
        label (str): Label as written.
        start (int): Where the line begins, in code points of the text.
        end (int): Where the speech after the label may begin.
        time (str): The time beside the label; empty where there is none.
    """

    label: str
    start: int
    end: int
    time: str


def label_lines(text: str, start: int, known: Collection[str], pattern: str = "") -> list[LabelLine]:
    """Find the lines of a text that name a speaker.

    Args:
        text (str): The text.
        start (int): Where to begin, in code points.
        known (Collection[str]): Labels that are known.
        pattern (str): A study's own regular expression instead of the usual shapes, with a group
            ``label`` and perhaps a group ``time``.

    Returns:
        list[LabelLine]: In order.
    """
    if pattern:
        own = re.compile(pattern, re.MULTILINE)
        return [_line(match) for match in own.finditer(text, start) if match["label"]]
    folded = {plain_label(label).casefold() for label in known}
    held = {sign: re.search(sign, text[start:]) is not None for sign in {shape.sign for shape in SHAPES}}
    found: dict[int, LabelLine] = {}
    for shape in SHAPES:
        if not held[shape.sign]:
            continue
        lines = [one for one in lines_that_match(shape.regex, text, start) if one.start() not in found]
        counts = Counter(plain_label(match["label"]).casefold() for match in lines)
        labels = {match["label"] for match in lines}
        taken = {label for label in labels if _is_label(plain_label(label), folded, counts, shape)}
        found |= {match.start(): _line(match) for match in lines if match["label"] in taken}
    return [found[place] for place in sorted(found)]


def split_labels(lines: Sequence[str], known: Collection[str]) -> list[tuple[str, str]]:
    """Take the speaker's label off lines that begin with one (``Ann: ...``).

    Args:
        lines (Sequence[str]): What is said, such as captions.
        known (Collection[str]): Labels that are known.

    Returns:
        list[tuple[str, str]]: Label (empty where there is none) and the words after it, for each line.
    """
    shape = SHAPES[0]
    folded = {plain_label(label).casefold() for label in known}
    found = [(shape.regex.match(line), line) for line in lines]
    named = [
        (plain_label(match["label"]), line[match.end() :]) if match else ("", line) for match, line in found
    ]
    counts = Counter(label.casefold() for label, _ in named if label)
    return [
        (label, words) if label and _is_label(label, folded, counts, shape) else ("", line)
        for (label, words), line in zip(named, lines, strict=True)
    ]


def plain_label(label: str) -> str:
    """Give a label with each accent in its letter, so that however it is written it is one label."""
    return unicodedata.normalize("NFC", label)


def is_code(label: str) -> bool:
    """Say whether a label is written like a code, such as ``S1`` or ``Speaker 2``."""
    return _CODE.fullmatch(label) is not None


def _line(match: re.Match[str]) -> LabelLine:
    time = match["time"] if "time" in match.re.groupindex else None
    return LabelLine(plain_label(match["label"]), match.start(), match.end(), time or "")


def split_joint(label: str) -> list[str]:
    """Give the labels that a label is made of: ``S1 + S2``, ``S1 & S2``, ``S1/S2``, ``S1 and S2``."""
    return [part for part in _JOINT.split(label.strip()) if part]


def _is_label(label: str, known: set[str], counts: Counter[str], shape: Shape) -> bool:
    folded = label.casefold()
    if folded in _EVERYBODY:
        return folded in known and shape.least != _NEVER
    if folded in known or label[0] == "?" or _CODE.fullmatch(label):
        return True
    parts = split_joint(label)
    if len(parts) > 1:
        return all(_is_label(part, known - _EVERYBODY, counts, shape) for part in parts)
    if shape.least == _NEVER:
        return False
    if counts[folded] >= shape.least and _is_name(label):
        return True
    return shape.least > 1 and bool(nearly_same(label, known - _EVERYBODY))


def _is_name(label: str) -> bool:
    """Whether a label is written like a name: up to three words, none beginning with a small letter."""
    words = label.split()
    return (
        len(words) <= 3
        and not any(word[0].islower() for word in words)
        and label.casefold().rstrip(".") not in _NOT_NAMES
    )
