"""Options that take one word of a few, or a number."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import typer

from hrcode.cli.guard import COULD_NOT_RUN, say_error
from hrcode.hints import no_such

_SHOWN = 40


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


def whole(option: str, *, least: float = -math.inf, **more: Any) -> Any:
    """Describe an option that takes a whole number; what is none is refused in plain words.

    Args:
        option (str): The option as it is typed, such as ``--limit``.
        least (float): The smallest number.
        **more (Any): What `typer.Option` takes besides, such as ``help``.

    Returns:
        Any: What `typer.Option` gives.
    """
    return _number(int, option, "a whole number", least, math.inf, metavar="N", **more)


def decimal(option: str, *, least: float = -math.inf, most: float = math.inf, **more: Any) -> Any:
    """Describe an option that takes a number with decimals, up to ``most`` (see `whole`)."""
    return _number(float, option, "a number", least, most, metavar="NUMBER", **more)


def _number(
    kind: Callable[[str], float], option: str, wanted: str, least: float, most: float, **more: Any
) -> Any:
    if least > -math.inf:
        wanted += f" from {least}" + (f" to {most}" if most < math.inf else " up")

    def parse(text: str) -> float:
        try:
            number = kind(text)
        except ValueError:
            number = math.nan
        if least <= number <= most and -math.inf < number < math.inf:
            return number
        say_error(f"{option} takes {wanted}, not {str(text)[:_SHOWN]!r}.")
        raise typer.Exit(COULD_NOT_RUN)

    return typer.Option(option, parser=parse, **more)
