"""Reader for Word documents (.docx): what a reader of the final text sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrcode.errors import Fault, TranscriptError
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.readers.laid_out import Block, draft_of_blocks, speaker_and_words
from hrcode.zips import check_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Text that is not part of the final version, or stands in a box of its own a second time.
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _FALLBACK})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SAID = {
    "deletions": f"{_W}del",
    "insertions": f"{_W}ins",
    "footnotes": f"{_W}footnoteReference",
    "endnotes": f"{_W}endnoteReference",
    "comments": f"{_W}commentReference",
}


def read_docx(path: Path, conventions: Conventions) -> Draft:
    """Read a Word document: its paragraphs, and its tables row by row.

    Tracked changes are taken as accepted; footnotes, endnotes, comments, heads and feet of pages
    are left out, and that is said.

    Args:
        path (Path): A ``.docx`` file.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Draft: Turns, with paragraphs and table rows as places.

    Raises:
        TranscriptError: When the file is no Word document, is damaged or encrypted.
    """
    body = _body(path)
    return draft_of_blocks(_blocks(body), conventions, "docx", _notes(path, body))


def _body(path: Path) -> Any:
    check_zip(path, TranscriptError)
    import docx

    try:
        return docx.Document(str(path)).element.body
    except Exception as fault:  # a parser of other people's files fails in many ways
        reason = next(iter(str(fault).splitlines()), type(fault).__name__)[:80]
        raise TranscriptError(f"{path}: cannot be read as a Word document ({reason}).") from None


def _blocks(body: Any) -> Iterator[Block]:
    paragraphs = tables = 0
    for element in body.iterchildren():
        # A content control (w:sdt) wraps paragraphs; they count like others.
        for part in element.iter(f"{_W}p", f"{_W}tbl") if element.tag == f"{_W}sdt" else [element]:
            if part.tag == f"{_W}p":
                paragraphs += 1
                bold = _bold_start(part)
                yield Block(_text(part), f"paragraph {paragraphs}", _is_heading(part), bold)
            elif part.tag == f"{_W}tbl":
                tables += 1
                for number, row in enumerate(part.iter(f"{_W}tr"), start=1):
                    cells = ["\n".join(_text(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")]
                    yield Block(speaker_and_words(cells), f"table {tables}, row {number}")


def _text(element: Any) -> str:
    """Give the final text below an element: insertions in, deletions out."""
    if element.tag in _SKIPPED:
        return ""
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in _SIGNS:
        return _SIGNS[element.tag]
    return "".join(_text(child) for child in element.iterchildren("*"))


def _bold_start(paragraph: Any) -> str:
    """Give the bold text that a paragraph begins with; nothing where all of it is bold."""
    bold: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        text = _text(run)
        if text.strip() and not _is_bold(run):
            return "".join(bold)
        bold.append(text)
    return ""


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = "" if style is None else style.get(f"{_W}val", "").casefold()
    return name.startswith("heading") or name in ("title", "subtitle")


def _notes(path: Path, body: Any) -> list[Fault]:
    counts = {name: sum(1 for _ in body.iter(tag)) for name, tag in _SAID.items()}
    changes = counts.pop("deletions") + counts.pop("insertions")
    found: list[str] = []
    if changes:
        found.append(f"{changes} tracked changes are taken as accepted")
    if left := [f"{number} {name}" for name, number in counts.items() if number]:
        found.append(f"{', '.join(left)} left out: they are not speech")
    return [Fault(str(path), 0, 0, "docx", message, "warning") for message in found]
