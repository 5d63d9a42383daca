"""Keyword in context: a phrase wherever participants say it, coded or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from hrcode.analysis.by import run_setting
from hrcode.analysis.voices import voices
from hrcode.coding.model import Coded, Segment
from hrcode.errors import StudyError
from hrcode.hints import no_such
from hrcode.indicators.phrase_matcher import PhraseMatcher
from hrcode.indicators.phrase_syntax import PhraseFault, parse_phrase
from hrcode.language.sentences import sentence_spans
from hrcode.language.words import tokens, word_end, word_start
from hrcode.schema import KWIC
from hrcode.transcripts.model import natural

WIDTH = 60
MAX_WIDTH = 1_000


def kwic(
    coded: Coded,
    phrase: str,
    *,
    exact: bool = False,
    width: int = WIDTH,
    group: str | None = None,
    by: str | None = None,
    where: str | None = None,
    limit: int | None = None,
) -> pd.DataFrame:
    """Find a phrase in what participants say, and give what stands around it.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        phrase (str): A phrase as an indicator is written: ``(force|push) (him|her)``, ``reduc*``.
        exact (bool): Words as written, instead of all their inflected forms.
        width (int): Characters to give on each side.
        group (str | None): Only this group.
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter of participants.
        limit (int | None): Most rows.

    Returns:
        pandas.DataFrame: One row per place, in the order of group, participant and place; the columns
        of `hrcode.schema.KWIC`. ``attrs`` holds ``total``, ``participants`` (who say it, by group),
        ``groups`` and ``warnings``.

    Raises:
        StudyError: When the phrase cannot be read or an option does not fit.
        LanguageError: When nothing is known of the language.
    """
    if not 1 <= width <= MAX_WIDTH:
        raise StudyError(f"The width is a number of characters from 1 to {MAX_WIDTH}, not {width}.")
    usual = run_setting(coded, "language", "en")
    spoken = {segment.language or usual for segment in coded.segments if segment.participant} or {usual}
    matchers = {language: _matcher(phrase, language, exact=exact) for language in sorted(spoken)}
    heard = voices(coded, by, where)
    if group is not None and group not in heard.members:
        raise StudyError(no_such("group", group, heard.members))
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    users: dict[str, set[str]] = {name: set() for name in heard.members}
    people: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for segment, person, own in heard.spoken:
        if group is None or own == group:
            groups[segment.segment_id][own] = None
            people[segment.segment_id].append((own, person))
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for coding in coded.codings:
        codes[coding.segment_id][f"{coding.category}/{coding.subcategory}"] = None
    rows = []
    for segment, text, offset in _turn_texts(coded):
        if segment.segment_id not in groups:
            continue
        language = segment.language or usual
        for start, end in _places(segment.text, matchers[language], language):
            for own, person in people[segment.segment_id]:
                users[own].add(person)
            rows.append(
                {
                    "participant": segment.participant,
                    "group": ", ".join(groups[segment.segment_id]),
                    "segment_id": segment.segment_id,
                    "left": " ".join(text[max(0, offset + start - width) : offset + start].split()),
                    "match": " ".join(segment.text[start:end].split()),
                    "right": " ".join(text[offset + end : offset + end + width].split()),
                    "coded": ", ".join(codes[segment.segment_id]),
                }
            )
    order = {name: place for place, name in enumerate(heard.members)}
    rows.sort(key=lambda row: (order.get(row["group"], len(order)), natural(row["participant"])))
    table = pd.DataFrame(rows[:limit], columns=[*KWIC])
    table.attrs = {
        "total": len(rows),
        "by": heard.by,
        "where": where or "",
        "unit": run_setting(coded, "unit"),
        "participants": {name: len(who) for name, who in users.items() if group in (None, name)},
        "groups": {name: n for name, n in heard.sizes.items() if group in (None, name)},
        "warnings": [*heard.warnings],
    }
    return table


def _turn_texts(coded: Coded) -> Iterator[tuple[Segment, str, int]]:
    """Give each segment with the text of its turn, put together of segments, and where it starts there."""
    turns: dict[tuple[str, int], list[Segment]] = defaultdict(list)
    for segment in coded.segments:
        turns[segment.transcript, segment.turn].append(segment)
    for own in turns.values():
        text = " ".join(segment.text for segment in own)
        at = 0
        for segment in own:
            yield segment, text, at
            at += len(segment.text) + 1


def _matcher(phrase: str, language: str, *, exact: bool) -> PhraseMatcher:
    """Make what finds a phrase, in the words of one of the languages that are spoken."""
    try:
        read = parse_phrase(" ".join(phrase.split()), how="exact" if exact else "lemma", language=language)
    except PhraseFault as fault:
        raise StudyError(f"The phrase {phrase!r} {fault}.") from None
    return PhraseMatcher([read], language)


def _places(text: str, matcher: PhraseMatcher, language: str) -> Iterator[tuple[int, int]]:
    for start, end in sentence_spans(text, 0, len(text), language):
        words = tokens(text, start, end, language)
        for span in sorted(matcher.find(words), key=lambda span: (span.first, span.last)):
            yield word_start(words, span.first), word_end(words, span.last)
