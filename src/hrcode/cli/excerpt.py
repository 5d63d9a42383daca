"""``hrcode excerpt``: a part of a large archive's results, as results of its own."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from hrcode.cli.guard import guarded, say
from hrcode.cli.options import ResultsArgument
from hrcode.wording import counted

EXAMPLE = 'Example: hrcode excerpt results --where "wave=1, town=north" --out north'


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("excerpt", epilog=EXAMPLE)(guarded(_excerpt))


def _excerpt(
    where: Annotated[
        str,
        typer.Option(help='What holds of people or transcripts: "years>5, kind!=pair".', show_default=False),
    ],
    out: Annotated[str, typer.Option(help="Folder for the part.", show_default=False)],
    results: ResultsArgument = "results",
) -> None:
    """Write the part of an archive's results that a filter leaves, so that every command reads it.

    It holds whole transcripts: those in which the filter holds of somebody who speaks.
    """
    from hrcode.archive.coded.excerpt import excerpt
    from hrcode.errors import ResultsError
    from hrcode.exchange.results import write_results
    from hrcode.exchange.results_folder import check_target

    if Path(out).resolve() == Path(results).resolve():
        raise ResultsError(f"{out}: is what the part is taken from. Choose another --out.")
    check_target(out)
    coded = excerpt(results, where)
    written = write_results(coded, out)
    counts = {
        "transcript": coded.transcripts,
        "participant": coded.participants,
        "segment": coded.segments,
        "coding": coded.codings,
    }
    say(", ".join(counted(len(found), what) for what, found in counts.items()))
    say(f"Wrote {out}/: {', '.join(path.name for path in written)}")
    say(f"Next: hrcode report {shlex.quote(out)}")
