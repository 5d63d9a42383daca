"""The command ``hrcode`` and its subcommands."""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import Annotated

import typer

from hrcode._version import __version__
from hrcode.cli import (
    cache,
    claims,
    code,
    codebook,
    compare,
    cooccur,
    coverage,
    explain,
    export,
    init,
    keywords,
    kwic,
    leak_scan,
    matrix,
    participants,
    plot,
    pseudonymise,
    quotes,
    report,
    transcripts,
    uncoded,
)

app = typer.Typer(
    name="hrcode",
    help="Code qualitative interviews with a codebook, compare groups of participants, and show the words "
    "behind every number. Nothing leaves this machine.",
    epilog="Example: hrcode code transcripts/",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
init.register(app)
code.register(app)
participants.register(app)
compare.register(app)
quotes.register(app)
kwic.register(app)
matrix.register(app)
cooccur.register(app)
keywords.register(app)
uncoded.register(app)
coverage.register(app)
report.register(app)
claims.register(app)
export.register(app)
explain.register(app)
pseudonymise.register(app)
leak_scan.register(app)
app.add_typer(cache.app, name="cache")
app.add_typer(codebook.app, name="codebook")
app.add_typer(transcripts.app, name="transcripts")
app.add_typer(plot.app, name="plot")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"hrcode {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    # Coding makes a great many small things that stay to the end; looking among them for things that
    # refer to each other, as often as Python does, takes a tenth of the time and frees nothing.
    gc.set_threshold(100_000, 20, 100)
    # A program that closed them (`hrcode ... >&-`) wants no output; printing must not fail for that.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115, PTH123 (for the whole run)
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115, PTH123 (for the whole run)
    for stream in (sys.stdout, sys.stderr):
        # A terminal shows what it can; a file or a pipe gets everything.
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
    app(prog_name="hrcode")
