"""Options that several commands share, so that they mean and say the same everywhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hrcode.cli.choices import choice, whole
from hrcode.cli.formats import Format, Layout, TextOrJson
from hrcode.cli.guard import COULD_NOT_RUN, say_error


class Count(StrEnum):
    """What n of N counts."""

    participant = "participant"
    event = "event"


CodebookOption = Annotated[
    str | None,
    typer.Option(
        help="Codebook file, or the name of a built-in one.",
        show_default="study.yaml's, else codebooks/'s only one, else harm_reduction",
    ),
]
ParticipantsOption = Annotated[
    str | None,
    typer.Option(
        help="Participants table (CSV, XLSX).", show_default="participants.csv beside the transcripts"
    ),
]


def check_results(folder: str) -> None:
    """Refuse, before any work, to read results from what is no results folder.

    Args:
        folder (str): What the user named.

    Raises:
        typer.Exit: When it is none; what it is, and what to do, has been said.
    """
    if Path(folder, "run.json").is_file():
        return
    from hrcode.exchange.no_results import no_results

    if reason := no_results(Path(folder)):
        say_error(reason)
        raise typer.Exit(COULD_NOT_RUN)


def _checked(context: typer.Context, folder: str) -> str:
    if not context.resilient_parsing:  # which only completes what is being typed
        check_results(folder)
    return folder


RESULTS = "Folder that `hrcode code` wrote."
ResultsArgument = Annotated[str, typer.Argument(help=RESULTS, callback=_checked)]
ByOption = Annotated[
    str | None,
    typer.Option(
        help="Attribute of people or transcripts that makes the groups, or up to three: service,wave.",
        show_default="as in the run",
    ),
]
WhereOption = Annotated[
    str | None,
    typer.Option(
        help='Only where this holds of people or transcripts: "years>5, kind!=pair".', show_default="all"
    ),
]
HideBelowOption = Annotated[
    int,
    whole(
        "--hide-below",
        help="Leave out groups of fewer participants than this, and hide smaller counts (docs/privacy.md).",
        show_default="show all",
    ),
]
HiddenByOption = Annotated[
    str | None,
    typer.Option(
        help="With --hide-below: attributes that make the groups, up to three: group,role,event.",
        show_default="as in the run",
    ),
]
CountOption = Annotated[
    Count,
    choice(Count, "--count", help="What is counted: people, or the events in which they speak together."),
]
LevelOption = Annotated[str | None, typer.Option(help="category, subcategory or total.", show_default="all")]
FormatOption = Annotated[
    Format, choice(Format, "--format", help="How it is printed; xlsx, docx and parquet need --out.")
]
TextOrJsonOption = Annotated[
    TextOrJson, choice(TextOrJson, "--format", help="How it is printed: for people, or for programs.")
]
LayoutOption = Annotated[
    Layout,
    choice(
        Layout,
        "--layout",
        help="With --format or --out. tidy: for programs; readable: as an article prints it.",
    ),
]
OutOption = Annotated[
    str | None,
    typer.Option(
        help="File to write instead of printing; its ending decides without --format.", show_default=False
    ),
]
