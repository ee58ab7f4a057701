"""How well the next test is forecast where the truth is known.

Run: .venv/bin/python benchmarks/forecast.py [--worlds 40] [--seed 1000] [--only WORDS] [--speed]

`--worlds 300` prints the figures of docs/practices/forecast.md: so many standard worlds, a third of each other kind.
`--only WORDS` prints the kinds whose title holds these words, each with as many worlds.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time
from dataclasses import dataclass, field, replace
from typing import Any

# Several small factorisations a second: threads of the linear algebra would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from commonweal.reckoning.forecast import (
    Forecast,
    NextTest,
    Step,
    StepsSeen,
    calibration,
    forecast_next_test,
    intervals_held,
    scores_of,
    share_with_interval,
)
from commonweal.reckoning.pull import NOBODY, AskRecords
from commonweal.reckoning.worlds import World, careless, lose_refusals, only_yes, organization, workplace

OURS, NO_PLAN, NO_LEADERS = "this forecast", "this forecast, asks not planned yet", "the model without leaders"
LAST_RATE, HISTORY, GUT, KNOWN = (
    "last test's rate for all",
    "own history",
    "gut assessment (1-5)",
    "all hidden truth known",
)
METHODS = (KNOWN, OURS, NO_PLAN, NO_LEADERS, LAST_RATE, HISTORY, GUT)
THRESHOLD, UNIT_THRESHOLD = 0.3, 0.2
OTHER_KINDS = (
    "the willing are asked far more",
    "half the failed asks never written down",
    "no failed ask ever written down",
    "paper with yeses only",
    "careless: 3 in 10 refusals unwritten, 3 % wrong",
    "the last step is 1.6 logits",
    "the step of earlier campaigns is known",
    "each test is of a kind of its own",
    "each test is of a kind of its own, seen in four campaigns before",
)
USUAL_STEP = Step(0.45, 0.30)
"""What earlier campaigns would have taught of the steps in these worlds."""
ACTS = ("card", "question", "petition", "button", "march", "vote")
CAMPAIGNS = 4


@dataclass
class Found:
    """What was found in the worlds of one kind, after so many tests."""

    scores: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    chances: list[np.ndarray] = field(default_factory=list)
    came: list[np.ndarray] = field(default_factory=list)
    overall: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    units: list[np.ndarray] = field(default_factory=list)
    reaches: list[tuple[float, bool]] = field(default_factory=list)
    withheld: int = 0
    seconds: float = 0.0


def world_of(kind: str, seed: int, tests: int) -> tuple[World, AskRecords]:
    """The truth, and the records of its first `tests` tests as they were kept."""
    world = workplace(
        seed,
        cherry_picking=1.5 if kind == OTHER_KINDS[0] else 0.4,
        last_step=1.6 if kind == OTHER_KINDS[5] else None,
    )
    written, keep = world, None
    if kind in OTHER_KINDS[1:3]:
        keep = lose_refusals(seed, world, share=0.5 if kind == OTHER_KINDS[1] else 1.0)
    elif kind == OTHER_KINDS[3]:
        keep = only_yes(world)
    elif kind == OTHER_KINDS[4]:
        written, keep = careless(seed, world)
    return world, written.records(tests=tests, keep=keep)


def judge(found: Found, kind: str, seed: int, tests: int) -> None:
    """Forecast the test after the first `tests` of one world, and add how good that was."""
    world, records = world_of(kind, seed, tests)
    plan, came = world.asker_in(tests), world.came_to(tests)
    began = time.process_time()
    forecast = asked(records, plan, tests, seed, **steps_of(kind, seed, tests))
    found.seconds += time.process_time() - began
    if asked(records, plan, tests, seed, withhold=True).withheld is not None:
        found.withheld += 1
    nobody = np.full(len(came), NOBODY)
    leaderless = replace(records, asker=np.full(len(records.person), NOBODY))
    chances = {
        KNOWN: world.true_chance(tests),
        OURS: forecast.scenarios[0].people,
        NO_LEADERS: asked(leaderless, nobody, tests, seed).scenarios[0].people,
        **plain_guesses(records, world, tests),
    }
    if kind == "standard":
        chances[NO_PLAN] = asked(records, None, tests, seed).scenarios[0].people
    for name, chance in chances.items():
        score = scores_of(chance, came)
        found.scores.setdefault(name, []).append((score.brier, score.log))
    found.chances.append(chances[OURS])
    found.came.append(came)
    for outlook in forecast.scenarios:
        overall = (outlook.overall.low, outlook.overall.high, float(came.mean()))
        found.overall.setdefault(outlook.scenario, []).append(overall)
    units = forecast.scenarios[0].units
    share = np.bincount(world.unit, came) / np.bincount(world.unit)
    found.units.append(np.column_stack([units.low, units.high, share[units.unit]]))
    reached = came.mean() >= THRESHOLD and share.min() >= UNIT_THRESHOLD
    found.reaches.append((forecast.scenarios[0].overall.both, bool(reached)))


def steps_of(kind: str, seed: int, tests: int) -> dict[str, Any]:
    """What is known of steps beside these tests, as the forecast takes it."""
    if kind == OTHER_KINDS[6]:
        return {"step": USUAL_STEP}
    if kind not in OTHER_KINDS[7:]:
        return {}
    known: dict[str, Any] = {"kind": ACTS[tests], "test_kind": ACTS[:tests]}
    if kind == OTHER_KINDS[8]:
        dice, acts = np.random.default_rng([seed, 8]), ACTS[1:] * CAMPAIGNS
        sizes = dice.normal(USUAL_STEP.mean, USUAL_STEP.sd, len(acts)) + dice.normal(0, 0.15, len(acts))
        known["earlier"] = StepsSeen(acts, sizes, np.full(len(acts), 0.15**2), np.ones(len(acts)))
    return known


def asked(
    records: AskRecords,
    plan: np.ndarray | None,
    tests: int,
    lot: int,
    *,
    withhold: bool = False,
    kind: str = "",
    **known: Any,
) -> Forecast:
    everybody = np.arange(records.n_people)
    next_test = NextTest(everybody, float(tests), THRESHOLD, UNIT_THRESHOLD, plan, kind=kind)
    return forecast_next_test(records, next_test, lot=lot, withhold=withhold, draws=50 if withhold else 1000, **known)


def plain_guesses(records: AskRecords, world: World, tests: int) -> dict[str, np.ndarray]:
    """What needs no model: the last test's rate for all, each one's own history, and the organizer's gut."""
    n = records.n_people
    rate = float(records.came[records.test == tests - 1].mean())
    yes = np.bincount(records.person, records.came, minlength=n)
    times = np.bincount(records.person, minlength=n)
    gut = np.select([world.score >= 4, world.score == 3], [0.85, 0.5], 0.2)
    return {LAST_RATE: np.full(n, rate), HISTORY: (yes + 2 * rate) / (times + 2), GUT: gut}


def print_found(title: str, found: Found, *, curve: bool = False) -> None:
    n = len(found.came)
    print(f"\n{title}, {n} worlds")
    print(f"  {'':38}{'Brier':>8}{'± se':>8}{'log score':>11}{'± se':>8}")
    for name in METHODS:
        if name in found.scores:
            score = np.array(found.scores[name])
            error = score.std(0, ddof=1) / np.sqrt(n) if n > 1 else np.full(2, np.nan)
            print(f"  {name:38}{score[:, 0].mean():8.4f}{error[0]:8.4f}{score[:, 1].mean():11.4f}{error[1]:8.4f}")
    for name, rows in found.overall.items():
        low, high, happened = np.array(rows).T
        held = intervals_held(low, high, happened)
        line = f"  80 % interval of all, {name}: held in {held.held} of {held.n} = {held.share:.1%}"
        print(f"{line} ({held.share_low:.0%}-{held.share_high:.0%}), mean width {np.mean(high - low):.3f}")
    low, high, happened = np.vstack(found.units).T
    held = intervals_held(low, high, happened)
    print(f"  80 % intervals of units: held in {held.held} of {held.n} = {held.share:.1%}", end="")
    print(f", mean width {np.mean(high - low):.3f}")
    said, reached = np.array(found.reaches).T
    print(f"  both thresholds: said {said.mean():.1%} on the average, reached in {reached.mean():.1%} of worlds")
    print(f"  withheld in {found.withheld} of {n}; {found.seconds / n:.2f} processor seconds a forecast")
    if curve:
        print_curve(found)


def print_curve(found: Found) -> None:
    print("  calibration: of those given a chance of … (mean), so many came (80 % interval), people")
    for one in calibration(np.concatenate(found.chances), np.concatenate(found.came)):
        print(
            f"    {one.low:.1f}-{one.high:.1f} ({one.said:.3f}): {one.share:.3f} "
            f"({one.share_low:.3f}-{one.share_high:.3f}), {one.people:,}"
        )
    print("  chance of both thresholds, and how often both were reached")
    said, reached = np.array(found.reaches).T
    for low, high in ((0.0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 1.01)):
        inside = (said >= low) & (said < high)
        share = share_with_interval(int(reached[inside].sum()), int(inside.sum()))
        if inside.any():
            print(
                f"    {low:.2f}-{min(high, 1.0):.2f} ({said[inside].mean():.2f}): {share[0]:.2f} "
                f"({share[1]:.2f}-{share[2]:.2f}), {inside.sum()} worlds"
            )


def print_speed() -> None:
    print("\nSpeed, fit and three scenarios (invented organizations, 2 asks a person in five tests, 1,000 draws)")
    print(f"  {'people':>9}{'units':>7}{'processor seconds':>19}{'by the clock':>14}{'peak GB':>9}")
    for people in (1_000, 10_000, 100_000):
        world = organization(1, people=people, tests=5)
        records = world.records(tests=5)
        began, clock = time.process_time(), time.perf_counter()
        forecast = asked(records, None, 5, 1)
        spent, waited = time.process_time() - began, time.perf_counter() - clock
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        units = len(forecast.scenarios[0].units.unit)
        print(f"  {people:9,}{units:7,}{spent:19.2f}{waited:14.2f}{peak:9.2f}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worlds", type=int, default=40, help="fresh standard worlds; a third of each other kind")
    options.add_argument("--seed", type=int, default=1000, help="seed of the first world")
    options.add_argument("--only", default="", help="only kinds whose title holds these words, with all the worlds")
    options.add_argument("--speed", action="store_true", help="time it instead")
    chosen = options.parse_args()
    print(f"command: {' '.join(sys.argv)}")
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"
    )
    if chosen.speed:
        print_speed()
        return
    print("seeds from", chosen.seed, "on; the asks of the test to come are known unless it says otherwise")
    standard = ((5, "standard world, after five tests"), (2, "after two tests"), (1, "after one test"))
    kinds = [("standard", tests, title, chosen.worlds) for tests, title in standard]
    kinds += [(kind, 5, f"{kind}, after five tests", max(chosen.worlds // 3, 1)) for kind in OTHER_KINDS]
    for kind, tests, title, worlds in kinds:
        if chosen.only not in title:
            continue
        found = Found()
        for seed in range(chosen.seed, chosen.seed + (chosen.worlds if chosen.only else worlds)):
            judge(found, kind, seed, tests)
        print_found(title, found, curve=bool(chosen.only) or tests == 5 and kind == "standard")


if __name__ == "__main__":
    main()
