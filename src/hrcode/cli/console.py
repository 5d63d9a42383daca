"""The console that tables are printed on."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from hrcode.cli.guard import harmless
from hrcode.cli.plain import MIN_WIDTH


class OutputConsole(Console):
    """Stdout; a reader that has gone (``| head``) ends the output, not the command's success.

    On a narrower terminal than `MIN_WIDTH` lines wrap, but no number is left out.
    """

    def __init__(self) -> None:
        super().__init__(highlight=False)
        if self.width < MIN_WIDTH:
            self.width = MIN_WIDTH

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Render, with a sign in place of characters that would steer the terminal (see `harmless`)."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=harmless(segment.text))

    def on_broken_pipe(self) -> None:
        """Let `hrcode.cli.guard.guarded` end quietly, where rich would exit with 1."""
        raise BrokenPipeError
