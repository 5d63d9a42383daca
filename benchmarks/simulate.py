"""How long an archive takes on a cluster: partitions, stragglers, failures and restarts, simulated.

    python -m benchmarks simulate

Partitions take a time that is log-normal around what was measured; now and then one is a straggler;
workers die at random, lose what they had in hand, and come back after a while. The scheduler gives the
next partition to the first worker that is free (list scheduling; Graham 1969, SIAM J Appl Math 17:416-429,
whose bound without failures is work / workers + (1 - 1 / workers) * longest partition).
"""

from __future__ import annotations

import heapq
import math
import random
import statistics
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Cluster:
    """A cluster and an archive, in seconds.

    Args:
        workers (int): Number of workers.
        partitions (int): Number of partitions.
        seconds (float): Median time of a partition.
        spread (float): Standard deviation of its logarithm.
        stragglers (float): Share of partitions that take ``slower`` times as long.
        slower (float): How many times.
        lifetime (float): Mean time until a worker dies; 0 for never.
        back (float): Time until it is back.
        start (float): Time that a worker needs to load hrcode and the codebook.
    """

    workers: int = 64
    partitions: int = 2_000
    seconds: float = 60.0
    spread: float = 0.2
    stragglers: float = 0.01
    slower: float = 5.0
    lifetime: float = 6 * 3600.0
    back: float = 60.0
    start: float = 3.0


@dataclass(frozen=True)
class Finish:
    """What came of it.

    Args:
        seconds (float): Time until the last partition was done.
        work (float): Time of all partitions on one worker that never dies.
        lost (float): Work that was lost with workers.
        deaths (int): How many died at work.
        done (int): Number of partitions done.
    """

    seconds: float
    work: float
    lost: float
    deaths: int
    done: int


def simulate(cluster: Cluster, seed: int = 1) -> Finish:
    """Let a cluster code an archive.

    Args:
        cluster (Cluster): The cluster and the archive.
        seed (int): Seed of the random choice.

    Returns:
        Finish: What came of it.
    """
    choose = random.Random(seed)
    times = [_time(cluster, choose) for _ in range(cluster.partitions)]
    todo = list(reversed(times))
    free = [(cluster.start, worker) for worker in range(cluster.workers)]
    heapq.heapify(free)
    dies = [_lifetime(cluster, choose) for _ in free]
    end = lost = 0.0
    deaths = done = 0
    while todo:
        now, worker = heapq.heappop(free)
        seconds = todo.pop()
        if now > dies[worker]:  # it died while it had nothing to do
            dies[worker] = now + _lifetime(cluster, choose)
        if now + seconds > dies[worker]:
            todo.append(seconds)
            lost += dies[worker] - now
            deaths += 1
            back = dies[worker] + cluster.back + cluster.start
            dies[worker] = back + _lifetime(cluster, choose)
            heapq.heappush(free, (back, worker))
            continue
        done += 1
        end = max(end, now + seconds)
        heapq.heappush(free, (now + seconds, worker))
    return Finish(end, sum(times), lost, deaths, done)


def _time(cluster: Cluster, choose: random.Random) -> float:
    seconds = cluster.seconds * math.exp(choose.gauss(0.0, cluster.spread))
    return seconds * (cluster.slower if choose.random() < cluster.stragglers else 1.0)


def _lifetime(cluster: Cluster, choose: random.Random) -> float:
    return choose.expovariate(1 / cluster.lifetime) if cluster.lifetime else math.inf


def expected(cluster: Cluster) -> float:
    """Estimate the time by hand: the rule of docs/scaling.md.

    Args:
        cluster (Cluster): The cluster and the archive.

    Returns:
        float: Seconds: start, the work shared evenly, what deaths cost (half a partition and the time
        until the worker is back, for each), and half a straggler at the end.
    """
    mean = cluster.seconds * math.exp(cluster.spread**2 / 2)
    mean *= 1 + cluster.stragglers * (cluster.slower - 1)
    share = cluster.partitions * mean / cluster.workers
    deaths = share / cluster.lifetime if cluster.lifetime else 0.0
    cost = deaths * (mean / 2 + cluster.back + cluster.start)
    tail = (cluster.slower if cluster.stragglers else 1.0) * cluster.seconds / 2
    return cluster.start + share + cost + tail


CASES = {
    "as assumed": Cluster(),
    "no accidents": Cluster(stragglers=0.0, lifetime=0.0),
    "workers live an hour": Cluster(lifetime=3600.0),
    "workers live ten minutes": Cluster(lifetime=600.0),
    "one partition in ten is slow": Cluster(stragglers=0.1),
    "partitions ten times as large": Cluster(partitions=200, seconds=600.0),
    "partitions ten times as small": Cluster(partitions=20_000, seconds=6.0),
    "twice the workers": Cluster(workers=128),
}
SEEDS = 20


def main() -> None:
    """Print the simulated times beside the estimate by hand."""
    print(f"{SEEDS} runs each; minutes until the last partition is done")
    print(f"{'case':32} {'median':>7} {'worst':>7} {'by hand':>8} {'busy':>6} {'deaths':>7}")
    for name, cluster in CASES.items():
        runs = [simulate(replace(cluster), seed) for seed in range(SEEDS)]
        minutes = [run.seconds / 60 for run in runs]
        busy = statistics.fmean(run.work / (run.seconds * cluster.workers) for run in runs)
        deaths = statistics.fmean(run.deaths for run in runs)
        print(
            f"{name:32} {statistics.median(minutes):7.1f} {max(minutes):7.1f} {expected(cluster) / 60:8.1f} "
            f"{busy:6.0%} {deaths:7.1f}"
        )


if __name__ == "__main__":
    main()
