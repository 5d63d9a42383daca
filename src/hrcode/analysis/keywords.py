"""Words that one group uses more than the others, if enough of its people do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import pandas as pd

from hrcode.analysis.by import run_setting
from hrcode.analysis.keyness import background, g2, log_odds
from hrcode.analysis.voices import Voices, voices
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.language.words import written_words
from hrcode.schema import KEYWORDS

ENOUGH, ENOUGH_SHARE, FEWEST = 3, 0.5, 2
PRIOR = 500.0
NOTE = (
    f"Words used by at least {ENOUGH} participants of the group or {ENOUGH_SHARE:.0%} of them, never fewer "
    f"than {FEWEST}. z and G2 treat words as independent; they rank, they do not test."
)


def keywords(
    coded: Coded, *, by: str | None = None, where: str | None = None, limit: int | None = None
) -> pd.DataFrame:
    """Say which words set each group apart from the others.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        by (str | None): Attribute that makes the groups, or up to three with commas; by default the run's.
        where (str | None): Filter of participants.
        limit (int | None): Most words for each group.

    Returns:
        pandas.DataFrame: For each group the words it uses more than all others together, by falling z;
        the columns of `hrcode.schema.KEYWORDS`. ``attrs`` holds ``note``, ``words``, ``groups`` and
        ``warnings``.

    Raises:
        StudyError: When an option does not fit, or there is one group only.
    """
    heard = voices(coded, by, where)
    if len(heard.members) < 2:
        raise StudyError(
            "Keywords set one group apart from others, and there is one group only. Name another --by."
        )
    uses, users = count_words_by_group(heard)
    rows: list[dict[str, object]] = []
    for group in heard.members:
        found = _of_group(group, heard, uses, users)
        rows.extend(sorted(found, key=lambda row: (-row["z"], row["word"]))[:limit])  # type: ignore[operator]
    table = pd.DataFrame(rows, columns=[*KEYWORDS])
    table.attrs = {
        "note": NOTE,
        "by": heard.by,
        "where": where or "",
        "unit": run_setting(coded, "unit"),
        "words": {group: sum(own.values()) for group, own in uses.items()},
        "groups": heard.sizes,
        "warnings": [*heard.warnings],
    }
    return table


Users = Mapping[str, Mapping[str, set[str]]]
"""Group to word to the people who use it."""


def count_words_by_group(heard: Voices) -> tuple[dict[str, Counter[str]], Users]:
    """Count each group's words, and note who uses them; what two say together counts once a group."""
    uses: dict[str, Counter[str]] = {group: Counter() for group in heard.members}
    users: dict[str, dict[str, set[str]]] = {group: defaultdict(set) for group in heard.members}
    counted: set[tuple[str, str]] = set()
    for segment, person, group in heard.spoken:
        words = written_words(segment.text)
        for word in words:
            users[group][word].add(person)
        if (segment.segment_id, group) not in counted:
            uses[group].update(words)
            counted.add((segment.segment_id, group))
    return uses, users


def _of_group(
    group: str, heard: Voices, uses: Mapping[str, Counter[str]], users: Users
) -> list[dict[str, object]]:
    own, rest = uses[group], Counter[str]()
    for other in heard.members:
        if other != group:
            rest.update(uses[other])
    words, words_rest = own.total(), rest.total()
    members = len(heard.members[group])
    everybody = {p for other, people in heard.members.items() if other != group for p in people}
    scores = log_odds(own, rest, background(own, rest, PRIOR))
    return [
        {
            "group": group,
            "word": word,
            "participants": len(users[group][word]),
            "participants_total": members,
            "count": own[word],
            "rate": round(1000 * own[word] / words, 2),
            "participants_rest": len(
                {p for g in heard.members if g != group for p in users[g].get(word, ())}
            ),
            "total_rest": len(everybody),
            "count_rest": rest[word],
            "rate_rest": round(1000 * rest[word] / words_rest, 2) if words_rest else 0.0,
            "z": round(z, 2),
            "g2": round(g2(own[word], rest[word], words, words_rest), 2),
        }
        for word, z in scores.items()
        if z > 0 and own[word] and is_enough(len(users[group][word]), members)
    ]


def is_enough(users: int, members: int) -> bool:
    """Say whether enough people use a word for it to be their group's."""
    return users >= FEWEST and (users >= ENOUGH or users >= ENOUGH_SHARE * members)
