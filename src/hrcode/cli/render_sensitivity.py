"""What hangs on one person, indicator or kind of interview, for a terminal."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hrcode.cli.console import OutputConsole
from hrcode.cli.render import records, say_warnings, signed
from hrcode.cli.render_compare import code_labels

if TYPE_CHECKING:
    import pandas as pd

    from hrcode.coding.model import Coded

_WHAT = {"participant": "", "indicator": "the indicator ", "interviews": "interviews of the kind "}
_LONGEST = 60
_HEADS = {
    "side": "The pattern is no longer for the same group, or for none:",
    "degree": "The pattern gets another name on the same side:",
}


def render_sensitivity(coded: Coded, table: pd.DataFrame, console: Console | None = None) -> None:
    """Print which patterns change when one thing is left out, with what was said.

    Args:
        coded (Coded): The run, for labels.
        table (pandas.DataFrame): What `hrcode.sensitivity` gave.
        console (Console | None): Where to; stdout by default.
    """
    console = console or OutputConsole()
    labels = code_labels(coded)
    for change, head in _HEADS.items():
        own = records(table[table["change"] == change])
        if not own:
            continue
        console.print(Text(head, style="bold"))
        for _, rows in itertools.groupby(
            own, key=lambda row: (row["category"], row["subcategory"], row["stance"])
        ):
            _print_code(console, [*rows], labels)
        console.print()
    compared = table.attrs["compared"]
    changed = table.groupby("level", sort=False)[["category", "subcategory", "stance"]].apply(
        lambda codes: len(codes.drop_duplicates())
    )
    for level, number in compared.items():
        console.print(f"{changed.get(level, 0)} of {number} patterns change ({level}).")
    console.print(Text(table.attrs["note"]))
    say_warnings(table, console.width)


def _print_code(console: Console, rows: list[dict[str, Any]], labels: dict[Any, str]) -> None:
    first = rows[0]
    code = first["category"], first["subcategory"], first["stance"]
    where = "" if not code[1] else f"{labels[code[0], '', code[2]]} / "
    name = f"{code[2] and signed(where + labels[code], code[2])}: {first['pattern']} ({first['counts']})"
    console.print(Padding(Text(name), (0, 0, 0, 2)))
    for row in rows:
        name = row["name"] if len(row["name"]) <= _LONGEST else f"{row['name'][:_LONGEST]}..."
        after = f"{row['pattern_without']} ({row['counts_without']})"
        line = f"without {_WHAT[row['left_out']]}{name}: {after}"
        console.print(Padding(Text(line), (0, 0, 0, 4)))
        if row["quote"]:
            quote = " ".join(row["quote"].split())
            console.print(
                Padding(
                    Text(f'{row["participant"]}: "{quote}" [{row["segment_id"]}]', style="dim"), (0, 0, 0, 6)
                )
            )
