"""Pseudonymise, restore, code: a whole study, as files."""

import io
import stat
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from builders import write_files
from hrcode import code, load_codebook, load_transcripts
from hrcode.cli.app import app
from hrcode.errors import PrivacyError
from hrcode.privacy.key import Key, read_key, write_key
from hrcode.privacy.study import pseudonymise_study
from planted import score, write_study

ROOT = Path(__file__).resolve().parent.parent
PASS = "a long invented passphrase"
TALK = (
    "\ufeffI: Hello, Ruth.\r\nRuth: Ruth's fine. I rang Marek on 070-123 45 67.\r\n"
    "S2: Marek who? Ask ruth ellery.\r\n"
)
NAMELESS = (
    "\ufeffI: Hello, S1.\r\nS1: S1's fine. I rang [person 1] on [phone 1].\r\nS2: [person 1] who? Ask S1.\r\n"
)
STUDY = {
    "talks/Ruth_1.txt": TALK,
    "talks/two/S2.md": "I: And?\nS2: Marek cooks soup for Ruth in Malmö.\n",
    "talks/participants.csv": "participant;group;name\r\nS1;S;Ruth Ellery\r\nS2;S;Ola Moss\r\n",
    "names.txt": "person: Marek\nplace: Malmö\n",
}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("HRCODE_PASSPHRASE", PASS)
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, STUDY)


def run(*args):
    return CliRunner().invoke(app, [*args], prog_name="hrcode")


def pseudonymise(*args, folder="talks"):
    return run("pseudonymise", folder, "--no-entities", "--names", "names.txt", *args)


def test_names_become_pseudonyms_that_are_the_same_in_all_files(tmp_path):
    assert 0 == pseudonymise("--out", "out").exit_code
    assert {"S1_1.txt", "two/S2.md", "participants.csv"} == {
        path.relative_to("out").as_posix() for path in Path("out").rglob("*") if path.is_file()
    }
    assert NAMELESS == Path("out/S1_1.txt").read_bytes().decode("utf-8")
    assert "I: And?\nS2: [person 1] cooks soup for S1 in [place 1].\n" == Path("out/two/S2.md").read_text(
        "utf-8"
    )
    assert "participant,group\nS1,S\nS2,S\n" == Path("out/participants.csv").read_text("utf-8")


def test_a_listed_name_as_a_label_stays_a_label():
    write_files(Path(), {"talks/S3.txt": "I: Yes?\nMarek: I cook.\nS2: Me too.\n"})
    pseudonymise("--out", "out")
    assert "I: Yes?\nPerson 1: I cook.\nS2: Me too.\n" == Path("out/S3.txt").read_text("utf-8")


def test_a_label_that_nobody_named_stays_and_is_said():
    write_files(Path(), {"talks/S3.txt": "I: Yes?\nAnna: I cook.\nI: So?\nAnna: I do.\n"})
    done = run("pseudonymise", "talks", "--out", "out")
    assert "Anna: I cook." in Path("out/S3.txt").read_text("utf-8")
    assert "these speaker labels stay: Anna" in done.stderr


def test_the_key_brings_back_every_byte():
    assert 0 == pseudonymise("--out", "out", "--key", "study.key").exit_code
    assert 0 == run("restore", "out", "--key", "study.key", "--out", "back").exit_code
    old, new = (
        {p.relative_to(f).as_posix(): p.read_bytes() for p in Path(f).rglob("*") if p.is_file()}
        for f in ("talks", "back")
    )
    assert old == new


def test_the_key_shows_nothing_and_is_its_owners_alone():
    pseudonymise("--out", "out", "--key", "study.key")
    assert 0o600 == stat.S_IMODE(Path("study.key").stat().st_mode)
    assert b"Ruth" not in Path("study.key").read_bytes()


@pytest.mark.parametrize("at", [0, 14, 31, 45, -1])
def test_a_key_with_one_changed_bit_fails_closed(at):
    pseudonymise("--out", "out", "--key", "study.key")
    data = bytearray(Path("study.key").read_bytes())
    data[at] ^= 1
    Path("study.key").write_bytes(data)
    done = run("restore", "out", "--key", "study.key", "--out", "back")
    assert (2, False) == (done.exit_code, Path("back").exists())


def test_a_wrong_passphrase_fails_closed(monkeypatch):
    pseudonymise("--out", "out", "--key", "study.key")
    monkeypatch.setenv("HRCODE_PASSPHRASE", "another passphrase")
    done = run("restore", "out", "--key", "study.key", "--out", "back")
    assert (2, True, False) == (done.exit_code, "wrong passphrase" in done.stderr, Path("back").exists())


def test_a_key_goes_on_with_its_pseudonyms():
    pseudonymise("--out", "out", "--key", "study.key")
    write_files(Path(), {"more/S2.txt": "I: And?\nS2: Ask Petra, not Marek.\n"})
    Path("names.txt").write_text("person: Petra\nperson: Marek\n", encoding="utf-8")
    pseudonymise("--out", "out2", "--key", "study.key", folder="more")
    assert "I: And?\nS2: Ask [person 2], not [person 1].\n" == Path("out2/S2.txt").read_text("utf-8")
    assert (
        0 == run("restore", "out", "--key", "study.key", "--out", "back").exit_code
    )  # the first are still known


def test_a_changed_file_is_not_restored():
    pseudonymise("--out", "out", "--key", "study.key")
    Path("out/S1_1.txt").write_text("S1: other words\n")
    done = run("restore", "out", "--key", "study.key", "--out", "back")
    assert (2, True, False) == (done.exit_code, "changed" in done.stderr, Path("back").exists())


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["talks"], "--dry-run"),
        (["talks", "--out", "talks/out"], "lies inside"),
        (["talks", "--out", "talks"], "not empty"),
        (["talks", "--out", "out", "--key", "out/study.key"], "must not lie in"),
        (["talks", "--out", "out", "--names", "nams.txt"], "Did you mean"),
        (["tlks", "--out", "out"], "Did you mean"),
        (["empty", "--out", "out"], "no transcripts"),
        (["bad", "--out", "out"], "bad/x.pdf"),
        (["talks", "--out", "out", "--key", "names.txt"], "is no key file"),
    ],
)
def test_pseudonymise_refuses(args, words):
    Path("empty").mkdir()
    write_files(Path(), {"bad/x.pdf": b"%PDF", "bad/y.docx": b"no zip", "bad/z.txt": b"a\0b"})
    done = run("pseudonymise", *args)
    assert (2, True) == (done.exit_code, words in done.stderr)
    assert not Path("out").exists()


def test_dry_run_lists_and_writes_nothing():
    before = sorted(Path().rglob("*"))
    done = pseudonymise("--dry-run", "--key", "study.key")
    assert (0, before) == (done.exit_code, sorted(Path().rglob("*")))
    assert "S1  5x person (table): Ruth, ruth ellery" in done.stdout
    assert "[person 1]  3x person (list): Marek" in done.stdout
    assert 80 >= max(map(len, done.stdout.splitlines()))


@pytest.mark.parametrize("word", ["", "short"])
def test_a_new_key_needs_a_passphrase(tmp_path, word):
    with pytest.raises(PrivacyError, match="too short"):
        write_key(tmp_path / "k", Key(), word)
    assert not (tmp_path / "k").exists()


def test_key_round_trip(tmp_path):
    key = Key(
        {"person/ū": "[person 1]"},
        {"[person 1]": ["Ū"]},
        {"a.txt": {"name": "b.txt", "swaps": [[0, 1, "Ū"]]}},
    )
    write_key(tmp_path / "k", key, PASS)
    assert key == read_key(tmp_path / "k", PASS)


def make_docx(path):
    """A Word document with a name in bold, one cut over two runs, in a table, a header, and as author."""
    document = docx.Document()
    document.core_properties.author = "Ruth Ellery"
    document.sections[0].header.paragraphs[0].text = "Talk with Ruth"
    line = document.add_paragraph("S1: I am ")
    line.add_run("Ruth").bold = True
    line.add_run(" Ell")
    line.add_run("ery").italic = True
    line.add_run(" of Malmö.")
    document.add_table(1, 2).cell(0, 1).text = "Ask Ruth."
    document.save(path)


def words_of(path):
    """Give every word and every layout of a document's body, header and table."""
    document = docx.Document(path)
    runs = [(run.text, run.bold, run.italic) for p in document.paragraphs for run in p.runs]
    return runs, document.sections[0].header.paragraphs[0].text, document.tables[0].cell(0, 1).text


def test_docx_in_docx_out_with_its_layout(tmp_path):
    Path("word").mkdir()
    make_docx(Path("word/S1.docx"))
    (tmp_path / "p.csv").write_text("participant,name\nS1,Ruth Ellery\n")
    table = ["--participants", "p.csv"]
    assert 0 == pseudonymise("--out", "out", "--key", "k.key", *table, folder="word").exit_code
    runs, header, cell = words_of("out/S1.docx")
    assert [("S1: I am ", None, None), ("S1", True, None), ("", None, None), ("", None, True),
            (" of [place 1].", None, None)] == runs  # fmt: skip
    assert ("Talk with S1", "Ask S1.", "") == (
        header,
        cell,
        docx.Document("out/S1.docx").core_properties.author,
    )
    with zipfile.ZipFile("out/S1.docx") as package:
        assert not [name for name in package.namelist() if b"Ruth" in package.read(name)]
    assert 0 == run("restore", "out", "--key", "k.key", "--out", "back").exit_code
    assert "S1: I am Ruth Ellery of Malmö." == docx.Document("back/S1.docx").paragraphs[0].text


def test_docx_with_entities_declared_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    write_files(Path(), {"word/S1.docx": packed.getvalue()})
    done = pseudonymise("--out", "out", folder="word")
    assert (2, True) == (done.exit_code, "declares XML entities" in done.stderr)


@pytest.mark.slow
def test_recall_of_personal_names_on_the_invented_study(tmp_path):
    marked = write_study(tmp_path / "planted")
    texts = {name: (tmp_path / "planted" / name).read_text(encoding="utf-8") for name in marked}
    counts = score(marked, pseudonymise_study([tmp_path / "planted"]).spans, texts)
    assert 60 == counts["planted", "person"]
    assert 0.95 <= counts["replaced", "person"] / counts["planted", "person"]
    assert 0.95 <= counts["right", "person"] / counts["made", "person"]
    for kind in ("e-mail", "phone", "id", "date"):
        assert counts["planted", kind] == counts["replaced", kind]


def moved(place, swaps):
    """Give the place in the new text of a place in the old one."""
    return place + sum(len(new) - (end - start) for start, end, new in swaps if end <= place)


@pytest.mark.slow
def test_codings_are_the_same_outside_replaced_words(tmp_path):
    done = pseudonymise_study([ROOT / "transcripts"])
    for name, data in done.files.items():
        (tmp_path / "new").mkdir(exist_ok=True)
        (tmp_path / "new" / name).write_bytes(data)
    book = load_codebook(ROOT / "codebooks" / "harm_reduction.yaml")
    old, new = (code(load_transcripts(folder), book) for folder in (ROOT / "transcripts", tmp_path / "new"))
    expected = set()
    for coding in old.codings:
        swaps = done.spans[f"{coding.transcript}.txt"]
        if not any(start < coding.end and coding.start < end for start, end, _ in swaps):
            expected.add((coding.transcript, coding.indicator, coding.subcategory, coding.evidence,
                          moved(coding.start, swaps)))  # fmt: skip
    found = {(c.transcript, c.indicator, c.subcategory, c.evidence, c.start) for c in new.codings}
    assert expected
    assert sum(map(len, done.spans.values())) > 20
    assert expected == found


def test_aliases_that_are_names_are_taken_out_everywhere(tmp_path):
    rows = [
        ["participant", "aliases", "consent"],
        ["S1", "Ruthie; Speaker 2; R", "yes"],
        ["S2", "Ola Moss", "no"],
    ]
    write_files(
        tmp_path,
        {"heap/a.txt": "I: Ruthie?\nRuthie: Ask Ola. R you sure?\nOla Moss: The speaker, yes.\n"},
    )
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save("heap/participants.xlsx")
    done = run("pseudonymise", "heap", "--no-entities", "--out", "out", "--key", "study.key")
    assert 0 == done.exit_code, done.output
    assert "I: S1?\nS1: Ask S2. R you sure?\nS2: The speaker, yes.\n" == Path("out/a.txt").read_text()
    table = Path("out/participants.csv").read_text()
    assert "participant,aliases,consent\nS1,S1; Speaker 2; R,yes\nS2,S2,no\n" == table
    assert "consent to quotes is missing: S2 (no)" in " ".join(done.stderr.split())
    assert ["S1", "S2"] == [person.id for person in load_transcripts("out").participants]
    assert 0 == run("leak-scan", "out", "--participants", "heap/participants.xlsx").exit_code
    assert 1 == run("leak-scan", "heap", "--participants", "heap/participants.xlsx").exit_code
    assert 0 == run("restore", "out", "--key", "study.key", "--out", "back").exit_code
    assert Path("heap/participants.xlsx").read_bytes() == Path("back/participants.xlsx").read_bytes()
    assert Path("heap/a.txt").read_bytes() == Path("back/a.txt").read_bytes()
