"""Quotes for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hrcode.cli.console import OutputConsole
from hrcode.cli.guard import say
from hrcode.cli.render import SIGN, records, say_warnings
from hrcode.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from hrcode.coding.model import Coded


def render_quotes(coded: Coded, table: pd.DataFrame, console: Console | None = None) -> None:
    """Print quotes, the evidence between » and «.

    Args:
        coded (Coded): The run, for labels.
        table (pandas.DataFrame): What `hrcode.quotes` gave.
        console (Console | None): Where to; stdout by default.
    """
    _render(coded, table, console or OutputConsole(), _show_coding)


def render_article(coded: Coded, table: pd.DataFrame, console: Console | None = None) -> None:
    """Print quotes as an article prints them, a segment once in a subcategory (see `render_quotes`)."""
    once = table.drop_duplicates(["category", "subcategory", "segment_id"])
    once.attrs = {**table.attrs, "coded_again": len(table) - len(once)}
    _render(coded, once, console or OutputConsole(), _show_article)


def _render(
    coded: Coded, table: pd.DataFrame, console: Console, show: Callable[[Console, dict[str, Any]], None]
) -> None:
    labels = {(e.category, e.subcategory): (e.category_label, e.label) for e in coded.frame}
    previous = None
    for row in records(table):
        code = row["category"], row["subcategory"]
        if code != previous:
            category, label = labels[code]
            head = f"\n{category} / {label}  ({SIGN[row['stance']]} {row['stance']})"
            console.print(Text(head, style="bold"))
            previous = code
        show(console, row)
    if table.attrs["rule"] and len(table):
        console.print()
        console.print(Text(table.attrs["rule"]))
    shown, total = len(table) + table.attrs.get("coded_again", 0), table.attrs["total"]
    if not total:
        say("No codings fit.")
    elif shown < total:
        say(f"\n{shown:,} of {counted(total, 'coding')} shown; add --limit {total} for all, or --format csv.")
    say_warnings(table, console.width)


def _show_coding(console: Console, row: dict[str, Any]) -> None:
    start = row["evidence_start"]
    end = start + len(row["evidence"])
    quote = Text(f"{row['participant']}: ")
    quote.append(row["text"][:start].replace("\n", " "))
    quote.append(f"»{row['evidence']}«".replace("\n", " "), style="bold")
    quote.append(row["text"][end:].replace("\n", " "))
    _show_around(console, row["before"])
    console.print(Padding(quote, (0, 0, 0, 2)))
    _show_around(console, row["after"])
    console.print(Padding(Text(f"[{row['segment_id']}; {row['indicator']}]", style="dim"), (0, 0, 0, 6)))


def _show_article(console: Console, row: dict[str, Any]) -> None:
    _show_around(console, row["before"])
    console.print(Padding(Text(row["article"]), (0, 0, 0, 2)))
    _show_around(console, row["after"])


def _show_around(console: Console, lines: str) -> None:
    if lines:
        console.print(Padding(Text(lines, style="dim"), (0, 0, 0, 4)))
