"""What is odd about a transcript that was read: things a person should look at."""

from __future__ import annotations

import difflib
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator

from hrcode.errors import Fault
from hrcode.language.detect import detect_language
from hrcode.language.words import count_words
from hrcode.transcripts.about import WRITTEN
from hrcode.transcripts.describe import Description, likely_interviewer, turn_text
from hrcode.transcripts.model import Transcript, kind_of, people
from hrcode.wording import counted

LONG_TURN = 4_000
_FEW_TURNS = 6
_MANY_SPEAKERS = 300
_OTHER_LANGUAGE = 0.1
_TIME = re.compile(r"(?:(\d+):)?([0-5]?\d):([0-5]\d)(?:[.,]\d+)?")
_MOST = 5

_Oddity = tuple[int, str, str]
"""Offset in the text (-1 for the whole), rule and message."""


def oddities(transcript: Transcript, description: Description, path: str) -> list[Fault]:
    """Find what is odd about a transcript.

    Args:
        transcript (Transcript): The transcript.
        description (Description): What was understood of it.
        path (str): Its file, for the faults.

    Returns:
        list[Fault]: Warnings, at most five of a kind; the fifth says how many more there are.
    """
    found: list[Fault] = []
    for rule in _RULES:
        own = list(rule(transcript, description))
        for number, (offset, name, message) in enumerate(own[:_MOST], start=1):
            more = f" (and {len(own) - _MOST} more)" if number == _MOST < len(own) else ""
            line = transcript.text.count("\n", 0, offset) + 1 if offset >= 0 and not transcript.places else 0
            found.append(Fault(path, line, 0, name, message + more, "warning"))
    return found


def _once(transcript: Transcript, description: Description) -> Iterator[_Oddity]:
    if len(transcript.turns) < _FEW_TURNS:
        return
    for speaker in description.speakers:
        if speaker.turns == 1 and len(description.speakers) > 2:
            yield speaker.start, "speaker-once", f"speaker {speaker.label!r} speaks once only"


def _like_labels(transcript: Transcript, description: Description) -> Iterator[_Oddity]:
    if len(description.speakers) > _MANY_SPEAKERS:  # every pair is looked at
        return
    for one, two in itertools.combinations(sorted(description.speakers, key=lambda s: s.turns), 2):
        if _alike(one.label, two.label):
            first, second = (f"{s.label!r} ({counted(s.turns, 'turn')})" for s in (one, two))
            message = f"speaker {first} looks like {second}"
            yield one.start, "like-labels", f"{message}; if it is the same person, mend the label"


def _alike(one: str, two: str) -> bool:
    """Whether two labels differ in capitals, blanks or a letter or two; S1 and S2 do not."""
    a, b = ("".join(label.casefold().split()) for label in (one, two))
    if a == b:
        return True
    if any(character.isdigit() for character in a + b) or min(len(a), len(b)) < 4:
        return False
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.8


def _empty(transcript: Transcript, description: Description) -> Iterator[_Oddity]:
    if transcript.attributes.get("kind") in WRITTEN:  # a line of stars is no turn that lacks its words
        return
    for turn in transcript.turns:
        if not count_words(turn_text(transcript, turn)):
            yield turn.start, "empty-turn", f"turn {turn.number} of {turn.speaker!r} holds no word"


def _long(transcript: Transcript, description: Description) -> Iterator[_Oddity]:
    for turn in transcript.turns:
        words = count_words(turn_text(transcript, turn))
        if words > LONG_TURN:
            message = f"turn {turn.number} of {turn.speaker!r} has {words:,} words; is a label missing in it?"
            yield turn.start, "long-turn", message


def _languages(transcript: Transcript, description: Description) -> Iterator[_Oddity]:
    words: Counter[str] = Counter()
    first: dict[str, int] = {}
    for turn in transcript.turns:
        text = turn_text(transcript, turn)
        if language := detect_language(text):
            words[language] += count_words(text)
            first.setdefault(language, turn.start)
    usual = description.declared or max(words, key=lambda code: (words[code], code), default="")
    if description.declared and description.language not in ("", usual):
        yield -1, "other-language", f"looks like {description.language!r}, but {usual!r} is declared"
        return
    other = sorted(set(words) - {usual})
    if sum(words[language] for language in other) > _OTHER_LANGUAGE * description.words:
        message = f"some turns look like another language than {usual!r}: {', '.join(other)}"
        yield min(first[language] for language in other), "mixed-languages", message


def _times(transcript: Transcript, description: Description) -> Iterator[_Oddity]:
    before = -1
    for place in transcript.places:
        match = _TIME.search(place.name)
        if not match:
            continue
        now = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
        if now < before:
            yield place.start, "time-order", f"the time {place.name} stands after a later one"
        before = max(before, now)


def _nobody_asks(transcript: Transcript, description: Description) -> Iterator[_Oddity]:
    roles = {speaker.role for speaker in description.speakers}
    guess = likely_interviewer(description)
    if roles == {"participant"} and guess:
        message = f"{guess!r} asks the questions here but is taken for a participant"
        yield (
            -1,
            "interviewer",
            f"{message}; if it is the interviewer: `interviewers: [{guess}]` in study.yaml",
        )


def _other_kind(transcript: Transcript, description: Description) -> Iterator[_Oddity]:
    speakers = {person for turn in transcript.turns for person in people(turn.participant)}
    kind = description.attributes.get("kind", "")
    usual = kind_of(len(speakers))
    if kind != usual and kind in ("interview", "pair") and speakers:
        number = counted(len(speakers), "participant speaks", "participants speak")
        yield -1, "other-kind", f"its kind is {kind!r}, but {number}: {usual}"


_RULES: tuple[Callable[[Transcript, Description], Iterator[_Oddity]], ...] = (
    _other_kind,
    _nobody_asks,
    _like_labels,
    _once,
    _empty,
    _long,
    _languages,
    _times,
)
