"""``hrcode codebook convert``: other tools' codebooks to hrcode's, and back."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hrcode.cli.choices import choice
from hrcode.cli.guard import FINDINGS, guarded, say
from hrcode.wording import counted

EXAMPLE = "Example: hrcode codebook convert nvivo.qdc codebooks/mine.yaml"


class BookFormat(StrEnum):
    """The kinds of codebooks; the same names as in `hrcode.exchange.codebooks.FORMATS`."""

    hrcode = "hrcode"
    refi = "refi"
    quanteda = "quanteda"
    liwc = "liwc"
    wordstat = "wordstat"
    taguette = "taguette"
    codes = "codes"
    workbook = "workbook"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("convert", epilog=EXAMPLE)(guarded(_convert))


def _convert(
    source: Annotated[str, typer.Argument(metavar="IN", help="Codebook file to read.")],
    target: Annotated[str, typer.Argument(metavar="OUT", help="File to write; it must not be there yet.")],
    from_: Annotated[
        BookFormat | None,
        choice(
            BookFormat,
            "--from",
            what="format",
            help="Format of IN.",
            show_default="by its ending and content",
        ),
    ] = None,
    to: Annotated[
        BookFormat | None,
        choice(BookFormat, "--to", what="format", help="Format of OUT.", show_default="by its ending"),
    ] = None,
) -> None:
    """Convert other tools' codebooks to hrcode's, or back.

    Says what was dropped, a line for every kind. Exit 1 when anything was.
    """
    from hrcode.errors import CodebookError
    from hrcode.exchange.codebooks.convert import convert_codebook
    from hrcode.exchange.codebooks.held import loss_lines
    from hrcode.writing import replace_files

    out = Path(target)
    if out.exists():
        raise CodebookError(f"{out}: is there already; name another file.")
    done = convert_codebook(Path(source), out, from_.value if from_ else "", to.value if to else "")
    replace_files(out.parent, {out.name: done.content}, error=CodebookError)
    for line in loss_lines(done.losses):
        say(line)
    say(f"Wrote {out} ({done.target}, {counted(done.codes, 'code')}, from {done.source}).")
    if done.losses:
        raise typer.Exit(FINDINGS)
