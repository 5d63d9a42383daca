from dataclasses import replace

import pytest

simulation = pytest.importorskip("benchmarks.simulate", reason="run from the project's folder")
CASES, Cluster = simulation.CASES, simulation.Cluster
expected, simulate = simulation.expected, simulation.simulate

CALM = Cluster(workers=8, partitions=100, seconds=60, spread=0, stragglers=0, lifetime=0, start=3)


def test_simulate_without_accidents_is_arithmetic():
    done = simulate(CALM)
    assert 3 + 60 * 13 == done.seconds  # 100 partitions on 8 workers are 13 rounds
    assert (6000, 0, 0, 100) == (done.work, done.lost, done.deaths, done.done)


@pytest.mark.parametrize("seed", range(5))
def test_simulate_keeps_grahams_bound(seed):
    cluster = replace(CALM, spread=0.5, stragglers=0.1, start=0)
    done = simulate(cluster, seed)
    longest = 60 * 2.718 ** (0.5 * 4) * cluster.slower
    assert done.work / 8 <= done.seconds <= done.work / 8 + longest


@pytest.mark.parametrize("seed", range(5))
def test_simulate_every_partition_is_done_whoever_dies(seed):
    done = simulate(replace(CALM, lifetime=120, back=10), seed)
    assert 100 == done.done
    assert done.deaths > 10
    assert done.lost > 0
    assert done.seconds > simulate(CALM).seconds


def test_simulate_is_the_same_for_the_same_seed():
    cluster = CASES["workers live an hour"]
    assert simulate(cluster, 4) == simulate(cluster, 4) != simulate(cluster, 5)


@pytest.mark.parametrize("name", [name for name in CASES if "large" not in name])
def test_simulate_the_rule_of_the_page_holds(name):
    """Within a fifth; partitions too large for the number of workers are what the page warns of."""
    runs = [simulate(CASES[name], seed).seconds for seed in range(5)]
    assert expected(CASES[name]) == pytest.approx(sorted(runs)[2], rel=0.2)
