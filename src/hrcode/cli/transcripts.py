"""``hrcode transcripts``: what was understood of the transcripts, before anything is coded."""

from __future__ import annotations

from typing import Annotated

import typer

from hrcode.cli.commands import Group
from hrcode.cli.formats import TextOrJson
from hrcode.cli.guard import COULD_NOT_RUN, FINDINGS, guarded
from hrcode.cli.material import check_material, survey_material
from hrcode.cli.options import ParticipantsOption, TextOrJsonOption

CHECK_EXAMPLE = "Example: hrcode transcripts check transcripts/"
SHOW_EXAMPLE = "Example: hrcode transcripts show transcripts/S1.txt"

group = typer.Typer(
    cls=Group,
    help="See what hrcode understands of transcripts: speakers, turns, languages.",
    epilog=CHECK_EXAMPLE,
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.add_typer(group, name="transcripts")


def _check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Transcript files, or folders of them.", show_default="study.yaml's"),
    ] = None,
    participants: ParticipantsOption = None,
    format_: TextOrJsonOption = TextOrJson.text,
) -> None:
    """Say what was understood of each transcript, and what is odd.

    Exit 1 when something is odd, 2 when a file cannot be read.
    """
    from hrcode.cli.progress import progress_bar

    with progress_bar("Reading") as done:
        checked = check_material(paths or [], participants, done)
    if format_ is TextOrJson.json:
        from hrcode.exchange.descriptions import descriptions_json

        typer.echo(descriptions_json(checked.descriptions, checked.findings), nl=False)
    else:
        from hrcode.cli.render_transcripts import render_check

        render_check(checked)
    if checked.findings:
        raise typer.Exit(COULD_NOT_RUN if checked.unread else FINDINGS)


def _show(
    paths: Annotated[list[str], typer.Argument(help="Transcript files, or folders of them.")],
    participants: ParticipantsOption = None,
) -> None:
    """Print the turns as hrcode understands them: place, speaker, who that is, and the words."""
    from hrcode.cli.render_transcripts import render_turns
    from hrcode.errors import TranscriptError
    from hrcode.transcripts.participants import unquoted

    survey = survey_material(paths, participants)
    for transcript in survey.transcripts:
        render_turns(transcript, unquoted(survey.participants))
    if survey.faults:
        raise TranscriptError("Not everything could be understood:", survey.faults)


group.command("check", epilog=CHECK_EXAMPLE)(guarded(_check))
group.command("show", epilog=SHOW_EXAMPLE)(guarded(_show))
