"""``hrcode participants``: the sample, as an article's methods section has it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.formats import Format, check_out, emit
from hrcode.cli.guard import guarded, say
from hrcode.cli.options import (
    ByOption,
    FormatOption,
    HideBelowOption,
    OutOption,
    ParticipantsOption,
    WhereOption,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hrcode.coding.model import Coded
    from hrcode.transcripts.model import Transcripts

EXAMPLE = (
    "Example: hrcode participants transcripts/ --by group --attributes gender,age,years --out sample.docx"
)


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("participants", epilog=EXAMPLE)(guarded(_participants))


def _participants(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Transcripts, or a folder that `hrcode code` wrote.",
            show_default="the study's transcripts, else results",
        ),
    ] = None,
    participants: ParticipantsOption = None,
    by: ByOption = None,
    where: WhereOption = None,
    attributes: Annotated[
        str | None,
        typer.Option(help="Attributes to describe, in this order: gender,age,years.", show_default="all"),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="A row for each participant instead.")] = False,
    hide_below: HideBelowOption = 0,
    format_: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """Describe the participants: how many of which kind, how old, and who breaks an inclusion rule.

    With --list, everybody with words, turns and transcripts.
    """
    from hrcode.analysis.people_list import list_participants
    from hrcode.analysis.sample import sample_table
    from hrcode.cli.render_participants import render_list, render_sample

    format_ = check_out(out, format_)
    source, group_by = _source(paths or [], participants, where)
    if list_:
        table = list_participants(source, by=by or group_by, where=where, hide_below=hide_below)
        emit(table, format_, out, lambda: render_list(table))
    else:
        names = [name.strip() for name in attributes.split(",")] if attributes else None
        table = sample_table(source, by=by or group_by, where=where, attributes=names, hide_below=hide_below)
        emit(table, format_, out, lambda: render_sample(table))


def _source(
    paths: Sequence[str], participants: str | None, where: str | None
) -> tuple[Transcripts | Coded, str | None]:
    """Give a run's results, or transcripts with the attribute that makes their groups."""
    from hrcode.cli.material import load_material
    from hrcode.errors import StudyError
    from hrcode.exchange.results import read_results
    from hrcode.exchange.results_folder import is_results
    from hrcode.study import find_settings, transcript_paths
    from hrcode.transcripts.sampling_warnings import RULES

    if len(paths) == 1 and is_results(Path(paths[0])):
        return read_results(paths[0], where=where), None
    settings = find_settings(paths, Path())
    try:
        transcripts = transcript_paths(settings, paths)
    except StudyError:  # none are named anywhere
        if not is_results(Path("results")):
            raise
        return read_results("results", where=where), None
    material = load_material(transcripts, participants)
    for warning in material.warnings:
        if warning.rule in RULES:
            say(str(warning))
    return material, settings.group_by or None
