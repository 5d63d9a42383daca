"""The comparison of groups for a terminal: n of N first, then the pattern in words, then the rest."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrcode.analysis.compare import Comparison
from hrcode.analysis.readable import CARRIED
from hrcode.cli.console import OutputConsole
from hrcode.cli.render import SIGN, STYLE, say_all, signed
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.coding.model import Coded

Row = Mapping[str, Any]
Code = tuple[str, str, str]
NAME_WIDTH, PATTERN_WIDTH, BESIDE_WIDTH, SHORT = 24, 19, 14, 5
_MEASURES = {"n/N": 4, "subc.": 5, "segm.": 5, "/1000": 5}
_CHOICES = (("n/N", "segm.", "/1000"), ("n/N", "segm."), ("n/N",))
_LEGEND = {
    "n/N": "n/N: {counted} with a coding, of all.",
    "subc.": "subc.: different subcategories, of all.",
    "segm.": "segm.: segments coded.",
    "/1000": "/1000: mean of the {counted}' coded segments per 1,000 words of their own.",
}


def render_comparison(coded: Coded, comparison: Comparison, console: Console | None = None) -> None:
    """Print the comparison of groups.

    Args:
        coded (Coded): The run, for labels.
        comparison (Comparison): What `hrcode.analysis.compare.compare_rows` gave.
        console (Console | None): Where to; stdout by default.
    """
    console = console or OutputConsole()
    every: list[Row] = [*comparison.rows]
    about: Mapping[str, Any] = comparison.about
    counted = f"{about['count']}s"
    names = short_names(about["groups"])
    labels = code_labels(coded)
    _print_bases(console, every, about, names)
    levels = {row["level"] for row in every}
    rows = {level: grouped([row for row in every if row["level"] == level]) for level in levels}
    shown: set[str] = set()
    if "subcategory" in rows:
        shown |= _print_codes(console, rows["subcategory"], names, labels)
    if "category" in rows or "total" in rows:
        overview = [*rows.get("category", []), *rows.get("total", [])]
        if not _print_beside(console, overview, names, labels):
            shown |= _print_codes(console, overview, names, labels)
        elif "subcategory" not in rows:
            shown |= _print_codes(console, overview, names, labels, breadth=True)
    console.print()
    _print_legend(console, every, about, shown | {"n/N"}, counted)


def short_names(groups: Mapping[str, int]) -> dict[str, str]:
    """Give each group a name short enough for a column head.

    Args:
        groups (Mapping[str, int]): The groups.

    Returns:
        dict[str, str]: The group's own name where all are short, else ``G1``, ``G2``...
    """
    if all(len(group) <= SHORT for group in groups):
        return {group: group for group in groups}
    return {group: f"G{i}" for i, group in enumerate(groups, start=1)}


def code_labels(coded: Coded) -> dict[Code, str]:
    """Give the label of every code that a table has rows for (see `labels_of`)."""
    from hrcode.analysis.codes import labels_of

    return labels_of(coded.frame)  # type: ignore[return-value]


def grouped(rows: Sequence[Row]) -> list[tuple[Code, list[Row]]]:
    """Put the rows of a code together, in their order."""
    found: dict[Code, list[Row]] = {}
    for row in rows:
        found.setdefault((row["category"], row["subcategory"], row["stance"]), []).append(row)
    return [*found.items()]


def _print_bases(
    console: Console, rows: Sequence[Row], about: Mapping[str, Any], names: Mapping[str, str]
) -> None:
    if about["where"]:
        console.print(Text(f"Only participants with {about['where']}"))
    bases: dict[str, Row] = {}
    for row in rows:
        bases.setdefault(row["group"], row)
    for group, row in bases.items():
        short = names[group]
        name = short if short == group else f"{short} = {group}"
        people = counted(row["participants_total"], about["count"])
        segments = f"{counted(row['segments_total'], 'segment')} ({about['unit']})"
        console.print(Text(f"{name}: {people}, {segments}, {counted(row['words'], 'word')}"))


def _print_codes(
    console: Console,
    codes: Sequence[tuple[Code, list[Row]]],
    names: Mapping[str, str],
    labels: Mapping[Code, str],
    *,
    breadth: bool = False,
) -> set[str]:
    """Print a row a code, or a line a group where there are too many groups; give the measures shown."""
    choices = [("n/N", "subc.", *choice[1:]) for choice in _CHOICES] if breadth else [*_CHOICES]
    room = console.width - NAME_WIDTH - PATTERN_WIDTH - 2
    widths = _widths([cell for _, cells in codes for cell in cells], max(map(len, names.values()), default=0))
    fits = next((c for c in choices if sum(widths[m] + 1 for m in c) * len(names) <= room), None)
    measures = fits or choices[0]
    columns = _by_column(measures, names, widths) if fits else _by_line(measures, widths)
    console.print()
    console.print(_table(columns, head=True))
    for category, chunk in itertools.groupby(codes, key=lambda item: item[0][0] if item[0][1] else ""):
        rows = [*chunk]
        heard = [item for item in rows if item[1][0]["pattern"] != "not observed" or not category]
        silent = [signed(labels[code], code[2]) for code, cells in rows if (code, cells) not in heard]
        table = _table(columns, head=False)
        for code, cells in heard:
            label = textwrap.fill(signed(labels[code], code[2]), NAME_WIDTH, subsequent_indent="  ")
            name = Text(label, style=STYLE.get(code[2], ""))
            _add_code(table, name, cells, measures, names, in_columns=bool(fits))
        if category:
            console.print(Text(labels[category, "", "applies"], style="bold"))
        if heard:
            console.print(table)
        if silent:
            console.print(Padding(Text(f"not observed: {'; '.join(silent)}", style="dim"), (0, 0, 0, 2)))
    return set(measures)


_Column = tuple[str, int, Literal["left", "right"]]


def _table(columns: Sequence[_Column], *, head: bool) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", show_edge=False, show_header=head)
    for title, width, justify in columns:
        table.add_column(Text(title), width=width, justify=justify, overflow="fold")
    return table


def _widths(cells: Sequence[Row], name: int) -> dict[str, int]:
    """Give each measure's width: that of its head, of its widest value, of the longest name of a group."""
    return {
        measure: max([least, name, *(len(_value(cell, measure)) for cell in cells)])
        for measure, least in _MEASURES.items()
    }


def _by_column(measures: Sequence[str], names: Mapping[str, str], widths: Mapping[str, int]) -> list[_Column]:
    columns: list[_Column] = [("\nCode", NAME_WIDTH, "left")]
    for measure in measures:
        for i, short in enumerate(names.values()):
            columns.append((f"{measure if i == 0 else ''}\n{short}", widths[measure], "right"))
        if measure == "n/N":
            columns.append(("\npattern", PATTERN_WIDTH, "left"))
    return columns


def _by_line(measures: Sequence[str], widths: Mapping[str, int]) -> list[_Column]:
    numbers: list[_Column] = [(measure, widths[measure] + 1, "right") for measure in measures]
    return [("Code", NAME_WIDTH, "left"), ("group", 8, "left"), *numbers, ("pattern", PATTERN_WIDTH, "left")]


def _add_code(
    table: Table,
    name: Text,
    cells: Sequence[Row],
    measures: Sequence[str],
    names: Mapping[str, str],
    *,
    in_columns: bool,
) -> None:
    words = Text(_pattern(cells, names))
    if in_columns:
        values: list[str | Text] = [_value(cell, measure) for measure in measures for cell in cells]
        values.insert(len(cells), words)
        table.add_row(name, *values)
        return
    for i, cell in enumerate(cells):
        values = [_value(cell, measure) for measure in measures]
        table.add_row(name if i == 0 else "", Text(names[cell["group"]]), *values, words if i == 0 else "")


def _value(cell: Row, measure: str) -> str:
    if measure == "n/N":
        return f"{cell['participants']}/{cell['participants_total']}"
    if measure == "subc.":
        return f"{cell['breadth']}/{cell['breadth_total']}"
    if measure == "segm.":
        return f"{cell['segments']:,}"
    return f"{cell['rate_mean']:.2f}"


def _pattern(cells: Sequence[Row], names: Mapping[str, str]) -> str:
    """Give the pattern in words, with the groups' short names, and whoever carries a group."""
    from hrcode.analysis.pattern import pattern

    counts = {names[c["group"]]: (c["participants"], c["participants_total"]) for c in cells}
    words = pattern(counts) + (" (fragile)" if cells[0]["robust"] == "no" else "")
    for cell in cells:
        if _is_carried(cell):
            words += (
                f"\n{cell['largest_share']:.0%} of {names[cell['group']]} from {cell['largest_share_from']}"
            )
    return words


def _is_carried(cell: Row) -> bool:
    """Say whether one person has more than half of the segments that several have."""
    return bool(cell["participants"] > 1 and cell["largest_share"] > CARRIED and cell["largest_share_from"])


def _print_beside(
    console: Console,
    codes: Sequence[tuple[Code, list[Row]]],
    names: Mapping[str, str],
    labels: Mapping[Code, str],
) -> bool:
    """Print applications and departures of each category in one row; say whether there is room."""
    of: dict[str, dict[str, list[Row]]] = {}
    for (category, _, stance), cells in codes:
        of.setdefault(category, {})[stance] = cells
    number = _widths(
        [cell for _, cells in codes for cell in cells], max(map(len, names.values()), default=0)
    )["n/N"]
    width = (console.width - BESIDE_WIDTH - 1) // 2 - (number + 1) * len(names) - 1
    if width < BESIDE_WIDTH:
        return False
    columns: list[_Column] = [("\nCategory", BESIDE_WIDTH, "left")]
    for head in ("+ applies", "- departs"):
        columns += [(f"\n{short}", number, "right") for short in names.values()]
        columns.append((f"{head}\npattern", width, "left"))
    table = _table(columns, head=True)
    for category, by_stance in of.items():
        row: list[Text | str] = [Text(labels[category, "", "applies"])]
        for stance in ("applies", "departs"):
            cells = by_stance.get(stance, [])
            row += [_value(cell, "n/N") for cell in cells] or [""] * len(names)
            row.append(Text(_pattern(cells, names) if cells else "", style=STYLE.get(stance, "")))
        table.add_row(*row)
    console.print()
    console.print(table)
    return True


def _print_legend(
    console: Console, rows: Sequence[Row], about: Mapping[str, Any], shown: set[str], counted: str
) -> None:
    signs = {SIGN[row["stance"]] for row in rows}
    other = "~ is about it, as said in brackets, and is not summed up.  " if "~" in signs else ""
    measures = "  ".join(
        _LEGEND[measure].format(counted=counted) for measure in _MEASURES if measure in shown
    )
    carried = f"  x% of G from P: more than half of a group's segments come from one {about['count']}."
    carried = carried if any(map(_is_carried, rows)) else ""
    console.print(f"+ applies the principle, - departs from it (never netted).  {other}{measures}{carried}")
    console.print(escape(about["rule"]))
    say_all(about["warnings"], console.width)
