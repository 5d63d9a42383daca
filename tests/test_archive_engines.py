"""The same archive coded everywhere, and with accidents on the way: always the same bytes."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from builders import codebook_text
from hrcode.archive.job import make_job
from hrcode.archive.work import cluster
from hrcode.archive.work import scheduler as archive_scheduler
from hrcode.archive.work.run import code_archive
from hrcode.codebook.load import load_codebook
from hrcode.coding.cache import Cache
from hrcode.coding.code import code
from hrcode.errors import RunError
from hrcode.exchange.results import read_results, write_results
from hrcode.transcripts.load import load_transcripts
from test_archive import FRAME, archive, hashes, write_csv

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc"),
]


TWO = pytest.mark.parametrize(
    "options", [{"processes": 2}, {"engine": "dask", "processes": 2}], ids=["two", "dask"]
)


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    """An archive of eight partitions, a codebook, and the hashes of what one process makes of them."""
    folder = tmp_path_factory.mktemp("archive")
    path = folder / "kitchen.yaml"
    path.write_text(codebook_text(FRAME), encoding="utf-8")
    job = make_job(load_codebook(path))
    pattern = archive(folder, partitions=8, each=30)
    code_archive([pattern], job, folder / "one", processes=1)
    return pattern, job, hashes(folder / "one")


def children(skip=()):
    """The processes that this one has started in any thread."""
    found = []
    for listed in Path("/proc/self/task").glob("*/children"):
        found += [int(process) for process in listed.read_text().split()]
    return [one for one in found if one not in skip and b"resource_tracker" not in command_line(one)]


def command_line(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b"resource_tracker"


def once_done(number, act):
    """A progress function that acts once when so many partitions are done."""
    before, acted = children(), []

    def progress(done, total):
        if done >= number and not acted:
            acted.append(act(children(skip=before)[0]))

    return progress, acted


def killed(process):
    os.kill(process, signal.SIGKILL)
    return process


def stopped(process):
    os.kill(process, signal.SIGSTOP)
    return process


@pytest.mark.parametrize(
    "options", [{"processes": 2}, {"engine": "dask", "processes": 2}], ids=["two", "dask"]
)
def test_engines_the_same_bytes(tmp_path, material, options):
    pattern, job, expected = material
    code_archive([pattern], job, tmp_path / "out", **options)
    assert expected == hashes(tmp_path / "out")


@pytest.mark.parametrize(
    "options", [{"processes": 2}, {"engine": "dask", "processes": 2}], ids=["two", "dask"]
)
def test_engines_the_same_bytes_with_a_worker_killed(tmp_path, material, options):
    pattern, job, expected = material
    progress, acted = once_done(1, killed)
    outcome = code_archive([pattern], job, tmp_path / "out", progress=progress, **options)
    assert acted
    assert () == (*outcome.faults,)
    assert expected == hashes(tmp_path / "out")


def test_engines_the_same_bytes_with_a_worker_that_hangs(tmp_path, material):
    pattern, job, expected = material
    progress, acted = once_done(1, stopped)
    code_archive([pattern], job, tmp_path / "out", engine="dask", processes=2, patience=3, progress=progress)
    assert acted
    assert expected == hashes(tmp_path / "out")


def test_engines_workers_that_hang_with_a_result_that_nobody_has_fetched(tmp_path, material, monkeypatch):
    pattern, job, expected = material
    before, hung, outcome = children(), [], cluster._outcome

    def late(*args):
        if not hung:
            hung.extend(map(stopped, children(skip=before)))
        return outcome(*args)

    monkeypatch.setattr(cluster, "_outcome", late)
    code_archive([pattern], job, tmp_path / "out", engine="dask", processes=2, patience=3)
    assert hung
    assert expected == hashes(tmp_path / "out")


def test_engines_a_study_is_the_same_bytes_in_every_way(tmp_path, material):
    _, job, _ = material
    book = job.engines.codebook
    (tmp_path / "talk").mkdir()
    for number in range(12):
        rows = [
            (f"t{number}", label, f"I cook soup {number}. We never throw it away.") for label in ("I", "A1")
        ]
        write_csv(tmp_path / "talk" / f"t{number}.csv", rows * 3)
    talk = load_transcripts(tmp_path / "talk")
    cache = Cache(tmp_path / "cache")
    ways = [
        {"processes": 1}, {"processes": 2}, {"cache": cache}, {"cache": cache},
        {"cache": cache, "processes": 2}, {"prefilter": False}, {"prefilter": False, "processes": 2},
    ]  # fmt: skip
    made = []
    for number, way in enumerate(ways):
        files = write_results(code(talk, book, **way), tmp_path / str(number))
        made.append([file.read_bytes() for file in files])
    assert [made[0]] * len(ways) == made


def test_engines_other_versions_on_workers_are_refused(tmp_path, material):
    pattern, job, _ = material
    other = replace(job, installed={**job.installed, "spacy": "2.3.1"})
    with pytest.raises(RunError, match=r"worker tcp://.*: has spacy .*, not 2\.3\.1"):
        code_archive([pattern], other, tmp_path / "out", engine="dask", processes=2)
    with pytest.raises(RunError, match=r"this machine: has spacy .*, not 2\.3\.1"):
        code_archive([pattern], other, tmp_path / "out")


def test_engines_another_codebook_on_arrival_is_refused(tmp_path, material):
    pattern, job, _ = material
    spoilt = replace(job, codebook_text=job.codebook_text.replace("dig", "sow"))
    with pytest.raises(RunError, match="arrived as another codebook"):
        code_archive([pattern], spoilt, tmp_path / "out")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "tcp://", "what://a:1"])
def test_engines_no_scheduler_answers(tmp_path, material, monkeypatch, address):
    pattern, job, _ = material
    monkeypatch.setattr(archive_scheduler, "LOST_SECONDS", 2)
    with pytest.raises(RunError, match="no Dask scheduler answers"):
        code_archive([pattern], job, tmp_path / "out", engine="dask", scheduler=address)


@contextmanager
def scheduler(workers):
    """A scheduler and its workers as processes of their own; yields them and the address."""
    start = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--port",
        "0",
        "--no-dashboard",
        "--no-show",
    ]
    running = [subprocess.Popen(start, stderr=subprocess.PIPE, text=True)]
    try:
        address = next(
            line.split()[-1] for line in running[0].stderr if "Scheduler at" in line and "tcp://" in line
        )
        worker = [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            address,
            "--nthreads",
            "1",
            "--no-dashboard",
        ]
        running += [subprocess.Popen(worker, stderr=subprocess.DEVNULL) for _ in range(workers)]
        yield running, address
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(20)


def test_engines_a_lost_scheduler_is_said_and_what_is_done_is_kept(tmp_path, material, monkeypatch):
    pattern, job, expected = material
    monkeypatch.setattr(cluster, "LOST_SECONDS", 15)
    with scheduler(workers=1) as (running, address):

        def progress(done, total):
            if done == 1:
                running[0].kill()

        with pytest.raises(RunError, match=r"The scheduler is lost. \d of 8 partitions were done"):
            code_archive(
                [pattern], job, tmp_path / "out", engine="dask", scheduler=address, progress=progress
            )
    assert code_archive([pattern], job, tmp_path / "out").kept >= 1
    assert expected == hashes(tmp_path / "out")


CALL = "import sys; sys.argv[0] = 'hrcode'\nfrom hrcode.__main__ import main\nmain()"


def test_engines_killed_at_any_moment_leave_the_old_results_or_the_new(tmp_path, material):
    """The whole group of processes is killed, as when a machine goes down."""
    _, job, _ = material
    book = job.engines.codebook
    patterns = {name: archive(tmp_path / name, partitions=3, each=4 + n) for n, name in enumerate("ab")}
    expected = {}
    for name, pattern in patterns.items():
        code_archive([pattern], job, tmp_path / f"expected-{name}")
        expected[name] = hashes(tmp_path / f"expected-{name}")
    choose = random.Random(9)
    code_archive([patterns["a"]], job, tmp_path / "out")
    for number in range(12):
        command = [
            "code",
            patterns["ab"[(number + 1) % 2]],
            "--codebook",
            book.path,
            "--out",
            "out",
            "--processes",
            "2",
        ]
        run = subprocess.Popen(
            [sys.executable, "-c", CALL, *command],
            cwd=tmp_path,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(choose.uniform(0.3, 1.6))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        assert hashes(tmp_path / "out") in expected.values()
    assert read_results(tmp_path / "out").codings


def group_of(process):
    """The processes of a group, without those that have ended and are waited for."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(group) == process and state != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize("workers", [1, 3], ids=["first", "all"])
def test_dask_that_is_interrupted_while_it_starts_ends_quietly_and_alone(material, tmp_path, workers):
    """Ctrl-C goes to all processes of the terminal, when the first or all of Dask's have been started."""
    pattern, job, _ = material
    args = ["code", pattern, "--codebook", job.codebook_path, "--out", str(tmp_path / "out")]
    with socket.socket() as taken:
        with suppress(OSError):  # somebody has it already
            taken.bind(("127.0.0.1", 8787))  # as another run on Dask does, of which nothing is to be said
            taken.listen()
        _interrupt(args, workers)


def _interrupt(args, workers):
    run = subprocess.Popen(
        [sys.executable, "-m", "hrcode", *args, "--engine", "dask", "--processes", "2"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while len(group_of(run.pid)) <= workers and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert (130, "Error: stopped by you. Results on disk are those of the last complete run.\n") == (
        run.returncode,
        said,
    )
    until = time.monotonic() + 5
    while group_of(run.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert [] == group_of(run.pid)
