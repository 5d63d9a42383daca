"""Tables for a terminal, 80 columns wide or more, readable without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrcode.cli.console import OutputConsole
from hrcode.cli.guard import say

if TYPE_CHECKING:
    import pandas as pd

    from hrcode.codebook.model import Codebook
    from hrcode.coding.model import Coded

SIGN = {"applies": "+", "departs": "-", "qualified": "~", "difficulty": "~", "neutral": "~"}
_STYLE = {"departs": "yellow"}
_MEASURES = {"n/N": "participants", "segm.": "segments", "/1000": "per_1000_words"}
_CHOICES = (("n/N", "segm.", "/1000"), ("n/N", "segm."), ("n/N",))
_WIDTH = {"n/N": 4, "segm.": 5, "/1000": 5}
_NAME_WIDTH, _PATTERN_WIDTH = 26, 12


def render_comparison(coded: Coded, table: pd.DataFrame, console: Console | None = None) -> None:
    """Print the comparison of groups.

    Args:
        coded (Coded): The run, for labels.
        table (pandas.DataFrame): What `hrcode.compare` gave.
        console (Console | None): Where to; stdout by default.
    """
    console = console or OutputConsole()
    names = _short_names(table.attrs["groups"])
    _print_bases(console, table, names)
    for level in ("subcategory", "category"):
        rows = _records(table[table["level"] == level])
        if rows:
            _print_level(console, coded, rows, names, level)
    other = "~ is about it, as said in brackets, and is not summed up.  "
    console.print(
        "+ applies the principle, - departs from it (never netted).  "
        f"{other if '~' in {SIGN[stance] for stance in table['stance']} else ''}n/N: participants with a "
        "coding, of all.  segm.: segments coded.  /1000: codings per 1,000 of the group's words."
    )
    console.print(escape(table.attrs["rule"]))
    for warning in table.attrs["warnings"]:
        say(textwrap.fill(f"warning: {warning}", console.width))


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _short_names(groups: Mapping[str, int]) -> dict[str, str]:
    """Give each group a name short enough for a column head."""
    if all(len(group) <= 8 for group in groups):
        return {group: group for group in groups}
    return {group: f"G{i}" for i, group in enumerate(groups, start=1)}


def _print_bases(console: Console, table: pd.DataFrame, names: Mapping[str, str]) -> None:
    bases = table.drop_duplicates("group").set_index("group")
    for group, row in bases.iterrows():
        short = names[str(group)]
        name = short if short == group else f"{short} = {group}"
        people = _plural(row.participants_total, "participant")
        segments = f"{_plural(row.segments_total, 'segment')} ({table.attrs['unit']})"
        console.print(Text(f"{name}: {people}, {segments}, {_plural(row.words, 'word')}"))


def _plural(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _print_level(
    console: Console, coded: Coded, rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], level: str
) -> None:
    room = console.width - _NAME_WIDTH - _PATTERN_WIDTH - 4
    measures = next(
        (choice for choice in _CHOICES if sum(_WIDTH[m] + 1 for m in choice) * len(names) <= room), None
    )
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", show_edge=False)
    title = "Category" if level == "category" else "Subcategory"
    table.add_column(title, width=_NAME_WIDTH if measures else 34, overflow="fold")
    if measures is None:
        table.add_column("group")
        for measure in _CHOICES[0]:
            table.add_column(measure, justify="right")
    else:
        for short in names.values():
            for i, measure in enumerate(measures):
                head = Text(f"{short if i == 0 else ''}\n{measure}")
                table.add_column(head, justify="right", min_width=_WIDTH[measure])
    table.add_column("pattern", width=_PATTERN_WIDTH, overflow="fold")
    labels = _labels(coded, level)
    previous = None
    for code, cells in _grouped(rows):
        category, _, stance = code
        if level == "subcategory" and category != previous:
            table.add_row(Text(labels[category], style="bold"))
            previous = category
        name = Text(_signed(labels[code], stance), style=_STYLE.get(stance, ""))
        if measures is None:
            for i, cell in enumerate(cells):
                values = [_value(cell, measure) for measure in _CHOICES[0]]
                table.add_row(
                    name if i == 0 else "",
                    Text(names[cell["group"]]),
                    *values,
                    Text(cell["pattern"]) if i == 0 else "",
                )
        else:
            values = [_value(cell, measure) for cell in cells for measure in measures]
            pattern = cells[0]["pattern"]
            for group, short in names.items():
                pattern = (
                    pattern.replace(f" {group}", f" {short}") if pattern.endswith(f" {group}") else pattern
                )
            table.add_row(name, *values, Text(pattern))
    console.print()
    console.print(table)
    if level == "category":
        console.print()


def _signed(label: str, stance: str) -> str:
    """Put the stance before a label; where the sign does not tell which, name it."""
    return f"{SIGN[stance]} {label}" + (f" ({stance})" if SIGN[stance] == "~" else "")


def _labels(coded: Coded, level: str) -> dict[Any, str]:
    labels: dict[Any, str] = {}
    for entry in coded.frame:
        labels[entry.category] = entry.category_label
        if level == "category":
            labels[entry.category, "", entry.stance] = entry.category_label
        else:
            labels[entry.category, entry.subcategory, entry.stance] = entry.label
    return labels


def _grouped(rows: Sequence[Mapping[str, Any]]) -> list[tuple[tuple[str, str, str], list[Mapping[str, Any]]]]:
    found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["category"], row["subcategory"], row["stance"]), []).append(row)
    return list(found.items())


def _value(cell: Mapping[str, Any], measure: str) -> str:
    if measure == "n/N":
        return f"{cell['participants']}/{cell['participants_total']}"
    if measure == "segm.":
        return f"{cell['segments']:,}"
    return f"{cell['per_1000_words']:.2f}"


def render_quotes(coded: Coded, table: pd.DataFrame, console: Console | None = None) -> None:
    """Print quotes, the evidence between » and «.

    Args:
        coded (Coded): The run, for labels.
        table (pandas.DataFrame): What `hrcode.quotes` gave.
        console (Console | None): Where to; stdout by default.
    """
    console = console or OutputConsole()
    labels = {(e.category, e.subcategory): (e.category_label, e.label) for e in coded.frame}
    previous = None
    for row in _records(table):
        code = row["category"], row["subcategory"]
        if code != previous:
            category, label = labels[code]
            head = f"\n{category} / {label}  ({SIGN[row['stance']]} {row['stance']})"
            console.print(Text(head, style="bold"))
            previous = code
        start = row["evidence_start"]
        end = start + len(row["evidence"])
        quote = Text(f"{row['participant']}: ")
        quote.append(row["text"][:start].replace("\n", " "))
        quote.append(f"»{row['evidence']}«".replace("\n", " "), style="bold")
        quote.append(row["text"][end:].replace("\n", " "))
        console.print(Padding(quote, (0, 0, 0, 2)))
        console.print(Padding(Text(f"[{row['segment_id']}; {row['indicator']}]", style="dim"), (0, 0, 0, 6)))
    shown, total = len(table), table.attrs["total"]
    if not total:
        say("No codings fit.")
    elif shown < total:
        say(f"\n{shown} of {total} codings shown; add --limit {total} for all, or --format csv.")


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
        f"{len(codebook.categories)} categories, {len(subs)} subcategories, {indicators} indicators, "
        f"language {escape(codebook.language)}"
    )
    for category in codebook.categories:
        console.print()
        console.print(Text(f"{category.label} ({category.id})", style="bold"))
        console.print(Padding(Text(category.definition), (0, 0, 0, 2)))
        for sub in category.subcategories:
            line = Text(f"{_signed(sub.label, sub.stance)} ({sub.id}): ", style=_STYLE.get(sub.stance, ""))
            line.append(sub.brief or sub.definition, style="not bold")
            console.print(Padding(line, (0, 0, 0, 2)))
            for indicator in sub.indicators:
                console.print(Padding(Text(indicator.id, style="dim"), (0, 0, 0, 6)))
