"""Reader for PDF documents that hold text."""

from __future__ import annotations

import logging
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from hrcode.errors import Fault, TranscriptError
from hrcode.files import check_file
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.readers.laid_out import Block, draft_of_blocks, tidy
from hrcode.wording import counted

MAX_BYTES = 100_000_000
MAX_PAGES = 5_000
_NUMBER = re.compile(r"(?:p(?:age|\.)? ?)?\d+(?: ?(?:/|of) ?\d+)?", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:][\"'\u201d\u2019)]?$")
_SHORT = 0.85  # of the usual length of a line
_EDGE = 2  # lines at the top and bottom of a page that may be a running head


def read_pdf(path: Path, conventions: Conventions) -> Draft:
    """Read a PDF's text: running heads and page numbers dropped, hyphenated line ends joined.

    Args:
        path (Path): A ``.pdf`` file.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Draft: Turns, with pages as places.

    Raises:
        TranscriptError: When the file is damaged, needs a password, or holds pictures of pages only.
    """
    pages = [[tidy(line) for line in page.splitlines()] for page in _pages(path)]
    pages = [[line for line in page if line] for page in pages]
    if pages and not any(pages):
        raise TranscriptError(
            f"{path}: holds no text, only pictures of pages (a scan). Run it through text recognition (OCR) "
            "first, and check the words."
        )
    heads = _running_heads(pages)
    dropped = sum(line in heads for page in pages for line in _edges(page))
    notes = []
    if dropped:
        message = f"{counted(dropped, 'line')} of running heads dropped: {', '.join(sorted(heads))[:60]!r}"
        notes.append(Fault(str(path), 0, 0, "pdf", message, "warning"))
    whole = {word.casefold() for page in pages for line in page for word in _WORD.findall(line)}
    blocks = _blocks(pages, heads, whole)
    return draft_of_blocks(
        blocks if conventions.speakers else _paragraphs([*blocks]), conventions, "pdf", notes
    )


def _pages(path: Path) -> list[str]:
    """Give the text of each page."""
    check_file(path, error=TranscriptError, max_bytes=MAX_BYTES)
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it grumbles about small flaws on stderr
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise TranscriptError(f"{path}: needs a password. Save it again without one.")
        if len(reader.pages) > MAX_PAGES:
            raise TranscriptError(f"{path}: has {len(reader.pages):,} pages; the limit is {MAX_PAGES:,}.")
        return [page.extract_text() for page in reader.pages]
    except TranscriptError:
        raise
    except (Exception, RecursionError) as fault:  # a parser of other people's files fails in many ways
        reason = next(iter(str(fault).splitlines()), type(fault).__name__)[:80]
        raise TranscriptError(f"{path}: cannot be read as a PDF ({reason}).") from None


def _edges(page: Sequence[str]) -> list[str]:
    """Give the lines at the top and bottom of a page."""
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """Give the lines that stand at the top or bottom of most pages, numbers in them left aside."""
    shapes = Counter(shape for page in pages for shape in {_shape(line) for line in _edges(page)})
    most = {shape for shape, count in shapes.items() if count >= 3 and count > len(pages) / 2}
    return {line for page in pages for line in _edges(page) if _shape(line) in most and not _is_speech(line)}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _is_speech(line: str) -> bool:
    """A short answer (`S1: Yes.`) may well stand at the top of many pages."""
    return ":" in line


def _blocks(pages: Sequence[Sequence[str]], heads: set[str], whole: set[str]) -> Iterator[Block]:
    """Give the lines of all pages, a word that was cut at a line's end with the line that it began in."""
    held: Block | None = None
    for number, page in enumerate(pages, start=1):
        last = len(page) - _EDGE
        for place, line in enumerate(page):
            at_edge = place < _EDGE or place >= last
            if _NUMBER.fullmatch(line) or (at_edge and line in heads):
                continue
            block = Block(line, f"page {number}", close=True)
            if held and _HYPHEN.search(held.text) and line[0].islower():
                word, _, rest = line.partition(" ")
                yield held._replace(text=_joined(held.text, word, whole))
                held = block._replace(text=rest) if rest else None
            else:
                if held:
                    yield held
                held = block
    if held:
        yield held


def _paragraphs(lines: Sequence[Block]) -> Iterator[Block]:
    """Put a blank line before each line that begins a paragraph: the one before ends a sentence early.

    A page does not say where its paragraphs are; in a transcript labels do, in a document nothing else.
    """
    usual = statistics.median(len(line.text) for line in lines) if lines else 0
    before = ""
    for line in lines:
        ended = bool(_SENTENCE_END.search(before)) and len(before) < _SHORT * usual
        yield line._replace(close=not ended)
        before = line.text


def _joined(line: str, rest: str, whole: set[str]) -> str:
    """Join a line with the rest of its last word; the hyphen stays if the document has the word with it.

    ``well-`` and ``known`` are ``well-known`` where ``well-known`` stands within some line, and
    ``wellknown`` does not; a hyphen that nothing speaks for is one of the line's end.
    """
    begun, end = _WORD.findall(line)[-1].casefold(), (_WORD.match(rest) or [""])[0].casefold()
    kept = line[-1] != "\u00ad" and f"{begun}-{end}" in whole and begun + end not in whole
    return (line if kept else _HYPHEN.sub("", line)) + rest
