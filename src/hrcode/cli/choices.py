"""Options that take one word of a few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import typer

from hrcode.cli.guard import COULD_NOT_RUN, say_error
from hrcode.hints import no_such


def choice(words: Iterable[str], option: str, *, what: str = "", **more: Any) -> Any:
    """Describe an option that takes one word of a few; another one is refused like any wrong name.

    Args:
        words (Iterable[str]): The words, such as a `StrEnum`.
        option (str): The option as it is typed, such as ``--format``.
        what (str): What the words name, if the option has another name.
        **more (Any): What `typer.Option` takes besides, such as ``help``.

    Returns:
        Any: What `typer.Option` gives.
    """
    known = {str(word): word for word in words}

    def parse(word: str) -> str:
        if word not in known:
            say_error(no_such(what or option.lstrip("-"), word, known))
            raise typer.Exit(COULD_NOT_RUN)
        return known[word]

    def complete(incomplete: str) -> list[str]:
        return [word for word in known if word.startswith(incomplete)]

    return typer.Option(option, parser=parse, metavar=f"<{'|'.join(known)}>", autocompletion=complete, **more)
