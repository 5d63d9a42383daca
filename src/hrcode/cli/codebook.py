"""``hrcode codebook``: look at a codebook, and guard it."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli import codebook_convert, codebook_diff, codebook_test
from hrcode.cli.choices import choice
from hrcode.cli.commands import Group
from hrcode.cli.formats import TextOrJson
from hrcode.cli.guard import COULD_NOT_RUN, FINDINGS, guarded, say, say_error
from hrcode.cli.options import TextOrJsonOption
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.errors import Fault

group = typer.Typer(
    cls=Group,
    help="Look at a codebook, and check it.",
    epilog="Example: hrcode codebook validate codebooks/",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.add_typer(group, name="codebook")


class FaultFormat(StrEnum):
    """How faults are printed."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"
    junit = "junit"


@group.command("validate", epilog="Example: hrcode codebook validate codebooks/ --strict --format github")
@guarded
def _validate(
    paths: Annotated[list[str], typer.Argument(help="Codebook files, folders of them, or built-in names.")],
    format_: Annotated[
        FaultFormat, choice(FaultFormat, "--format", help="How faults are printed.")
    ] = FaultFormat.text,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as faults.")] = False,
) -> None:
    """Check codebooks: every fault at once, with line and column. Exit 1 when there are any."""
    from hrcode.checks.validate import check_codebook
    from hrcode.codebook.find import codebook_files
    from hrcode.errors import CodebookError
    from hrcode.exchange.faults import WRITERS

    files = [file for path in paths for file in codebook_files(path)]
    faults: list[Fault] = []
    unreadable = 0
    for file in files:
        try:
            faults.extend(check_codebook(file))
        except CodebookError as error:
            say_error(str(error))
            unreadable += 1
    typer.echo(WRITERS[format_.value](faults), nl=False)
    errors = sum(fault.level == "error" for fault in faults)
    warnings = sum(fault.level == "warning" for fault in faults)
    if read := len(files) - unreadable:
        say(f"{counted(read, 'codebook')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}")
    if unreadable:
        raise typer.Exit(COULD_NOT_RUN)
    if errors or (strict and warnings):
        raise typer.Exit(FINDINGS)


@group.command("show", epilog="Example: hrcode codebook show harm_reduction")
@guarded
def _show(
    codebook: Annotated[str, typer.Argument(help="Codebook file, or the name of a built-in one.")],
    format_: TextOrJsonOption = TextOrJson.text,
) -> None:
    """Print a codebook: categories, subcategories, definitions and indicators."""
    from hrcode.codebook.load import load_codebook
    from hrcode.codebook.outline import outline

    book = load_codebook(Path(codebook) if Path(codebook).exists() else codebook)
    if format_ is TextOrJson.json:
        typer.echo(json.dumps(outline(book), ensure_ascii=False, indent=1))
    else:
        from hrcode.cli.render import render_codebook

        render_codebook(book)


@group.command("new", epilog="Example: hrcode codebook new codebooks/mine.yaml")
@guarded
def _new(file: Annotated[str, typer.Argument(help="File to write; it must not be there yet.")]) -> None:
    """Write a commented codebook to begin with."""
    from hrcode.codebook.template import TEMPLATE
    from hrcode.errors import CodebookError
    from hrcode.writing import replace_files

    path = Path(file)
    if path.exists():
        raise CodebookError(f"{path}: is there already; name another file.")
    name = re.sub(r"[^a-z0-9_-]+", "_", path.stem.lower()).strip("_-") or "codebook"
    name = name if name[0].isalpha() else f"codebook_{name}"
    text = TEMPLATE.format(id=name, file=path)
    replace_files(path.parent, {path.name: text}, error=CodebookError)
    say(f"Wrote {path}. Next: hrcode codebook test {path}")


@group.command("schema", epilog="Example: hrcode codebook schema > codebook.schema.json")
@guarded
def _schema() -> None:
    """Print the JSON Schema of codebooks, for editors."""
    from hrcode.codebook.json_schema import codebook_schema

    typer.echo(json.dumps(codebook_schema(), indent=2))


codebook_test.register(group)
codebook_diff.register(group)
codebook_convert.register(group)
