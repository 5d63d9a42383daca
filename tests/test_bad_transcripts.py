"""Bad input among good: the file is named, the others are checked, exit 2, in bounded time and memory."""

import io
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from builders import archive, write_files
from hrcode.transcripts.check import check_transcripts
from hrcode.transcripts.load import load_transcripts
from one_interview import project, word, workbook
from test_cli import run
from test_laid_out import encrypted, odt, pdf
from test_project_sources import HEAD

SOUND = {"sound.txt": "I: And so?\nL1: We cook soup.\n"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)  # how Office wraps what has a password
PDF = pdf(["I: How was it?", "S1: We cook soup."])
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


def without_end(data):
    return data[: len(data) // 2]


def with_part(data, name, change):
    """Change one part of a document that is an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    return archive({**parts, name: change(parts.get(name, b""))})


def flood_of_tags(data):
    noise = random.Random(1)
    tags = "".join(f'<w:p a="{noise.randrange(10**9)}"/>' for _ in range(1_100_000))
    return data.replace(b"<w:body>", b"<w:body>" + tags.encode())


def pdf_bomb():
    writer = PdfWriter()
    page = writer.add_blank_page(width=600, height=800)
    stream = StreamObject()
    stream._data = zlib.compress(b"BT " + b"0 " * 150_000_000 + b"ET", 1)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def entities(data):
    declared = b"?>" + BOMB.replace("x [", "w [").encode()
    return data.replace(b"?>", declared, 1).replace(b"An interview", b"&b;", 1)


UNREADABLE = {
    "truncated docx": ("bad.docx", lambda: without_end(word()), "damaged"),
    "truncated odt": ("bad.odt", lambda: without_end(odt("<text:p>S1: We cook.</text:p>")), "damaged"),
    "truncated xlsx": ("bad.xlsx", lambda: without_end(workbook()), "damaged"),
    "truncated pdf": ("bad.pdf", lambda: without_end(PDF), "cannot be read as a PDF"),
    "truncated qdpx": ("bad.qdpx", lambda: without_end(project()), "damaged"),
    "docx with a password": ("bad.docx", lambda: OLE, "needs a password"),
    "xlsx with a password": ("bad.xlsx", lambda: OLE, "needs a password"),
    "pdf with a password": ("bad.pdf", lambda: encrypted(PDF), "needs a password"),
    "docx bomb": (
        "bad.docx",
        lambda: with_part(word(), "word/document.xml", lambda part: part + b" " * 50_000_000),
        "times its size",
    ),
    "docx of a million tags": (
        "bad.docx",
        lambda: with_part(word(), "word/document.xml", flood_of_tags),
        "signs of markup",
    ),
    "docx of many parts": (
        "bad.docx",
        lambda: archive({f"a{number}": b"" for number in range(10_001)}),
        "holds 10,001 files",
    ),
    "odt with entities": (
        "bad.odt",
        lambda: odt("&b;").replace(b"<office:document-content", BOMB.encode() + b"<office:document-content"),
        "damaged",
    ),
    "qdpx with entities": (
        "bad.qdpx",
        lambda: archive({"p.qde": BOMB + HEAD.partition("?>")[2] + "&b;</Project>"}),
        "damaged",
    ),
    "html of a million tags": ("bad.html", lambda: b"<b>" * 2_000_001, "signs of markup"),
    "pdf bomb": ("bad.pdf", pdf_bomb, "bad.pdf"),
    "100 MB in one line": ("bad.txt", lambda: b"S1: " + b"we cook " * 12_500_000, "is 100 MB; the limit"),
    "NUL bytes": ("bad.txt", lambda: b"S1: We\0cook.\n", "is a binary file"),
    "NUL bytes in captions": ("bad.vtt", lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\nS\0", "binary"),
    "half a UTF-16 pair": ("bad.txt", lambda: "S1: \U0001f375".encode("utf-16")[:-2], "is not utf-16 text"),
    "deep JSON": ("bad.json", lambda: b"[" * 1_000_000, "not valid JSON"),
    "deep front matter": ("bad.md", lambda: b"---\na: " + b"[" * 50_000 + b"\n---\nS1: Yes.\n", "bad.md"),
}  # fmt: skip


@contextmanager
def within(seconds):
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


@pytest.mark.parametrize(("name", "make", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_bad_file_is_named_and_the_others_are_checked(tmp_path, monkeypatch, name, make, words):
    monkeypatch.setenv("COLUMNS", "200")
    write_files(tmp_path, {name: make(), **SOUND})
    with within(60):
        done = run("transcripts", "check", str(tmp_path))
    assert 2 == done.exit_code
    assert (name in done.stdout, words in " ".join(done.stdout.split())) == (True, True)
    assert "L1 (group L)" in done.stdout


def test_bad_entities_in_word_are_not_resolved(tmp_path):
    """Word files hold no entities; one that does is read without them, and stays small."""
    write_files(tmp_path, {"bad.docx": with_part(word(), "word/document.xml", entities), **SOUND})
    with within(60):
        checked = check_transcripts(tmp_path)
    assert "sound" in [description.transcript for description in checked.descriptions]
    assert not any("haha" in fault.message for fault in checked.findings)


def folder_named_like_a_file(path):
    path.mkdir()


def link_to_itself(path):
    path.symlink_to(path)


def link_to_nowhere(path):
    path.symlink_to(path.parent / "gone")


def pipe(path):
    os.mkfifo(path)


ODD = {
    folder_named_like_a_file: "is a folder, not a .txt file",
    link_to_itself: "x.txt: error:",
    link_to_nowhere: "no such file",
    pipe: "is not a regular file",
}


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX's")
@pytest.mark.parametrize(("make", "words"), ODD.items(), ids=[make.__name__ for make in ODD])
def test_bad_what_is_no_file_is_named_and_the_others_are_checked(tmp_path, monkeypatch, make, words):
    monkeypatch.setenv("COLUMNS", "200")
    make(write_files(tmp_path, SOUND) / "x.txt")
    with within(30):
        done = run("transcripts", "check", str(tmp_path))
    assert (2, True) == (done.exit_code, words in done.stdout)
    assert "L1 (group L)" in done.stdout


def test_bad_folder_that_links_to_itself_is_not_followed(tmp_path):
    (write_files(tmp_path, SOUND) / "round").symlink_to(tmp_path)
    checked = check_transcripts(tmp_path)
    assert (1, ["link-not-followed"]) == (
        len(checked.descriptions),
        [fault.rule for fault in checked.findings],
    )


GOES_ON = {"docx": word, "xlsx": workbook, "pdf": lambda: PDF, "qdpx": project, "txt": lambda: b"S1: Yes.\n"}


@pytest.mark.parametrize(("ending", "make"), GOES_ON.items(), ids=GOES_ON)
def test_bad_file_that_vanishes_before_it_is_read(tmp_path, monkeypatch, ending, make):
    """The folder has been searched; then somebody takes the file away."""
    from hrcode.transcripts import reading

    path = write_files(tmp_path, {f"bad.{ending}": make(), **SOUND}) / f"bad.{ending}"
    searched = reading.find_files

    def find_and_lose(*args):
        found = searched(*args)
        path.unlink()
        return found

    monkeypatch.setattr(reading, "find_files", find_and_lose)
    checked = check_transcripts(tmp_path)
    assert ((str(path),), 1) == (checked.unread, len(checked.descriptions))
    assert any("no such file" in fault.message for fault in checked.findings)


def test_bad_file_that_changes_while_it_is_read(tmp_path, monkeypatch):
    path = write_files(tmp_path, {"bad.txt": "S1: Yes, we cook.\n", **SOUND}) / "bad.txt"
    opened = Path.open

    @contextmanager
    def open_and_change(self, *args, **kwargs):
        with opened(self, *args, **kwargs) as handle:
            yield handle
            if self == path:
                with opened(path, "ab") as other:
                    other.write(b"S1: And more.\n")

    monkeypatch.setattr(Path, "open", open_and_change)
    checked = check_transcripts(tmp_path)
    assert (str(path),) == checked.unread
    assert any("changed while it was read" in fault.message for fault in checked.findings)


@contextmanager
def somebody_else():
    """Become a user who may not read everything: tests may run as root, who may."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
@pytest.mark.parametrize("ending", GOES_ON)
def test_bad_no_permission_to_read(ending):
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        folder = Path(name)
        files = {f"bad.{ending}": GOES_ON[ending](), f"closed/more.{ending}": GOES_ON[ending]()}
        write_files(folder, {**files, **SOUND})
        check_transcripts(folder)  # loads what it needs while it may
        folder.chmod(0o755)
        (folder / f"bad.{ending}").chmod(0)
        (folder / "closed").chmod(0)
        try:
            with somebody_else():
                checked = check_transcripts(folder)
        finally:
            (folder / "closed").chmod(0o755)
    assert ["sound"] == [description.transcript for description in checked.descriptions]
    assert {str(folder / f"bad.{ending}"), str(folder / "closed")} == set(checked.unread)
    assert all("Permission denied" in fault.message for fault in checked.findings if fault.level == "error")


UNUSUAL = {
    "right to left": "I: מה?\nשרה: אנחנו מבשלים מרק.\nI: و؟\nשרה: نعم، نطبخ.\n",
    "combining characters": "I: Ne\u0301e?\nZ\u030ca\u0304: We cook so\u0308p\u0301.\nI: So?\nŽā: Yes.\n",
    "not in any plane": "I: \U0001f375?\nS1: \U00020000\u200d\U0001f373.\nI: \ufffe\nS1: \U0010ffff\n",
    "marks of direction": "I: \u202eSo?\nS1: \u2066We cook\u2069.\nI: And?\nS1: \u200f.a\n",
}


@pytest.mark.parametrize("text", UNUSUAL.values(), ids=UNUSUAL)
def test_bad_looking_text_is_kept_to_the_letter(tmp_path, text):
    write_files(tmp_path, {"x.txt": text})
    (transcript,) = load_transcripts(tmp_path)
    assert (text, 4, 1) == (
        transcript.text,
        len(transcript.turns),
        len(load_transcripts(tmp_path).participants),
    )
    assert run("transcripts", "show", str(tmp_path / "x.txt")).exit_code == 0


def test_bad_accents_of_their_own_are_one_label_with_the_table(tmp_path):
    files = {
        "a.txt": "A\u030ake: We cook.\nI: So?\nÅke: Yes.\n",
        "b.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A\u030ake>We eat.\n",
        "participants.csv": "participant,group\nA\u030ake,north\n",
    }
    assert ["Åke"] == [person.id for person in load_transcripts(write_files(tmp_path, files)).participants]


def test_bad_lone_surrogates_are_told_and_can_be_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = r'{"speaker": "S1", "text": "We \ud83d cook soup \ud83c\udf75."}'
    text = f'[{said}, {{"speaker": "I", "text": "\\udfff?"}}]'
    write_files(tmp_path / "talks", {"x.json": text})
    checked = run("transcripts", "check", "talks")
    assert (1, True) == (checked.exit_code, "broken-characters" in checked.stdout)
    assert 0 == run("code", "talks", "--codebook", "harm_reduction").exit_code
    assert "We \ufffd cook soup \U0001f375." in (tmp_path / "results/segments.csv").read_text(
        encoding="utf-8"
    )


GROWING = {
    "speakers": (4_000, "Ann{0:x}x: We cook {0}.\nAnn{0:x}x: Yes.\n", ".txt"),
    "headings": (8_000, "# Part {0}\nS1: We cook {0}.\n", ".md"),
    "labels that are none": (20_000, "Ab c: we cook {0}.\n", ".txt"),
    "bold words": (8_000, "<b>a{0}</b> ", ".html"),
    "headings of a page": (4_000, "<h2>Part {0}</h2><p>S1: We cook {0}.</p>", ".html"),
    "captions": (8_000, "00:00:01,0 --> 00:00:02,0\nS1: We cook {0}.\n\n", ".srt"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("size", "line", "ending"), GROWING.values(), ids=GROWING)
def test_bad_files_that_grow_cost_time_in_proportion(tmp_path, size, line, ending):
    """Four times the lines take about four times the time, not sixteen."""
    start = "S1: So.\n" if ending in (".txt", ".md") else ""
    taken = []
    for times in (1, 4):
        text = start + "".join(line.format(number) for number in range(size * times))
        path = write_files(tmp_path, {f"x{times}{ending}": text}) / f"x{times}{ending}"
        taken.append(min(_seconds(path) for _ in range(2)))
    assert taken[1] < 12 * taken[0] + 0.2


def _seconds(path):
    begun = time.process_time()
    check_transcripts(path)
    return time.process_time() - begun


@pytest.mark.slow
def test_bad_the_largest_single_line_is_bounded_in_memory(tmp_path):
    """49 MB in one line are read, in less than a gigabyte."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux says how much memory a process used since it began")
    write_files(tmp_path, {"x.txt": b"S1: " + b"we cook soup and then " * 2_200_000})
    program = (
        "import re, sys\nfrom hrcode import check_transcripts\n"
        "checked = check_transcripts(sys.argv[1])\n"
        # Not getrusage, which counts what the process that started this one used.
        "peak = re.search(r'VmHWM:\\s+([0-9]+)', open('/proc/self/status').read())\n"
        "print(checked.descriptions[0].words, int(peak[1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    words, megabytes = map(int, done.stdout.split())
    assert (11_000_000, True) == (words, megabytes < 1_000)
