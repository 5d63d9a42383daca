"""How fast each format is read: the same invented interview, written in every one.

    python -m benchmarks readers

Each format is read three times, in turn with the others; the least processor time counts. A megabyte is
one of words, not of the file, so that the formats can be compared.
"""

from __future__ import annotations

import csv
import html
import io
import json
import random
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from benchmarks.corpus import sentences
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.formats import read_drafts

SENTENCES = 8_000
REPEATS = 3
Turns = Sequence[tuple[str, str]]


def interview(count: int = SENTENCES, seed: int = 7) -> list[tuple[str, str]]:
    """Make an interview of invented sentences: a short question, then an answer of up to eight."""
    said = iter(sentences(count, [], seed=seed))
    size = random.Random(seed)
    turns: list[tuple[str, str]] = []
    for sentence in said:
        turns.append(("I", f"And then, {sentence[:-1].lower()}?"))
        answer = [text for _, text in zip(range(size.randint(1, 8)), said, strict=False)]
        turns.append(("S1", " ".join(answer) or "Yes."))
    return turns


def _lines(turns: Turns) -> list[str]:
    return [f"{who}: {words}" for who, words in turns]


def _clock(number: int, mark: str = ".") -> str:
    seconds = number * 7
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}000"


def _captions(turns: Turns, mark: str, head: str = "") -> bytes:
    cues = [
        f"{i}\n{_clock(i, mark)} --> {_clock(i + 1, mark)}\n{line}\n" for i, line in enumerate(_lines(turns))
    ]
    return (head + "\n".join(cues)).encode()


def _table(turns: Turns) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([("speaker", "text"), *turns])
    return out.getvalue().encode()


def _workbook(turns: Turns) -> bytes:
    book = openpyxl.Workbook()
    for row in [("speaker", "text"), *turns]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _word(turns: Turns) -> bytes:
    document = docx.Document()
    for line in _lines(turns):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def _open_document(turns: Turns) -> bytes:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<t:p>{line}</t:p>" for line in _lines(turns))
    head = f'<o:document-content xmlns:o="{urn}:office:1.0" xmlns:t="{urn}:text:1.0">'
    return _zipped({"content.xml": f"{head}<o:body><o:text>{body}</o:text></o:body></o:document-content>"})


def _web_page(turns: Turns) -> bytes:
    return "".join(f"<p>{html.escape(line)}</p>\n" for line in _lines(turns)).encode()


def _rich_text(turns: Turns) -> bytes:
    return ("{\\rtf1\\ansi " + "\\par\n".join(_lines(turns)) + "}").encode()


def _pages(turns: Turns) -> bytes:
    lines = [line[i : i + 90] for line in _lines(turns) for i in range(0, len(line), 90)]
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    made = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): made})
    writer = PdfWriter()
    for first in range(0, len(lines), 50):
        page = writer.add_blank_page(width=600, height=800)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = "".join(f"({line}) Tj T*\n" for line in lines[first : first + 50])
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 14 TL 50 750 Td\n{shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _recognised(turns: Turns) -> bytes:
    said = [{"start": 7 * i, "speaker": who, "text": words} for i, (who, words) in enumerate(turns)]
    return json.dumps({"segments": said}).encode()


def _project(turns: Turns) -> bytes:
    source = '<TextSource name="S1" plainTextPath="internal://0.txt"/>'
    project = f'<Project xmlns="urn:QDA-XML:project:1.0"><Sources>{source}</Sources></Project>'
    return _zipped({"project.qde": project, "sources/0.txt": "\n".join(_lines(turns))})


WRITERS: dict[str, Callable[[Turns], bytes]] = {
    ".txt": lambda turns: "\n".join(_lines(turns)).encode(),
    ".md": lambda turns: "\n\n".join(_lines(turns)).encode(),
    ".docx": _word,
    ".odt": _open_document,
    ".rtf": _rich_text,
    ".html": _web_page,
    ".pdf": _pages,
    ".vtt": lambda turns: _captions(turns, ".", "WEBVTT\n\n"),
    ".srt": lambda turns: _captions(turns, ","),
    ".csv": _table,
    ".xlsx": _workbook,
    ".json": _recognised,
    ".qdpx": _project,
}


def main() -> None:
    """Print seconds per megabyte of words for each format, and the ratio to plain text."""
    turns = interview()
    size = sum(len(words) for _, words in turns) / 1e6
    best = dict.fromkeys(WRITERS, float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        paths = {suffix: Path(folder, f"interview{suffix}") for suffix in WRITERS}
        for suffix, write in WRITERS.items():
            paths[suffix].write_bytes(write(turns))
        for _ in range(REPEATS):
            for suffix, path in paths.items():
                begun = time.process_time()
                read_drafts(path, Conventions())
                best[suffix] = min(best[suffix], time.process_time() - begun)
    print(f"One interview of {len(turns):,} turns, {size:.2f} MB of words, reading alone")
    for suffix, seconds in best.items():
        ratio = seconds / best[".txt"]
        print(f"{suffix:6} {seconds / size:6.2f} s/MB, {ratio:6.1f} times .txt")
