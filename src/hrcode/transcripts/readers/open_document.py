"""Reader for OpenDocument texts (.odt): LibreOffice, OpenOffice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from hrcode.errors import Fault, TranscriptError
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.readers.laid_out import Block, draft_of_blocks, speaker_and_words
from hrcode.zips import check_zip, read_zipped

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# Deleted text is kept at the head of the file; notes and comments stand amid the speech.
_SKIPPED = {
    f"{_TEXT}tracked-changes": "tracked changes taken as accepted",
    f"{_TEXT}note": "foot- or endnotes left out",
    f"{_OFFICE}annotation": "comments left out",
}
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}s": " "}


def read_odt(path: Path, conventions: Conventions) -> Draft:
    """Read an OpenDocument text: its paragraphs and headings, and its tables row by row.

    Args:
        path (Path): An ``.odt`` file.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Draft: Turns, with paragraphs and table rows as places.

    Raises:
        TranscriptError: When the file is no OpenDocument text, is damaged or encrypted.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    check_zip(path, TranscriptError)
    try:
        root = fromstring(read_zipped(path, "content.xml", TranscriptError))
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        raise TranscriptError(f"{path}: cannot be read as an OpenDocument text; it is damaged.") from None
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise TranscriptError(f"{path}: is an OpenDocument, but no text (or it is encrypted).")
    notes = [
        Fault(str(path), 0, 0, "odt", f"{count} {what}", "warning")
        for tag, what in _SKIPPED.items()
        if (count := sum(1 for _ in body.iter(tag)))
    ]
    return draft_of_blocks(_blocks(body), conventions, "odt", notes)


def _blocks(body: Element) -> Iterator[Block]:
    paragraphs = tables = 0
    for element in _outer(body):
        if element.tag == f"{_TABLE}table":
            tables += 1
            for number, row in enumerate(element.iter(f"{_TABLE}table-row"), start=1):
                cells = [
                    "\n".join(_words(p) for p in cell.iter(f"{_TEXT}p"))
                    for cell in row.iter(f"{_TABLE}table-cell")
                ]
                yield Block(speaker_and_words(cells), f"table {tables}, row {number}")
        else:
            paragraphs += 1
            yield Block(_words(element), f"paragraph {paragraphs}", element.tag == f"{_TEXT}h")


def _outer(element: Element) -> Iterator[Element]:
    """Give paragraphs, headings and tables in order, those of sections and lists among them."""
    for child in element:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table"):
            yield child
        elif child.tag not in _SKIPPED:
            yield from _outer(child)


def _words(element: Element) -> str:
    """Give the text below an element, notes and comments left out."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _SKIPPED:
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)
