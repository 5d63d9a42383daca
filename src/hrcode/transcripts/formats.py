"""The formats that transcripts are read from; a new one is a file with a reader and a line here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.readers.captions import read_captions
from hrcode.transcripts.readers.open_document import read_odt
from hrcode.transcripts.readers.pdf import read_pdf
from hrcode.transcripts.readers.plain import read_markdown, read_plain
from hrcode.transcripts.readers.rich_text import read_rtf
from hrcode.transcripts.readers.speech_json import read_speech_json
from hrcode.transcripts.readers.table import read_csv, read_xlsx
from hrcode.transcripts.readers.web_page import read_html
from hrcode.transcripts.readers.word import read_docx

Read = Callable[[Path, Conventions], Draft]

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
