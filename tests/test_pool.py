import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from builders import KITCHEN, make_codebook, write_files
from hrcode.coding import pool
from hrcode.coding.code import code
from hrcode.coding.pool import in_order, start_method
from hrcode.coding.runner import choose_processes
from hrcode.errors import RunError, StudyError
from hrcode.transcripts.load import load_transcripts

pytestmark = pytest.mark.slow
PROCESSES = [1, 2, 3, 7]


def double(number):
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * 2


@pytest.mark.parametrize("processes", PROCESSES)
@pytest.mark.parametrize("tasks", [0, 1, 2, 50])
def test_pool_results_are_in_order(processes, tasks):
    assert [2 * n for n in range(tasks)] == list(in_order(double, range(tasks), processes))


def test_pool_draws_no_more_tasks_than_it_has_room_for():
    drawn = []

    def tasks():
        for number in range(1000):
            drawn.append(number)
            yield number

    with closing(in_order(double, tasks(), 2)) as results:
        assert 0 == next(results)
        assert len(drawn) < 40


def test_pool_an_error_of_the_work_is_raised_as_it_is():
    def work(number):
        if number == 3:
            raise StudyError("number three")
        return number

    with pytest.raises(StudyError, match="number three"):
        list(in_order(work, range(9), 2))


def die_once(folder):
    def work(number):
        mark = folder / str(number)
        if number == 4 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    return work


def test_pool_a_worker_that_is_killed_is_survived(tmp_path):
    assert [*range(20)] == list(in_order(die_once(tmp_path), range(20), 2))


def test_pool_a_task_that_kills_twice_is_named():
    def work(number):
        if number == 4:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(RunError, match=r"^task 4: the process .* died twice \(killed by signal 9\)"):
        list(in_order(work, range(20), 2, name=lambda n: f"task {n}"))


def test_pool_leaves_no_process_when_it_is_left_early():
    with closing(in_order(lambda n: os.getpid(), range(1000), 2)) as results:
        seen = {next(results) for _ in range(100)}
    assert not any(alive(process) for process in seen)


def alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    return not (status.exists() and "State:\tZ" in status.read_text())


@pytest.mark.parametrize(
    ("characters", "asked", "most"), [(0, None, 1), (10_000, None, 1), (10**9, None, None), (5, 3, 3)]
)
def test_pool_processes_are_as_many_as_the_work_is_worth(characters, asked, most):
    chosen = choose_processes(characters, asked)
    assert chosen == most if most else chosen >= 1


@pytest.mark.parametrize("asked", [0, -1, 257])
def test_pool_a_senseless_number_is_refused(asked):
    with pytest.raises(RunError, match="from 1 to 256"):
        choose_processes(1, asked)


def many_interviews(folder, number=30):
    files = {
        f"S{n}.txt": f"I: And?\nS{n}: I cook soup. We never throw {n} pots away. I share the soup."
        f" {'Bread and hills. ' * (n % 7)}\n"
        for n in range(number)
    }
    return load_transcripts(write_files(folder, files))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_pool_the_same_rows_in_any_number_of_processes(tmp_path, monkeypatch, method):
    if method == "fork" and start_method() != "fork":
        pytest.skip("this system cannot fork")
    monkeypatch.setattr("hrcode.coding.pool.start_method", lambda: method)
    material, book = many_interviews(tmp_path), make_codebook(KITCHEN)
    alone = code(material, book)
    assert Counter(c.subcategory for c in alone.codings)["cooks"] == 30
    assert alone == code(material, book, processes=2)


def test_pool_ctrl_c_while_a_worker_is_made_is_told_when_it_is_there():
    made = []
    before = signal.getsignal(signal.SIGINT)

    def make():
        with pool._ctrl_c_later():
            signal.raise_signal(signal.SIGINT)
            made.append("worker")

    with pytest.raises(KeyboardInterrupt):
        make()
    assert (["worker"], before) == (made, signal.getsignal(signal.SIGINT))


def test_pool_ctrl_c_that_is_ignored_stays_so():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pool._ctrl_c_later():
            signal.raise_signal(signal.SIGINT)
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


CALL = "import sys; sys.argv[0] = 'hrcode'\nfrom hrcode.__main__ import main\nmain()"


def start_run(folder, *options):
    """Start a run of its own group of processes that would take minutes."""
    words = " ".join(f"The cook and dog number {n} dig." for n in range(3000))
    write_files(folder / "talk", {f"S{n}.txt": f"S{n}: {words} {n}\n" for n in range(400)})
    book = folder / "book.yaml"
    rules = [f"(cook|dig) ... {word}" for word in ("dog", "number", "soup", "cook", "dig")]
    book.write_text(
        "codebook: b\nversion: '1'\ncategories:\n  - {id: c, label: C, definition: D, subcategories: "
        f"[{{id: s, label: S, definition: D, indicators: {rules}}}]}}\n"
    )
    command = ["code", "talk", "--codebook", "book.yaml", "--processes", "2", *options]
    return subprocess.Popen(
        [sys.executable, "-c", CALL, *command],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def children(process):
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(one) for one in listed.read_text().split()] if listed.exists() else []


def wait_for(condition, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if outcome := condition():
            return outcome
        time.sleep(0.05)
    raise AssertionError("waited too long")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_pool_ctrl_c_stops_a_run_at_once_and_leaves_nobody(tmp_path):
    run = start_run(tmp_path)
    workers = wait_for(lambda: len(found := children(run.pid)) == 2 and found)
    begun = time.monotonic()
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert time.monotonic() - begun < 5
    assert "stopped by you" in said
    assert "Traceback" not in said
    wait_for(lambda: not any(map(alive, workers)), 5)
    assert not (tmp_path / "results").exists()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_pool_workers_end_when_the_run_is_killed(tmp_path):
    run = start_run(tmp_path)
    workers = wait_for(lambda: len(found := children(run.pid)) == 2 and found)
    run.kill()
    run.communicate(timeout=60)
    wait_for(lambda: not any(map(alive, workers)), 5)
