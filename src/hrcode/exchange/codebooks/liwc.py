"""LIWC's dictionaries (``.dic``): numbered categories between lines with ``%``, then words with numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from hrcode.errors import CodebookError
from hrcode.exchange.codebooks.complete import complete
from hrcode.exchange.codebooks.held import not_held
from hrcode.exchange.codebooks.limits import MAX_BYTES
from hrcode.exchange.codebooks.model import Book, Entry, Loss
from hrcode.files import read_text

_CATEGORY = re.compile(r"(\s*)(\d{1,9})\s+(\S.*)")


def read_liwc(path: Path) -> Book:
    """Read a dictionary; categories that are indented stand below the one before.

    Args:
        path (Path): The file.

    Returns:
        Book: Its categories.

    Raises:
        CodebookError: When the header is missing or cut short, or a word has an unknown number.
    """
    lines = read_text(path, error=CodebookError, max_bytes=MAX_BYTES).splitlines()
    marks = [i for i, line in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2 or any(line.strip() for line in lines[: marks[0]]):
        raise CodebookError(
            f"{path}: is no dictionary of LIWC: categories between two lines with % come first."
        )
    paths = _categories(lines[marks[0] + 1 : marks[1]], marks[0] + 2, path)
    words: dict[str, list[str]] = defaultdict(list)
    losses: list[Loss] = []
    for number, line in enumerate(lines[marks[1] + 1 :], marks[1] + 2):
        if not line.strip():
            continue
        parts = line.split()
        first = len(parts)
        while first and parts[first - 1].isascii() and parts[first - 1].isdigit():
            first -= 1
        if first in (0, len(parts)):
            losses.append(Loss("words with conditions, or without a category", line.strip()))
            continue
        for key in parts[first:]:
            if key.lstrip("0") not in paths:
                raise CodebookError(f"{path}:{number}: there is no category {key}; it is not in the header.")
            words[key.lstrip("0")].append(" ".join(parts[:first]))
    below = {own[:-1] for own in paths.values()}
    entries = [
        Entry(own[-1], own[:-1], words=tuple(words[key]), codable=bool(words[key]) or own not in below)
        for key, own in paths.items()
    ]
    return complete(entries, losses, str(path))


def _categories(lines: list[str], first: int, path: Path) -> dict[str, tuple[str, ...]]:
    """Give the path of labels of every number."""
    found: dict[str, tuple[str, ...]] = {}
    above: list[tuple[int, str]] = []
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        category = _CATEGORY.fullmatch(line.rstrip())
        if category is None:
            raise CodebookError(f"{path}:{number}: is no category; a number and a name are expected.")
        depth = len(category[1].expandtabs(4))
        while above and above[-1][0] >= depth:
            above.pop()
        above.append((depth, " ".join(category[3].split())))
        if category[2].lstrip("0") in found:
            raise CodebookError(f"{path}:{number}: the number {category[2]} stands twice.")
        found[category[2].lstrip("0")] = tuple(label for _, label in above)
    return found


def write_liwc(book: Book) -> tuple[str, list[Loss]]:
    """Write a dictionary.

    Args:
        book (Book): The codebook.

    Returns:
        tuple[str, list[Loss]]: The text, and what it cannot hold.
    """
    losses = not_held(book, {"words"})
    header: list[str] = []
    words: dict[str, list[str]] = defaultdict(list)
    for number, entry in enumerate(book.entries, 1):
        header.append("\t" * len(entry.parents) + f"{number}\t{entry.label}")
        for word in entry.words:
            if "*" in word[:-1] or word.split()[-1].isdigit():
                losses.append(Loss("words with a wildcard that is not at the end, or with numbers", word))
            else:
                words[word].append(str(number))
    lines = ["%", *header, "%", *("\t".join([word, *numbers]) for word, numbers in words.items())]
    return "\n".join(lines) + "\n", losses
