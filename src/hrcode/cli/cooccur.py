"""``hrcode cooccur``: which codes come together, from saved results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrcode.cli.choices import whole
from hrcode.cli.formats import Format, check_out, emit
from hrcode.cli.guard import guarded, say
from hrcode.cli.options import ByOption, FormatOption, OutOption, ResultsArgument, WhereOption

if TYPE_CHECKING:
    import pandas as pd

    from hrcode.coding.model import Coded

EXAMPLE = "Example: hrcode cooccur results --within turn --level category"
SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("cooccur", epilog=EXAMPLE)(guarded(_cooccur))


def _cooccur(
    results: ResultsArgument = "results",
    within: Annotated[str, typer.Option(help="segment, turn, near or participant.")] = "segment",
    near: Annotated[int, whole("--near", help="With near: segments of a speaker from one to the other.")] = 2,
    level: Annotated[str, typer.Option(help="subcategory or category.")] = "subcategory",
    by: ByOption = None,
    where: WhereOption = None,
    format_: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """Show which codes come together, and in how many people."""
    from hrcode.analysis.cooccur import cooccur
    from hrcode.exchange.results import read_results

    format_ = check_out(out, format_)
    coded = read_results(results, where=where)
    table = cooccur(coded, within=within, near=near, level=level, by=by, where=where)  # type: ignore[arg-type]
    emit(table, format_, out, lambda: _print(coded, table))


def _print(coded: Coded, table: pd.DataFrame) -> None:
    from hrcode.analysis.cooccur import PLACES
    from hrcode.cli.console import OutputConsole
    from hrcode.cli.render import records, say_warnings
    from hrcode.cli.render_table import Column, paragraph, print_rows

    console = OutputConsole()
    columns = [Column("Code A", "left", 23), Column("Code B", "left", 23), Column("both"), Column("c"),
               Column("of A"), Column("of B"), Column("people")]  # fmt: skip
    rows = [_cells(coded, row) for row in records(table.head(SHOWN))]
    if not rows:
        say(f"No two codes are together in {PLACES[table.attrs['within']]}.")
        return
    print_rows(console, columns, rows)
    console.print()
    if len(table) > SHOWN:
        paragraph(console, f"{SHOWN} of {len(table)} pairs shown; --format csv has all.")
    paragraph(
        console,
        f"Together in {PLACES[table.attrs['within']]}, of {table.attrs['units']:,}; most people first.  "
        "c: both / either (ATLAS.ti's c-coefficient, Jaccard's index).  of A: the share of A that comes with "
        "B.  people: those who say both.  unequal: one code is more than five times as frequent, so c is "
        "small.  shared indicator: one rule gives both.",
    )
    say_warnings(table, console.width)


def _cells(coded: Coded, row: dict[str, Any]) -> list[str]:
    from hrcode.cli.render_table import percent

    return [
        _name(coded, row["code_a"], row["stance_a"]),
        _name(coded, row["code_b"], row["stance_b"]) + (f" ({row['flags']})" if row["flags"] else ""),
        str(row["n_both"]),
        f"{row['c_coefficient']:.2f}",
        percent(row["share_of_a"]),
        percent(row["share_of_b"]),
        f"{row['participants_both']}/{row['participants_total']}",
    ]


def _name(coded: Coded, path: str, stance: str) -> str:
    from hrcode.cli.render import signed
    from hrcode.cli.render_compare import code_labels

    category, _, sub = path.partition("/")
    return signed(code_labels(coded)[category, sub, stance], stance)
