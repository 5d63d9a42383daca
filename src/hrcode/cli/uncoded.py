"""``hrcode uncoded``: what the codebook leaves uncoded, from saved results."""

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
    from rich.console import Console

EXAMPLE = "Example: hrcode uncoded results --show segments --format csv --out to_read.csv"
SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("uncoded", epilog=EXAMPLE)(guarded(_uncoded))


def _uncoded(
    results: ResultsArgument = "results",
    show: Annotated[
        str, typer.Option(help="people: how much, whose; words: those typical of it; segments: the segments.")
    ] = "people",
    by: ByOption = None,
    where: WhereOption = None,
    limit: Annotated[
        int | None, whole("--limit", least=1, help="Most rows.", show_default=f"{SHOWN} in a table, else all")
    ] = None,
    format_: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """Show what the codebook leaves uncoded."""
    from hrcode.analysis.uncoded import uncoded
    from hrcode.exchange.results import read_results

    format_ = check_out(out, format_)
    most = limit or (SHOWN if format_ is Format.table else None)
    table = uncoded(read_results(results, where=where), show=show, by=by, where=where, limit=most)  # type: ignore[arg-type]
    emit(table, format_, out, lambda: _print(table))


_NOTHING = {
    "segments": "Every segment that these participants say has a coding.",
    "words": "No word is typical of what is left uncoded: all is coded, or nothing, or too little is said.",
}


def _print(table: pd.DataFrame) -> None:
    from hrcode.cli.console import OutputConsole
    from hrcode.cli.render import say_warnings
    from hrcode.cli.render_table import paragraph

    console = OutputConsole()
    show = table.attrs["show"]
    if table.empty and show in _NOTHING:
        paragraph(console, _NOTHING[show])
        return
    {"people": _print_people, "words": _print_words, "segments": _print_segments}[show](console, table)
    console.print()
    if show == "people":
        paragraph(
            console,
            "uncoded: segments without a coding.  near misses: those in which an indicator was held back.  "
            "What they say: --show segments; words typical of them: --show words.",
        )
    elif len(table) < table.attrs["total"]:
        paragraph(console, f"{len(table)} of {table.attrs['total']:,} shown; add --limit, or --format csv.")
    if show == "words":
        paragraph(
            console, "z: log-odds against coded segments (Monroe et al. 2008); it ranks, it does not test."
        )
    say_warnings(table, console.width)


def _print_people(console: Console, table: pd.DataFrame) -> None:
    from hrcode.cli.render import records
    from hrcode.cli.render_table import Column, percent, print_rows

    columns = [Column("Group", "left", 16), Column("participant", "left", 12), Column("segments"),
               Column("uncoded"), Column(""), Column("of words"), Column("near misses")]  # fmt: skip
    rows = [
        ("" if row["participant"] else row["group"], row["participant"] or "all", f"{row['segments']:,}",
         f"{row['uncoded']:,}", percent(row["share_of_segments"]), percent(row["share_of_words"]),
         row["near_misses"])
        for row in records(table)
    ]  # fmt: skip
    print_rows(console, columns, rows)


def _print_words(console: Console, table: pd.DataFrame) -> None:
    from hrcode.cli.render import records
    from hrcode.cli.render_table import Column, print_rows

    columns = [Column("Word", "left", 24), Column("people"), Column("uses"), Column("/1000"),
               Column("/1000 coded"), Column("z")]  # fmt: skip
    rows = [
        (row["word"], f"{row['participants']}/{row['participants_total']}", row["count"],
         f"{row['rate']:.2f}", f"{row['rate_coded']:.2f}", f"{row['z']:.2f}")
        for row in records(table)
    ]  # fmt: skip
    print_rows(console, columns, rows)


def _print_segments(console: Console, table: pd.DataFrame) -> None:
    from hrcode.cli.render import records
    from hrcode.cli.render_table import paragraph

    for row in records(table):
        missed = f"; {row['near_misses']} held back" if row["near_misses"] else ""
        text = " ".join(row["text"].split())
        paragraph(
            console,
            f"{row['participant']}: {text} [{row['segment_id']}; {counted(row['words'], 'word')}{missed}]",
        )
