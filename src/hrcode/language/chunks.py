"""The pieces of a text between blanks, each of which is looked at once, however often it is said.

No word reaches over a blank, so the words of a text are those of its pieces, one after the other. A
piece is kept as it is written, capitals, accents and punctuation included: nothing is folded before
it is cut, so nothing can be missed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_LIMIT = 200_000
_LONGEST = 60


def chunks(text: str) -> list[str]:
    """Cut a text at its blanks.

    What a transcriber's mark begins with is taken for a blank. So the mark's own words are among the
    pieces (too much is found, never too little), and no piece can be taken for a mark.

    Args:
        text (str): Any text.

    Returns:
        list[str]: The pieces, in which all words of the text are, in order.
    """
    if "[" in text or "<" in text:
        text = text.replace("[", " ").replace("<", " ")
    return text.split()


class Known(dict[str, _T]):
    """What a function says of pieces of text, remembered; bounded in number and length.

    Args:
        look_up (Callable[[str], T]): The function.
    """

    def __init__(self, look_up: Callable[[str], _T]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, piece: str) -> _T:
        """Ask the function of a piece that is new."""
        found = self._look_up(piece)
        if len(piece) <= _LONGEST:
            if len(self) >= _LIMIT:
                self.clear()
            self[piece] = found
        return found
