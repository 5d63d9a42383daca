"""``hrcode export``: all tables of a study in one go, from saved results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrcode.cli.choices import choice
from hrcode.cli.formats import Layout
from hrcode.cli.guard import guarded
from hrcode.cli.options import HiddenByOption, HideBelowOption, ResultsArgument
from hrcode.cli.plain import say_filled

EXAMPLE = "Example: hrcode export results --out tables/   (or all in one file: --out study.xlsx)"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("export", epilog=EXAMPLE)(guarded(_export))


def _export(
    results: ResultsArgument = "results",
    out: Annotated[
        str, typer.Option(help="Folder; or one file for all: .xlsx, .docx, .html, .md, .tex.")
    ] = "tables",
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            help="In a folder: csv, tsv, json, parquet, xlsx, docx, html, md, latex; may be repeated.",
            show_default="csv",
        ),
    ] = None,
    layout: Annotated[
        Layout | None,
        choice(
            Layout,
            "--layout",
            help="tidy: for programs; readable: as an article prints it.",
            show_default="both; docx, html, md and latex: readable",
        ),
    ] = None,
    hide_below: HideBelowOption = 0,
    by: HiddenByOption = None,
) -> None:
    """Write all tables of a study, with a data dictionary, for spreadsheets, R, SPSS and articles."""
    from hrcode.exchange.export.write import check_export, export_tables
    from hrcode.exchange.results import read_results

    formats, arranged = format_ or [], layout.value if layout else None
    check_export(Path(out), formats, arranged)
    written = export_tables(
        read_results(results), out, formats=formats, layout=arranged, hide_below=hide_below, by=by
    )
    names = ", ".join(path.name for path in written)
    say_filled(f"Wrote {out}" if written == [Path(out)] else f"Wrote {Path(out)}/: {names}")
