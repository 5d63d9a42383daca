"""Groups so small that a table about them tells who somebody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrcode.errors import PrivacyError

if TYPE_CHECKING:
    import pandas as pd

HIDDEN = "hidden"


def hide_small(table: pd.DataFrame, below: int) -> pd.DataFrame:
    """Leave groups of few participants out of a comparison.

    Args:
        table (pandas.DataFrame): What `hrcode.compare` gave.
        below (int): Groups with fewer participants than this are left out.

    Returns:
        pandas.DataFrame: A new table without their rows; a pattern that names one of them is
        ``hidden``; ``attrs["groups"]`` lacks them and ``attrs["warnings"]`` says how many they
        are. The other groups' numbers stay as they are.

    Raises:
        PrivacyError: When ``below`` is less than 2, or every group is that small.
    """
    if below < 2:
        raise PrivacyError(f"Groups below {below} cannot be hidden; the smallest number that hides one is 2.")
    groups = table.attrs["groups"]
    small = {group for group, people in groups.items() if people < below}
    if groups and small == set(groups):
        raise PrivacyError(f"Every group has fewer than {below} participants; nothing could be shown.")
    kept = table[~table["group"].isin(small)].reset_index(drop=True)
    if not small:
        return kept
    kept["pattern"] = [
        HIDDEN
        if any(pattern.endswith(f" in {group}") or pattern == f"mostly {group}" for group in small)
        else pattern
        for pattern in kept["pattern"]
    ]
    said = f"{len(small)} groups with fewer than {below} participants are hidden."
    kept.attrs = {
        **table.attrs,
        "groups": {group: people for group, people in groups.items() if group not in small},
        "warnings": [
            *(w for w in table.attrs["warnings"] if not any(group in w for group in small)),
            said if len(small) > 1 else f"1 group with fewer than {below} participants is hidden.",
        ],
    }
    return kept
