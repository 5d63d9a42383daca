"""``hrcode claims``: findings held against saved results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.choices import whole
from hrcode.cli.formats import Format, check_out, emit
from hrcode.cli.guard import FINDINGS, guarded
from hrcode.cli.options import ByOption, FormatOption, OutOption, ResultsArgument, WhereOption
from hrcode.wording import counted

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

EXAMPLE = "Example: hrcode claims claims.yaml results --format md   (how to write claims: docs/claims.md)"
_STYLES = {"holds": "green", "fails": "red"}
_INDENT = "  "


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("claims", epilog=EXAMPLE)(guarded(_claims))


def _claims(
    file: Annotated[str, typer.Argument(help="File of claims (YAML).")] = "claims.yaml",
    results: ResultsArgument = "results",
    by: ByOption = None,
    where: WhereOption = None,
    quotes: Annotated[int, whole("--quotes", help="Most quotes of a claim from each group.")] = 1,
    format_: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """Check whether findings hold: each is answered with figures and quotes. Exits 1 when one fails."""
    from hrcode.analysis.claims.check import check_claims
    from hrcode.exchange.results import read_results

    format_ = check_out(out, format_)
    table = check_claims(read_results(results, where=where), file, by=by, where=where, quotes_each=quotes)
    emit(table, format_, out, lambda: _print(table))
    if table.attrs["answers"]["fails"]:
        raise typer.Exit(FINDINGS)


def _print(table: pd.DataFrame) -> None:
    from hrcode.cli.console import OutputConsole
    from hrcode.cli.render import records, say_warnings
    from hrcode.cli.render_table import paragraph

    console = OutputConsole()
    source = ""
    for row in records(table):
        if row["source"] != source:
            source = row["source"]
            paragraph(console, f"Source: {source}\n")
        _print_claim(console, row)
    paragraph(console, _sum(table))
    paragraph(console, table.attrs["rule"])
    say_warnings(table, console.width)


def _print_claim(console: Console, row: dict[str, str]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    fragile = " (fragile)" if row["robust"] == "no" else ""
    style = _STYLES.get(row["answer"], "yellow")
    console.print(Text.assemble((row["claim"], "bold"), ": ", (row["answer"], style), fragile))
    about = f"{row['op']} {row['groups']}: {row['codes']}"
    for line in (
        row["text"],
        about,
        row["reason"],
        *row["figures"].splitlines(),
        *row["quotes"].splitlines(),
    ):
        if line:
            console.print(Padding(Text(line), (0, 0, 0, len(_INDENT))))
    console.print()


def _sum(table: pd.DataFrame) -> str:
    answers, fragile = table.attrs["answers"], table.attrs["fragile"]
    held = counted(answers["holds"], "holds", "hold") + (f" ({fragile} of them fragile)" if fragile else "")
    return (
        f"{counted(len(table), 'claim')}: {held}, {counted(answers['fails'], 'fails', 'fail')}, "
        f"no data for {answers['no data']}, {counted(answers['needs a reader'], 'needs', 'need')} a reader."
    )
