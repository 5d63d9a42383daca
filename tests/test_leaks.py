"""What still stands in exports: ten planted names of ten, nothing where there is nothing, masked."""

import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from builders import write_files
from hrcode.cli.app import app
from hrcode.privacy import passages
from hrcode.privacy.key import Key, write_key
from hrcode.privacy.leaks import find_leaks, mask
from hrcode.privacy.passages import read_passages
from hrcode.privacy.study import known_names

TABLE = "participant,group,name,names\nS1,S,Ruth Ellery,\nS2,S,Darius Petrulis,Petrul*\nS3,S,Will Moss,\n"
CLEAN = "segment_id,text\nS1:1,I will ask S4 about the truth of 0.12345678 and 1234567890\n"


def word(*runs, where="body"):
    document = docx.Document()
    place = document.add_paragraph() if where == "body" else document.add_table(1, 1).cell(0, 0).paragraphs[0]
    for run in runs:
        place.add_run(run)
    return saved(document)


def sheet(**cells):
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    return saved(book)


def saved(document):
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def zipped(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "."), content)
    return data.getvalue()


PLANTED = {
    "case.txt": ("one\ntwo RUTH three\n", "line 2"),
    "possessive.md": ("Ruth’s chair\n", "line 1"),
    "inflection.csv": ("id,text\n1,su Petruliu\n", "line 2"),
    "full.json": (json.dumps({"who": "Darius Petrulis"}), "line 1"),
    "escaped.json": ('{\n"who": "\\u0052uth"\n}', "line 2"),
    "tags.html": ("<p>\n<b>Ru</b>th was here</p>\n", "line 2"),
    "attribute.html": ('<p title="Ruth">x</p>\n', "line 1"),
    "cell.docx": (word("Ask Ruth.", where="table"), "word/document.xml paragraph 1"),
    "split.docx": (word("Ask Ru", "th Elle", "ry."), "word/document.xml paragraph 1"),
    "cell.xlsx": (sheet(A1="x", B3="Ask Ruth Ellery"), "sheet1!B3"),
}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, {"p.csv": TABLE})


def run(*args):
    return CliRunner().invoke(app, ["leak-scan", *args], prog_name="hrcode")


def leaks_in(**files):
    write_files(Path("share"), {name.replace("__", "."): content for name, content in files.items()})
    paths = {path.name: path for path in sorted(Path("share").iterdir())}
    return find_leaks(paths, known_names(Path("p.csv"), None))


def test_leaks_ten_planted_of_ten():
    write_files(Path("share"), {name: content for name, (content, _) in PLANTED.items()})
    done = run("share", "--participants", "p.csv", "--format", "json")
    found = json.loads(done.stdout)["leaks"]
    assert 1 == done.exit_code
    assert {(name, place) for name, (_, place) in PLANTED.items()} == {
        (one["file"], one["place"]) for one in found
    }
    assert {"person"} == {one["kind"] for one in found}


@pytest.mark.parametrize("name", PLANTED)
def test_leaks_show_no_name(name):
    write_files(Path("share"), {name: PLANTED[name][0]})
    done = run("share", "--participants", "p.csv")
    assert (1, True) == (done.exit_code, "***" in done.stdout)
    assert not [part for part in ("uth", "UTH", "llery", "etrul", "arius") if part in done.output]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("clean.csv", CLEAN),
        ("clean.docx", word("Nobody here.")),
        ("clean.xlsx", sheet(A1="nobody", A2=12345678901234)),
        ("clean.html", "<p>truth, Ruthless</p>"),
        ("run.json", '{"sha256": "0812345678901234567890abcdef", "hrcode": "0.1.0"}'),
        ("all.zip", zipped(a__txt="nobody")),
    ],
)
def test_leaks_none_where_there_is_nothing(file, content):
    write_files(Path("share"), {file: content})
    done = run("share", "--participants", "p.csv")
    assert (0, "") == (done.exit_code, done.stdout)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("jo@mail.example", "e-mail"),
        ("+370 612 34567", "phone"),
        ("38703181745", "id"),
        ("19600412-3317", "id"),
    ],
)
def test_leaks_identifiers_are_found_by_shape(content, kind):
    assert [kind] == [leak.kind for leak in leaks_in(a__txt=f"so {content} then")]


def test_leaks_a_files_own_name_and_authors_and_packed_files():
    document = docx.Document()
    document.core_properties.author = "Ruth Ellery"
    found = leaks_in(Ruth_1__txt="x", by__docx=saved(document), all__zip=zipped(in__docx=word("Ask Ruth")))
    assert [
        ("R***_1.txt", "name"),
        ("all.zip", "in.docx word/document.xml paragraph 1"),
        ("by.docx", "docProps/core.xml"),
    ] == [(leak.file, leak.place) for leak in found]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF"), ("a.png", b"\x89PNG"), ("a.docx", b"no zip"), ("a.txt", b"a\0b"), ("a", "x"),
     ("a.zip", zipped(b__bin="x"))],
)  # fmt: skip
def test_leaks_what_cannot_be_searched_is_not_called_clean(name, content):
    write_files(Path("share"), {name: content})
    done = run("share", "--participants", "p.csv")
    assert (1, True) == (done.exit_code, "not searched" in done.stdout)


def nested(levels):
    data = zipped(a__txt="Ruth")
    for _ in range(levels):
        data = zipped(in__zip=data)
    return data


def with_broken_entry():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", "Nobody here. " * 99)
    broken = bytearray(data.getvalue())
    broken[40:50] = b"\xff" * 10
    return bytes(broken)


@pytest.mark.parametrize("ending", ["zip", "docx"])
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (with_broken_entry(), "is damaged"),
        (nested(400), "more than 5 archives"),
        (zipped(a__txt=b"x" * 200_000), "would unpack to"),
        (zipped(**{f"f{n}__zip": zipped(a__txt=b"x" * 20_000) for n in range(9)}), "would unpack to"),
    ],
    ids=["broken", "nested without end", "large", "large in all"],
)
def test_leaks_archives_that_mean_harm_are_not_searched(monkeypatch, content, ending, why):
    monkeypatch.setattr(passages, "MAX_UNPACKED", 190_000)
    monkeypatch.setattr(passages, "MAX_IN_ALL", 300_000)
    write_files(Path("share"), {f"a.{ending}": content})
    done = run("share", "--participants", "p.csv")
    assert (1, True) == (done.exit_code, why in done.stdout), done.output
    assert "not searched" in done.stdout


def test_leaks_names_of_packed_files_are_masked():
    write_files(Path("share"), {"all.zip": zipped(Ruth__txt="Ruth", Ruth__pdf="x")})
    done = run("share", "--participants", "p.csv")
    assert (1, True) == (done.exit_code, "R***.pdf, which cannot be searched" in done.stdout), done.output
    assert "Ruth" not in done.output


def test_leaks_by_key(monkeypatch):
    monkeypatch.setenv("HRCODE_PASSPHRASE", "a long passphrase")
    write_key(Path("k"), Key({"place/malmo": "[place 1]"}, {"[place 1]": ["Malmö"]}), "a long passphrase")
    write_files(Path("share"), {"a.txt": "in Malmö\n"})
    done = run("share", "--key", "k")
    assert (1, "a.txt, line 1: place: M***\n") == (done.exit_code, done.stdout)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["share"], "Say which names"),
        (["share", "--participants", "empty.csv"], "No names are known"),
        (["shar", "--participants", "p.csv"], "Did you mean"),
    ],
)
def test_leak_scan_could_not_run(args, words):
    write_files(Path(), {"share/a.txt": "x", "empty.csv": "participant\nS1\n"})
    done = run(*args)
    assert (2, True) == (done.exit_code, words in done.stderr)


def test_mask_does_not_tell_how_long_a_name_is():
    assert mask("Bo") == mask("Bartholomew")


def test_passages_of_utf16():
    assert "Ruth" in "".join(passage.text for passage in read_passages("a.txt", "Ruth".encode("utf-16")))
