"""How well pull is estimated where the truth is known.

Run: .venv/bin/python benchmarks/pull.py [--worlds 24] [--seed 1000] [--exact 0] [--speed [--people 1000 100000]]
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time

# Several small factorisations a second: threads of the linear algebra would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy import sparse
from scipy.stats import spearmanr

from commonweal.reckoning.pull import PullReading, read_pull
from commonweal.reckoning.worlds import World, lose_refusals, organization, workplace

TESTS = 5
KINDS = ("standard", "cherry-picking", "Gaussian", "refusals lost")


def world_of(kind: str, seed: int) -> World:
    return workplace(seed, cherry_picking=1.5 if kind == "cherry-picking" else 0.4, gaussian=kind == "Gaussian")


def page_rank(world: World) -> np.ndarray:
    n = world.n_people
    named = sparse.csr_array((np.ones(len(world.nominee)), (world.nominee, world.nominator)), shape=(n, n))
    given = np.bincount(world.nominator, minlength=n)
    rank = np.full(n, 1.0 / n)
    for _ in range(60):
        rank = 0.85 * (named @ (rank / np.maximum(given, 1)) + rank[given == 0].sum() / n) + 0.15 / n
    return rank


def judged(kind: str, seed: int, engine: str) -> tuple[dict[str, tuple[float, float]], list[float]]:
    """Per method: rank correlation and share of true leaders found; then coverage, width, leaders, seconds."""
    world = world_of(kind, seed)
    keep = lose_refusals(seed, world, share=0.5) if kind == "refusals lost" else None
    records = world.records(tests=TESTS, keep=keep)
    began = time.perf_counter()
    reading = read_pull(records, lot=seed, engine=engine, draws=1000 if engine == "fast" else 400)
    seconds = time.perf_counter() - began
    shown = reading.asked >= 5
    people = reading.candidate[shown]
    share = reading.came[shown] / reading.asked[shown]
    methods = {
        "pull (this program)": reading.draws.pull.mean(1)[np.searchsorted(reading.draws.asker, people)],
        "raw delivery": share,
        "shrunk delivery": (reading.came[shown] + 8 * share.mean()) / (reading.asked[shown] + 8),
        "nominations": world.nominations[people],
        "PageRank of nominations": page_rank(world)[people],
        "gut assessment (1-5)": world.score[people],
        "degree": world.degree[people],
    }
    true, leader = world.pull[people], world.is_leader[people]
    ranks = {name: (spearmanr(value, true)[0], first_found(value, leader)) for name, value in methods.items()}
    return ranks, [*coverage(world, reading, shown), seconds]


def first_found(value: np.ndarray, leader: np.ndarray) -> float:
    """Share of the K true leaders among the first K; people of equal value share the places."""
    k = int(leader.sum())
    if not k:
        return float("nan")
    bar = np.sort(value)[-k]
    above, level = value > bar, value == bar
    return float((leader[above].sum() + leader[level].sum() * (k - above.sum()) / level.sum()) / k)


def coverage(world: World, reading: PullReading, shown: np.ndarray) -> list[float]:
    """Share of true values inside the 80 % intervals: in points, in logits against the average, in logits alone."""
    draws = reading.draws
    truth = world.pull[draws.asker]
    points = world.true_points(tests=TESTS, average_pull=float(truth.mean()))[reading.candidate]
    inside = (points >= reading.low) & (points <= reading.high)
    compared = np.isin(draws.asker, reading.candidate[shown])
    low, high = np.quantile(draws.pull - draws.pull.mean(0), (0.1, 0.9), axis=1)
    beside = truth - truth.mean()
    alone_low, alone_high = np.quantile(draws.pull, (0.1, 0.9), axis=1)
    return [
        inside[shown].mean(),
        ((beside >= low) & (beside <= high))[compared].mean(),
        ((truth >= alone_low) & (truth <= alone_high))[compared].mean(),
        float(np.mean((reading.high - reading.low)[shown])),
    ]


def print_kind(kind: str, seeds: range, engine: str) -> None:
    results = [judged(kind, seed, engine) for seed in seeds]
    print(f"\n{kind} world, {engine} engine, {len(seeds)} worlds, seeds {seeds[0]}-{seeds[-1]}")
    print(f"  {'':26}{'Spearman':>9} {'± se':>6} {'leaders found in first K':>26}")
    for name in results[0][0]:
        found = np.array([ranks[name] for ranks, _ in results])
        error = found[:, 0].std(ddof=1) / np.sqrt(len(found)) if len(found) > 1 else np.nan
        print(f"  {name:26}{found[:, 0].mean():9.3f} {error:6.3f} {np.nanmean(found[:, 1]):26.3f}")
    covered = np.mean([rest for _, rest in results], axis=0)
    print(
        f"  80 % intervals cover: points {covered[0]:.1%}, logits against the average {covered[1]:.1%}, "
        f"logits alone {covered[2]:.1%}; mean width {covered[3]:.1f} points; {covered[4]:.2f} s a world"
    )


def print_speed(sizes: list[int]) -> None:
    print("\nSpeed of the fast engine (invented organizations, 15 ties a person, 2 asks a person, 5 tests)")
    print(f"  {'people':>9}{'ties':>11}{'asks':>10}{'askers':>9}{'seconds':>9}{'peak GB':>9}")
    for size in sizes:
        world = organization(1, people=size)
        records = world.records(tests=TESTS)
        ties = 2 * len(world.tie_from)
        del world
        began = time.perf_counter()
        reading = read_pull(records, lot=1, draws=1000 if size <= 200_000 else 200)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        asks, askers = int((records.asker >= 0).sum()), len(reading.draws.asker)
        print(f"  {size:9,}{ties:11,}{asks:10,}{askers:9,}{seconds:9.1f}{peak:9.2f}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worlds", type=int, default=24, help="fresh worlds of each kind")
    options.add_argument("--seed", type=int, default=1000, help="seed of the first world")
    options.add_argument("--exact", type=int, default=0, help="worlds of each kind also read by the exact engine")
    options.add_argument("--speed", action="store_true", help="time the fast engine instead")
    options.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    chosen = options.parse_args()
    print(f"command: {' '.join(sys.argv)}")
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"
    )
    if chosen.speed:
        print_speed(chosen.people)
        return
    print("askers with five asks and more, after five of six tests; truth is the hidden pull")
    for kind in KINDS:
        print_kind(kind, range(chosen.seed, chosen.seed + chosen.worlds), "fast")
        if chosen.exact:
            print_kind(kind, range(chosen.seed, chosen.seed + chosen.exact), "exact")


if __name__ == "__main__":
    main()
