"""``hrcode leak-scan``: known names and identifiers that still stand in what is to be shared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrcode.cli.formats import TextOrJson
from hrcode.cli.guard import FINDINGS, guarded, say
from hrcode.cli.options import TextOrJsonOption
from hrcode.cli.passphrase import open_key
from hrcode.wording import counted

EXAMPLE = "Example: hrcode leak-scan results --participants private/participants.csv"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("leak-scan", epilog=EXAMPLE)(guarded(_leak_scan))


def _leak_scan(
    paths: Annotated[list[str], typer.Argument(help="Files or folders that are to be shared.")],
    participants: Annotated[
        str | None, typer.Option(help="Participants table (CSV) with names in a column `name` or `names`.")
    ] = None,
    names: Annotated[
        str | None, typer.Option(help="List of names, lines such as `person: Ruth; Ruthie`.")
    ] = None,
    key: Annotated[str | None, typer.Option(help="Key file of `hrcode pseudonymise`.")] = None,
    format_: TextOrJsonOption = TextOrJson.text,
) -> None:
    """Say where a known name, an e-mail address, a phone or a personal number still stands.

    Exit 1 when one does, or when a file cannot be searched. Names are shown masked.
    """
    from hrcode.cli.render_privacy import leaks_json, render_leaks
    from hrcode.errors import PrivacyError
    from hrcode.privacy.folder import list_files
    from hrcode.privacy.leaks import find_leaks, known_from_key
    from hrcode.privacy.study import known_names

    if not (participants or names or key):
        raise PrivacyError("Say which names to look for, with --participants, --names or --key.")
    known = known_names(Path(participants) if participants else None, Path(names) if names else None)
    if key:
        known += known_from_key(open_key(Path(key)))
    if not known:
        raise PrivacyError("No names are known: the table needs a column `name` or `names`.")
    files = list_files([Path(path) for path in paths], readme=True)
    leaks = find_leaks(files, known)
    typer.echo(leaks_json(leaks), nl=True) if format_ is TextOrJson.json else render_leaks(leaks)
    names = counted(len(known), "person or thing", "people and things")
    say(f"{counted(len(files), 'file')} searched for {names}: {counted(len(leaks), 'finding')}.")
    if leaks:
        raise typer.Exit(FINDINGS)
