"""``hrcode kwic``: a phrase in its context, coded or not, from saved results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.choices import whole
from hrcode.cli.formats import Format, check_out, emit
from hrcode.cli.guard import guarded, say
from hrcode.cli.options import ByOption, FormatOption, OutOption, ResultsArgument, WhereOption
from hrcode.wording import counted

if TYPE_CHECKING:
    import pandas as pd

EXAMPLE = 'Example: hrcode kwic "(force|push|make) (him|her|them)" results --group S'
SHOWN = 40


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("kwic", epilog=EXAMPLE)(guarded(_kwic))


def _kwic(
    phrase: Annotated[str, typer.Argument(help="What to look for, written as an indicator is.")],
    results: ResultsArgument = "results",
    exact: Annotated[
        bool, typer.Option("--exact", help="Words as written, not their inflected forms.")
    ] = False,
    group: Annotated[str | None, typer.Option(help="Only this group.", show_default="all")] = None,
    by: ByOption = None,
    where: WhereOption = None,
    width: Annotated[int, whole("--width", help="Characters on each side, save on the screen.")] = 60,
    limit: Annotated[
        int | None,
        whole("--limit", least=1, help="Most places.", show_default=f"{SHOWN} in a table, else all"),
    ] = None,
    format_: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """Show a phrase wherever participants say it, coded or not."""
    from hrcode.analysis.kwic import kwic
    from hrcode.exchange.results import read_results

    format_ = check_out(out, format_)
    most = limit or (SHOWN if format_ is Format.table else None)
    table = kwic(
        read_results(results, where=where),
        phrase,
        exact=exact,
        width=width,
        group=group,
        by=by,
        where=where,
        limit=most,
    )
    emit(table, format_, out, lambda: _print(table))


def _print(table: pd.DataFrame) -> None:
    from rich.text import Text

    from hrcode.cli.console import OutputConsole
    from hrcode.cli.render import records, say_warnings
    from hrcode.cli.render_table import paragraph

    console = OutputConsole()
    rows = records(table)
    if not rows:
        say("Nobody says it.")
        return
    lead = max(len(row["participant"]) for row in rows) + 2
    for row in rows:
        side = max(8, (console.width - lead - len(row["match"]) - 4) // 2)
        line = Text(f"{row['participant']}{'*' if row['coded'] else ''}".ljust(lead), no_wrap=True)
        line.append(f"{row['left'][-side:]:>{side}} ")
        line.append(f"»{row['match']}«", style="bold")
        line.append(f" {row['right'][:side]}")
        console.print(line, overflow="crop")
    console.print()
    who = ", ".join(
        f"{group} {number}/{table.attrs['groups'][group]}"
        for group, number in table.attrs["participants"].items()
    )
    shown = "" if len(rows) == table.attrs["total"] else f", {len(rows)} shown"
    paragraph(console, f"{counted(table.attrs['total'], 'place')}{shown}. Participants who say it: {who}.")
    paragraph(console, "*: the segment is coded (--format csv says with what).")
    say_warnings(table, console.width)
