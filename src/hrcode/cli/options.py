"""Options that several commands share, so that they mean and say the same everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

CodebookOption = Annotated[
    str | None,
    typer.Option(
        help="Codebook file, or the name of a built-in one.",
        show_default="study.yaml's, else codebooks/'s only one, else harm_reduction",
    ),
]
ParticipantsOption = Annotated[
    str | None,
    typer.Option(help="Participants table (CSV).", show_default="participants.csv beside the transcripts"),
]
