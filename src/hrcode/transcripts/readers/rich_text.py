"""Reader for rich text (.rtf)."""

from __future__ import annotations

from pathlib import Path

from hrcode.errors import TranscriptError
from hrcode.files import read_bytes
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.readers.laid_out import Block, draft_of_blocks, speaker_and_words


def read_rtf(path: Path, conventions: Conventions) -> Draft:
    """Read a rich text document: its paragraphs, and its tables row by row.

    Args:
        path (Path): An ``.rtf`` file.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Draft: Turns, with paragraphs as places.

    Raises:
        TranscriptError: When the file is no rich text.
    """
    from striprtf.striprtf import rtf_to_text

    source = read_bytes(path, error=TranscriptError).decode("latin-1")
    if not source.lstrip("\ufeff").startswith("{\\rtf"):
        raise TranscriptError(f"{path}: is not rich text. Save it again as DOCX or text.")
    try:
        text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    except Exception as fault:  # a parser of other people's files fails in many ways
        reason = next(iter(str(fault).splitlines()), type(fault).__name__)[:80]
        raise TranscriptError(f"{path}: cannot be read as rich text ({reason}).") from None
    lines = enumerate(text.split("\n"), start=1)
    blocks = [Block(_row(line), f"paragraph {number}") for number, line in lines]
    return draft_of_blocks(blocks, conventions, "rtf")


def _row(line: str) -> str:
    """Give a row of two or three cells as a speaker's; the library writes a bar after each cell."""
    return speaker_and_words(line.split("|")) if line.count("|") in (2, 3) else line
