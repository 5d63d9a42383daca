"""What the codebook leaves uncoded: how much, whose, which words, and the segments themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

import pandas as pd

from hrcode.analysis.by import run_setting
from hrcode.analysis.keyness import background, log_odds
from hrcode.analysis.keywords import PRIOR, is_enough
from hrcode.analysis.voices import Voices, voices
from hrcode.coding.model import Coded, Segment
from hrcode.errors import StudyError
from hrcode.hints import no_such
from hrcode.language.words import written_words
from hrcode.schema import UNCODED, UNCODED_SEGMENTS, UNCODED_WORDS
from hrcode.transcripts.participants import NOT_QUOTED

Show = Literal["people", "words", "segments"]
SHOWS: tuple[Show, ...] = ("people", "words", "segments")


def uncoded(
    coded: Coded,
    *,
    show: Show = "people",
    by: str | None = None,
    where: str | None = None,
    limit: int | None = None,
) -> pd.DataFrame:
    """Say what the codebook leaves uncoded.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        show (str): ``people``: how much, by group and participant; ``words``: those that are most
            distinctive of uncoded segments; ``segments``: the segments, longest first.
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter of participants.
        limit (int | None): Most rows of words or segments.

    Returns:
        pandas.DataFrame: With the columns of `hrcode.schema.UNCODED`, ``UNCODED_WORDS`` or
        ``UNCODED_SEGMENTS``. ``attrs`` holds ``total`` (rows without the limit), ``groups``, ``warnings``.

    Raises:
        StudyError: When an option does not fit the study.
    """
    if show not in SHOWS:
        raise StudyError(no_such("view", show, SHOWS))
    heard = voices(coded, by, where)
    done = {coding.segment_id for coding in coded.codings}
    held_back = Counter(miss.segment_id for miss in coded.near_misses)
    if show == "people":
        rows, columns = _people(heard, done, held_back), UNCODED
    elif show == "words":
        rows, columns = _words(heard, done), UNCODED_WORDS
    else:
        rows, columns = _segments(heard, done, held_back), UNCODED_SEGMENTS
    table = pd.DataFrame(rows if show == "people" else rows[:limit], columns=[*columns])
    table.attrs = {
        "show": show,
        "total": len(rows),
        "by": heard.by,
        "where": where or "",
        "unit": run_setting(coded, "unit"),
        "groups": heard.sizes,
        "warnings": [*heard.warnings],
    }
    return table


Rows = list[dict[str, object]]


def _people(heard: Voices, done: set[str], held_back: Counter[str]) -> Rows:
    own: dict[tuple[str, str], list[Segment]] = defaultdict(list)
    together: dict[str, dict[str, Segment]] = defaultdict(dict)
    for segment, person, group in heard.spoken:
        own[group, person].append(segment)
        together[group][segment.segment_id] = segment
    rows: Rows = []
    for group, members in heard.members.items():
        rows.append({"group": group, "participant": "", **_shares(together[group].values(), done, held_back)})
        rows += [
            {"group": group, "participant": person, **_shares(own[group, person], done, held_back)}
            for person in members
        ]
    return rows


def _shares(segments: Iterable[Segment], done: set[str], held_back: Counter[str]) -> dict[str, object]:
    spoken = [*segments]
    left = [segment for segment in spoken if segment.segment_id not in done]
    words, words_left = sum(s.words for s in spoken), sum(s.words for s in left)
    return {
        "segments": len(spoken),
        "uncoded": len(left),
        "share_of_segments": round(len(left) / len(spoken), 3) if spoken else 0.0,
        "words": words,
        "words_uncoded": words_left,
        "share_of_words": round(words_left / words, 3) if words else 0.0,
        "near_misses": sum(1 for segment in left if held_back[segment.segment_id]),
    }


def _words(heard: Voices, done: set[str]) -> Rows:
    uses: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    users: dict[str, set[str]] = defaultdict(set)
    counted: set[str] = set()
    for segment, person, _ in heard.spoken:
        words = written_words(segment.text)
        is_coded = segment.segment_id in done
        if not is_coded:
            for word in words:
                users[word].add(person)
        if segment.segment_id not in counted:
            counted.add(segment.segment_id)
            uses[is_coded].update(words)
    left, coded = uses[False], uses[True]
    people = len({person for members in heard.members.values() for person in members})
    scores = log_odds(left, coded, background(left, coded, PRIOR))
    return [
        {
            "word": word,
            "participants": len(users[word]),
            "participants_total": people,
            "count": left[word],
            "rate": round(1000 * left[word] / left.total(), 2),
            "count_coded": coded[word],
            "rate_coded": round(1000 * coded[word] / coded.total(), 2) if coded else 0.0,
            "z": round(z, 2),
        }
        for word, z in sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if left[word] and z > 0 and is_enough(len(users[word]), people)
    ]


def _segments(heard: Voices, done: set[str], held_back: Counter[str]) -> Rows:
    left: dict[str, tuple[Segment, list[str]]] = {}
    for segment, _, group in heard.spoken:
        if segment.segment_id not in done and segment.text != NOT_QUOTED:
            left.setdefault(segment.segment_id, (segment, []))[1].append(group)
    return [
        {
            "participant": segment.participant,
            "group": ", ".join(dict.fromkeys(groups)),
            "segment_id": segment.segment_id,
            "words": segment.words,
            "near_misses": held_back[segment.segment_id],
            "text": segment.text,
        }
        for segment, groups in sorted(left.values(), key=lambda item: -item[0].words)
    ]
