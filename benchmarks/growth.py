"""How the whole reckoning grows: pull, list and chains for 1,000 to 1,000,000 people.

Run: .venv/bin/python benchmarks/growth.py [--people 1000 10000 100000 1000000] [--runs 3]

Each size runs in a process of its own, so that its peak memory is its own. Ties are counted as rows of a file, each of
which holds both ways: 15 for every person; every person is asked twice in five tests. "in all" holds pull, the ties'
arrangement, list and chains, not the making of the synthetic organization (commonweal.reckoning.worlds). Seconds are
those of the processor; beside them stand all by the clock: where the two differ, somebody else used the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

# Many small factorisations: threads of the linear algebra would wait for each other. Before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ALL = ("pull", "ties", "list", "chains")


def timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Seconds by the clock and of the processor, and what came out."""
    began, used = time.perf_counter(), time.process_time()
    result = work()
    return (time.perf_counter() - began, time.process_time() - used), result


def one_run(people: int, seed: int) -> dict[str, Any]:
    """Seconds of each step for one organization; what came out; the process's peak memory."""
    from commonweal.reckoning.chains import walk_with
    from commonweal.reckoning.coverage import shortest_list
    from commonweal.reckoning.pull import read_pull
    from commonweal.reckoning.ties import Ties
    from commonweal.reckoning.worlds import organization

    world = organization(seed, people=people, draws_of_ties=50)
    records = world.records(tests=5)
    took: dict[str, tuple[float, float]] = {}
    took["pull"], reading = timed(lambda: read_pull(records, lot=seed, draws=400))
    rows = (world.tie_from, world.tie_to, world.tie_strength)
    took["ties"], ties = timed(lambda: Ties.between(*rows, n=people, both_ways=True))
    score = np.zeros(people)
    known = ~np.isnan(reading.top_tenth)
    score[reading.candidate[known]] = reading.top_tenth[known]
    took["list"], cover = timed(lambda: shortest_list(ties, groups=[world.unit], score=score))
    took["chains"], chains = timed(lambda: walk_with(ties, cover.leaders, first=cover.served_by >= 0))
    return {
        "wall": {step: took[step][0] for step in ALL},
        "processor": {step: took[step][1] for step in ALL},
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rows": len(world.tie_from),
        "asks": int((records.asker >= 0).sum()),
        "leaders": int(cover.leaders.size),
        "fewest": cover.lower_bound,
        "reached": all(group.short == 0 for group in cover.groups),
        "placed": int((chains.leader_of >= 0).sum()),
        "optimal": chains.optimal,
    }


def row_of(people: int, runs: list[dict[str, Any]]) -> list[str]:
    """One line of the table: medians of the runs."""

    def middle(kind: str, steps: tuple[str, ...]) -> float:
        return statistics.median(sum(run[kind][step] for step in steps) for run in runs)

    last = runs[0]
    steps = [f"{middle('processor', (step,)):.2f}" for step in ALL]
    return [
        f"{people:,}",
        f"{last['rows']:,}",
        f"{last['asks']:,}",
        *steps,
        f"{middle('processor', ALL):.1f}",
        f"{middle('wall', ALL):.1f}",
        f"{max(run['memory'] for run in runs) / 1024:.2f}",
        f"{last['leaders']:,} (none below {last['fewest']:,})",
        "yes" if all(run["reached"] for run in runs) else "no",
        f"{last['placed']:,}{', proven best' if all(run['optimal'] for run in runs) else ''}",
    ]


HEADING = (
    "people", "ties", "asks", "pull", "ties, sorted", "list", "chains", "in all", "by the clock", "peak GB", "leaders",
    "every unit reached", "placed",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one_run(options.one, options.runs)))
        return
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {time.ctime()}")
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}; command: {' '.join(sys.argv)}")
    print("seconds of one processor, median of the runs; last all of it by the clock\n")
    print(f"| {' | '.join(HEADING)} |\n|{' --- |' * len(HEADING)}")
    for people in options.people:
        runs = []
        for seed in range(1, options.runs + 1):
            words = [sys.executable, __file__, "--one", str(people), "--runs", str(seed)]
            run = subprocess.run(words, capture_output=True, text=True, check=True)
            runs.append(json.loads(run.stdout))
        print(f"| {' | '.join(row_of(people, runs))} |", flush=True)


if __name__ == "__main__":
    main()
