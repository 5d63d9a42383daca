"""What a run gave, in a few lines: for a Python prompt and for notebooks."""

from __future__ import annotations

import html
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from hrcode.transcripts.model import natural, people
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.coding.model import Coded

MOST_GROUPS, MOST_LETTERS = 12, 24


class _Group(NamedTuple):
    name: str
    participants: int
    segments: int
    words: int
    codings: int


def line(coded: Coded) -> str:
    """Sum a run up in a line."""
    counts = (
        counted(len(coded.participants), "participant"),
        counted(sum(1 for segment in coded.segments if segment.participant), "segment"),
        counted(len(coded.codings), "coding"),
        counted(len(coded.near_misses), "near miss"),
    )
    return f"Coded({', '.join(counts)}; {_codebook(coded)})"


def text(coded: Coded) -> str:
    """Sum a run up by group, in lines that fit a screen."""
    rows = [
        f"{_short(g.name)}: {counted(g.participants, 'participant')}, {counted(g.segments, 'segment')}, "
        f"{counted(g.words, 'word')}, {counted(g.codings, 'coding')}"
        for g in _groups(coded)[:MOST_GROUPS]
    ]
    return "\n".join([_head(coded), *rows, *_more(coded), _foot(coded)])


def table(coded: Coded) -> str:
    """Sum a run up by group as HTML; all text is escaped."""
    heads = "".join(f"<th>{name}</th>" for name in _Group._fields[1:])
    rows = "".join(
        f"<tr><th>{html.escape(_short(g.name))}</th>" + "".join(f"<td>{n:,}</td>" for n in g[1:]) + "</tr>"
        for g in _groups(coded)[:MOST_GROUPS]
    )
    foot = "<br>".join(html.escape(words) for words in (*_more(coded), _foot(coded)))
    return f"<p>{html.escape(_head(coded))}</p><table><tr><td></td>{heads}</tr>{rows}</table><p>{foot}</p>"


def _groups(coded: Coded) -> list[_Group]:
    """Count by the groups of the run; what two people say together counts once."""
    members: dict[str, set[str]] = defaultdict(set)
    segments: dict[str, int] = defaultdict(int)
    words: dict[str, int] = defaultdict(int)
    codings: dict[str, int] = defaultdict(int)
    for segment in coded.segments:
        if segment.participant:
            members[segment.group].update(people(segment.participant))
            segments[segment.group] += 1
            words[segment.group] += segment.words
    for coding in coded.codings:
        codings[coding.group] += 1
    return [
        _Group(name, len(members[name]), segments[name], words[name], codings[name])
        for name in sorted(members, key=natural)
    ]


def _codebook(coded: Coded) -> str:
    about = coded.run.get("codebook")
    return f"{about.get('id')} {about.get('version')}" if isinstance(about, dict) else "no codebook named"


def _head(coded: Coded) -> str:
    settings = coded.run.get("settings")
    known = settings if isinstance(settings, dict) else {}
    transcripts = len({segment.transcript for segment in coded.segments})
    return (
        f"{_codebook(coded)} on {counted(transcripts, 'transcript')}, by {known.get('group_by', 'group')}; "
        f"segments: {known.get('unit', '')}"
    )


def _foot(coded: Coded) -> str:
    observed = len({(coding.category, coding.subcategory) for coding in coded.codings})
    return (
        f"{observed} of {counted(len(coded.frame), 'subcategory')} observed, "
        f"{counted(len(coded.near_misses), 'near miss')}. "
        "Next: hrcode.compare(coded), hrcode.quotes(coded)"
    )


def _more(coded: Coded) -> list[str]:
    number = len(_groups(coded)) - MOST_GROUPS
    return [f"... and {counted(number, 'more group')}"] if number > 0 else []


def _short(name: str) -> str:
    """Give a name as one line of a bearable length."""
    name = " ".join(name.split())
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"
