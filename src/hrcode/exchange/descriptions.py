"""What was understood of transcripts, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from hrcode.errors import Fault
from hrcode.transcripts.describe import Description


def descriptions_json(descriptions: Sequence[Description], found: Sequence[Fault]) -> str:
    """Write descriptions of transcripts, and what is odd about them, as JSON.

    Args:
        descriptions (Sequence[Description]): One for each transcript.
        found (Sequence[Fault]): What is wrong or odd.

    Returns:
        str: An object with the lists ``transcripts`` and ``findings``.
    """
    content = {"transcripts": [*map(asdict, descriptions)], "findings": [*map(asdict, found)]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
