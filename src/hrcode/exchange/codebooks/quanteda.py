"""quanteda's dictionaries in YAML: keys, with keys below them or lists of words.

https://quanteda.io: words are patterns of the kind "glob", phrases have blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hrcode.errors import CodebookError
from hrcode.exchange.codebooks.complete import complete
from hrcode.exchange.codebooks.held import not_held
from hrcode.exchange.codebooks.limits import MAX_BYTES
from hrcode.exchange.codebooks.model import Book, Entry, Loss
from hrcode.exchange.codebooks.yaml_text import Value, to_yaml
from hrcode.files import read_text
from hrcode.yamltext import Node, parse_yaml


def read_quanteda(path: Path) -> Book:
    """Read a dictionary.

    Args:
        path (Path): The file.

    Returns:
        Book: Its keys.

    Raises:
        CodebookError: When it is no YAML, or no mapping of keys to words.
    """
    root, faults = parse_yaml(read_text(path, error=CodebookError, max_bytes=MAX_BYTES), str(path))
    if faults:
        raise CodebookError(f"{path}: cannot be read as YAML:", faults)
    if root is None or not root.fields:
        raise CodebookError(f"{path}: is no dictionary of quanteda: keys with lists of words are expected.")
    return complete(_keys(root, (), str(path)), [], str(path))


def _keys(node: Node, parents: tuple[str, ...], where: str) -> Iterator[Entry]:
    for key, value in node.fields.items():
        words: list[str] = []
        below: list[Node] = []
        for item in value.items or [value]:
            if isinstance(item.value, list):
                if item.items:
                    raise CodebookError(f"{where}:{item.line}: has a list in a list; write words or keys.")
            elif isinstance(item.value, dict):
                below.append(item)
            elif item.value is not None:
                words.append(item.raw)
        path = (*parents, " ".join(key.split()) or "unnamed")
        yield Entry(path[-1], parents, words=tuple(words), codable=bool(words) or not below)
        for item in below:
            yield from _keys(item, path, where)


def write_quanteda(book: Book) -> tuple[str, list[Loss]]:
    """Write a dictionary.

    Args:
        book (Book): The codebook.

    Returns:
        tuple[str, list[Loss]]: YAML, and what it cannot hold.
    """
    whole: dict[str, Value] = {}
    items: dict[tuple[str, ...], list[Value]] = {}
    below: dict[tuple[str, ...], dict[str, Value]] = {(): whole}
    for entry in book.entries:
        if entry.parents not in below:
            below[entry.parents] = {}
            items[entry.parents].append(below[entry.parents])
        items[entry.path] = [*entry.words]
        below[entry.parents][entry.label] = items[entry.path]
    return to_yaml(_plain(whole)), not_held(book, {"words"})


def _plain(tree: dict[str, Value]) -> dict[str, Value]:
    """Write keys that have only keys below them without a list around these."""
    found: dict[str, Value] = {}
    for key, own in tree.items():
        parts: list[Value] = [
            _plain(part) if isinstance(part, dict) else part
            for part in (own if isinstance(own, list) else [])
        ]
        found[key] = parts[0] if len(parts) == 1 and isinstance(parts[0], dict) else parts
    return found
