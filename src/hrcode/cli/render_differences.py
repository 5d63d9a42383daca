"""Differences between groups for a terminal."""

from __future__ import annotations

import itertools
import textwrap
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hrcode.cli.console import OutputConsole
from hrcode.cli.render import records, say_warnings, signed
from hrcode.cli.render_compare import code_labels
from hrcode.wording import counted, noun

if TYPE_CHECKING:
    import pandas as pd

    from hrcode.coding.model import Coded

_NAME = 24


def render_differences(coded: Coded, table: pd.DataFrame, console: Console | None = None) -> None:
    """Print the differences of shares with their intervals, and p-values where there are any.

    Args:
        coded (Coded): The run, for labels.
        table (pandas.DataFrame): What `hrcode.differences` gave.
        console (Console | None): Where to; stdout by default.
    """
    console = console or OutputConsole()
    labels = code_labels(coded)
    tested = "presence_p" in table.columns
    heard = table[(table["participants_a"] > 0) | (table["participants_b"] > 0)]
    rows = sorted(records(heard), key=lambda row: (row["group_a"], row["group_b"]))
    for (first, second), own in itertools.groupby(rows, key=lambda row: (row["group_a"], row["group_b"])):
        console.print(Text(f"A = {first}, B = {second}", style="bold"))
        shown = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", show_edge=False)
        shown.add_column("Code", width=_NAME, overflow="fold")
        for head in ("A", "B", "A-B"):
            shown.add_column(head, justify="right")
        shown.add_column("95 % interval")
        for head in ("p n/N", "p rate", "p Holm") if tested else ("pattern",):
            shown.add_column(head, justify="right" if tested else "left")
        previous = None
        for row in own:
            category = row["category"] if row["subcategory"] else ""
            if category and category != previous:
                shown.add_row(Text(labels[category, "", row["stance"]], style="bold"))
            previous = category
            code = row["category"], row["subcategory"], row["stance"]
            name = textwrap.fill(signed(labels[code], code[2]), _NAME, subsequent_indent="  ")
            shown.add_row(Text(name), *_numbers(row), *_ending(row, tested))
        console.print(shown)
        console.print()
    if silent := len(table) - len(heard):
        have = f"--format csv has {noun(silent, 'it', 'them')}"
        console.print(f"Not shown: {counted(silent, 'row')} with a code that nobody has ({have}).")
    console.print(
        "A, B: participants with a coding, of all.  A-B: difference of the shares, in percentage points.  "
        "Interval: Newcombe 1998, method 10; it describes, it does not test."
    )
    if tested:
        console.print(
            "p n/N: Fisher's exact test (more than two groups: Freeman and Halton's) of the participants.  "
            "p rate: permutation of the participants' rates.  p Holm: p n/N after Holm's correction.  "
            "Each p is of all groups together."
        )
        console.print(Text(table.attrs["p_says"]))
    else:
        console.print(Text(table.attrs["rule"]))
    say_warnings(table, console.width)


def _numbers(row: dict[str, Any]) -> list[str]:
    points = [f"{100 * row[key]:+.0f}" for key in ("difference", "low", "high")]
    return [
        f"{row['participants_a']}/{row['total_a']}",
        f"{row['participants_b']}/{row['total_b']}",
        points[0].replace("-0", "0").replace("+0", "0") if points[0] in ("-0", "+0") else points[0],
        f"{points[1]} to {points[2]}",
    ]


def _ending(row: dict[str, Any], tested: bool) -> list[str]:
    if tested:
        return [_p(row[key]) for key in ("presence_p", "rate_p", "presence_p_holm")]
    return [row["pattern"] + (" (fragile)" if row["robust"] == "no" else "")]


def _p(value: float | str) -> str:
    return "-" if isinstance(value, str) else "<.001" if value < 0.001 else f"{value:.3f}"
