"""``hrcode cache``: what earlier runs left so that nothing is coded twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.commands import Group
from hrcode.cli.formats import TextOrJson
from hrcode.cli.guard import guarded, say
from hrcode.cli.options import TextOrJsonOption
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.coding.cache import Cache, CacheInfo

group = typer.Typer(
    cls=Group,
    help="What earlier runs left, so that nothing is coded twice.",
    epilog="Example: hrcode cache info",
    no_args_is_help=True,
)
CacheOption = Annotated[
    str | None, typer.Option("--cache", help="Folder of the cache.", show_default="your own cache folder")
]


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.add_typer(group, name="cache")


def open_cache(folder: str | None) -> Cache:
    """Open a cache: that in a folder, by default the user's own."""
    from hrcode.coding.cache import Cache, cache_folder

    return Cache(Path(folder) if folder else cache_folder())


@group.command("info", epilog="Example: hrcode cache info --format json")
@guarded
def _info(folder: CacheOption = None, format_: TextOrJsonOption = TextOrJson.text) -> None:
    """Say where the cache is and how much it holds."""
    _print(open_cache(folder).info(), format_)


@group.command("clear", epilog="Example: hrcode cache clear")
@guarded
def _clear(folder: CacheOption = None) -> None:
    """Remove what the cache holds; the next run codes everything again."""
    held = open_cache(folder).clear()
    say(f"Removed {counted(held.entries, 'entry')} ({_megabytes(held.bytes)}) from {held.folder}")


def _print(info: CacheInfo, format_: TextOrJson) -> None:
    if format_ is TextOrJson.json:
        typer.echo(json.dumps(info._asdict()))
        return
    typer.echo(f"Folder   {info.folder}")
    typer.echo(
        f"Holds    {counted(info.entries, 'transcript')}, {_megabytes(info.bytes)} of {_megabytes(info.most)}"
    )


def _megabytes(number: int) -> str:
    return f"{number / 1e6:,.1f} MB" if number >= 1e6 else f"{number / 1e3:,.1f} kB"
