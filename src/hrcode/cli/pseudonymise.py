"""``hrcode pseudonymise`` and ``restore``: names out of transcripts, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.choices import choice
from hrcode.cli.formats import TextOrJson
from hrcode.cli.guard import guarded, say
from hrcode.cli.options import ParticipantsOption
from hrcode.cli.passphrase import ask_passphrase, open_key
from hrcode.wording import counted, noun

if TYPE_CHECKING:
    from hrcode.privacy.pseudonymise import Pseudonymised

EXAMPLE = "Example: hrcode pseudonymise transcripts --out shareable --key ../study.key"
RESTORE_EXAMPLE = "Example: hrcode restore shareable --key ../study.key --out transcripts_again"


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.command("pseudonymise", epilog=EXAMPLE)(guarded(_pseudonymise))
    app.command("restore", epilog=RESTORE_EXAMPLE)(guarded(_restore))


def _pseudonymise(
    paths: Annotated[list[str], typer.Argument(help="Transcript files, or folders of them.")],
    out: Annotated[str | None, typer.Option(help="New folder for the texts without names.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would be replaced; write nothing.")
    ] = False,
    names: Annotated[
        str | None, typer.Option(help="List of names, lines such as `person: Ruth; Ruthie`.")
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(help="Encrypted file that can bring the names back; an old one is continued."),
    ] = None,
    participants: ParticipantsOption = None,
    language: Annotated[
        str | None, typer.Option(help="Language of the texts.", show_default="study.yaml's, else en")
    ] = None,
    entities: Annotated[
        bool,
        typer.Option("--entities/--no-entities", help="Let the trained pipeline look for further names."),
    ] = True,
    format_: Annotated[
        TextOrJson, choice(TextOrJson, "--format", help="How --dry-run prints.")
    ] = TextOrJson.text,
) -> None:
    """Replace names, places, dates and numbers by pseudonyms that are the same in the whole study."""
    from hrcode.errors import PrivacyError
    from hrcode.privacy.folder import check_out, write_folder
    from hrcode.privacy.key import read_key, write_key
    from hrcode.privacy.study import pseudonymise_study
    from hrcode.study import find_settings

    if out is None and not dry_run:
        raise PrivacyError("Say where to write with --out, or see what would be replaced with --dry-run.")
    sources = [Path(path) for path in paths]
    key_file = Path(key) if key else None
    if out and not dry_run:
        check_out(Path(out), sources, key_file)
    old = bool(key_file and key_file.exists())
    passphrase = ask_passphrase(twice=not old) if key_file and (old or not dry_run) else ""
    settings = find_settings(paths, Path())
    table = participants or settings.participants
    done = pseudonymise_study(
        sources,
        participants=Path(table) if table else None,
        names=Path(names) if names else None,
        language=language or settings.language or "en",
        entities=entities,
        interviewers=settings.interviewers,
        key=read_key(key_file, passphrase) if key_file and old else None,
    )
    if dry_run:
        _list(done, format_)
        return
    assert out is not None
    if key_file:
        write_key(key_file, done.key, passphrase)
    write_folder(Path(out), done.files)
    _tell(done, out, key)


def _list(done: Pseudonymised, format_: TextOrJson) -> None:
    from hrcode.cli.render_privacy import render_replaced, replaced_json

    if format_ is TextOrJson.json:
        typer.echo(replaced_json(done.replaced))
    else:
        render_replaced(done.replaced)
    for note in done.notes:
        say(f"warning: {note}")


def _tell(done: Pseudonymised, out: str, key: str | None) -> None:
    for note in done.notes:
        say(f"warning: {note}")
    places = sum(one.count for one in done.replaced)
    say(f"Wrote {counted(len(done.files), 'file')} to {out}: {counted(places, 'place')} replaced.")
    if key:
        say(f"The key is {key}. Keep it, and its passphrase, away from the texts.")
    else:
        say("There is no key (--key): the names cannot be brought back from these files.")
    say("No program finds every name. Read the texts before you share them (docs/privacy.md).")


def _restore(
    folder: Annotated[str, typer.Argument(help="Folder that `hrcode pseudonymise` wrote.")],
    key: Annotated[str, typer.Option(help="Its key file.")],
    out: Annotated[str, typer.Option(help="New folder for the texts with names.")],
) -> None:
    """Bring the names back, with the key and its passphrase."""
    from hrcode.privacy.folder import check_out, list_files, write_folder
    from hrcode.privacy.restore import restore

    check_out(Path(out), [Path(folder)], None)
    files = list_files([Path(folder)])
    made = restore(files, open_key(Path(key)))
    write_folder(Path(out), made)
    say(f"Wrote {counted(len(made), 'file')} with {noun(len(made), 'its', 'their')} names to {out}.")
