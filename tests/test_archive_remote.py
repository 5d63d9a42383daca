"""Archives behind URLs: a bucket that behaves as remote ones do, in memory."""

import fsspec
import pytest
from fsspec.spec import AbstractBufferedFile, AbstractFileSystem
from typer.testing import CliRunner

from builders import codebook_text
from hrcode.archive.job import make_job
from hrcode.archive.work.run import code_archive
from hrcode.cli.app import app
from hrcode.codebook.load import load_codebook
from hrcode.errors import TranscriptError
from hrcode.exchange.results import read_results
from test_archive import FRAME, WRITERS, talks

HELD = {}


class LostError(Exception):
    """An error of a library's own, as botocore has them."""


class _File(AbstractBufferedFile):
    def _fetch_range(self, start, end):
        if b"LOST" in HELD[self.path]:
            raise LostError("Unable to\nlocate credentials")
        return HELD[self.path][start:end]


class _Bucket(AbstractFileSystem):
    protocol = "bucket"
    cachable = False

    def ls(self, path, detail=True, **more):
        path = self._strip_protocol(path).strip("/")
        if path.startswith("closed"):
            raise LostError("Forbidden")
        inside = [name for name in HELD if name == path or name.startswith(f"{path}/")]
        if not inside:
            raise FileNotFoundError(path)
        found = {}
        for name in inside:
            head, _, rest = name[len(path) :].strip("/").partition("/")
            here = f"{path}/{head}" if head else path
            found[here] = {
                "name": here,
                "size": 0 if rest else len(HELD[name]),
                "type": "directory" if rest else "file",
            }
        return [*found.values()] if detail else [*found]

    def _open(self, path, mode="rb", block_size=None, autocommit=True, cache_options=None, **more):
        return _File(self, path, mode, size=len(HELD[path]), cache_options=cache_options)


fsspec.register_implementation("bucket", _Bucket, clobber=True)
fsspec.register_implementation(
    "absent", "no_such_module.FileSystem", errtxt="Install absentfs to access it", clobber=True
)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "kitchen.yaml"
    path.write_text(codebook_text(FRAME), encoding="utf-8")
    return load_codebook(path)


@pytest.fixture
def bucket(tmp_path):
    """Two tables of each kind, other files beside them, and a table that is lost while it is read."""
    HELD.clear()
    for ending, write in WRITERS.items():
        for number in range(2):
            file = write(tmp_path / f"p{number}.{ending}", talks(3, seed=number))
            HELD[f"b/{ending}/p{number}.{ending}"] = file.read_bytes()
    HELD.update(
        {"b/jsonl/_SUCCESS": b"", "b/jsonl/notes.txt": b"A1: I dig.\n", "b/text/a.txt": b"A1: I dig.\n"}
    )
    HELD.update({"b/lost/a.jsonl": b"LOST", "b/lost/b.jsonl": HELD["b/jsonl/p0.jsonl"]})
    HELD.update({"b/lost/c.parquet": b"LOST" * 99, "b/lost/d.csv": b"LOST"})
    HELD.update(
        {"b/known/a.jsonl": HELD["b/jsonl/p0.jsonl"], "b/known/participants.csv": b"participant\nA1\n"}
    )
    return HELD


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("url", ["bucket://b/{0}/*.{0}", "bucket://b/{0}"])
def test_archive_behind_a_url_is_coded_as_one_here(tmp_path, book, bucket, ending, url):
    here = [str(tmp_path / f"p{number}.{ending}") for number in range(2)]
    code_archive(here, make_job(book), tmp_path / "here", processes=1)
    code_archive([url.format(ending)], make_job(book), tmp_path / "there", processes=1)
    expected, found = (read_results(tmp_path / name) for name in ("here", "there"))
    assert (expected.segments, expected.codings) == (found.segments, found.codings)
    assert found.codings


def test_archive_behind_a_url_names_what_is_passed_over(tmp_path, book, bucket):
    outcome = code_archive(["bucket://b/jsonl"], make_job(book), tmp_path / "out", processes=1)
    passed = [fault.path for fault in outcome.warnings if fault.rule == "format-not-read"]
    assert ["bucket://b/jsonl/notes.txt"] == passed


def test_archive_behind_a_url_keeps_what_can_be_read(tmp_path, book, bucket):
    outcome = code_archive(["bucket://b/lost"], make_job(book), tmp_path / "out", processes=1)
    assert (1, 3) == (outcome.partitions, outcome.left_out)
    assert ["Unable"] * 3 == [fault.message.partition("(")[2].split()[0] for fault in outcome.faults]


def test_archive_participants_behind_a_url_are_not_passed_over(tmp_path, book, bucket):
    with pytest.raises(TranscriptError, match=r"participants\.csv is not read from there.*--participants"):
        code_archive(["bucket://b/known/*.jsonl"], make_job(book), tmp_path / "out")
    (tmp_path / "mine.csv").write_text("participant,group\n" + "".join(
        f"{group}{n},{group}\n" for group in "ABC" for n in range(1, 10)))  # fmt: skip
    job = make_job(book, participants=str(tmp_path / "mine.csv"))
    assert 3 == code_archive(["bucket://b/known"], job, tmp_path / "out").counts["transcripts"]


def test_archive_participants_are_not_passed_over_in_the_last_of_many_folders(tmp_path, book, bucket):
    talk = HELD["b/known/a.jsonl"]
    HELD.update({f"many/f{number:02}/a.jsonl": talk for number in range(40)})
    HELD["many/f39/participants.csv"] = b"participant,consent\nA1,no\n"
    with pytest.raises(TranscriptError, match=r"f39/participants\.csv is not read from there"):
        code_archive(["bucket://many/*/*.jsonl"], make_job(book), tmp_path / "out")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("bucket://b/text", "nothing is there; tables of turns are .parquet"),
        ("bucket://nobody/*.parquet", "nothing is there"),
        ("bucket://closed/a", "cannot be read (Forbidden)"),
        ("absent://a/b.parquet", "Run `pip install absentfs`"),
    ],
)
def test_archive_behind_a_url_that_cannot_be_read_says_why(tmp_path, book, bucket, monkeypatch, url, said):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["code", url, "--codebook", book.path])
    assert (2, True) == (done.exit_code, said in done.stderr), done.output
    assert "Traceback" not in done.output


def test_archive_results_are_not_written_to_a_url(tmp_path, book, bucket, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["code", "bucket://b/csv", "--codebook", book.path, "--out", "s3://b/out"])
    assert (2, True) == (done.exit_code, "to a folder of this machine" in done.stderr)
    assert not (tmp_path / "s3:").exists()
