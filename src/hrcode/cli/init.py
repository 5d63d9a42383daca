"""``hrcode init``: a study folder from a heap of files."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.guard import FINDINGS, guarded, say
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.start.init import Started

EXAMPLE = "Example: hrcode init my-study --from interviews/"


def _init(
    folder: Annotated[
        str, typer.Argument(help="The folder that holds the transcripts; with --from, a new one.")
    ],
    source: Annotated[
        str | None,
        typer.Option("--from", help="Folder whose transcripts are copied.", show_default=False),
    ] = None,
    codebook: Annotated[
        str | None,
        typer.Option(
            help="Codebook file, or the name of a built-in one.",
            show_default="codebooks/'s only one, else a commented one to begin with",
        ),
    ] = None,
) -> None:
    """Make a study of a heap of files: guess its settings, and write them down for you to correct.

    Nothing is overwritten, moved or changed. Exit 1 when a file cannot be used as it is.
    """
    from hrcode.cli.progress import progress_bar
    from hrcode.start.init import init_study

    with progress_bar("Reading") as done:
        started = init_study(folder, source=source, codebook=codebook, done=done)
    from hrcode.cli.render_init import render_started

    render_started(started)
    _say_what_next(started)
    if started.left:
        raise typer.Exit(FINDINGS)


def _say_what_next(started: Started) -> None:
    copied = f", and {counted(len(started.copied), 'file')} copied" if started.copied else ""
    say(f"\nWrote {started.folder}/: {', '.join(started.written)}{copied}")
    enter = "" if str(started.folder) == "." else f"cd {shlex.quote(str(started.folder))}; "
    say("Next: read study.yaml and participants.csv there, and correct what was guessed. Then:")
    say(f"  {enter}hrcode transcripts check")
    say("  hrcode code")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init", epilog=EXAMPLE)(guarded(_init))
