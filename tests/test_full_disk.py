"""A disk that is full costs what does not fit, and nothing that was there."""

import subprocess
import sys

import pytest

from builders import codebook_text, write_files
from test_archive import FRAME, archive, hashes

pytestmark = pytest.mark.slow
KILOBYTES = 300


@pytest.fixture
def disk(tmp_path):
    """A file system of 300 kB in memory, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={KILOBYTES}k", "none", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip(f"no right to mount ({done.stderr.strip()}); `unshare -rm pytest ...` may have it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def write_study(folder, lines):
    """Write a study of so many lines in each of six interviews."""
    said = "I: And {1}?\nS{0}: I cook soup {2} times. We throw it away.\n"
    talk = {f"S{n}.txt": "".join(said.format(n, i, i * 7919) for i in range(lines)) for n in range(6)}
    write_files(folder / f"talk{lines}", talk)
    (folder / "book.yaml").write_text(codebook_text(FRAME), encoding="utf-8")
    return folder / f"talk{lines}"


def hrcode(folder, *args):
    command = [sys.executable, "-m", "hrcode", *map(str, args)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def code(folder, talk, *more):
    return hrcode(folder, "code", talk, "--codebook", "book.yaml", *more)


def files(folder):
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def fill(disk):
    """Fill what is left of a disk."""
    try:
        (disk / "fill").write_bytes(b"x" * 1024 * (KILOBYTES + 4))
    except OSError:
        return
    raise AssertionError("the disk is not full")


def test_full_disk_leaves_old_results_and_says_what_to_do(tmp_path, disk):
    small, large = write_study(tmp_path, 3), write_study(tmp_path, 600)
    assert 0 == code(tmp_path, small, "--out", disk / "results", "--no-cache").returncode
    before = files(disk)
    done = code(tmp_path, large, "--out", disk / "results", "--no-cache")
    assert (2, "") == (done.returncode, done.stdout)
    place = f"{disk / 'results'}: cannot be written (the disk is full). Make room, or choose another place"
    assert f"Error: {place} with --out.\n" == done.stderr
    assert before == files(disk)


@pytest.mark.parametrize(
    ("command", "out"),
    [("compare", "new.csv"), ("report", "new.html"), ("export", "new.xlsx"), ("export", "new")],
)
def test_full_disk_takes_no_half_of_a_file(tmp_path, disk, command, out):
    code(tmp_path, write_study(tmp_path, 3), "--out", disk / "results", "--no-cache")
    fill(disk)
    before = files(disk)
    done = hrcode(tmp_path, command, disk / "results", "--out", disk / out)
    assert 2 == done.returncode
    assert "(the disk is full). Make room, or" in done.stderr
    assert 1 == done.stderr.count("\n")
    assert before == files(disk)


def test_full_disk_of_a_new_study_leaves_none(tmp_path, disk):
    talk = write_study(tmp_path, 3)
    fill(disk)
    done = hrcode(tmp_path, "init", disk / "study", "--from", talk)
    assert (2, "") == (done.returncode, done.stdout)
    said = f"Error: {disk / 'study'}: cannot be written (the disk is full). Make room, and run it again.\n"
    assert done.stderr.endswith(said)
    assert [disk / "fill"] == [*disk.iterdir()]


def test_full_disk_of_the_cache_costs_the_cache_alone(tmp_path, disk):
    large = write_study(tmp_path, 600)
    plain = code(tmp_path, large, "--out", "plain", "--no-cache")
    (disk / "fill").write_bytes(b"x" * 1024 * (KILOBYTES - 60))
    done = code(tmp_path, large, "--out", "results", "--cache", disk / "cache", "--processes", "2")
    assert (0, plain.stdout) == (done.returncode, done.stdout)
    assert files(tmp_path / "plain") == files(tmp_path / "results")
    assert 1 == done.stderr.count(f"{disk / 'cache'}: note: ")
    assert "could not be kept (disk full, or no permission)" in done.stderr
    assert not [*disk.rglob(".new-*")]
    assert "note" not in plain.stderr


@pytest.fixture(scope="module")
def partitions(tmp_path_factory):
    """Eight partitions, and what becomes of them where there is room."""
    folder = tmp_path_factory.mktemp("partitions")
    pattern = archive(folder, partitions=8, each=150)
    (folder / "book.yaml").write_text(codebook_text(FRAME), encoding="utf-8")
    assert 0 == code(folder, pattern, "--out", "results", "--processes", "1").returncode
    return folder, pattern, hashes(folder / "results")


@pytest.mark.parametrize(
    "options",
    [["--processes", "1"], ["--processes", "2"], ["--engine", "dask", "--processes", "2"]],
    ids=["one", "two", "dask"],
)
def test_full_disk_keeps_the_partitions_that_are_done(partitions, disk, options):
    folder, pattern, expected = partitions
    done = code(folder, pattern, "--out", disk / "results", *options)
    kept = len([*disk.rglob("done.json")])
    place = f"{disk / 'results'}: cannot be written (the disk is full). {kept} of 8 partitions are done;"
    assert f"Error: {place} make room and run the same command again, they are kept.\n" == done.stderr
    assert 2 == done.returncode
    assert not [*disk.rglob(".new-*")]
    subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
    assert 0 == code(folder, pattern, "--out", disk / "results", *options).returncode
    assert expected == hashes(disk / "results")
