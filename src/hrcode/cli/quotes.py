"""``hrcode quotes``: the words behind the numbers, from saved results."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hrcode.cli.choices import choice, whole
from hrcode.cli.formats import Format, Layout, check_out, emit
from hrcode.cli.guard import guarded
from hrcode.cli.options import (
    ByOption,
    FormatOption,
    HideBelowOption,
    LayoutOption,
    OutOption,
    ResultsArgument,
    WhereOption,
)

EXAMPLE = "Example: hrcode quotes results --category autonomy/client_decides --exemplars --spread --each 3"


class Style(StrEnum):
    """How quotes are printed for a person."""

    coding = "coding"
    article = "article"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("quotes", epilog=EXAMPLE)(guarded(_quotes))


def _quotes(
    results: ResultsArgument = "results",
    category: Annotated[
        str | None, typer.Option(help="Category, or category/subcategory.", show_default="all")
    ] = None,
    group: Annotated[str | None, typer.Option(help="Group of participants.", show_default="all")] = None,
    participant: Annotated[str | None, typer.Option(help="Participant.", show_default="all")] = None,
    stance: Annotated[str | None, typer.Option(help="Stance, such as departs.", show_default="all")] = None,
    indicator: Annotated[
        str | None, typer.Option(help="Indicator's id, or a part of it.", show_default="all")
    ] = None,
    containing: Annotated[
        str | None, typer.Option(help="Text that the segment holds.", show_default="any")
    ] = None,
    by: ByOption = None,
    where: WhereOption = None,
    exemplars: Annotated[
        bool, typer.Option("--exemplars", help="The most telling first, by a rule that is printed.")
    ] = False,
    spread: Annotated[
        bool, typer.Option("--spread", help="One quote of every participant before the second of any.")
    ] = False,
    each: Annotated[
        int | None, whole("--each", least=1, help="Most quotes of a subcategory.", show_default="all")
    ] = None,
    context: Annotated[int, whole("--context", help="Segments to show before and after.")] = 0,
    style: Annotated[
        Style,
        choice(
            Style, "--style", help='coding: with evidence and indicator; article: S4: "<...> text <...>".'
        ),
    ] = Style.coding,
    limit: Annotated[
        int | None,
        whole("--limit", least=1, help="Most quotes to show.", show_default="20 in a table, else all"),
    ] = None,
    hide_below: HideBelowOption = 0,
    format_: FormatOption = Format.table,
    layout: LayoutOption = Layout.tidy,
    out: OutOption = None,
) -> None:
    """Show the coded segments with the words that caused each coding."""
    from hrcode.analysis.quote_filters import QuoteFilters
    from hrcode.analysis.readable import readable_quotes
    from hrcode.cli.render_quotes import render_article, render_quotes
    from hrcode.exchange.saved import quotes_saved

    format_ = check_out(out, format_)
    coded, table = quotes_saved(
        results,
        QuoteFilters(category, group, participant, stance, indicator, containing),
        by=by,
        where=where,
        exemplars=exemplars,
        spread=spread,
        each=each,
        limit=limit or (20 if format_ is Format.table else None),
        context=context,
        hide_below=hide_below,
    )
    render = render_article if style is Style.article else render_quotes
    if layout is Layout.readable and format_ is not Format.table:
        table = readable_quotes(coded, table)
    emit(table, format_, out, lambda: render(coded, table))
