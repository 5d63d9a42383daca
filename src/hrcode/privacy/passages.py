"""Any file as passages of text: what a reader of an export could see, and where."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from hrcode.errors import PrivacyError
from hrcode.privacy.word_files import MAX_UNPACKED, Parts, parse_xml
from hrcode.zips import unpack

MAX_IN_ALL = 1_000_000_000
"""Bytes of a file unpacked, with the archives that are in it."""
MAX_DEPTH = 5
"""Of archives within archives."""
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Passage(NamedTuple):
    """A piece of text and where it stands.

    Args:
        place (str): Such as ``line 7``, ``paragraph 3`` or ``Sheet1!B2``.
        text (str): The text, split runs and split tags joined.
    """

    place: str
    text: str


def _lines(data: bytes, name: str) -> Iterator[Passage]:
    for number, line in enumerate(_decoded(data, name).split("\n"), start=1):
        yield Passage(f"line {number}", line)


def _json_lines(data: bytes, name: str) -> Iterator[Passage]:
    for place, line in _lines(data, name):
        yield Passage(place, _ESCAPE.sub(lambda match: chr(int(match[1], 16)), line).replace("\\n", "\n"))


def _markup(data: bytes, name: str) -> Iterator[Passage]:
    """Give each line as it stands, with attributes, and as it is read, without tags."""
    for place, line in _lines(data, name):
        yield Passage(place, html.unescape(line))
        if (bare := html.unescape(_TAG.sub("", line))) != line:
            yield Passage(place, bare)


def _decoded(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise PrivacyError(f"{name}: is no text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


class _Room:
    """How much may still be unpacked: archives hold archives, and all of them count."""

    def __init__(self) -> None:
        self.left = MAX_IN_ALL
        self.depth = 0

    def unpack(self, data: bytes, name: str) -> Parts:
        parts = unpack(data, name, PrivacyError, max_bytes=min(self.left, MAX_UNPACKED))
        self.left -= sum(map(len, parts.values()))
        return parts


def _office(data: bytes, name: str, room: _Room) -> Iterator[Passage]:
    """Give the paragraphs and attributes of every part of an Office file, and the cells of its sheets."""
    parts = room.unpack(data, name)
    shared = _shared_strings(parts, name)
    for part, content in parts.items():
        suffix = PurePosixPath(part).suffix
        if suffix not in (".xml", ".rels"):
            if suffix in TEXTS or suffix in PACKAGES:
                yield from _inside(part, content, room)
            continue
        root = parse_xml(content, name)
        if part.startswith("xl/worksheets/") and suffix == ".xml":
            yield from _cells(root, PurePosixPath(part).stem, shared)
        elif part != "xl/sharedStrings.xml":
            yield from _paragraphs(root, part)


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _paragraphs(root: Any, part: str) -> Iterator[Passage]:
    """Join the runs of a paragraph, so that a name cut in two is read as one."""
    number = 0
    for node in root.iter():
        values = [_words_only(value) for value in node.attrib.values()]
        if any(values):
            yield Passage(part, "\n".join(values))
        if _local(node) in ("p", "si", "comment", "h"):
            number += 1
            pieces = ("\t" if _local(n) in ("tab", "br", "cr") else n.text or "" for n in node.iter())
            yield Passage(f"{part} paragraph {number}", "".join(pieces))
        elif node.text and not any(_local(up) in ("p", "si", "comment", "h") for up in node.iterancestors()):
            yield Passage(part, _words_only(node.text))


def _words_only(value: str) -> str:
    """Blank the digits of what no reader sees: colours and counters are no phone numbers."""
    return value if value.startswith("tel:") else re.sub(r"\d", "x", value)


def _shared_strings(parts: dict[str, bytes], name: str) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    root = parse_xml(parts["xl/sharedStrings.xml"], name)
    return ["".join(n.text or "" for n in item.iter(f"{_SHEET}t")) for item in root.iter(f"{_SHEET}si")]


def _cells(root: Any, sheet: str, shared: list[str]) -> Iterator[Passage]:
    for cell in root.iter(f"{_SHEET}c"):
        text = "".join(node.text or "" for node in cell.iter(f"{_SHEET}t", f"{_SHEET}v"))
        if cell.get("t") == "s" and text.isdigit() and int(text) < len(shared):
            text = shared[int(text)]
        yield Passage(f"{sheet}!{cell.get('r', '')}", text)


def _package(data: bytes, name: str, room: _Room) -> Iterator[Passage]:
    """Give the passages of the files in a zip, and their names."""
    for part, content in room.unpack(data, name).items():
        yield Passage(part, part)
        if PurePosixPath(part).suffix.lower() not in {*TEXTS, *PACKAGES}:
            raise PrivacyError(f"{name}: holds {part}, which cannot be searched.")
        yield from _inside(part, content, room)


def _inside(part: str, content: bytes, room: _Room) -> Iterator[Passage]:
    room.depth += 1
    if room.depth > MAX_DEPTH:
        raise PrivacyError(f"{part}: lies in more than {MAX_DEPTH} archives within archives; not searched.")
    for place, text in _read(part, content, room):
        yield Passage(f"{part} {place}", text)
    room.depth -= 1


TEXTS: dict[str, Callable[[bytes, str], Iterator[Passage]]] = {
    **dict.fromkeys([".txt", ".md", ".csv", ".tsv", ".yaml", ".yml", ".vtt", ".srt", ".log", ".tex"], _lines),
    **dict.fromkeys([".json", ".jsonl", ".sarif"], _json_lines),
    **dict.fromkeys([".html", ".htm", ".xml", ".qdc", ".qde", ".svg"], _markup),
}
PACKAGES: dict[str, Callable[[bytes, str, _Room], Iterator[Passage]]] = {
    **dict.fromkeys([".docx", ".xlsx", ".pptx"], _office),
    **dict.fromkeys([".zip", ".qdpx"], _package),
}


def read_passages(name: str, data: bytes) -> Iterator[Passage]:
    """Read what somebody could read in a file.

    Args:
        name (str): The file's name, whose ending tells the format.
        data (bytes): Its content.

    Yields:
        Passage: In order; a piece of markup may come twice, with tags and without.

    Raises:
        PrivacyError: When the format is not known or the file is broken, so that nothing can be said.
    """
    yield from _read(name, data, _Room())


def _read(name: str, data: bytes, room: _Room) -> Iterator[Passage]:
    ending = PurePosixPath(name).suffix.lower()
    if ending in TEXTS:
        yield from TEXTS[ending](data, name)
    elif ending in PACKAGES:
        yield from PACKAGES[ending](data, name, room)
    else:
        raise PrivacyError(f"{name}: {PurePosixPath(name).suffix or 'such'} files cannot be searched.")
