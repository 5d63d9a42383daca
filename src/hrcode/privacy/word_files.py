"""Word documents, run by run: words change, the layout stays."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hrcode.errors import PrivacyError
from hrcode.files import read_bytes
from hrcode.zips import unpack

MAX_BYTES = 200_000_000
MAX_UNPACKED = 300_000_000
"""Bytes of one archive, unpacked; it is in memory as a whole."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KEEP_BLANKS = "{http://www.w3.org/XML/1998/namespace}space"
_WORDS = (f"{_W}t", f"{_W}delText")
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
# Who wrote, changed or commented: Word's own records of people.
_PEOPLE_PARTS = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "word/people.xml")
_PEOPLE_TAGS = ("creator", "lastModifiedBy", "Company", "Manager")
_PEOPLE_ATTRIBUTES = (f"{_W}author", f"{_W}initials")
_MAILTO = re.compile(rb"mailto:[^\"]*")

Parts = dict[str, bytes]
Swap = tuple[int, int, str]


def parse_xml(data: bytes, name: str) -> Any:
    """Parse XML without entities or network; a document type declaration is refused.

    Args:
        data (bytes): The XML.
        name (str): The file, for the error.

    Returns:
        lxml.etree._Element: Its root.

    Raises:
        PrivacyError: When it is no XML or declares entities.
    """
    from lxml import etree

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise PrivacyError(f"{name}: declares XML entities, which no Office program does; not read.")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as fault:
        raise PrivacyError(f"{name}: is not sound XML ({fault}).") from None


def read_word(path: Path) -> tuple[str, Callable[[Sequence[Swap]], bytes]]:
    """Read the words of a Word document: body, tables, notes, comments, headers and footers.

    Args:
        path (Path): A .docx file.

    Returns:
        tuple: The text, a line for each paragraph, and the function that writes the document with
        other words.

    Raises:
        PrivacyError: When it cannot be read.
    """
    data = read_bytes(path, error=PrivacyError, max_bytes=MAX_BYTES)
    parts = unpack(data, str(path), PrivacyError, max_bytes=MAX_UNPACKED)
    if "word/document.xml" not in parts:
        raise PrivacyError(f"{path}: holds no Word document.")
    named = sorted(name for name in parts if name.startswith("word/") and name.endswith(".xml"))
    named.sort(key=lambda name: name != "word/document.xml")
    roots = {name: parse_xml(parts[name], str(path)) for name in named}
    pieces: list[tuple[int, Any]] = []
    text: list[str] = []
    length = 0
    for root in roots.values():
        for paragraph in root.iter(f"{_W}p"):
            for node in paragraph.iter():
                words = (node.text or "") if node.tag in _WORDS else _BREAKS.get(node.tag, "")
                if node.tag in _WORDS and _paragraph_of(node) is paragraph:
                    pieces.append((length, node))
                elif node.tag in _WORDS:
                    continue  # of a text box inside the paragraph, which has paragraphs of its own
                text.append(words)
                length += len(words)
            text.append("\n")
            length += 1
    return "".join(text), lambda swaps: _rewritten(parts, roots, pieces, swaps)


def _paragraph_of(node: Any) -> Any:
    return next(node.iterancestors(f"{_W}p"))


def _rewritten(
    parts: Parts, roots: dict[str, Any], pieces: Sequence[tuple[int, Any]], swaps: Sequence[Swap]
) -> bytes:
    """Write the document with swaps made; a swap over several runs takes the first one's layout."""
    from lxml import etree

    old = [node.text or "" for _, node in pieces]
    first = 0
    changes: list[list[Swap]] = [[] for _ in pieces]
    for start, end, new in swaps:
        while first < len(pieces) and pieces[first][0] + len(old[first]) <= start:
            first += 1
        for i in range(first, len(pieces)):
            at = pieces[i][0]
            if at >= end:
                break
            if old[i]:
                changes[i].append((max(0, start - at), min(len(old[i]), end - at), new))
                new = ""
    for (_, node), before, inside in zip(pieces, old, changes, strict=True):
        done, text = 0, ""
        for start, end, new in inside:
            text += before[done:start] + new
            done = end
        node.text = text + before[done:]
        node.set(_KEEP_BLANKS, "preserve")
    made = {
        name: etree.tostring(_nameless(root), xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in roots.items()
    }
    made |= {n: _MAILTO.sub(b"mailto:", data) for n, data in parts.items() if n.endswith(".rels")}
    made |= {name: _nameless_part(parts[name], name) for name in _PEOPLE_PARTS if name in parts}
    for (_, node), before in zip(pieces, old, strict=True):
        node.text = before
    return _packed({**parts, **made})


def _nameless(root: Any) -> Any:
    """Take the names of authors off changes and comments, and addresses off links."""
    for node in root.iter():
        if node.tag == f"{_W}instrText" and "mailto:" in (node.text or ""):
            node.text = ' HYPERLINK "mailto:" '
        for attribute in _PEOPLE_ATTRIBUTES:
            if node.get(attribute):
                node.set(attribute, "")
    return root


def _nameless_part(data: bytes, name: str) -> bytes:
    """Empty a part that records people: who wrote the document, who changed it."""
    from lxml import etree

    root = parse_xml(data, name)
    for node in list(root.iter()):
        local = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if local in _PEOPLE_TAGS or (name == "docProps/core.xml" and node is not root and not _is_date(node)):
            node.text = ""
    if name in ("word/people.xml", "docProps/custom.xml"):
        for node in list(root):
            root.remove(node)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _is_date(node: Any) -> bool:
    return str(node.tag).endswith(("}created", "}modified", "}lastPrinted", "}revision"))


def _packed(parts: Parts) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            # A date of its own would make two equal runs two different files.
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
