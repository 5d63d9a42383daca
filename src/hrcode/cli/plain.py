"""Plain lines that fit the terminal, where a table would be too much."""

from __future__ import annotations

import shutil
import textwrap

import typer

from hrcode.cli.guard import harmless, say

MIN_WIDTH = 72


def terminal_width() -> int:
    """Give the columns of the terminal, 80 where there is none; never less than `MIN_WIDTH`."""
    return max(MIN_WIDTH, shutil.get_terminal_size((80, 24)).columns)


def print_filled(text: str, first: str = "", rest: str = "") -> None:
    """Print a paragraph as wide as the terminal; words longer than that are cut.

    Args:
        text (str): The paragraph.
        first (str): What stands before its first line.
        rest (str): What stands before all others; by default as many blanks.
    """
    typer.echo(harmless(_filled(text, first, rest or " " * len(first)) or first.rstrip()))


def say_filled(text: str) -> None:
    """Print talk on stderr, as wide as the terminal (see `print_filled`)."""
    say(_filled(text))


def _filled(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, terminal_width(), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
