"""Reader for web pages (.html): the words that a person sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrcode.errors import TranscriptError
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.decode import read_decoded
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.readers.laid_out import Block, draft_of_blocks, speaker_and_words

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title"})
_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "nav", "button", "select"})
# Elements that run on within a line; every other one begins a new block.
_INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
        "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt",
        "u", "var", "wbr",
    }
)  # fmt: skip
_MAX_MARKS = 2_000_000  # each costs the parser a hundred times its size
_BOLD = frozenset({"b", "strong"})


def read_html(path: Path, conventions: Conventions) -> Draft:
    """Read a web page: its blocks of text, and its tables row by row.

    Args:
        path (Path): An ``.html`` file.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Draft: Turns, with numbered blocks as places.

    Raises:
        TranscriptError: When the file cannot be read.
    """
    from lxml import etree, html

    text, encoding, notes = read_decoded(path, conventions.encoding)
    if text.count("<") + text.count("=") > _MAX_MARKS:
        raise TranscriptError(
            f"{path}: has more than {_MAX_MARKS:,} signs of markup. Save it as DOCX or text."
        )
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise TranscriptError(f"{path}: cannot be read as a web page; it holds no text.") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise TranscriptError(f"{path}: nests too deep; words would be lost. Save it as DOCX or text.")
    blocks = [
        Block(words, f"paragraph {number}", heading, bold)
        for number, (words, heading, bold) in enumerate(_blocks(root), start=1)
    ]
    return replace(draft_of_blocks(blocks, conventions, "html", notes), encoding=encoding)


def _blocks(root: Any) -> Iterator[tuple[str, bool, str]]:
    """Give words, whether they are a heading, and the bold words that they begin with."""
    words: list[str] = []
    bold = ""
    begun = False
    for kind, value in _events(root):
        if kind == "words":
            words.append(value)
            begun = begun or bool(value.strip())
        elif kind == "bold" and not begun:
            bold = value
        elif kind in ("row", "break"):
            if text := "".join(words).strip():
                yield text, value in _HEADINGS, bold if bold.strip() != text else ""
            words, bold, begun = [], "", False
            if kind == "row":
                yield speaker_and_words(value), False, ""


def _events(root: Any) -> Iterator[tuple[str, Any]]:
    """Walk through a page without recursion: pages may nest as deep as they like."""
    stack: list[tuple[str, Any]] = [("open", root)]
    while stack:
        kind, value = stack.pop()
        if kind != "open":
            yield kind, value
            continue
        tag = value.tag if isinstance(value.tag, str) else ""
        if tag in _HIDDEN or not tag:
            continue
        if tag == "tr":
            cells = [" ".join(cell.itertext()) for cell in value if cell.tag in ("td", "th")]
            yield "row", cells
            continue
        inside: list[tuple[str, Any]] = [("words", _flat(value.text))]
        for child in value:
            inside += [("open", child), ("words", _flat(child.tail))]
        if tag == "br":
            inside = [("words", "\n")]
        elif tag in _BOLD:
            inside.insert(0, ("bold", "".join(value.itertext())))
        elif tag not in _INLINE:
            inside = [("break", ""), *inside, ("break", tag)]
        stack.extend(reversed(inside))


def _flat(text: str | None) -> str:
    """Give text as a page shows it: a line end in the source is a blank."""
    return " ".join((text or "").splitlines()) if text and text.strip() else " " if text else ""
