"""How the whole reckoning grows: pull, list and chains for 1,000 to 1,000,000 people.

Run: .venv/bin/python benchmarks/growth.py [--people 1000 10000 100000 1000000] [--runs 3]

Each size runs in a process of its own, so that its peak memory is its own; the ties are counted as rows of a file, each
of which holds both ways. The synthetic organization and the 2 asks a person come from commonweal.reckoning.worlds.
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

import numpy as np


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def one_run(people: int, seed: int) -> dict[str, float]:
    """Seconds of each step for one organization; what came out; the process's peak memory."""
    from commonweal.reckoning.chains import walk_with
    from commonweal.reckoning.coverage import shortest_list
    from commonweal.reckoning.pull import read_pull
    from commonweal.reckoning.ties import Ties
    from commonweal.reckoning.worlds import organization

    world = organization(seed, people=people)
    records = world.records(tests=5)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pull, reading = timed(lambda: read_pull(records, lot=seed, draws=400))
    shaped, ties = timed(
        lambda: Ties.between(world.tie_from, world.tie_to, world.tie_strength, n=people, both_ways=True)
    )
    score = np.zeros(people)
    known = ~np.isnan(reading.top_tenth)
    score[reading.candidate[known]] = reading.top_tenth[known]
    listed, cover = timed(lambda: shortest_list(ties, groups=[world.unit], score=score))
    walked, chains = timed(lambda: walk_with(ties, cover.leaders, first=cover.served_by >= 0))
    return {
        "pull": pull,
        "ties": shaped,
        "list": listed,
        "chains": walked,
        "all": pull + shaped + listed + walked,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "memory before": before,
        "rows": len(world.tie_from),
        "asks": int((records.asker >= 0).sum()),
        "leaders": int(cover.leaders.size),
        "fewest": cover.lower_bound,
        "reached": all(group.short == 0 for group in cover.groups),
        "placed": int((chains.leader_of >= 0).sum()),
        "optimal": chains.optimal,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one_run(options.one, options.runs)))
        return
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"data: synthetic organization, 15 to 60 people a unit; command: {' '.join(sys.argv)}")
    print(
        f"{'people':>9} {'ties':>10} {'asks':>9} {'pull':>7} {'list':>7} {'chains':>7} {'in all':>7} {'peak MB':>8}  result"
    )
    for people in options.people:
        runs = []
        for seed in range(1, (options.runs if people < 1_000_000 else 1) + 1):
            words = [sys.executable, __file__, "--one", str(people), "--runs", str(seed)]
            run = subprocess.run(words, capture_output=True, text=True, check=True)
            runs.append(json.loads(run.stdout))
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        print(
            f"{people:>9,} {middle['rows']:>10,.0f} {middle['asks']:>9,.0f} {middle['pull']:>7.2f} {middle['list']:>7.2f} "
            f"{middle['chains']:>7.2f} {middle['all']:>7.2f} {middle['memory']:>8,.0f}  {middle['leaders']:,.0f} leaders "
            f"(none below {middle['fewest']:,.0f}), every unit reached: {'yes' if middle['reached'] == 1 else 'no'}, {middle['placed']:,.0f} placed"
            f"{', proven best' if middle['optimal'] == 1 else ''}",
            flush=True,
        )


if __name__ == "__main__":
    main()
