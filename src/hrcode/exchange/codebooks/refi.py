"""REFI-QDA codebooks (``.qdc``), which NVivo, ATLAS.ti, MAXQDA, QualCoder and others exchange.

The standard: REFI-QDA 1.5 (2019), www.qdasoftware.org. A code has a name, a colour and one description.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from hrcode._version import __version__
from hrcode.errors import CodebookError
from hrcode.exchange.codebooks.complete import MAX_DEPTH, complete
from hrcode.exchange.codebooks.held import TEXTS, not_held
from hrcode.exchange.codebooks.ids import make_id
from hrcode.exchange.codebooks.limits import MAX_BYTES
from hrcode.exchange.codebooks.model import Book, Entry, Loss
from hrcode.exchange.codebooks.refi_project import project_text
from hrcode.exchange.codebooks.text_block import read_block, write_block
from hrcode.files import read_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_OURS = uuid.UUID("6f1d3c1e-8a0b-5e63-9a5c-2f0c5d8f7b11")
_COLOUR = "#5882FA"


def guid_of(path: tuple[str, ...]) -> str:
    """Give the GUID of a code, always the same for the same labels."""
    return str(uuid.uuid5(_OURS, "\n".join(path)))


def read_refi(path: Path) -> Book:
    """Read a ``.qdc`` file, or the codes of a ``.qdpx`` project.

    Args:
        path (Path): The file.

    Returns:
        Book: Its codes, with their levels. Labelled lines of a description (``Use when: ...``) are
        read as such.

    Raises:
        CodebookError: When it is no XML, has a document type or entities, or holds no codes.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    project = path.suffix.lower() == ".qdpx"
    text = project_text(path) if project else read_text(path, error=CodebookError, max_bytes=MAX_BYTES)
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except ElementTree.ParseError as fault:
        raise CodebookError(f"{path}:{fault.position[0]}: is not valid XML ({fault.msg}).") from None
    except DefusedXmlException:
        raise CodebookError(f"{path}: has a document type or entities, which hrcode does not read.") from None
    except ValueError as fault:
        raise CodebookError(f"{path}: is not valid XML ({fault}).") from None
    losses: list[Loss] = []
    dotted = (root.get("origin") or "").startswith("Taguette")
    if project and _tag(root) == "Project":
        losses += [Loss("parts of the project other than codes", _tag(part)) for part in root
                   if _tag(part) != "CodeBook"]  # fmt: skip
        root = next((part for part in root if _tag(part) == "CodeBook"), root)
    if _tag(root) != "CodeBook":
        raise CodebookError(f"{path}: is XML, but no REFI-QDA codebook (its root is {_tag(root)[:40]!r}).")
    losses += [
        Loss("code groups (sets)", one.get("name", ""))
        for part in root if _tag(part) == "Sets" for one in part if _tag(one) == "Set"
    ]  # fmt: skip
    tops = [code for part in root if _tag(part) == "Codes" for code in part if _tag(code) == "Code"]
    if len(tops) == 1 and tops[0].get("name") == "Nodes" and not _codable(tops[0]) and len(tops[0]):
        tops = [code for code in tops[0] if _tag(code) == "Code"]  # NVivo's wrapper
    entries = [entry for code in tops for entry in _entries(code, (), dotted, str(path), losses)]
    return complete(entries, losses, str(path))


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _codable(element: Element) -> bool:
    return (element.get("isCodable") or "true").strip() not in ("false", "0")


def _entries(
    code: Element, parents: tuple[str, ...], dotted: bool, where: str, losses: list[Loss]
) -> Iterator[Entry]:
    if len(parents) > MAX_DEPTH:
        raise CodebookError(f"{where}: has codes nested more than {MAX_DEPTH} deep.")
    label = " ".join((code.get("name") or "").split()) or "unnamed"
    *above, last = [part for part in label.split(".") if part.strip()] if dotted else [label]
    path = (*parents, *above, last)
    descriptions = [child.text or "" for child in code if _tag(child) == "Description"]
    definition, fields = read_block("\n".join([*descriptions, code.get("description") or ""]).strip())
    own_id = "".join(fields.pop("id", ()))
    if (code.get("guid") or "").strip("{} ").lower() != guid_of(path):
        losses.append(Loss("GUIDs (new ones are made from the names)", label))
        if colour := code.get("color"):
            losses.append(Loss("colours", f"{label} {colour}"))
    yield Entry(last, path[:-1], own_id, definition, fields=fields, codable=_codable(code))
    for child in code:
        if _tag(child) == "Code":
            yield from _entries(child, path, dotted, where, losses)


def write_refi(book: Book) -> tuple[str, list[Loss]]:
    """Write a ``.qdc`` file.

    Args:
        book (Book): The codebook.

    Returns:
        tuple[str, list[Loss]]: XML that fits the standard's schema, and what it cannot hold.
    """
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(f"{{{NAMESPACE}}}CodeBook", {"origin": f"hrcode {__version__}"})
    places: dict[tuple[str, ...], Element] = {(): ElementTree.SubElement(root, f"{{{NAMESPACE}}}Codes")}
    for entry in book.entries:
        code = ElementTree.SubElement(
            places[entry.parents],
            f"{{{NAMESPACE}}}Code",
            {
                "guid": guid_of(entry.path),
                "name": entry.label,
                "isCodable": "true" if entry.codable else "false",
                "color": _COLOUR,
            },
        )
        places[entry.path] = code
        if block := write_block(entry, "" if entry.id == make_id(entry.label) else entry.id):
            ElementTree.SubElement(code, f"{{{NAMESPACE}}}Description").text = block
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n', not_held(book, {*TEXTS, "definition", "id"})
