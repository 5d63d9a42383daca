"""A run that is killed leaves the old results or the new, a sound cache, and nobody at work."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from benchmarks import kills

ON_LINUX = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")


@ON_LINUX
@pytest.mark.slow
def test_kills_leave_the_old_results_or_the_new_and_a_sound_cache(tmp_path):
    struck = [*kills.kills(tmp_path, number=6, seed=2, megabytes=0.6)]
    assert [] == [(moment, left.faults) for moment, left in struck if left.faults]
    assert {"coding", "writing results"} & {left.doing for _, left in struck}


def test_kills_are_of_every_kind_and_spread_over_its_time():
    chosen = kills.moments(60, seed=1)
    assert chosen == kills.moments(60, seed=1) != kills.moments(60, seed=2)
    kinds = Counter((moment.processes, moment.aim) for moment in chosen)
    assert {(n, aim): 10 for n in (1, 2) for aim in kills.AIMS} == kinds
    for kind in kinds:
        shares = sorted(one.share for one in chosen if (one.processes, one.aim) == kind)
        assert [*range(10)] == [int(10 * share) for share in shares]


@ON_LINUX
def test_kills_notice_who_is_left(monkeypatch):
    monkeypatch.setattr(kills, "PATIENCE", 0.1)
    worker = subprocess.Popen(
        [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)"],
        env={**os.environ, kills.MARK: "here"},
        stdout=subprocess.PIPE,
    )
    worker.stdout.readline()
    assert not kills.nobody_left("here")
    worker.kill()
    worker.communicate()
    assert kills.nobody_left("here")


@pytest.mark.slow
def test_kills_notice_results_that_are_neither(tmp_path):
    study = kills.Study(tmp_path, megabytes=0.1)
    with (study.out / "segments.csv").open("a") as file:
        file.write("half a")
    faults, _ = kills._look(study, kills.Moment(1, "the clock", 0.5, 1), "one", "other")
    assert ["the results are neither the old nor the new"] == [f for f in faults if "cannot be read" not in f]
