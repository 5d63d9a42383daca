"""Expected failures become a message and an exit code; only bugs show a traceback."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

from hrcode.cli.interrupt import INTERRUPTED, tell_command
from hrcode.errors import HrcodeError

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2
_P = ParamSpec("_P")
# Escape and its like in a file's name or a transcript could move, colour or rename the user's terminal.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def guarded(command: Callable[_P, None]) -> Callable[_P, None]:
    """Wrap a command so that an expected failure exits with a message.

    Args:
        command (Callable): The command's function.

    Returns:
        Callable: The same, with exit code 2 for an `HrcodeError`, 130 for Ctrl-C, and a quiet end
        when the reader of the output has gone (``| head``).
    """

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            tell_command()
            command(*args, **kwargs)
            sys.stdout.flush()
        except HrcodeError as error:
            say_error(str(error))
            raise typer.Exit(COULD_NOT_RUN) from None
        except KeyboardInterrupt:
            say_error("stopped by you. Results on disk are those of the last complete run.")
            raise typer.Exit(INTERRUPTED) from None
        except MemoryError:
            say_error("out of memory; give hrcode fewer or smaller files at a time.")
            raise typer.Exit(COULD_NOT_RUN) from None
        except BrokenPipeError:
            # Whoever read the output has seen enough. Python would complain once more at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(CLEAN) from None
        except OSError as error:
            say_unwritten(error)
            raise typer.Exit(COULD_NOT_RUN) from None

    return run


def say_unwritten(error: OSError) -> None:
    """Say, where there is still somewhere to say it, that the output cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with contextlib.suppress(OSError):
        say_error(f"the output cannot be written ({error.strerror}).")


def harmless(text: str) -> str:
    """Give a text that only says something: control characters other than tab and line end are replaced.

    Args:
        text (str): What comes from outside.

    Returns:
        str: The same with U+FFFD for each of them.
    """
    return _STEERING.sub("\ufffd", text)


def say(message: str) -> None:
    """Print talk (not data) on stderr."""
    print(harmless(message), file=sys.stderr)


def say_error(message: str) -> None:
    """Print an error on stderr, in red where the terminal allows."""
    typer.secho("Error: ", fg="red", bold=True, err=True, nl=False, color=colour_for(sys.stderr.isatty()))
    say(message)


def colour_for(terminal: bool) -> bool | None:
    """Say whether to colour: never with NO_COLOR, else where there is a terminal."""
    return False if os.environ.get("NO_COLOR") or not terminal else None
