"""What was replaced, and what still stands, for a terminal or a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hrcode.cli.console import OutputConsole
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.privacy.leaks import Leak
    from hrcode.privacy.summary import Replaced


def render_replaced(replaced: Sequence[Replaced], console: Console | None = None) -> None:
    """Print what would be replaced, each with its count and one place.

    Args:
        replaced (Sequence[Replaced]): What `hrcode.pseudonymise_study` found.
        console (Console | None): Where to; stdout by default.
    """
    console = console or OutputConsole()
    for one in replaced:
        head = Text(f"{one.pseudonym}", style="bold")
        head.append(f"  {one.count}x {one.kind} ({', '.join(one.sources)}): ", style="not bold")
        head.append(", ".join(" ".join(form.split()) for form in one.written), style="not bold")
        console.print(head)
        console.print(
            Padding(Text(one.context, style="dim", no_wrap=True, overflow="ellipsis"), (0, 0, 0, 4))
        )
    places = counted(sum(one.count for one in replaced), "place")
    console.print(f"{counted(len(replaced), 'pseudonym')} for {places} in the texts. Nothing was written.")


def replaced_json(replaced: Sequence[Replaced]) -> str:
    """Give what would be replaced as JSON."""
    return json.dumps({"replaced": [asdict(one) for one in replaced]}, ensure_ascii=False, indent=1)


def render_leaks(leaks: Sequence[Leak], console: Console | None = None) -> None:
    """Print where names still stand, one place a line.

    Args:
        leaks (Sequence[Leak]): What `hrcode.find_leaks` gave.
        console (Console | None): Where to; stdout by default.
    """
    console = console or OutputConsole()
    for leak in leaks:
        place = f", {leak.place}" if leak.place else ""
        console.print(Text(f"{leak.file}{place}: {leak.kind}: {leak.masked}"), soft_wrap=True)


def leaks_json(leaks: Sequence[Leak]) -> str:
    """Give where names still stand as JSON."""
    return json.dumps({"leaks": [asdict(leak) for leak in leaks]}, ensure_ascii=False, indent=1)
