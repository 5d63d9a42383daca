"""``hrcode coverage``: how the codebook's subcategories come up over interviews, from saved results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrcode.cli.choices import decimal, whole
from hrcode.cli.formats import Format, check_out, emit
from hrcode.cli.guard import guarded
from hrcode.cli.options import RESULTS, ByOption, FormatOption, OutOption, WhereOption, check_results
from hrcode.cli.plain import print_filled
from hrcode.wording import counted

if TYPE_CHECKING:
    import pandas as pd

EXAMPLE = (
    "Example: hrcode coverage results --base 4 --run 2   (or, before a study: hrcode coverage --plan 0.1)"
)


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("coverage", epilog=EXAMPLE)(guarded(_coverage))


def _coverage(
    results: Annotated[str, typer.Argument(help=RESULTS)] = "results",
    base: Annotated[int, whole("--base", help="Interviews of the base.")] = 4,
    run: Annotated[int, whole("--run", help="Interviews of a run.")] = 2,
    threshold: Annotated[float, decimal("--threshold", help="Ratio of new to base codes to reach.")] = 0.05,
    by: ByOption = None,
    where: WhereOption = None,
    plan: Annotated[
        float | None,
        decimal("--plan", help="Only say how many interviews it takes to hear what this share would say.",
                     show_default=False),
    ] = None,
    instances: Annotated[int, whole("--instances", help="With --plan: interviews that are to have it.")] = 1,
    power: Annotated[float, decimal("--power", help="With --plan: how sure to be of that.")] = 0.8,
    format_: FormatOption = Format.table,
    out: OutOption = None,
) -> None:  # fmt: skip
    """Show how many of the codebook's subcategories are observed, interview by interview."""
    from hrcode.analysis.coverage import coverage
    from hrcode.exchange.results import read_results

    format_ = check_out(out, format_)
    if plan is not None:
        _plan(plan, instances, power)
        return
    check_results(results)
    table = coverage(
        read_results(results, where=where), base=base, run=run, threshold=threshold, by=by, where=where
    )
    emit(table, format_, out, lambda: _print(table))


def _plan(prevalence: float, instances: int, power: float) -> None:
    from hrcode.analysis.accumulation import interviews_needed

    number = interviews_needed(prevalence, instances, power)
    print_filled(
        f"{counted(number, 'interview')}: then at least {instances} will have what {prevalence:.0%} of the "
        f"people would say, with a probability of {power:.0%} (binomial; Fugard & Potts 2015), if drawn at "
        "random."
    )


def _print(table: pd.DataFrame) -> None:
    from hrcode.cli.console import OutputConsole
    from hrcode.cli.render import records, say_warnings
    from hrcode.cli.render_table import Column, paragraph, percent, print_rows

    console = OutputConsole()
    columns = [Column("#"), Column("Transcript", "left", 16), Column("group", "left", 10), Column("codes"),
               Column("new"), Column("so far"), Column("of codebook"), Column("any order"),
               Column("run")]  # fmt: skip
    rows = [
        (row["position"], row["transcript"], row["group"], row["codes"], row["new"], row["cumulative"],
         percent(row["share_of_codebook"]), f"{row['expected']:.1f} ±{row['expected_sd']:.1f}",
         "" if row["run_ratio"] == "" else percent(row["run_ratio"]))
        for row in records(table)
    ]  # fmt: skip
    print_rows(console, columns, rows)
    console.print()
    found = table.attrs
    share = found["observed"] / found["codebook"] if found["codebook"] else 0.0
    paragraph(
        console,
        f"{found['observed']} of {counted(found['codebook'], 'predefined subcategory')} observed "
        f"({percent(share)}).",
    )
    if found["never"]:
        paragraph(console, f"Never observed: {', '.join(found['never'])}.")
    paragraph(console, _guest(found["guest"]))
    variants = "; ".join(
        f"{v['base']}/{v['run']}/{percent(v['threshold'])} {v['notation'] or 'no'}" for v in found["variants"]
    )
    paragraph(console, f"Other bases, runs and thresholds: {variants}.")
    paragraph(
        console,
        "Transcripts stand in the order of their names.  any order: mean and standard deviation over all "
        "orders, exact.  run: new codes of the run that begins here, of the base's codes.",
    )
    paragraph(console, found["note"])
    say_warnings(table, console.width)


def _guest(found: dict[str, Any]) -> str:
    """Say whether new information fell to the threshold, in this order and in others."""
    head = (
        f"Base {found['base']} ({counted(found['base_codes'], 'code')}), run {found['run']}, "
        f"{found['threshold']:.0%} new:"
    )
    text = (
        f"{head} reached at {found['notation']}."
        if found["notation"]
        else f"{head} not reached, {found['why_not']}."
    )
    if found["orders_reached"]:
        text += (
            f" In {found['orders_reached']:,} of {found['orders']:,} orders ({found['orders_how']}) it is "
            f"reached, after {found['earliest']} to {found['latest']} interviews (median {found['median']})."
        )
    if found["is_none_new"]:
        text += " With so few codes in the base the threshold means: no new code at all."
    return text + " (Guest, Namey & Chen 2020)"
