"""The console that tables are printed on."""

from __future__ import annotations

from rich.console import Console

MIN_WIDTH = 72


class OutputConsole(Console):
    """Stdout; a reader that has gone (``| head``) ends the output, not the command's success.

    On a narrower terminal than `MIN_WIDTH` lines wrap, but no number is left out.
    """

    def __init__(self) -> None:
        super().__init__(highlight=False)
        if self.width < MIN_WIDTH:
            self.width = MIN_WIDTH

    def on_broken_pipe(self) -> None:
        """Let `hrcode.cli.guard.guarded` end quietly, where rich would exit with 1."""
        raise BrokenPipeError
