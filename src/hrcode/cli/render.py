"""Tables for a terminal, 80 columns wide or more, readable without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from hrcode.cli.console import OutputConsole
from hrcode.cli.guard import say
from hrcode.wording import counted

if TYPE_CHECKING:
    import pandas as pd

    from hrcode.codebook.model import Codebook

SIGN = {"applies": "+", "departs": "-", "qualified": "~", "difficulty": "~", "neutral": "~"}
STYLE = {"departs": "yellow"}


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a table's rows as dicts."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def say_warnings(table: pd.DataFrame, width: int) -> None:
    """Say a table's warnings on stderr, filled to a width."""
    say_all(table.attrs["warnings"], width)


def say_all(warnings: Iterable[str], width: int) -> None:
    """Say warnings on stderr, filled to a width."""
    for warning in warnings:
        say(textwrap.fill(f"warning: {warning}", width))


def signed(label: str, stance: str) -> str:
    """Put the stance before a label; where the sign does not tell which, name it."""
    return f"{SIGN[stance]} {label}" + (f" ({stance})" if SIGN[stance] == "~" else "")


def render_codebook(codebook: Codebook, console: Console | None = None) -> None:
    """Print a codebook as an outline.

    Args:
        codebook (Codebook): The codebook.
        console (Console | None): Where to; stdout by default.
    """
    console = console or OutputConsole()
    subs = list(codebook.subcategories)
    indicators = sum(len(sub.indicators) for sub in subs)
    console.print(Text(f"{codebook.title or codebook.id} ({codebook.id} {codebook.version})", style="bold"))
    console.print(
        f"{counted(len(codebook.categories), 'category')}, {counted(len(subs), 'subcategory')}, "
        f"{counted(indicators, 'indicator')}, "
        f"language {escape(codebook.language)}"
    )
    for category in codebook.categories:
        console.print()
        console.print(Text(f"{category.label} ({category.id})", style="bold"))
        console.print(Padding(Text(category.definition), (0, 0, 0, 2)))
        for sub in category.subcategories:
            line = Text(f"{signed(sub.label, sub.stance)} ({sub.id}): ", style=STYLE.get(sub.stance, ""))
            line.append(sub.brief or sub.definition, style="not bold")
            console.print(Padding(line, (0, 0, 0, 2)))
            for indicator in sub.indicators:
                console.print(Padding(Text(indicator.id, style="dim"), (0, 0, 0, 6)))
