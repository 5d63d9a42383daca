"""``hrcode compare``: the comparison of groups, from saved results."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrcode.cli.archive import is_large
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

if TYPE_CHECKING:
    import pandas as pd

    from hrcode.coding.model import Coded

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
    from hrcode.exchange.results import read_results

    format_ = check_out(out, format_)
    differences = differences or p or against is not None
    _check_one(sensitivity, differences, count, layout)
    large = not sensitivity and is_large(results)
    coded = _frame(results) if large else read_results(results, where=where)
    options: dict[str, Any] = {"by": by, "level": level, "where": where, "hide_below": hide_below}
    if sensitivity:
        table, render = _sensitivity(coded, options)
    elif differences:
        more = {"against": against and against.value, "p": p}
        table, render = _differences(results if large else coded, {**options, **more})
    elif format_ is Format.table and not large:
        _print(coded, {**options, "count": count.value})
        return
    else:
        table, render = _plain(results if large else coded, {**options, "count": count.value})
    if layout is Layout.readable and format_ is not Format.table:
        table = _readable(coded, table)
    emit(table, format_, out, lambda: render(coded, table))


def _frame(results: str) -> Coded:
    """Give the codes of an archive whose rows do not fit into memory."""
    from hrcode.archive.database import frame_of

    return frame_of(results)


def _check_one(sensitivity: bool, differences: bool, count: Count, layout: Layout) -> None:
    from hrcode.errors import StudyError

    if layout is Layout.readable and (sensitivity or differences):
        raise StudyError("--layout readable is for the comparison, not for --differences or --sensitivity.")
    if count is Count.event and (sensitivity or differences):
        raise StudyError("--count event is for the comparison alone, not for --differences or --sensitivity.")

    if sensitivity and differences:
        raise StudyError("--sensitivity and --differences are two tables; ask for one at a time.")


def _plain(material: Coded | str, options: dict[str, Any]) -> tuple[pd.DataFrame, Any]:
    """Compare coded material, or, out of core, an archive by its folder."""
    from hrcode.cli.render_compare import render_table

    if isinstance(material, str):
        from hrcode.archive.query import compare_archive

        return compare_archive(material, **options), render_table
    from hrcode.analysis.compare import compare

    return compare(material, **options), render_table


def _print(coded: Coded, options: dict[str, Any]) -> None:
    """Print the comparison by its rows alone: pandas takes longer to load than all the rest."""
    from hrcode.analysis.compare import compare_rows
    from hrcode.cli.render_compare import render_comparison

    render_comparison(coded, compare_rows(coded, **options))


def _readable(coded: Coded, table: pd.DataFrame) -> pd.DataFrame:
    from hrcode.analysis.readable import readable_comparison

    return readable_comparison(coded, table)


def _differences(material: Coded | str, options: dict[str, Any]) -> tuple[pd.DataFrame, Any]:
    """Say how far groups are apart in coded material or, out of core, in an archive by its folder."""
    from hrcode.analysis.differences import differences
    from hrcode.cli.render_differences import render_differences

    if isinstance(material, str):
        from hrcode.archive.differing import differences_archive

        return differences_archive(material, **options), render_differences
    return differences(material, **options), render_differences


def _sensitivity(coded: Coded, options: dict[str, Any]) -> tuple[pd.DataFrame, Any]:
    from hrcode.analysis.sensitivity import sensitivity
    from hrcode.cli.render_sensitivity import render_sensitivity

    return sensitivity(coded, **options), render_sensitivity
