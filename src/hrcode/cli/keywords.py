"""``hrcode keywords``: the words that set groups apart, from saved results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.choices import whole
from hrcode.cli.formats import Format, check_out, emit
from hrcode.cli.guard import guarded
from hrcode.cli.options import ByOption, FormatOption, OutOption, ResultsArgument, WhereOption
from hrcode.wording import counted

if TYPE_CHECKING:
    import pandas as pd

EXAMPLE = "Example: hrcode keywords results --by gender --limit 30"
SHOWN = 15


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("keywords", epilog=EXAMPLE)(guarded(_keywords))


def _keywords(
    results: ResultsArgument = "results",
    by: ByOption = None,
    where: WhereOption = None,
    limit: Annotated[
        int | None,
        whole(
            "--limit", least=1, help="Most words of a group.", show_default=f"{SHOWN} in a table, else all"
        ),
    ] = None,
    format_: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """Show the words that each group uses more than the others, if enough of its people do."""
    from hrcode.analysis.keywords import keywords
    from hrcode.exchange.results import read_results

    format_ = check_out(out, format_)
    most = limit or (SHOWN if format_ is Format.table else None)
    table = keywords(read_results(results, where=where), by=by, where=where, limit=most)
    emit(table, format_, out, lambda: _print(table))


def _print(table: pd.DataFrame) -> None:
    from hrcode.cli.console import OutputConsole
    from hrcode.cli.render import records, say_warnings
    from hrcode.cli.render_table import Column, paragraph, print_rows

    console = OutputConsole()
    columns = [Column("Word", "left", 22), Column("people"), Column("/1000"), Column("others"),
               Column("/1000"), Column("z"), Column("G2")]  # fmt: skip
    for group, words in table.attrs["words"].items():
        paragraph(console, f"{group} ({counted(words, 'word')})")
        rows = [
            (row["word"], f"{row['participants']}/{row['participants_total']}", f"{row['rate']:.2f}",
             f"{row['participants_rest']}/{row['total_rest']}", f"{row['rate_rest']:.2f}", f"{row['z']:.2f}",
             f"{row['g2']:.1f}")
            for row in records(table[table["group"] == group])
        ]  # fmt: skip
        if rows:
            print_rows(console, columns, rows)
        else:
            paragraph(console, "  no word that enough people use more than the others")
        console.print()
    paragraph(
        console,
        "people, others: participants who use it, in the group and in all others.  /1000: uses per 1,000 "
        "words.  z: log-odds (Monroe et al. 2008), by which they are ranked.  G2: log-likelihood, two terms "
        "(Rayson & Garside 2000).",
    )
    paragraph(console, table.attrs["note"])
    say_warnings(table, console.width)
