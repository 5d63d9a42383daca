"""``hrcode codebook diff``: what a change of the codebook changes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.formats import TextOrJson
from hrcode.cli.guard import FINDINGS, guarded
from hrcode.cli.material import load_material
from hrcode.cli.options import ParticipantsOption, TextOrJsonOption
from hrcode.cli.plain import print_filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hrcode.checks.diff import CellChange, Change, CodingChange

EXAMPLE = "Example: hrcode codebook diff codebooks/mine.yaml@v1 codebooks/mine.yaml --on transcripts/"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("diff", epilog=EXAMPLE)(guarded(_diff))


def _diff(
    old: Annotated[str, typer.Argument(help="Codebook file, name, or FILE@REVISION of a git repository.")],
    new: Annotated[str, typer.Argument(help="The same, as it is now.")],
    on: Annotated[
        list[str] | None, typer.Option(help="Transcripts to code with both.", show_default=False)
    ] = None,
    participants: ParticipantsOption = None,
    group_by: Annotated[str, typer.Option(help="Participant attribute that makes the groups.")] = "group",
    format_: TextOrJsonOption = TextOrJson.text,
) -> None:
    """Say what changed in a codebook, and what that changes in the codings. Exit 1 when anything did."""
    from hrcode.checks.diff import diff_codebooks, diff_codings
    from hrcode.codebook.load import load_all
    from hrcode.codebook.revision import load_revision

    before, after = load_all((old, new), load_revision)
    changes = diff_codebooks(before, after)
    codings: list[CodingChange] = []
    cells: list[CellChange] = []
    if on:
        codings, cells = diff_codings(before, after, load_material(on, participants), group_by)
    if format_ is TextOrJson.json:
        found = {
            "codebook": [asdict(row) for row in changes],
            "codings": [asdict(row) for row in codings],
            "cells": [asdict(row) for row in cells],
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(changes, codings, cells, coded=bool(on))
    if changes or codings:
        raise typer.Exit(FINDINGS)


def _print(
    changes: Sequence[Change], codings: Sequence[CodingChange], cells: Sequence[CellChange], *, coded: bool
) -> None:
    for change in changes:
        print_filled(f"{change.kind} {change.what}: {change.where}", rest="  ")
        if change.what == "indicator" and change.kind == "moved":
            print_filled(f"{change.old}: {change.new}", "  from ")
            continue
        if change.old:
            print_filled(change.old, "  - ")
        if change.new:
            print_filled(change.new, "  + ")
    if not changes:
        typer.echo("The codebooks say the same.")
    if not coded:
        return
    from hrcode.transcripts.participants import NOT_QUOTED

    for kind in ("gained", "lost", "moved"):
        for row in (row for row in codings if row.kind == kind):
            one = row.new or row.old
            if one is None:
                continue
            code = f"{one.category}/{one.subcategory}"
            if row.kind == "moved" and row.old:
                code = f"{row.old.category}/{row.old.subcategory} -> {code}"
            typer.echo("")
            print_filled(f"{code}  [{one.segment_id}; {one.indicator}]", f"{kind}: ", "  ")
            start, end = one.start - row.offset, one.end - row.offset
            said = row.text if row.text == NOT_QUOTED else _marked(row.text, start, end)
            print_filled(f"{one.participant}: {said}", "  ")
    counts = Counter(row.kind for row in codings)
    typer.echo(f"\nCodings: {counts['gained']} gained, {counts['lost']} lost, {counts['moved']} moved")
    for cell in cells:
        print_filled(
            f"{cell.code} ({cell.stance}) in {cell.group}: participants {cell.old[0]}/{cell.total} -> "
            f"{cell.new[0]}/{cell.total}, codings {cell.old[1]} -> {cell.new[1]}",
            rest="  ",
        )


def _marked(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[:start]}»{text[start:end]}«{text[end:]}".split())
