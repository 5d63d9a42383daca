"""Files as texts that can be rewritten: plain text of any kind, and Word documents."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from hrcode.errors import PrivacyError
from hrcode.files import read_text
from hrcode.privacy.word_files import read_word

Swap = tuple[int, int, str]
"""Start and end of a stretch, in code points, and what stands there instead."""


class Rewritable(NamedTuple):
    """A file's text, and how the file looks with other words in it.

    Args:
        text (str): The text.
        rewrite (Callable): From swaps, in order and not overlapping, to the bytes of the new file.
    """

    text: str
    rewrite: Callable[[Sequence[Swap]], bytes]


def swapped(text: str, swaps: Sequence[Swap]) -> str:
    """Replace stretches of a text.

    Args:
        text (str): The text.
        swaps (Sequence[Swap]): In order, not overlapping.

    Returns:
        str: The new text.
    """
    parts: list[str] = []
    done = 0
    for start, end, new in swaps:
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])


def _read_plain(path: Path) -> Rewritable:
    text = read_text(path, error=PrivacyError)
    mark = codecs.BOM_UTF8 if path.read_bytes().startswith(codecs.BOM_UTF8) else b""
    return Rewritable(text, lambda swaps: mark + swapped(text, swaps).encode("utf-8"))


def _read_docx(path: Path) -> Rewritable:
    return Rewritable(*read_word(path))


READERS: dict[str, Callable[[Path], Rewritable]] = {
    **dict.fromkeys([".txt", ".md", ".vtt", ".srt", ".csv", ".tsv"], _read_plain),
    ".docx": _read_docx,
}


def open_text(path: Path) -> Rewritable:
    """Open a file whose words are to be replaced.

    Args:
        path (Path): A file of one of the `READERS`' formats.

    Returns:
        Rewritable: Its text, and how to write it.

    Raises:
        PrivacyError: When the format is another one or the file cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise PrivacyError(
            f"{path}: {path.suffix or 'such'} files cannot be rewritten. Save it as .docx or .txt; "
            f"formats: {', '.join(READERS)}."
        )
    return reader(path)
