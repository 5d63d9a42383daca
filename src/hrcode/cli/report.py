"""``hrcode report``: results as one page to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.choices import whole
from hrcode.cli.guard import guarded, say
from hrcode.cli.options import HiddenByOption, HideBelowOption, ResultsArgument
from hrcode.cli.plain import say_filled

if TYPE_CHECKING:
    from hrcode.codebook.model import Codebook
    from hrcode.coding.model import Coded

EXAMPLE = 'Example: hrcode report results --out report.html --title "Peers and social workers" --quotes 5'


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("report", epilog=EXAMPLE)(guarded(_report))


def _report(
    results: ResultsArgument = "results",
    out: Annotated[str, typer.Option(help="File to write.")] = "report.html",
    title: Annotated[str, typer.Option(help="Title of the page.", show_default="the groups compared")] = "",
    codebook: Annotated[
        str | None,
        typer.Option(
            help="Codebook of the run, for its definitions.",
            show_default="study.yaml's, else codebooks/'s only one, else a built-in one, if it is the run's",
        ),
    ] = None,
    no_transcripts: Annotated[
        bool, typer.Option("--no-transcripts", help="Leave the transcripts out.")
    ] = False,
    quotes: Annotated[
        int, whole("--quotes", least=0, help="Most quotes and near misses of a code; 0 for none.")
    ] = 20,
    hide_below: HideBelowOption = 0,
    by: HiddenByOption = None,
) -> None:
    """Write one HTML page: comparison, quotes, transcripts, codebook, methods. It opens from disk."""
    from hrcode.exchange.results import read_results
    from hrcode.report.write import check_report_target, write_report

    check_report_target(out)
    coded = read_results(results)
    book = _codebook(coded, codebook)
    path = write_report(
        coded,
        out,
        title=title,
        codebook=book,
        transcripts=not no_transcripts,
        quotes=quotes,
        hide_below=hide_below,
        by=by,
    )
    say(f"Wrote {path} ({_size(path)})")
    say_filled(_holds(not no_transcripts, quotes))
    if hide_below:
        say_filled(f"No part of it shows a group of fewer than {hide_below} participants, or what they say.")
    if book is None:
        missing = "Without definitions: the codebook of the run was not found. Name its file with --codebook."
        say_filled(missing)


def _codebook(coded: Coded, named: str | None) -> Codebook | None:
    from hrcode.codebook.load import load_codebook
    from hrcode.report.definitions import find_codebook_of

    return load_codebook(named) if named else find_codebook_of(coded, Path())


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.0f} kB"


def _holds(transcripts: bool, quotes: int) -> str:
    """Say how much of what participants said is in the page, before it is sent to anybody."""
    if transcripts:
        return "It holds the whole transcripts; --no-transcripts leaves them out, --quotes 0 the quotes."
    if quotes:
        return f"It holds up to {quotes} quotes a code and no transcripts; --quotes 0 leaves the quotes out."
    return "It holds no words of participants."
