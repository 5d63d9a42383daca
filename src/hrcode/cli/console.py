"""The console that tables are printed on."""

from __future__ import annotations

from rich.console import Console


class OutputConsole(Console):
    """Stdout; a reader that has gone (``| head``) ends the output, not the command's success."""

    def __init__(self) -> None:
        super().__init__(highlight=False)

    def on_broken_pipe(self) -> None:
        """Let `hrcode.cli.guard.guarded` end quietly, where rich would exit with 1."""
        raise BrokenPipeError
