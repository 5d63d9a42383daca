"""The commands by name; the file of one is imported when that one is asked for.

Importing all of them, and reading all their options, would take as long as many a command itself.
"""

from __future__ import annotations

import importlib
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

# The file in `hrcode.cli` that registers a command, and the first sentence of its help. That is said here
# once more, so that the list of commands imports none of them; tests/test_cli.py holds the two together.
COMMANDS = {
    "init": (
        "init",
        "Make a study of a heap of files: guess its settings, and write them down for you to correct.",
    ),
    "code": ("code", "Code transcripts with a codebook and compare the groups."),
    "participants": (
        "participants",
        "Describe the participants: how many of which kind, how old, and who breaks an inclusion rule.",
    ),
    "compare": ("compare", "Compare groups of participants by category and subcategory."),
    "quotes": ("quotes", "Show the coded segments with the words that caused each coding."),
    "kwic": ("kwic", "Show a phrase wherever participants say it, coded or not."),
    "matrix": ("matrix", "Show a table with a row for every participant and a column for every code."),
    "cooccur": ("cooccur", "Show which codes come together, and in how many people."),
    "keywords": (
        "keywords",
        "Show the words that each group uses more than the others, if enough of its people do.",
    ),
    "uncoded": ("uncoded", "Show what the codebook leaves uncoded."),
    "coverage": (
        "coverage",
        "Show how many of the codebook's subcategories are observed, interview by interview.",
    ),
    "report": ("report", "Write one HTML page: comparison, quotes, transcripts, codebook, methods."),
    "claims": ("claims", "Check whether findings hold: each is answered with figures and quotes."),
    "export": (
        "export",
        "Write all tables of a study, with a data dictionary, for spreadsheets, R, SPSS and articles.",
    ),
    "excerpt": (
        "excerpt",
        "Write the part of an archive's results that a filter leaves, so that every command reads it.",
    ),
    "explain": ("explain", "Say what fires in a sentence, what nearly fires, and why not."),
    "pseudonymise": (
        "pseudonymise",
        "Replace names, places, dates and numbers by pseudonyms that are the same in the whole study.",
    ),
    "restore": ("pseudonymise", "Bring the names back, with the key and its passphrase."),
    "leak-scan": (
        "leak_scan",
        "Say where a known name, an e-mail address, a phone or a personal number still stands.",
    ),
    "cache": ("cache", "What earlier runs left, so that nothing is coded twice."),
    "codebook": ("codebook", "Look at a codebook, and check it."),
    "transcripts": (
        "transcripts",
        "See what hrcode understands of transcripts: speakers, turns, languages.",
    ),
    "plot": ("plot", "Draw figures for an article: SVG, PDF or PNG."),
}


class Group(TyperGroup):
    """Commands under one name; their list says the first sentence of each, however long."""

    def get_params(self, ctx: Any) -> Any:
        """Give the options, all of them flags: one that is not used is ``False``, never ``None``.

        Typer has pydantic check a ``None``, and importing that takes as long as a whole help page.
        """
        params = super().get_params(ctx)
        for param in params:
            param.default = param.default or False
        return params

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands into a help page."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence(command)) for name, command in self.commands.items()])


class Program(Group):
    """All commands; what has not been asked for is only a name and a sentence."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, (_, text) in COMMANDS.items():
            self.add_command(TyperCommand(name, short_help=text))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Put the command that the arguments begin with in the place of its name."""
        if args[0] in COMMANDS:
            self.add_command(load_command(args[0]))
        return super().resolve_command(ctx, args)


def load_command(name: str) -> Any:
    """Import a command, or a group of commands.

    Args:
        name (str): Its name, one of `COMMANDS`.

    Returns:
        Any: The command, as Typer makes it.
    """
    home, _ = COMMANDS[name]
    app = typer.Typer(rich_markup_mode=None)
    importlib.import_module(f"hrcode.cli.{home}").register(app)
    return get_group(app).commands[name]


def sentence(command: Any) -> str:
    """Give the first sentence of a command's help."""
    return str(command.get_short_help_str(limit=1000))
