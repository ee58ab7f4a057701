"""List, chains, pull, resemblance and measures of a network beside the nearest public libraries, in one run.

Run: .venv/bin/python benchmarks/rivals.py [--people 1000 10000] [--runs 3] [--patience 60] [--worlds 3] [--only list ...]

What comes out stands beside the seconds: a rival is as good where the two agree. networkx, igraph, RapidFuzz and HiGHS
(in scipy) are installed; OR-tools, statsmodels and recordlinkage are used where they can be imported: Commonweal needs
none of them. To bring them: pip install ortools statsmodels recordlinkage, in an environment of their own.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

# As the program itself does, and for the rivals too: one thread of linear algebra. Before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.stats import spearmanr

from commonweal.reckoning.chains import walk_with
from commonweal.reckoning.coverage import shortest_list
from commonweal.reckoning.coverage.exact import Programme
from commonweal.reckoning.coverage.question import pose
from commonweal.reckoning.graph import communities, pagerank, reach
from commonweal.reckoning.pull import read_pull
from commonweal.reckoning.resemblance import Record, resembling_pairs
from commonweal.reckoning.ties import IntArray, Ties
from commonweal.reckoning.worlds import World, organization, workplace

Row = tuple[str, float, str]
Rows = Iterator[Row]
GRAIN = 10_000
NONE = float("nan")


def timed(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds), result


def there(module: str) -> bool:
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


# ── the list: fewest leaders who reach nine tenths of every unit, twelve each ────────────────────────────────────


def lists(ties: Ties, world: World, runs: int, patience: float) -> Rows:
    for engine in ("quick", "search"):
        seconds, found = timed(lambda engine=engine: shortest_list(ties, groups=[world.unit], engine=engine), runs)
        yield f"commonweal, {engine}", seconds, f"{found.leaders.size} leaders, none below {found.lower_bound}"
    goal = int(found.leaders.size)
    programme = Programme(
        pose(ties, groups=[world.unit], target=0.9, capacity=12, pinned=(), vetoed=(), score=None, least_ties=0)
    )
    if ties.n > 1_000:
        yield "HiGHS and CP-SAT", NONE, "not run above 1,000 people"
        return
    seconds, answer = timed(lambda: list_by_highs(programme, patience), 1)
    yield "HiGHS whole-number programme (scipy)", seconds, answer
    if there("ortools"):
        seconds, answer = timed(lambda: list_by_cp_sat(programme, patience, goal), 1)
        yield "OR-tools CP-SAT", seconds, answer
    else:
        yield "OR-tools CP-SAT", NONE, "not installed"


def list_by_highs(programme: Programme, patience: float) -> str:
    leaders, ties = programme.leaders.size, programme.tail.size
    found = milp(
        np.concatenate([np.ones(leaders), np.zeros(ties)]),
        integrality=np.concatenate([np.ones(leaders), np.zeros(ties)]),
        constraints=LinearConstraint(programme.matrix, programme.low, programme.high),
        bounds=Bounds(0, 1),
        options={"time_limit": patience},
    )
    if found.x is None:
        return f"no list in {patience:.0f} s"
    bound = int(np.ceil(found.mip_dual_bound - 1e-6))
    return f"{round(found.fun)} leaders, none below {bound}"


def list_by_cp_sat(programme: Programme, patience: float, goal: int) -> str:
    model_of = importlib.import_module("ortools.sat.python.cp_model")
    model, matrix = model_of.CpModel(), programme.matrix
    on = [model.new_bool_var("") for _ in range(matrix.shape[1])]
    for row in range(matrix.shape[0]):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        told = sum(
            int(w) * on[c] for c, w in zip(matrix.indices[part].tolist(), matrix.data[part].tolist(), strict=True)
        )
        if part.start < part.stop and np.isfinite(programme.low[row]):
            model.add(told >= int(programme.low[row]))
        if part.start < part.stop and np.isfinite(programme.high[row]):
            model.add(told <= int(programme.high[row]))
    model.minimize(sum(on[: programme.leaders.size]))
    solver = model_of.CpSolver()
    solver.parameters.max_time_in_seconds = patience
    solver.parameters.num_workers = os.cpu_count() or 1

    class Reached(model_of.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]
        at = NONE

        def on_solution_callback(self) -> None:
            if np.isnan(self.at) and self.objective_value <= goal:
                self.at = self.wall_time

    seen = Reached()
    solver.solve(model, seen)
    ours = f"our {goal} after {seen.at:.1f} s" if not np.isnan(seen.at) else f"never our {goal}"
    return f"{solver.objective_value:.0f} leaders, none below {solver.best_objective_bound:.0f}; {ours}"


# ── the chains: most people, then most tie strength, twelve each ─────────────────────────────────────────────────


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


def chains(ties: Ties, leaders: IntArray, runs: int) -> Rows:
    whole = Ties(ties.from_, ties.to, np.round(ties.strength * GRAIN) / GRAIN, ties.n)
    seconds, mine = timed(lambda: walk_with(whole, leaders), runs)
    proof = "proven best" if mine.optimal else "not proven"
    yield "commonweal", seconds, f"{(mine.leader_of >= 0).sum()} placed, strength {mine.strength.sum():.2f}, {proof}"
    options = arcs(ties, leaders)
    rivals: list[tuple[str, str, Callable[..., tuple[int, float]], int]] = [
        ("networkx max_flow_min_cost", "networkx", by_networkx, 1_000),
        ("HiGHS linear programme (scipy)", "scipy", by_highs, 20_000),
        ("OR-tools min-cost flow", "ortools", by_ortools, 1_000_000),
    ]
    for name, module, solve, most in rivals:
        if not there(module):
            yield name, NONE, "not installed"
        elif ties.n > most:
            yield name, NONE, f"not run above {most:,} people"
        else:
            seconds, (placed, strength) = timed(lambda solve=solve: solve(*options, 12), runs)
            yield name, seconds, f"{placed} placed, strength {strength:.2f}"


# ── pull: where the hidden truth is known ────────────────────────────────────────────────────────────────────────


def pulls(worlds: int) -> Rows:
    """About 640 people in five tests; means over the worlds, askers with five asks and more."""
    mine, theirs = [], []
    for seed in range(1, worlds + 1):
        world = workplace(seed)
        records = world.records(tests=5)
        seconds, reading = timed(lambda records=records: read_pull(records, lot=1), 1)
        shown = np.flatnonzero(records.asked >= 5)
        place = np.searchsorted(reading.draws.asker, shown)
        mine.append((seconds, *against_truth(world.pull[shown], reading.draws.pull[place])))
        if there("statsmodels"):
            seconds, drawn = timed(lambda world=world: pull_by_statsmodels(world), 1)
            theirs.append((seconds, *against_truth(world.pull[shown], drawn[place])))
    for name, rows in (("commonweal, fast", mine), ("statsmodels BinomialBayesMixedGLM", theirs)):
        if not rows:
            yield name, NONE, "not installed"
            continue
        seconds, rank, covered, width = np.mean(rows, axis=0)
        yield name, seconds, f"rank correlation {rank:.3f}, 80 % intervals cover {covered:.0%}, {width:.2f} logits wide"


def against_truth(truth: np.ndarray, drawn: np.ndarray) -> tuple[float, float, float]:
    """Rank correlation with the hidden pulls; share of them inside the 80 % intervals; how wide those are."""
    low, high = np.quantile(drawn, (0.1, 0.9), axis=1)
    inside = (truth >= low) & (truth <= high)
    return float(spearmanr(drawn.mean(1), truth)[0]), float(inside.mean()), float((high - low).mean())


def pull_by_statsmodels(world: World) -> np.ndarray:
    """The same crossed multilevel logistic model, variances learnt, the same knowledge of askers; draws per asker."""
    module = importlib.import_module("statsmodels.genmod.bayes_mixed_glm")
    records = world.records(tests=5)
    rows = np.arange(len(records.person))
    asked = records.asker >= 0
    askers, who = np.unique(records.asker[asked], return_inverse=True)
    about = np.column_stack([np.ones(len(askers)), np.log1p(records.nominations[askers]), world.score[askers] - 3.0])
    known = np.zeros((len(rows), 3))
    known[asked] = about[who]
    times = np.bincount(records.person, asked, minlength=world.n_people)[records.person]
    fixed = np.column_stack([np.eye(5)[records.test], known, times - times.mean()])
    unit = records.unit[records.person]
    parts = [(rows, records.person), (rows, unit), (rows, unit * 5 + records.test), (rows[asked], who)]
    tables, kinds = [], []
    for kind, (row, column) in enumerate(parts):
        names, column = np.unique(column, return_inverse=True)
        tables.append(sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=(len(rows), len(names))))
        kinds.append(np.full(len(names), kind))
    model = module.BinomialBayesMixedGLM(
        records.came.astype(float), fixed, sparse.hstack(tables).tocsr(), np.concatenate(kinds), vcp_p=1.0, fe_p=3.0
    )
    fit = model.fit_vb(verbose=False)
    dice = np.random.default_rng(1)
    weight = fit.fe_mean[5:8, None] + fit.fe_sd[5:8, None] * dice.standard_normal((3, 400))
    own = slice(-len(askers), None)
    return about @ weight + fit.vc_mean[own, None] + fit.vc_sd[own, None] * dice.standard_normal((len(askers), 400))


# ── resemblance: records entered twice, with slips of the pen ────────────────────────────────────────────────────

SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in "aeiou"]


def entered_twice(n: int) -> tuple[list[Record], set[tuple[int, int]]]:
    """Every tenth of `n` records is another one written again with a slip: one letter lost, doubled or changed.

    Of those written again six in ten have the same telephone, the others another; eight in ten the same unit. Every
    sixth person lives with another: one family name and one telephone, but two given names.
    """
    dice = np.random.default_rng(1)
    words = ["".join(dice.choice(SYLLABLES, dice.integers(2, 5))).title() for _ in range(max(n // 8, 100))]
    many = n - n // 10
    given, family = dice.integers(0, len(words), (2, many))
    phones, units = dice.permutation(10 * n)[:n], dice.integers(0, n // 30, n)
    kin, of = np.arange(many // 6), np.arange(many // 6, 2 * (many // 6))
    family[kin], phones[kin] = family[of], phones[of]
    names = [f"{words[a]} {words[b]}" for a, b in zip(given, family, strict=True)]
    doubled = dice.choice(many, n // 10, replace=False)
    phones[many:] = np.where(dice.random(n - many) < 0.6, phones[doubled], phones[many:])
    units[many:] = np.where(dice.random(n - many) < 0.8, units[doubled], units[many:])
    for one in doubled:
        name = names[one]
        at, slip = int(dice.integers(1, len(name))), dice.integers(3)
        letter = "" if slip == 0 else name[at] * 2 if slip == 1 else str(dice.choice(list("aeilnrst")))
        names.append(name[:at] + letter + name[at + 1 :])
    rows = zip(range(n), names, phones.tolist(), units.tolist(), strict=True)
    records = [
        Record(place, (name,), frozenset({str(phone)}), units=frozenset({unit})) for place, name, phone, unit in rows
    ]
    return records, {(int(one), many + place) for place, one in enumerate(doubled)}


def resemblances(n: int) -> Rows:
    records, truth = entered_twice(n)
    seconds, mine = timed(lambda: resembling_pairs(records), 1)
    yield "commonweal", seconds, said({(pair.first, pair.second) for pair in mine}, truth)
    if n <= 10_000:
        seconds, pairs = timed(lambda: pairs_by_rapidfuzz(records), 1)
        yield "RapidFuzz, all names with all", seconds, said(pairs, truth)
    if there("recordlinkage"):
        seconds, pairs = timed(lambda: pairs_by_recordlinkage(records), 1)
        yield "recordlinkage, neighbourhood of 9", seconds, said(pairs, truth)
    else:
        yield "recordlinkage, neighbourhood of 9", NONE, "not installed"


def said(pairs: set[Any], truth: set[tuple[int, int]]) -> str:
    right = len({tuple(sorted(pair)) for pair in pairs} & truth)
    return (
        f"{right / len(truth):.1%} of {len(truth):,} doubles found, {right / max(len(pairs), 1):.1%} of its pairs right"
    )


def pairs_by_rapidfuzz(records: list[Record]) -> set[tuple[int, int]]:
    """Names at least 85 of 100 alike and one unit, or at least 70 alike and one telephone."""
    from rapidfuzz import fuzz, process

    names = [record.names[0] for record in records]
    found = set()
    for first in range(0, len(names), 500):
        scores = process.cdist(names[first : first + 500], names, scorer=fuzz.ratio, score_cutoff=70, dtype=np.uint8)
        for i, j in np.argwhere(scores).tolist():
            one, other = records[first + i], records[j]
            if first + i < j and (one.phones == other.phones or (scores[i, j] >= 85 and one.units == other.units)):
                found.add((first + i, j))
    return found


def pairs_by_recordlinkage(records: list[Record]) -> set[tuple[int, int]]:
    """Sorted neighbourhoods of the name from the front and from the back, and one telephone; then the same rule."""
    library, pandas = importlib.import_module("recordlinkage"), importlib.import_module("pandas")
    rows = [(r.names[0], " ".join(reversed(r.names[0].split())), min(r.phones), min(r.units)) for r in records]
    table = pandas.DataFrame(rows, columns=["name", "back", "phone", "unit"])
    index = library.Index()
    index.sortedneighbourhood("name", window=9)
    index.sortedneighbourhood("back", window=9)
    index.block("phone")
    compare = library.Compare()
    compare.string("name", "name", method="levenshtein", label="alike")
    compare.exact("phone", "phone", label="phone")
    compare.exact("unit", "unit", label="unit")
    seen = compare.compute(index.index(table), table)
    same = ((seen["alike"] >= 0.7) & (seen["phone"] == 1)) | ((seen["alike"] >= 0.8) & (seen["unit"] == 1))
    return {(int(a), int(b)) for a, b in seen.index[same]}


# ── measures of a network ────────────────────────────────────────────────────────────────────────────────────────


def measures(ties: Ties, leaders: IntArray, runs: int) -> Rows:
    import igraph
    import networkx

    pairs = list(zip(ties.from_.tolist(), ties.to.tolist(), strict=True))
    strengths = ties.strength.tolist()
    theirs = igraph.Graph(n=ties.n, edges=pairs, directed=True)
    seconds, mine = timed(lambda: pagerank(ties), runs)
    yield "PageRank: commonweal", seconds, "to within 1e-10"
    seconds, rank = timed(lambda: theirs.pagerank(weights=strengths), runs)
    yield "PageRank: igraph", seconds, f"differs by {np.abs(mine - rank).sum():.0e}"
    seconds, near = timed(lambda: reach(ties, leaders), runs)
    yield "reach of the list: commonweal", seconds, f"{near:.6f}"
    seconds, steps = timed(lambda: np.array(theirs.distances(None, leaders.tolist(), mode="out")).min(1), 1)
    yield "reach of the list: igraph", seconds, f"{float(np.mean(1 / np.maximum(steps, 1))):.6f}"
    if ties.n > 10_000:
        return
    other = networkx.DiGraph()
    other.add_nodes_from(range(ties.n))
    other.add_weighted_edges_from((a, b, s) for (a, b), s in zip(pairs, strengths, strict=True))
    seconds, found = timed(lambda: networkx.pagerank(other, tol=1e-12, max_iter=300), runs)
    yield "PageRank: networkx", seconds, f"differs by {np.abs(mine - [found[p] for p in range(ties.n)]).sum():.0e}"
    seconds, far = timed(
        lambda: networkx.multi_source_dijkstra_path_length(
            other.reverse(copy=False), set(leaders.tolist()), weight=None
        ),
        runs,
    )
    yield "reach of the list: networkx", seconds, f"{sum(1 / max(step, 1) for step in far.values()) / ties.n:.6f}"
    plain = igraph.Graph(n=ties.n, edges=pairs).simplify()
    seconds, circles = timed(lambda: communities(ties, lot=1), 1)
    yield "circles: commonweal", seconds, f"modularity {plain.modularity(circles.tolist()):.3f}"
    seconds, circles = timed(plain.community_label_propagation, 1)
    yield "circles: igraph label propagation", seconds, f"modularity {plain.modularity(circles):.3f}"


# ── all of it ────────────────────────────────────────────────────────────────────────────────────────────────────

QUESTIONS = ("list", "chains", "pull", "resemblance", "measures")


def show(title: str, rows: Rows) -> None:
    print(f"\n{title}")
    for name, seconds, found in rows:
        took = "        -" if np.isnan(seconds) else f"{seconds:9.3f}"
        print(f"  {name:<37}{took} s  {found}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--patience", type=float, default=60.0, help="seconds for the exact solvers")
    parser.add_argument("--worlds", type=int, default=3, help="worlds for the comparison of pull")
    parser.add_argument("--only", nargs="+", choices=QUESTIONS, default=QUESTIONS)
    options = parser.parse_args()
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {time.ctime()}")
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}; command: {' '.join(sys.argv)}")
    print(f"data: synthetic organization; seconds by the clock, median of {options.runs}")
    if "pull" in options.only:
        title = f"pull, about 640 people, 130 who ask, five tests, mean of {options.worlds} worlds"
        show(title, pulls(options.worlds))
    for people in options.people:
        world = organization(1, people=people)
        ties = Ties.between(world.tie_from, world.tie_to, world.tie_strength, n=people, both_ways=True)
        leaders = shortest_list(ties, groups=[world.unit], engine="quick").leaders
        place = f"{people:,} people, {ties.from_.size:,} directed ties"
        if "list" in options.only:
            show(f"{place}: the list", lists(ties, world, options.runs, options.patience))
        if "chains" in options.only:
            show(f"{place}: chains for the quick list", chains(ties, leaders, options.runs))
        if "resemblance" in options.only:
            show(f"{people:,} records: resemblance", resemblances(people))
        if "measures" in options.only:
            show(f"{place}: measures", measures(ties, leaders, options.runs))


if __name__ == "__main__":
    main()
