"""List, chains and PageRank beside the nearest public libraries, in one run, at equal quality of answer.

Run: .venv/bin/python benchmarks/rivals.py [--people 1000 10000] [--runs 3]

networkx and igraph as installed; OR-tools and statsmodels only where they can be imported: they are never needed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from commonweal.reckoning.chains import walk_with
from commonweal.reckoning.coverage import shortest_list
from commonweal.reckoning.graph import pagerank
from commonweal.reckoning.ties import IntArray, Ties
from commonweal.reckoning.worlds import organization

Result = tuple[float, str]
GRAIN = 10_000


def timed(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds), result


def arcs(ties: Ties, leaders: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Ties from followers to leaders, strengths as whole numbers."""
    listed = np.zeros(ties.n, dtype=np.bool_)
    listed[leaders] = True
    use = listed[ties.to] & ~listed[ties.from_]
    return ties.from_[use], ties.to[use], np.round(ties.strength[use] * GRAIN).astype(np.int64)


def by_networkx(tail: IntArray, head: IntArray, worth: IntArray, capacity: int) -> tuple[int, float]:
    import networkx

    flow = networkx.DiGraph()
    for f, t, w in zip(tail.tolist(), head.tolist(), worth.tolist(), strict=True):
        flow.add_edge(f, ("l", t), capacity=1, weight=-w)
        flow.add_edge("s", f, capacity=1, weight=0)
        flow.add_edge(("l", t), "t", capacity=capacity, weight=0)
    best = networkx.max_flow_min_cost(flow, "s", "t")
    return sum(best["s"].values()), -networkx.cost_of_flow(flow, best) / GRAIN


def by_highs(tail: IntArray, head: IntArray, worth: IntArray, capacity: int) -> tuple[int, float]:
    people, f = np.unique(tail, return_inverse=True)
    leaders, t = np.unique(head, return_inverse=True)
    place = np.arange(tail.size)
    rows, columns = np.concatenate([f, people.size + t]), np.concatenate([place, place])
    matrix = sparse.csr_array((np.ones(rows.size), (rows, columns)), shape=(people.size + leaders.size, tail.size))
    limit = np.concatenate([np.ones(people.size), np.full(leaders.size, capacity)])
    big = 2 * (leaders.size + 2) * GRAIN
    found = linprog(-(big + worth).astype(float), A_ub=matrix, b_ub=limit, bounds=(0, None), method="highs-ds")
    return int(found.x.sum().round()), float((found.x * worth).sum()) / GRAIN


def by_ortools(tail: IntArray, head: IntArray, worth: IntArray, capacity: int) -> tuple[int, float]:
    module = importlib.import_module("ortools.graph.python.min_cost_flow")
    people, f = np.unique(tail, return_inverse=True)
    leaders, t = np.unique(head, return_inverse=True)
    flow, nobody, big = module.SimpleMinCostFlow(), people.size + leaders.size, 2 * (leaders.size + 2) * GRAIN
    flow.add_arcs_with_capacity_and_unit_cost(f, people.size + t, np.ones(f.size, dtype=np.int64), -worth)
    every = np.arange(people.size)
    flow.add_arcs_with_capacity_and_unit_cost(
        every, np.full(people.size, nobody), np.ones(people.size, dtype=np.int64), np.full(people.size, big)
    )
    sink = nobody + 1
    for leader in range(leaders.size):
        flow.add_arc_with_capacity_and_unit_cost(people.size + leader, sink, capacity, 0)
    flow.add_arc_with_capacity_and_unit_cost(nobody, sink, people.size, 0)
    flow.set_nodes_supplies(np.append(every, sink), np.append(np.ones(people.size, dtype=np.int64), -people.size))
    flow.solve()
    used = flow.flows(np.arange(f.size))
    return int(used.sum()), float((used * worth).sum()) / GRAIN


def chains(ties: Ties, leaders: IntArray, runs: int) -> list[tuple[str, Result]]:
    whole = Ties(ties.from_, ties.to, np.round(ties.strength * GRAIN) / GRAIN, ties.n)
    seconds, mine = timed(lambda: walk_with(whole, leaders), runs)
    rows = [
        (
            "commonweal",
            (
                seconds,
                f"{(mine.leader_of >= 0).sum()} placed, strength {mine.strength.sum():.2f}, {'proven best' if mine.optimal else 'not proven'}",
            ),
        )
    ]
    options = arcs(ties, leaders)
    rivals: list[tuple[str, str, Callable[..., tuple[int, float]], int]] = [
        ("networkx max_flow_min_cost", "networkx", by_networkx, 1_000),
        ("HiGHS linear programme (scipy)", "scipy", by_highs, 20_000),
        ("OR-tools min-cost flow", "ortools", by_ortools, 1_000_000),
    ]
    for name, module, solve, most in rivals:
        rows.append((name, _tried(module, ties.n, most, lambda solve=solve: solve(*options, 12), runs)))
    return rows


def _tried(module: str, people: int, most: int, work: Callable[[], tuple[int, float]], runs: int) -> Result:
    try:
        importlib.import_module(module)
    except ImportError:
        return (float("nan"), "not installed")
    if people > most:
        return (float("nan"), f"not run above {most:,} people")
    seconds, (placed, strength) = timed(work, runs)
    return (seconds, f"{placed} placed, strength {strength:.2f}")


def ranks(ties: Ties, runs: int) -> list[tuple[str, Result]]:
    import igraph
    import networkx

    seconds, mine = timed(lambda: pagerank(ties), runs)
    rows = [("commonweal", (seconds, "to within 1e-10"))]
    pairs = list(zip(ties.from_.tolist(), ties.to.tolist(), strict=True))
    one = igraph.Graph(n=ties.n, edges=pairs, directed=True)
    seconds, theirs = timed(lambda: one.pagerank(weights=ties.strength.tolist()), runs)
    rows.append(("igraph", (seconds, f"differs by {np.abs(mine - theirs).sum():.1e}")))
    if ties.n <= 10_000:
        other = networkx.DiGraph()
        other.add_nodes_from(range(ties.n))
        other.add_weighted_edges_from((a, b, s) for (a, b), s in zip(pairs, ties.strength.tolist(), strict=True))
        seconds, theirs = timed(lambda: networkx.pagerank(other, tol=1e-12, max_iter=300), runs)
        rows.append(
            ("networkx", (seconds, f"differs by {np.abs(mine - [theirs[p] for p in range(ties.n)]).sum():.1e}"))
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"data: synthetic organization; command: {' '.join(sys.argv)}; median of {options.runs}")
    for people in options.people:
        world = organization(1, people=people)
        ties = Ties.between(world.tie_from, world.tie_to, world.tie_strength, n=people, both_ways=True)
        cover = shortest_list(ties, groups=[world.unit], engine="quick")
        for title, rows in (
            ("chains for the quick list, 12 each", chains(ties, cover.leaders, options.runs)),
            ("PageRank", ranks(ties, options.runs)),
        ):
            print(f"\n{people:,} people, {ties.from_.size:,} directed ties: {title}")
            for name, (seconds, found) in rows:
                print(f"  {name:<32}{seconds:>9.3f} s  {found}")
    for module, what in (("statsmodels", "a mixed-model fitter"), ("ortools", "minimum-cost flows")):
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"\n{module} ({what}) is not installed: not compared")


if __name__ == "__main__":
    main()
