"""One invented interview, written in every format that transcripts come in, by independent programs.

LibreOffice writes what only it can write well; everything else is written by the format's usual library,
or as its specification says.
"""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl

from builders import archive

Turn = tuple[str, Sequence[str]]
"""Label, and the paragraphs of what is said."""

SOURCE = Path(__file__).resolve().parent.parent / "transcripts" / "S1.txt"
# Signs that formats escape, quote, or write in another encoding.
SIGNS: list[Turn] = [
    ("I", ["And today; what about \"them\", 'us' & <laughs> the rest?"]),
    ("S1", ["Ąžuolas says: it's 100 % good – “so be it”, naïve café | a = b.", "=Not a formula, -nor this."]),
]


def read_source() -> list[Turn]:
    """Cut the sample interview at its labels; what one speaker says in one go is one turn."""
    turns: list[tuple[str, list[str]]] = []
    for paragraph in SOURCE.read_text(encoding="utf-8").split("\n\n")[1:]:
        label, colon, words = paragraph.strip().partition(": ")
        if colon and label in ("I", "S1"):
            if not turns or turns[-1][0] != label:
                turns.append((label, []))
            turns[-1][1].append(words)
        else:
            turns[-1][1].append(paragraph.strip())
    return [*turns, *SIGNS]


TURNS = read_source()
CUES = [(label, paragraph) for label, paragraphs in TURNS for paragraph in paragraphs]


def words_of(text: str) -> str:
    """Give a text with one blank wherever it has blanks or line ends."""
    return " ".join(text.split())


def plain() -> bytes:
    """Write a label before each turn, and blank lines between paragraphs."""
    return "\n\n".join(f"{label}: " + "\n\n".join(said) for label, said in TURNS).encode()


def markdown() -> bytes:
    """Write labels in bold type, under a heading."""
    turns = [f"**{label}:** " + "\n\n".join(said) for label, said in TURNS]
    return "\n\n".join(["# An interview", *turns]).encode()


def time_of(number: int) -> str:
    """Give the time at which a paragraph begins, one every seven seconds."""
    return f"{number * 7 // 3600:02}:{number * 7 // 60 % 60:02}:{number * 7 % 60:02}"


def captions(mark: str, said: Callable[[str, str], str], head: str = "", end: str = "\n") -> bytes:
    """Write a caption for each paragraph."""
    cues = [
        f"{number}\n{time_of(number)}{mark}000 --> {time_of(number + 1)}{mark}000\n{said(*cue)}\n"
        for number, cue in enumerate(CUES)
    ]
    return (head + "\n".join(cues)).replace("\n", end).encode()


def voice(label: str, words: str) -> str:
    """Write a paragraph with WebVTT's voice tag, and its escapes; <laughs> is no tag of WebVTT."""
    return f"<v {label}>{html.escape(words, quote=False)}</v>"


def labelled(label: str, words: str) -> str:
    """Write a paragraph as Zoom does."""
    return f"{label}: {words}"


def table(delimiter: str, head: Sequence[str] = ("start", "speaker", "text")) -> bytes:
    """Write a row for each paragraph."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([head, *((time_of(number), *cue) for number, cue in enumerate(CUES))])
    return out.getvalue().encode()


def workbook() -> bytes:
    """Write a row for each paragraph by openpyxl."""
    book = openpyxl.Workbook()
    book.active.append(["Speaker", "Time", "Text"])
    for number, (label, words) in enumerate(CUES):
        book.active.append([label, time_of(number), words])
        book.active.cell(number + 2, 3).data_type = "s"  # no formula, whatever it begins with
    return saved(book)


def word() -> bytes:
    """Write a paragraph for each paragraph by python-docx, under a heading."""
    document = docx.Document()
    document.add_heading("An interview", 1)
    for label, said in TURNS:
        document.add_paragraph(f"{label}: {said[0]}")
        for more in said[1:]:
            document.add_paragraph(more)
    return saved(document)


def word_table() -> bytes:
    """Write a table of two columns by python-docx."""
    document = docx.Document()
    rows = document.add_table(rows=0, cols=2)
    for cue in CUES:
        for cell, text in zip(rows.add_row().cells, cue, strict=True):
            cell.text = text
    return saved(document)


def web_page() -> bytes:
    """Write paragraphs with labels in bold type."""
    body = "".join(
        f"<p><b>{label}:</b> {'</p><p>'.join(map(html.escape, said))}</p>\n" for label, said in TURNS
    )
    return f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>".encode()


def recognised(key: str = "", start: str = "start", scale: int = 1) -> bytes:
    """Write a speech recogniser's JSON."""
    said = [
        {start: number * 7 * scale, "speaker": label, "text": f" {words}"}
        for number, (label, words) in enumerate(CUES)
    ]
    return json.dumps({"language": "en", key: said} if key else said).encode()


def project() -> bytes:
    """Write a REFI-QDA project with one text source."""
    head = '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="p">'
    source = '<TextSource guid="0" name="S1" plainTextPath="internal://0.txt"/>'
    described = f"{head}<Sources>{source}</Sources></Project>"
    return archive({"project.qde": described, "sources/0.txt": plain()})


def saved(document: object) -> bytes:
    """Give the bytes that a document or workbook is saved as."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


class Export(NamedTuple):
    """A file of the interview.

    Args:
        name: Its name.
        make: Writes it; None where LibreOffice does.
        from_: The export that LibreOffice starts from.
        filter_: LibreOffice's name of the format.
    """

    name: str
    make: Callable[[], bytes] | None = None
    from_: str = ""
    filter_: str = ""


EXPORTS = {
    "text": Export("S1.txt", plain),
    "text, UTF-16": Export("S1.txt", lambda: plain().decode().encode("utf-16")),
    "Markdown": Export("S1.md", markdown),
    "Word, python-docx": Export("S1.docx", word),
    "Word, a table": Export("S1.docx", word_table),
    "HTML": Export("S1.html", web_page),
    "WebVTT with voices": Export("S1.vtt", lambda: captions(".", voice, "WEBVTT\n\nNOTE invented\n\n")),
    "WebVTT, Zoom": Export("S1.vtt", lambda: captions(".", labelled, "WEBVTT\n\n")),
    "SubRip": Export("S1.srt", lambda: captions(",", labelled)),
    "SubRip, BOM and CRLF": Export("S1.srt", lambda: captions(",", labelled, "\ufeff", "\r\n")),
    "CSV": Export("S1.csv", lambda: table(",")),
    "CSV with semicolons": Export("S1.csv", lambda: table(";")),
    "TSV": Export("S1.tsv", lambda: table("\t")),
    "XLSX, openpyxl": Export("S1.xlsx", workbook),
    "Whisper, WhisperX": Export("S1.json", lambda: recognised("segments")),
    "AssemblyAI": Export("S1.json", lambda: recognised("utterances", scale=1000)),
    "Otter": Export("S1.json", lambda: recognised("transcripts", start="start_offset")),
    "JSON, a bare list": Export("S1.json", recognised),
    "REFI-QDA": Export("S1.qdpx", project),
    "OpenDocument, LibreOffice": Export("S1.odt", None, "Word, python-docx", "odt"),
    "OpenDocument table, LibreOffice": Export("S1.odt", None, "Word, a table", "odt"),
    "Word, LibreOffice": Export("S1.docx", None, "HTML", "docx:MS Word 2007 XML"),
    "RTF, LibreOffice": Export("S1.rtf", None, "Word, python-docx", "rtf"),
    "HTML, LibreOffice": Export("S1.html", None, "Word, python-docx", "html:HTML (StarWriter)"),
    "PDF, LibreOffice": Export("S1.pdf", None, "Word, python-docx", "pdf"),
    "XLSX, LibreOffice": Export("S1.xlsx", None, "CSV", "xlsx"),
}
