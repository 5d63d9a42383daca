"""The formats that transcripts are read from; a new one is a file with a reader and a line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.readers.captions import read_captions
from hrcode.transcripts.readers.open_document import read_odt
from hrcode.transcripts.readers.pdf import read_pdf
from hrcode.transcripts.readers.plain import read_markdown, read_plain
from hrcode.transcripts.readers.refi_qda import read_qdpx
from hrcode.transcripts.readers.rich_text import read_rtf
from hrcode.transcripts.readers.speech_json import read_speech_json
from hrcode.transcripts.readers.table import read_csv, read_xlsx
from hrcode.transcripts.readers.web_page import read_html
from hrcode.transcripts.readers.word import read_docx

Read = Callable[[Path, Conventions], Draft]
ReadSeveral = Callable[[Path, Conventions], Sequence[Draft]]

FORMATS: dict[str, Read] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".vtt": read_captions,
    ".srt": read_captions,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
    ".json": read_speech_json,
}
# Formats whose files hold several transcripts, each with a name of its own.
SEVERAL: dict[str, ReadSeveral] = {
    ".qdpx": read_qdpx,
}
SUFFIXES = (*FORMATS, *SEVERAL)


def read_drafts(path: Path, conventions: Conventions) -> Sequence[Draft]:
    """Read a file in whatever format its ending says.

    Args:
        path (Path): The file; its ending is one of `SUFFIXES`.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Sequence[Draft]: One transcript, or each that the file holds.

    Raises:
        TranscriptError: When the file cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in SEVERAL:
        return SEVERAL[suffix](path, conventions)
    return [FORMATS[suffix](path, conventions)]
