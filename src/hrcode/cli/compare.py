"""``hrcode compare``: the comparison of groups, from saved results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrcode.cli.formats import Format, print_table
from hrcode.cli.guard import guarded, say

EXAMPLE = "Example: hrcode compare results --by service --level category --format csv --out by_service.csv"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("compare", epilog=EXAMPLE)(guarded(_compare))


def _compare(
    results: Annotated[str, typer.Argument(help="Folder that `hrcode code` wrote.")] = "results",
    by: Annotated[
        str | None,
        typer.Option(help="Participant attribute that makes the groups.", show_default="as in the run"),
    ] = None,
    level: Annotated[str | None, typer.Option(help="category or subcategory.", show_default="both")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How it is printed.")] = Format.table,
    out: Annotated[str | None, typer.Option(help="File to write instead of printing.")] = None,
) -> None:
    """Compare groups of participants by category and subcategory."""
    from hrcode.analysis.compare import compare
    from hrcode.errors import StudyError
    from hrcode.exchange.results import is_result_file, read_results

    if out and format_ is Format.table:
        raise StudyError("--out needs a format to write: add --format csv, md or json.")
    if out and is_result_file(Path(out)):
        raise StudyError(f"{out}: is a file of a run; writing it would lose results. Choose another --out.")
    coded = read_results(results)
    table = compare(coded, by=by, level=level)  # type: ignore[arg-type]
    if format_ is Format.table:
        from hrcode.cli.render import render_comparison

        render_comparison(coded, table)
        return
    print_table(table, format_, Path(out) if out else None)
    if out:
        say(f"Wrote {out}")
