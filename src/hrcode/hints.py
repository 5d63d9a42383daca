"""What a misspelt word may have meant."""

from __future__ import annotations

import contextlib
import difflib
import os
from collections.abc import Iterable
from pathlib import Path


def nearest(word: str, choices: Iterable[str]) -> str:
    """Say which of the choices a misspelt word may have meant.

    Args:
        word (str): What the user wrote.
        choices (Iterable[str]): What would have been right.

    Returns:
        str: `` Did you mean X?`` with a leading blank, or an empty string.
    """
    folded = {choice.casefold(): choice for choice in sorted(choices)}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    return f" Did you mean {folded[found[0]]}?" if found else ""


def nearest_file(path: Path) -> str:
    """Say which file of the same folder a misspelt path may have meant (see `nearest`)."""
    with contextlib.suppress(OSError):
        return nearest(path.name, os.listdir(path.parent))
    return ""
