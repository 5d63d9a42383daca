"""``hrcode quotes``: the words behind the numbers, from saved results."""

from __future__ import annotations

from typing import Annotated

import typer

from hrcode.cli.formats import Format, print_table
from hrcode.cli.guard import guarded

EXAMPLE = "Example: hrcode quotes results --category autonomy/client_decides --group S --limit 5"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("quotes", epilog=EXAMPLE)(guarded(_quotes))


def _quotes(
    results: Annotated[str, typer.Argument(help="Folder that `hrcode code` wrote.")] = "results",
    category: Annotated[
        str | None, typer.Option(help="Category, or category/subcategory.", show_default="all")
    ] = None,
    group: Annotated[str | None, typer.Option(help="Group of participants.", show_default="all")] = None,
    participant: Annotated[str | None, typer.Option(help="Participant.", show_default="all")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Most quotes to show.", show_default="20 in a table, else all")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How they are printed.")] = Format.table,
) -> None:
    """Show the coded segments with the words that caused each coding."""
    from hrcode.analysis.quotes import quotes
    from hrcode.exchange.results import read_results

    coded = read_results(results)
    most = limit or (20 if format_ is Format.table else None)
    table = quotes(coded, category=category, group=group, participant=participant, limit=most)
    if format_ is Format.table:
        from hrcode.cli.render import render_quotes

        render_quotes(coded, table)
    else:
        print_table(table, format_)
