"""What claims are held against: who of which group says what, and how much they say."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hrcode.analysis.claims.model import Metric, Sub
from hrcode.analysis.voices import Voices


@dataclass(frozen=True, slots=True)
class Facts:
    """The people of each group and their segments.

    Args:
        members (Mapping[str, tuple[str, ...]]): Group to those of its people who say a word.
        words (Mapping[tuple[str, str], int]): Words by group and person.
        segments (Mapping[tuple[str, str], Mapping[Sub, frozenset[str]]]): By group and person, the
            segments with each subcategory.
    """

    members: Mapping[str, tuple[str, ...]]
    words: Mapping[tuple[str, str], int]
    segments: Mapping[tuple[str, str], Mapping[Sub, frozenset[str]]]

    def people(self, group: str, subs: Iterable[Sub]) -> list[str]:
        """Give the people of a group who have any of some subcategories."""
        wanted = set(subs)
        return [person for person in self.members[group] if wanted & self._own(group, person).keys()]

    def value(self, group: str, subs: Iterable[Sub], metric: Metric) -> float:
        """Measure some subcategories in a group that has people.

        Args:
            group (str): The group.
            subs (Iterable[Sub]): The subcategories.
            metric (str): See `hrcode.analysis.claims.model.Claim`.

        Returns:
            float: A share of people, a rate per 1,000 words, or a number of subcategories.
        """
        wanted = {*subs}
        if metric == "participants":
            return len(self.people(group, wanted)) / len(self.members[group])
        if metric == "segments":
            return statistics.fmean(self._rate(group, person, wanted) for person in self.members[group])
        return len(
            {sub for person in self.members[group] for sub in wanted & self._own(group, person).keys()}
        )

    def without(self, person: str) -> Facts:
        """Give the facts as they would be without one person."""
        members = {g: tuple(p for p in people if p != person) for g, people in self.members.items()}
        return replace(self, members=members)

    def _own(self, group: str, person: str) -> Mapping[Sub, frozenset[str]]:
        return self.segments.get((group, person), {})

    def _rate(self, group: str, person: str, subs: set[Sub]) -> float:
        own = self._own(group, person)
        return (
            1000
            * len(frozenset().union(*(own[sub] for sub in subs & own.keys())))
            / self.words[group, person]
        )


def facts_of(heard: Voices) -> Facts:
    """Sort what people say by group, person and subcategory.

    Args:
        heard (Voices): Who says what.

    Returns:
        Facts: Of those who say a word.
    """
    segments: dict[tuple[str, str], dict[Sub, set[str]]] = defaultdict(lambda: defaultdict(set))
    for piece in heard.said:
        sub = piece.coding.category, piece.coding.subcategory
        segments[piece.group, piece.person][sub].add(piece.coding.segment_id)
    return Facts(
        members={g: tuple(p for p in people if heard.words[g, p]) for g, people in heard.members.items()},
        words=heard.words,
        segments={
            who: {sub: frozenset(own) for sub, own in by_sub.items()} for who, by_sub in segments.items()
        },
    )
