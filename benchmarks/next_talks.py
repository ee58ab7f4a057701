"""How many conversations until the true leaders are known, by the order in which people are talked with.

Run: .venv/bin/python benchmarks/next_talks.py [--worlds 100] [--seed 2000] [--speed [--people 1000 10000 100000]]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from commonweal.reckoning.next_talks import Known, choose, worth_of
from commonweal.reckoning.next_talks.conversations import ORDERS, Progress, answers_of, hold_talks
from commonweal.reckoning.worlds import organization, workplace

STARTS = {
    "Nobody was talked with yet": 0,
    "Everybody in three of twenty units was talked with": 3,
}
COLUMNS = (
    "known 50 %", "known 75 %", "known 90 %", "named 75 %", "named 90 %", "met 75 %", "units mapped 90 %",
)  # fmt: skip


def talks(progress: Progress) -> list[float]:
    """Talks until the levels of `COLUMNS`, as the share of all people who can still be talked with."""
    best, everybody = progress.found[-1], progress.talks[-1]
    levels = [
        *((progress.known, level * best) for level in (0.5, 0.75, 0.9)),
        *((progress.found, level * best) for level in (0.75, 0.9)),
        (progress.met, 0.75),
        (progress.mapped, 0.9),
    ]
    return [100 * progress.talks_until(share, level) / everybody for share, level in levels]


def print_start(title: str, units: int, seeds: range) -> None:
    found: dict[str, list[list[float]]] = {order: [] for order in ORDERS}
    people, leaders, best = [], [], []
    for seed in seeds:
        world = workplace(seed, tests=1)
        answers = answers_of(world, seed)
        begun = world.unit < units
        people.append(world.n_people)
        leaders.append(int(world.is_leader.sum()))
        for order in ORDERS:
            progress = hold_talks(world, answers, order=order, lot=seed, begun=begun)
            found[order].append(talks(progress))
        best.append(progress.found[-1])
    print(f"\n{title}: {len(seeds)} worlds, seeds {seeds[0]}-{seeds[-1]}")
    print(
        f"  on average {np.mean(people):.0f} people, {np.mean(leaders):.0f} true leaders; once everybody was talked with, "
        f"{np.mean(best):.0%} of them are among the first so many"
    )
    print(f"  {'order':12}" + "".join(f"{name:>19}" for name in COLUMNS))
    for order in ORDERS:
        print_row(order, np.array(found[order]))
    print("  worth less the other order, world by world:")
    for order in ORDERS[1:]:
        print_row(f"- {order}", np.array(found["worth"]) - np.array(found[order]), sign="+")


def print_row(name: str, rows: np.ndarray, sign: str = "") -> None:
    """The mean of each column over the worlds, with its error."""
    error = rows.std(axis=0, ddof=1) / np.sqrt(len(rows)) if len(rows) > 1 else np.full(len(COLUMNS), np.nan)
    cells = (f"{mean:{sign}.1f} ± {one:.1f}" for mean, one in zip(np.nanmean(rows, axis=0), error, strict=True))
    print(f"  {name:12}" + "".join(f"{cell:>19}" for cell in cells), flush=True)


def print_speed(sizes: list[int]) -> None:
    print("\nOne ranking (invented organizations, 15 ties a person, a quarter talked with, seconds, best of 3)")
    for size in sizes:
        world = organization(1, people=size)
        talked = np.random.default_rng(1).random(size) < 0.25
        told = talked[world.nominator]
        known = Known(
            group=world.unit, talked=talked, heard=talked, nominator=world.nominator[told],
            nominee=world.nominee[told], tie_one=world.tie_from, tie_other=world.tie_to,
        )  # fmt: skip
        spent = []
        for _ in range(3):
            began = time.perf_counter()
            choose(known, worth_of(known), limit=10, lot=1, among=~talked)
            spent.append(time.perf_counter() - began)
        print(f"  {size:9,} people {len(world.tie_from):10,} ties {min(spent):8.3f}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worlds", type=int, default=100, help="fresh worlds for each start")
    options.add_argument("--seed", type=int, default=2000, help="seed of the first world")
    options.add_argument("--speed", action="store_true", help="time one ranking instead")
    options.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    chosen = options.parse_args()
    print(f"command: {' '.join(sys.argv)}")
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"
    )
    if chosen.speed:
        print_speed(chosen.people)
        return
    print("conversations needed, in per cent of all who could be talked with, five planned at a time; mean ± error")
    print("known: of the true leaders whom talks with everybody would show, so many are among the first named and")
    print("somebody has sat down with them; named: among the first named only; met: of all true leaders, sat down with")
    for title, units in STARTS.items():
        print_start(title, units, range(chosen.seed, chosen.seed + chosen.worlds))


if __name__ == "__main__":
    main()
