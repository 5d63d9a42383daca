"""A new study on a terminal: what was understood of the files, and what was guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from hrcode.cli.console import OutputConsole
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.errors import Fault
    from hrcode.start.init import Started

_MOST = 12


def render_started(started: Started) -> None:
    """Print what was understood and guessed.

    Args:
        started (Started): The study.
    """
    console = OutputConsole()
    guesses, checked = started.guesses, started.checked
    words = sum(description.words for description in checked.descriptions)
    lines = [
        (
            "Transcripts",
            f"{len(checked.descriptions)} ({_counted(guesses.formats)}), {counted(words, 'word')}",
        ),
        ("Participants", _people(started)),
        ("", f"{len(guesses.named)} named after their files (transcripts.csv)" if guesses.named else ""),
        ("Interviewers", ", ".join(guesses.interviewers) or "none found"),
        ("Language", _counted(guesses.languages)),
        ("Encoding", _counted(guesses.encodings)),
        ("Columns", ", ".join(f"{role} in {name!r}" for role, name in guesses.columns.items())),
        ("Codebook", started.settings.codebook or "several; name one in study.yaml"),
    ]
    for name, value in lines:
        if value:
            console.print(Text(f"{name and name + ':':14}{value}"))
    doubts = dict.fromkeys(map(str, (*started.left, *sorted(checked.findings, key=_gravity))))
    if doubts:
        console.print(f"\nLook at {'this' if len(doubts) == 1 else f'these {len(doubts)}'}:")
    for doubt in [*doubts][:_MOST]:
        console.print(Padding(Text(doubt), (0, 0, 0, 2)))
    if len(doubts) > _MOST:
        console.print(f"  ... and {len(doubts) - _MOST} more: hrcode transcripts check")


def _gravity(fault: Fault) -> bool:
    return fault.level == "warning"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _people(started: Started) -> str:
    groups = Counter(started.checked.groups.values())
    listed = ", ".join(f"{group} {count}" for group, count in sorted(groups.items()))
    return f"{len(started.checked.groups)} in {counted(len(groups), 'group')} ({listed})"
