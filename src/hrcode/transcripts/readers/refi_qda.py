"""Reader for projects of other programs (REFI-QDA .qdpx): NVivo, ATLAS.ti, MAXQDA, QualCoder ..."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from hrcode.errors import Fault, NotATranscript, TranscriptError
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.decode import decode
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.places import Place
from hrcode.transcripts.readers.plain import draft_of_text
from hrcode.zips import check_zip, read_zipped

_NAMESPACE = re.compile(r"\{urn:QDA-XML:project:[^}]*\}(\w+)")
_INSIDE = re.compile(r"internal:/*", re.IGNORECASE)
_KINDS = {
    "TextSource": "text",
    "PDFSource": "PDF document",
    "PictureSource": "picture",
    "AudioSource": "sound recording",
    "VideoSource": "film",
}
# Where the words of a source stand: in itself, in a PDF's plain text, in a recording's transcript.
_HOLDERS = {"PDFSource": "Representation", "AudioSource": "Transcript", "VideoSource": "Transcript"}


class _Source(NamedTuple):
    kind: str
    name: str
    element: Element


def read_qdpx(path: Path, conventions: Conventions) -> Sequence[Draft]:
    """Read the text sources of a REFI-QDA project: the plain text that the project's offsets point into.

    A PDF document's plain text and a recording's transcripts are read, too, where the project has
    them; pictures, recordings and documents without are said, not read.

    Args:
        path (Path): A ``.qdpx`` file.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Sequence[Draft]: One for each source with words, in the project's order, with its name.

    Raises:
        TranscriptError: When the file is no project or holds no text.
    """
    entries = {name.casefold(): name for name in check_zip(path, TranscriptError)}
    root = _project(path, entries)
    drafts: list[Draft] = []
    notes: list[Fault] = []
    without: Counter[str] = Counter()
    for source in _sources(root):
        name = _unique(source.name, {draft.name for draft in drafts})
        shown = f"{path}/{name}"
        if (data := _text(path, source.element, entries)) is None:
            without[source.kind] += 1
            continue
        text, encoding, odd = decode(data, shown, conventions.encoding)
        if not text.strip():
            notes.append(Fault(shown, 0, 0, "empty-source", "source not read: it holds no words", "warning"))
            continue
        draft = draft_of_text(text, shown, conventions)
        places = draft.places or _times(source.element)
        drafts.append(
            replace(draft, name=name, format="qdpx", encoding=encoding, places=places, notes=tuple(odd))
        )
    if without:
        listed = ", ".join(f"{count} {_KINDS[kind]}" for kind, count in sorted(without.items()))
        notes.append(
            Fault(str(path), 0, 0, "not-text", f"sources without plain text not read: {listed}", "warning")
        )
    if not drafts:
        reason = "; ".join(dict.fromkeys(note.message for note in notes)) or "it has no sources"
        raise NotATranscript(f"{path}: holds no text ({reason}).", notes)
    return [replace(drafts[0], notes=(*notes, *drafts[0].notes)), *drafts[1:]]


def _project(path: Path, entries: Mapping[str, str]) -> Element:
    """Read the one file at the root of the archive that describes the project."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    described = [name for folded, name in entries.items() if folded.endswith(".qde") and "/" not in folded]
    if len(described) != 1:
        found = f"{len(described)} of them" if described else "none"
        raise TranscriptError(f"{path}: is no REFI-QDA project; it needs one .qde file and has {found}.")
    try:
        root: Element = fromstring(read_zipped(path, described[0], TranscriptError))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise TranscriptError(f"{path}: {described[0]} is damaged. Export the project anew.") from None
    if _kind(root) != "Project":
        raise TranscriptError(f"{path}: is no REFI-QDA project ({described[0]} describes none).")
    return root


def _kind(element: Element) -> str:
    match = _NAMESPACE.fullmatch(element.tag)
    return match[1] if match else ""


def _children(element: Element, kind: str) -> Iterator[Element]:
    return (child for child in element if _kind(child) == kind)


def _sources(root: Element) -> Iterator[_Source]:
    """Give what may hold words: sources, or the parts of them that do."""
    for listed in _children(root, "Sources"):
        for source in listed:
            kind = _kind(source)
            if kind not in _KINDS:
                continue
            name = source.get("name", "")
            holders = list(_children(source, _HOLDERS[kind])) if kind in _HOLDERS else [source]
            for holder in holders or [source]:
                # A recording may have several transcripts, in several languages for instance.
                own = holder.get("name", "") if len(holders) > 1 else ""
                yield _Source(kind, f"{name} {own}".strip(), holder)


def _text(path: Path, element: Element, entries: Mapping[str, str]) -> bytes | None:
    """Give the plain text of a source; None where the archive has none."""
    for inline in _children(element, "PlainTextContent"):
        return (inline.text or "").encode("utf-8")
    named = element.get("plainTextPath", "")
    inside = _INSIDE.sub("", named)
    for entry in (f"sources/{inside}", inside):
        # Only entries of this archive: a path that leads elsewhere names none of them.
        if entry.casefold() in entries:
            return read_zipped(path, entries[entry.casefold()], TranscriptError)
    return None


def _times(element: Element) -> tuple[Place, ...]:
    """Give the times of a recording's transcript, in milliseconds there."""
    points: list[Place] = []
    for point in _children(element, "SyncPoint"):
        position, stamp = point.get("position", ""), point.get("timeStamp", "")
        if position.isascii() and position.isdigit() and stamp.isascii() and stamp.isdigit():
            seconds = int(stamp[:15]) // 1000
            time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
            points.append(Place(int(position[:15]), time))
    return tuple(sorted(points))


def _unique(name: str, taken: Collection[str]) -> str:
    """Give a name that may stand in a file's name, and that no source before has."""
    plain = " ".join(re.sub(r"[/\\\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", name).split()) or "source"
    number = 2
    unique = plain
    while unique in taken:
        unique, number = f"{plain} ({number})", number + 1
    return unique
