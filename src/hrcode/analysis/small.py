"""Groups so small that a table about them tells who somebody is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from hrcode.errors import StudyError
from hrcode.wording import counted

HIDDEN = "hidden"
"""What stands in place of a number that is not shown."""
FEWEST = 2


def small_groups(members: Iterable[tuple[str, str]], below: int) -> frozenset[str]:
    """Find the groups of fewer people than may be shown.

    Args:
        members (Iterable[tuple[str, str]]): Person and group; a person may be there several times.
        below (int): Groups of fewer people are small; 0 where none is.

    Returns:
        frozenset[str]: The small groups.

    Raises:
        StudyError: When a group of one could not be hidden, or every group is small.
    """
    if not below:
        return frozenset()
    if below < FEWEST:
        raise StudyError(f"Groups of fewer than {below} cannot be hidden; the smallest number is {FEWEST}.")
    people: dict[str, set[str]] = defaultdict(set)
    for person, group in members:
        people[group].add(person)
    small = frozenset(group for group, own in people.items() if len(own) < below)
    if small and len(small) == len(people):
        raise StudyError(f"Every group has fewer than {below} participants; nothing could be shown.")
    return small


def hidden_warning(small: Iterable[str], below: int) -> list[str]:
    """Say how many groups are hidden, and what that does not help against.

    Args:
        small (Iterable[str]): The groups hidden, which are not named.
        below (int): Groups of fewer people are hidden.

    Returns:
        list[str]: A sentence or two; none where nothing is hidden.
    """
    number = len([*small])
    if not number:
        return []
    return [
        f"{counted(number, 'group')} of fewer than {below} participants left out, with all that they say; "
        "no number here counts them. A table of the same study that does count them gives them away by "
        "subtraction."
    ]
