import csv
import hashlib
import json
import random
import resource
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from builders import codebook_text, write_files
from hrcode.analysis.compare import compare
from hrcode.analysis.quote_filters import QuoteFilters
from hrcode.analysis.quotes import quotes
from hrcode.archive import record
from hrcode.archive.coded.comparing import compare_archive
from hrcode.archive.coded.quoting import coded_part
from hrcode.archive.job import check_installed, make_job
from hrcode.archive.material.sources import is_archive_path
from hrcode.archive.work.run import code_archive
from hrcode.archive.work.tables import TABLES
from hrcode.cli.app import app
from hrcode.codebook.load import load_codebook
from hrcode.coding.code import code
from hrcode.coding.engines import Engines
from hrcode.coding.model import Coding, NearMiss, Segment
from hrcode.errors import ResultsError, RunError, StudyError
from hrcode.exchange.results import read_results
from hrcode.schema import CODINGS, NEAR_MISSES, SEGMENTS
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.participants import NOT_QUOTED
from hrcode.writing import claimed

FRAME = {
    "food/cooks": ["cook soup", "bake bread"],
    "food/shares": ["share the soup", "soup"],
    "-food/wastes": ["throw ... away"],
    "garden/digs": ["dig"],
}
SAID = [
    "I cook soup daily.", "We never throw it away.", "I bake bread and share the soup.", "They dig.",
    "The sea is large.", "Nobody likes to dig there.", "They throw bread away.", "Soup, always soup!",
]  # fmt: skip


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "kitchen.yaml"
    path.write_text(codebook_text(FRAME), encoding="utf-8")
    return load_codebook(path)


def talks(number, seed=1):
    """Conversations as rows of id, speaker and text."""
    choose = random.Random(seed)
    rows = []
    for n in range(number):
        people = [f"{choose.choice('ABC')}{choose.randint(1, 9)}" for _ in range(choose.randint(1, 2))]
        for turn in range(choose.randint(2, 9)):
            label = "I" if turn % 2 == 0 else choose.choice(people)
            text = " ".join(choose.choice(SAID) for _ in range(choose.randint(1, 4)))
            rows.append((f"t{seed}-{n:03}", label, f"{text} {n}"))
    return rows


def write_parquet(path, rows, names=("id", "speaker", "text")):
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))), path)
    return path


def write_json_lines(path, rows, names=("id", "speaker", "text")):
    lines = [json.dumps(dict(zip(names, row, strict=True))) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_csv(path, rows, names=("id", "speaker", "text")):
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows([names, *rows])
    return path


def archive(folder, partitions=3, each=6):
    """Write an archive of some partitions; give its pattern."""
    for number in range(partitions):
        write_parquet(folder / "archive" / f"p{number}.parquet", talks(each, seed=number))
    return str(folder / "archive" / "*.parquet")


def hashes(folder):
    """Hash every table of an archive's results."""
    run = json.loads((folder / "run.json").read_text())
    return {
        f"{name}/{table}": hashlib.sha256(
            (folder / run["folder"] / name / f"{table}.parquet").read_bytes()
        ).hexdigest()
        for name in run["partitions"]
        for table in TABLES
    } | {"run": (folder / "run.json").read_text()}


WRITERS = {"parquet": write_parquet, "jsonl": write_json_lines, "csv": write_csv}


@pytest.mark.parametrize("ending", WRITERS)
def test_archive_is_coded_as_a_study_is(tmp_path, book, ending):
    rows = talks(8)
    WRITERS[ending](tmp_path / f"all.{ending}", rows)
    code_archive([str(tmp_path / f"all.{ending}")], make_job(book), tmp_path / "out")
    (tmp_path / "study").mkdir()
    for name in dict.fromkeys(row[0] for row in rows):
        write_csv(tmp_path / "study" / f"{name}.csv", [row for row in rows if row[0] == name])
    study = code(load_transcripts(tmp_path / "study"), book)
    whole = read_results(tmp_path / "out")
    # Rows are counted over the whole table, not over a conversation's own.
    assert [s._replace(location="") for s in study.segments] == [
        s._replace(location="") for s in whole.segments
    ]
    assert (study.codings, study.near_misses, study.frame) == (whole.codings, whole.near_misses, whole.frame)
    assert {p.id: p.group for p in study.participants} == {p.id: p.group for p in whole.participants}


def test_archive_of_transcript_files(tmp_path, book):
    files = {f"A{n}.txt": f"I: And?\nA{n}: I cook soup {n}. They dig.\n" for n in range(9)}
    write_files(tmp_path / "talk", files)
    code_archive([str(tmp_path / "talk")], make_job(book), tmp_path / "out")
    study = code(load_transcripts(tmp_path / "talk"), book)
    whole = read_results(tmp_path / "out")
    assert (study.segments, study.codings) == (whole.segments, whole.codings)


def test_archive_rows_have_the_columns_of_results():
    for row, columns in ((Segment._fields, SEGMENTS), (Coding.__slots__, CODINGS)):
        assert [*row] == [*columns]
    assert [*Coding.__slots__, *NearMiss.__slots__] == [*NEAR_MISSES]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("by", [None, "town"])
def test_archive_compare_gives_the_numbers_of_compare(tmp_path, book, seed, by):
    town = {}
    choose = random.Random(seed)
    for number in range(3):
        rows = [
            (*row, town.setdefault(row[1], choose.choice(["north", "south", ""])))
            for row in talks(seed * 3 + 1, seed=10 * seed + number)
        ]
        write_parquet(tmp_path / "archive" / f"{number}.parquet", rows, ("id", "speaker", "text", "town"))
    code_archive([str(tmp_path / "archive" / "*.parquet")], make_job(book), tmp_path / "out")
    if by and not any(town.values()):
        pytest.skip("nobody's town is known")
    expected, found = compare(read_results(tmp_path / "out"), by=by), compare_archive(tmp_path / "out", by=by)
    pd.testing.assert_frame_equal(expected, found)
    assert expected.attrs == found.attrs


def test_archive_compare_by_what_nobody_has(tmp_path, book):
    code_archive([archive(tmp_path)], make_job(book), tmp_path / "out")
    with pytest.raises(StudyError, match="No participant and no transcript has an attribute 'shoe'"):
        compare_archive(tmp_path / "out", by="shoe")


def test_archive_quotes_take_a_part(tmp_path, book):
    code_archive([archive(tmp_path)], make_job(book), tmp_path / "out")
    whole = read_results(tmp_path / "out")
    soup = [c for c in whole.codings if c.subcategory == "shares" and c.group == "A"]
    part, total = coded_part(tmp_path / "out", QuoteFilters(category="food/shares", group="A"), limit=3)
    assert len(soup) == total > 3
    assert (*soup[:3],) == part.codings
    turns = {(c.transcript, c.turn) for c in part.codings}
    assert [s for s in whole.segments if (s.transcript, s.turn) in turns] == [*part.segments]
    assert 0 == coded_part(tmp_path / "out", QuoteFilters(containing="helicopter"), limit=3)[1]


BAD_LINES = {
    "{": "is not JSON",
    "[1]": "is no JSON object",
    '{"id": "a", "speaker": "A1"}': "text is missing",
    '{"id": "a", "speaker": "A1", "text": null}': "text is missing",
    '{"id": "a", "speaker": "A1", "text": 7}': "text is int, not text",
    '{"id": ["a"], "speaker": "A1", "text": "x"}': "id is list, not text",
    '{"id": "", "speaker": "A1", "text": "x"}': "id is missing",
    "[" * 100_000: "is not JSON",
    '{"id": "t1-000", "speaker": "A1", "text": "again"}': "have to stand together",
}


def test_archive_a_language_that_nothing_is_known_of_costs_its_partition_only(tmp_path, book):
    names = ("id", "speaker", "text", "language")
    write_parquet(tmp_path / "in" / "a.parquet", [("a", "A1", "We dig.", "en")], names)
    write_parquet(tmp_path / "in" / "b.parquet", [("b", "A1", "Kō.", "xx")], names)
    write_parquet(tmp_path / "in" / "c.parquet", [("c", "A1", "We dig.", "en")], names)
    for kept in (0, 2):
        outcome = code_archive([str(tmp_path / "in")], make_job(book), tmp_path / "out")
        (fault,) = outcome.faults
        assert (2, kept, 2) == (outcome.partitions, outcome.kept, outcome.counts["codings"])
        assert ("b.parquet", "language") == (fault.path.rpartition("/")[2], fault.rule)
        assert "b: There are no dictionary forms for language 'xx'" in fault.message


@pytest.mark.parametrize("line", BAD_LINES, ids=range(len(BAD_LINES)))
def test_archive_a_bad_row_is_said_and_the_others_kept(tmp_path, book, line):
    rows = talks(4)
    sound = write_json_lines(tmp_path / "sound.jsonl", rows)
    bad = tmp_path / "bad.jsonl"
    lines = sound.read_text().splitlines()
    at = next(n for n, row in enumerate(rows) if row[0] == "t1-001") + 1
    bad.write_text("\n".join([*lines[:at], line, *lines[at:]]) + "\n")
    code_archive([str(sound)], make_job(book), tmp_path / "expected")
    outcome = code_archive([str(bad)], make_job(book), tmp_path / "out")
    (fault,) = outcome.faults
    assert (str(bad), at + 1) == (fault.path, fault.line)
    assert BAD_LINES[line] in fault.message
    remembered = next((tmp_path / "out").rglob("done.json")).read_text()
    assert ("bad.jsonl" in remembered, str(tmp_path) in remembered) == (True, False)
    if "together" not in fault.message:
        expected = [c.coding_id for c in read_results(tmp_path / "expected").codings]
        assert expected == [c.coding_id for c in read_results(tmp_path / "out").codings]


def test_archive_bad_rows_are_counted_and_the_first_thousand_kept(tmp_path, book):
    good = write_json_lines(tmp_path / "a.jsonl", talks(1)).read_text(encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(good + "{}\n" * 1_500, encoding="utf-8")
    for kept in (0, 1):
        outcome = code_archive([str(tmp_path / "a.jsonl")], make_job(book), tmp_path / "out")
        assert (kept, 1_500, 1_000) == (outcome.kept, outcome.left_out, len(outcome.faults))


def test_archive_columns_that_are_missing_are_said_with_those_there(tmp_path, book):
    path = write_parquet(tmp_path / "a.parquet", talks(2), ("call", "speaker", "words"))
    with pytest.raises(RunError, match=r"has no column 'id', 'text'\. Columns: call, speaker, words"):
        code_archive([str(path)], make_job(book), tmp_path / "out")
    job = make_job(book, columns={"id": "call", "text": "words"})
    assert 2 == code_archive([str(path)], job, tmp_path / "out").counts["transcripts"]


def test_archive_a_file_that_cannot_be_read_is_said_and_the_others_kept(tmp_path, book):
    pattern = archive(tmp_path)
    (tmp_path / "archive" / "p9.parquet").write_bytes(b"PAR1 nothing of the kind")
    outcome = code_archive([pattern], make_job(book), tmp_path / "out")
    assert 3 == outcome.partitions
    assert "p9.parquet: cannot be read as Parquet" in str(outcome.faults[0])


def test_archive_of_bytes_that_are_no_text_is_said(tmp_path, book):
    columns = {name: pa.array([b"a"]).cast(pa.string()) for name in ("id", "speaker")}
    text = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe"))
    pq.write_table(pa.table({**columns, "text": text}), tmp_path / "a.parquet")
    with pytest.raises(RunError, match=r"a\.parquet: cannot be read as Parquet"):
        code_archive([str(tmp_path / "a.parquet")], make_job(book), tmp_path / "out")


def test_archive_transcripts_of_one_id_are_said(tmp_path, book):
    for name in ("a", "b"):
        write_parquet(tmp_path / "archive" / f"{name}.parquet", talks(2))
    outcome = code_archive([str(tmp_path / "archive")], make_job(book), tmp_path / "out")
    assert ["same-id", "same-id"] == [fault.rule for fault in outcome.faults]
    first, second = (str(tmp_path / "archive" / f"{name}.parquet") for name in ("a", "b"))
    assert (second, f"transcript 't1-000' is in {first}, too; give one another id") == (
        outcome.faults[0].path,
        outcome.faults[0].message,
    )


@pytest.mark.parametrize("name", ["segments.csv", "run.json"])
def test_archive_other_peoples_files_are_not_replaced(tmp_path, book, name):
    mine = write_files(tmp_path / "mine", {name: "{}"})
    with pytest.raises(ResultsError, match=f"holds {name}.* would be lost"):
        code_archive([archive(tmp_path)], make_job(book), mine)
    assert {name: "{}"} == {path.name: path.read_text() for path in mine.iterdir()}


def test_archive_partitions_that_are_done_are_kept(tmp_path, book):
    pattern = archive(tmp_path)
    code_archive([pattern], make_job(book), tmp_path / "out")
    first = hashes(tmp_path / "out")
    assert 3 == code_archive([pattern], make_job(book), tmp_path / "out").kept
    assert first == hashes(tmp_path / "out")
    write_parquet(tmp_path / "archive" / "p1.parquet", talks(6, seed=77))
    assert 2 == code_archive([pattern], make_job(book), tmp_path / "out").kept
    whole = read_results(tmp_path / "out")
    assert {"t0", "t2", "t77"} == {s.transcript.split("-")[0] for s in whole.segments}
    assert 3 == len([*(tmp_path / "out").glob("parts-*/*/done.json")])


def test_archive_another_codebook_takes_the_place_of_the_first(tmp_path, book):
    pattern = archive(tmp_path)
    code_archive([pattern], make_job(book), tmp_path / "out")
    (tmp_path / "other.yaml").write_text(codebook_text({"food/soup": ["soup"]}), encoding="utf-8")
    other = load_codebook(tmp_path / "other.yaml")
    assert 0 == code_archive([pattern], make_job(other), tmp_path / "out").kept
    assert {"soup"} == {c.subcategory for c in read_results(tmp_path / "out").codings}
    assert 1 == len([*(tmp_path / "out").glob("parts-*")])


def test_archive_a_second_run_into_a_folder_is_refused(tmp_path, book):
    (tmp_path / "out").mkdir()
    with (
        claimed(tmp_path / "out", error=RunError),
        pytest.raises(RunError, match="another run writes into it"),
    ):
        code_archive([archive(tmp_path)], make_job(book), tmp_path / "out")


def test_archive_on_a_full_disk_leaves_the_old_results(tmp_path, book):
    pattern = archive(tmp_path)
    code_archive([pattern], make_job(book), tmp_path / "out")
    before = hashes(tmp_path / "out")
    write_parquet(tmp_path / "archive" / "p1.parquet", talks(40, seed=77))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))
    try:
        with pytest.raises(ResultsError, match=r"cannot be written .* they are kept"):
            code_archive([pattern], make_job(book), tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert before == hashes(tmp_path / "out")
    assert 2 == code_archive([pattern], make_job(book), tmp_path / "out").kept


def test_archive_other_versions_are_refused(book):
    job = make_job(book)
    other = replace(job, installed={**job.installed, "hrcode": "0.0.1 (abc)", "spacy": "2.0"})
    with pytest.raises(RunError, match=r"worker 7: has hrcode .*, not 0\.0\.1 \(abc\); spacy .*, not 2\.0"):
        check_installed(other, "worker 7")


def run(*args):
    return CliRunner().invoke(app, [*map(str, args)], prog_name="hrcode")


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(record, "MOST_SEGMENTS", 5)


def test_archive_commands(tmp_path, book, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("code", archive(tmp_path), "--codebook", book.path, "--out", "out")
    assert 0 == done.exit_code, done.output
    assert "18 transcripts" in done.stderr
    plain = {name: run(name, "out", "--format", "csv").stdout for name in ("compare", "quotes", "matrix")}
    assert all(plain.values())
    monkeypatch.setattr(record, "MOST_SEGMENTS", 5)
    assert plain["compare"] == run("compare", "out", "--format", "csv").stdout
    assert sorted(plain["quotes"].splitlines()) == sorted(
        run("quotes", "out", "--format", "csv").stdout.splitlines()
    )
    assert "n/N" in run("compare", "out", "--level", "category").stdout
    shown = run("quotes", "out", "--limit", "2")
    assert "2 of" in shown.stderr
    for refused in (
        ("matrix", "out"),
        ("quotes", "out", "--by", "group"),
    ):
        done = run(*refused)
        assert 2 == done.exit_code
        assert "is an archive of" in done.stderr
        assert "--where" in done.stderr


def test_archive_in_the_folder_of_its_results_is_kept(tmp_path, book, monkeypatch):
    monkeypatch.chdir(write_files(tmp_path / "study", {"a.txt": "A1: I cook soup.\n"}))
    for kept in (0, 1):
        outcome = code_archive(["."], make_job(book), "results")
        assert (1, kept, []) == (outcome.partitions, outcome.kept, [*outcome.warnings])
    (tmp_path / "study" / "results" / "run.json").unlink()  # as a run that was cut short leaves it
    transcripts = load_transcripts(".")
    assert (["a"], ()) == ([one.id for one in transcripts], transcripts.warnings)


@pytest.mark.parametrize("path", ["calls", "calls/a.jsonl"])
def test_archive_that_a_study_is_asked_for_says_what_reads_it(tmp_path, path, monkeypatch):
    monkeypatch.chdir(write_files(tmp_path, {"calls/a.jsonl": ""}))
    done = run("transcripts", "check", path)
    assert (2, True) == (done.exit_code, "`hrcode code` reads" in done.stderr)


@pytest.mark.parametrize(
    ("folder", "names", "is_archive"),
    [
        ("calls", ["a.jsonl", "b.parquet", "participants.csv", "README.md"], True),
        ("calls", ["a.jsonl", "S1.txt"], False),
        ("calls", ["a.jsonl", "b.csv"], False),
        ("calls [2]", ["S1.txt"], False),
        ("calls [2]", ["a.jsonl"], True),
        ("calls", [], False),
    ],
)
def test_archive_is_told_from_a_study_by_what_a_folder_holds(tmp_path, folder, names, is_archive):
    write_files(tmp_path / folder, dict.fromkeys(names, ""))
    (tmp_path / folder).mkdir(exist_ok=True)
    assert is_archive == is_archive_path(str(tmp_path / folder))


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_archive_command_prints_the_comparison_where_it_is_asked_to(tmp_path, book, monkeypatch, form):
    monkeypatch.chdir(tmp_path)
    write_json_lines(tmp_path / "a.jsonl", talks(3))
    done = run("code", "a.jsonl", "--codebook", book.path, "--format", form)
    assert 0 == done.exit_code, done.output
    assert run("compare", "results", "--format", form).stdout == done.stdout
    assert "" == run("code", "a.jsonl", "--codebook", book.path).stdout


def test_archive_command_tells_the_versions(tmp_path, book, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_json_lines(tmp_path / "a.jsonl", talks(3))
    said = run("code", "a.jsonl", "--codebook", book.path, "--verbose").stderr
    assert "1 of 1 partition" in said
    assert "spacy" in said


def test_archive_without_the_prefilter_has_the_same_bytes(tmp_path, book, monkeypatch):
    monkeypatch.chdir(tmp_path)
    looked = []
    find = Engines.get
    monkeypatch.setattr(Engines, "get", lambda self, *a: looked.append(self.prefilter) or find(self, *a))
    args = ("code", archive(tmp_path), "--codebook", book.path, "--processes", 1)
    for out, options in (("fast", ()), ("slow", ("--no-prefilter",))):
        done = run(*args, "--out", out, *options)
        assert 0 == done.exit_code, done.output
    assert {True, False} == {*looked}
    fast, slow = (hashes(tmp_path / out) for out in ("fast", "slow"))
    assert {**fast, "run": ""} == {**slow, "run": ""}


def test_archive_command_says_what_was_left_out(tmp_path, book, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_json_lines(tmp_path / "a.jsonl", talks(3))
    with (tmp_path / "a.jsonl").open("a") as file:
        file.write("{\n" * 30)
    done = run("code", "a.jsonl", "--codebook", book.path)
    assert 1 == done.exit_code
    assert "... and 10 more" in done.stderr
    assert "3 transcripts" in done.stderr
    assert 20 == done.stderr.count("is not JSON")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["no*.parquet"], "no such file or folder"),
        (["memory://nothing/*.parquet"], "nothing is there"),
        (["nowhere://a/b.parquet"], "cannot be read"),
        (["a.jsonl", "--columns", "id"], "--columns takes pairs"),
        (["a.jsonl", "--scheduler", "tcp://x:1"], "--scheduler is for --engine dask"),
        (["a.jsonl", "--engine", "dask", "--scheduler", "tcp://x:1", "--processes", "2"], "of its own"),
        (["a.jsonl", "--no-cache"], "--no-cache is for studies"),
        (["a.jsonl", "--cache", "c"], "--cache is for studies"),
        (["a.jsonl", "--format", "xlsx"], "xlsx cannot be printed"),
        (["a.jsonl", "--results-format", "csv"], "The results of an archive are Parquet"),
        (["kitchen.yaml", "--columns", "id=call"], "--columns is for archives"),
        (["a.jsonl", "--processes", "0"], "from 1 to 256"),
        (["a.jsonl", "--columns", "colour=x"], "--columns takes pairs"),
        (["a.jsonl", "--columns", "id=call"], "has no column 'call'. Columns: id, speaker, text"),
        (["a.jsonl", "--unit", "page"], "no unit 'page'"),
    ],
)
def test_archive_command_that_cannot_run(tmp_path, book, monkeypatch, args, said):
    monkeypatch.chdir(tmp_path)
    write_json_lines(tmp_path / "a.jsonl", talks(3))
    done = run("code", *args, "--codebook", book.path)
    assert 2 == done.exit_code, done.output
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_archive_quotes_nobody_without_consent(tmp_path, book):
    """A column of the archive's table says who agreed; an unreadable word is no consent."""
    rows = [
        ("t1", "A1", "I cook soup zorblax.", "yes"), ("t1", "A2", "I cook soup quimbly.", "no"),
        ("t2", "A3", "I cook soup wubbish.", "withdrawn"), ("t2", "A4", "I cook soup vexil.", "maybe"),
    ]  # fmt: skip
    write_csv(tmp_path / "all.csv", rows, ("id", "speaker", "text", "consent"))
    outcome = code_archive([str(tmp_path / "all.csv")], make_job(book), tmp_path / "out")
    whole = read_results(tmp_path / "out")
    texts = {segment.participant: segment.text for segment in whole.segments}
    assert {"A1": "I cook soup zorblax.", "A2": NOT_QUOTED, "A4": NOT_QUOTED} == texts
    assert {NOT_QUOTED} == {coding.evidence for coding in whole.codings if coding.participant != "A1"}
    assert any("A4: consent 'maybe' is not yes" in fault.message for fault in outcome.faults)
    files = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert not [word for word in (b"quimbly", b"wubbish", b"vexil") if word in files]


def test_archive_quotes_are_the_same_out_of_core(tmp_path, book):
    """Who did not agree takes no quote's place, and two who speak together keep their group."""
    files = {
        "a/int.txt": "A1: I cook soup.\nA2: I cook soup.\nA3 & A2: We dig.\nA3 & A4: We dig.\n",
        "participants.csv": "participant,group,consent\nA1,A,no\nA2,A,yes\nA3,B,yes\nA4,B,yes\n",
    }
    whole = of_folder(write_files(tmp_path / "talks", files), book, tmp_path / "out")
    part, total = coded_part(tmp_path / "out", QuoteFilters(), limit=100)
    expected, found = quotes(whole), quotes(part)
    assert (len(expected), expected["group"].tolist()) == (total, found["group"].tolist())
    first, _ = coded_part(tmp_path / "out", QuoteFilters(), limit=1)
    assert 1 == len(quotes(first))


TALK = {
    "a/int.txt": "I: Well?\nA1: I cook soup with Berta.\n",
    "b/int.txt": "I: Well?\nA1: We share the soup.\n\nB1: I bake bread.\n",
    "transcripts.csv": "transcript,wave,event\na/int,2,one day\nb/int,10,one day\n",
    "participants.csv": "participant,group,years,consent\nA1,A,3,yes\nB1,B,20,yes\n",
}


def of_folder(folder, book, out):
    code_archive([str(folder)], make_job(book), out)
    return read_results(out)


def test_archive_of_a_folder_of_folders_is_the_study(tmp_path, book):
    folder = write_files(tmp_path / "talks", TALK)
    ours, theirs = of_folder(folder, book, tmp_path / "out"), code(load_transcripts(folder), book)
    assert (theirs.segments, theirs.codings) == (ours.segments, ours.codings)
    assert {"a/int", "b/int"} == {segment.transcript for segment in ours.segments}
    for options in ({"by": "wave"}, {"count": "event"}, {"where": "wave>5"}):
        expected, table = compare(theirs, **options), compare(ours, **options)
        assert expected.to_csv() == table.to_csv()
        assert expected.attrs["warnings"] == table.attrs["warnings"]


@pytest.mark.parametrize("named", ["talks", "talks/*/*.txt"])
def test_archive_is_coded_anew_when_a_consent_is_taken_back(tmp_path, book, named, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = write_files(tmp_path / "talks", {"a/int.txt": TALK["a/int.txt"]})
    beside = folder if named == "talks" else folder / "a"
    for consent, words in (("yes", "I cook soup with Berta."), ("no", NOT_QUOTED)):
        write_files(beside, {"participants.csv": f"participant,group,consent\nA1,A,{consent}\n"})
        coded = of_folder(named, book, "out")
        assert [words] == [segment.text for segment in coded.segments if segment.participant]


def test_archive_tables_of_turns_know_the_participants_beside_them(tmp_path, book):
    write_parquet(tmp_path / "talks" / "p.parquet", [("t1", "A1", "I cook soup.")])
    write_files(tmp_path / "talks", {"participants.csv": "participant,group,consent\nA1,A,no\n"})
    coded = of_folder(tmp_path / "talks", book, tmp_path / "out")
    assert [("A", NOT_QUOTED)] == [(segment.group, segment.text) for segment in coded.segments]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "archive 1"}, "another version"),
        ({"partitions": 5}, "changed by hand"),
        ({"partitions": ["../elsewhere"]}, "changed by hand"),
        ({"counts": {}}, "changed by hand"),
        ({"frame": [{"category": "a"}]}, "changed by hand"),
        ("segments.parquet", "is damaged"),
        ("codings.parquet", "is damaged"),
    ],
    ids=str,
)
def test_archive_results_that_are_not_as_written_say_so(tmp_path, book, change, said):
    out = tmp_path / "out"
    of_folder(write_files(tmp_path / "talks", TALK), book, out)
    if isinstance(change, str):
        (file,) = out.rglob(change)
        file.write_bytes(file.read_bytes()[:300])
    else:
        record = json.loads((out / "run.json").read_text(encoding="utf-8"))
        (out / "run.json").write_text(json.dumps({**record, **change}), encoding="utf-8")
    done = run("compare", str(out))
    assert (2, True) == (done.exit_code, said in done.stderr)


@pytest.mark.parametrize("name", ["notes.parquet", "codings.parquet", "segments.parquet"])
@pytest.mark.parametrize("harm", ["lost", "cut"])
def test_archive_partition_that_is_damaged_is_coded_again(tmp_path, book, name, harm):
    pattern = archive(tmp_path)
    code_archive([pattern], make_job(book), tmp_path / "out")
    before = hashes(tmp_path / "out")
    file = sorted((tmp_path / "out").rglob(name))[1]
    if harm == "lost":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:200])
    assert 2 == code_archive([pattern], make_job(book), tmp_path / "out").kept
    assert before == hashes(tmp_path / "out")


@pytest.mark.parametrize("command", ["compare", "quotes", "matrix"])
@pytest.mark.parametrize("limit", [5, 1_000_000])
def test_archive_results_with_other_bytes_in_them_say_so(tmp_path, book, monkeypatch, command, limit):
    code_archive([archive(tmp_path)], make_job(book), tmp_path / "out")
    for name in ("segments.parquet", "codings.parquet"):
        for file in (tmp_path / "out").rglob(name):
            held = file.read_bytes()
            file.write_bytes(held[:4] + bytes(255 - one for one in held[4:-8]) + held[-8:])
    monkeypatch.setattr(record, "MOST_SEGMENTS", limit)
    done = run(command, tmp_path / "out", *(["--where", "kind!=pair"] if command == "matrix" else []))
    assert 2 == done.exit_code, done.output
    assert "damaged" in done.stderr or "cannot be read" in done.stderr
