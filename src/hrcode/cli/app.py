"""The command ``hrcode`` and its subcommands."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from hrcode._version import __version__
from hrcode.cli.commands import Program

app = typer.Typer(
    cls=Program,
    name="hrcode",
    help="Code qualitative interviews with a codebook, compare groups of participants, and show the words "
    "behind every number. Nothing leaves this machine.",
    epilog="Example: hrcode code transcripts/",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help pages: rich's frames leave the words half the width, and cost a tenth of a second.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    try:
        app(prog_name="hrcode")
    except OSError as error:  # outside of any command: of a help page, or of what is said of a wrong option
        from hrcode.cli.guard import COULD_NOT_RUN, say_unwritten  # a help page needs nothing of it

        say_unwritten(error)
        sys.exit(COULD_NOT_RUN)
