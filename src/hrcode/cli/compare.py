"""``hrcode compare``: the comparison of groups, from saved results."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from hrcode.cli.choices import choice
from hrcode.cli.formats import Format, Layout, check_out, emit
from hrcode.cli.guard import guarded
from hrcode.cli.options import (
    ByOption,
    Count,
    CountOption,
    FormatOption,
    HideBelowOption,
    LayoutOption,
    LevelOption,
    OutOption,
    ResultsArgument,
    WhereOption,
)

EXAMPLE = 'Example: hrcode compare results --by service --where "years>5" --format csv --out by_service.csv'


class Against(StrEnum):
    """What a group is compared with."""

    pairs = "pairs"
    rest = "rest"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("compare", epilog=EXAMPLE)(guarded(_compare))


def _compare(
    results: ResultsArgument = "results",
    by: ByOption = None,
    level: LevelOption = None,
    where: WhereOption = None,
    count: CountOption = Count.participant,
    differences: Annotated[
        bool, typer.Option("--differences", help="Print differences of shares with their intervals.")
    ] = False,
    against: Annotated[
        Against | None,
        choice(Against, "--against", what="comparison", show_default="pairs for two groups, else rest",
               help="Differences between pairs of groups, or of each from the rest."),
    ] = None,
    p: Annotated[
        bool, typer.Option("--p", help="Differences with exact p-values over participants.")
    ] = False,
    sensitivity: Annotated[
        bool,
        typer.Option("--sensitivity", help="List what hangs on one person, indicator or kind of interview."),
    ] = False,
    hide_below: HideBelowOption = 0,
    format_: FormatOption = Format.table,
    layout: LayoutOption = Layout.tidy,
    out: OutOption = None,
) -> None:  # fmt: skip
    """Compare groups of participants by category and subcategory."""
    format_ = check_out(out, format_)
    differences = differences or p or against is not None
    _check_one(sensitivity, differences, count, layout)
    options: dict[str, Any] = {"by": by, "level": level, "where": where, "hide_below": hide_below}
    if sensitivity:
        _sensitivity(results, options, format_, out)
    elif differences:
        _differences(results, {**options, "against": against and against.value, "p": p}, format_, out)
    else:
        _compared(results, {**options, "count": count.value}, format_, layout, out)


def _check_one(sensitivity: bool, differences: bool, count: Count, layout: Layout) -> None:
    from hrcode.errors import StudyError

    if layout is Layout.readable and (sensitivity or differences):
        raise StudyError("--layout readable is for the comparison, not for --differences or --sensitivity.")
    if count is Count.event and (sensitivity or differences):
        raise StudyError("--count event is for the comparison alone, not for --differences or --sensitivity.")

    if sensitivity and differences:
        raise StudyError("--sensitivity and --differences are two tables; ask for one at a time.")


def _compared(
    results: str, options: dict[str, Any], format_: Format, layout: Layout, out: str | None
) -> None:
    from hrcode.cli.render_compare import render_comparison
    from hrcode.exchange.saved import compare_saved

    coded, comparison = compare_saved(results, **options)
    if format_ is Format.table:  # of its rows alone: pandas takes longer to load than all the rest
        render_comparison(coded, comparison)
        return
    from hrcode.analysis.compare import as_table
    from hrcode.analysis.readable import readable_comparison

    table = as_table(comparison)
    if layout is Layout.readable:
        table = readable_comparison(coded, table)
    emit(table, format_, out, lambda: render_comparison(coded, comparison))


def _differences(results: str, options: dict[str, Any], format_: Format, out: str | None) -> None:
    from hrcode.cli.render_differences import render_differences
    from hrcode.exchange.saved import differences_saved

    coded, table = differences_saved(results, **options)
    emit(table, format_, out, lambda: render_differences(coded, table))


def _sensitivity(results: str, options: dict[str, Any], format_: Format, out: str | None) -> None:
    from hrcode.cli.render_sensitivity import render_sensitivity
    from hrcode.exchange.saved import sensitivity_saved

    coded, table = sensitivity_saved(results, **options)
    emit(table, format_, out, lambda: render_sensitivity(coded, table))
