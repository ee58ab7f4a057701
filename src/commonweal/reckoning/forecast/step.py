"""How hard the next test will be: the tests so far, and a step up whose size nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.pull.draws import Draws
from commonweal.reckoning.pull.records import Floats, Ints

USUAL_STEP, SURE_OF_USUAL = 0.45, 0.3
"""What a step is taken for before any was seen, and how far that may be wrong, in logits."""
SPREAD_UNSEEN = 0.6
"""How much steps differ before any was seen: the scale of a half bell curve for their standard deviation."""
SCENARIOS: Mapping[str, float] = {"as_last": 0.0, "harder": 0.55, "much_harder": 1.15}
"""How much harder than a usual step, in logits: half of the people become 37 and 24 in a hundred."""
SHORTEST, LONGEST = 0.5, 3.0
"""A step is never taken for surer than half a usual one, nor for longer than three."""
_SPREADS = np.linspace(0.02, 2.0, 100)


@dataclass(frozen=True)
class Step:
    """A step up in difficulty as a kind of test is known to take: mean and standard deviation in logits."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and np.isfinite(self.sd) and self.sd >= 0.0):
            raise ValueError("Step")


def next_difficulty(
    difficulty: Draws, orders: Floats, order: float | None, rng: np.random.Generator, step: Step | None
) -> tuple[Floats, Floats, bool]:
    """Draw how hard the next test is, and how big the step before it; say whether the tests rise in order.

    Tests that rise: from the test before it a step of the size that `step` gives, or that this place's own steps have
    had so far; as far as the order says. A place between two tests is taken between them. Tests that do not
    rise, or without a place in the order: another one of the same sort.

    Shapes: `difficulty` a line per test with rows, a column per draw; `orders` one entry per test; back come two
    arrays with one entry per draw.
    Units and ranges: logits, from the dice `rng`.
    Errs: towards wide: steps are never taken for surer than half a usual one, and are wide before any was seen.
    Ties: tests of equal order stand in the order of their numbers.
    Cost: O(tests squared * draws), and the grid times tests cubed.
    Source: a random walk with drift (rising), a Student predictive (not rising); the priors are ours.
    """
    place = np.argsort(orders, kind="stable")
    hard, at = difficulty[place].astype(np.float64), orders[place]
    if order is None or not _rise(hard, at):
        return *_another(hard, rng, step), False
    gaps, usual = np.diff(at), _usual_gap(at)
    mean, spread = _drawn_walk(hard, gaps / usual, rng)
    if step is not None:
        mean, spread = np.full_like(mean, step.mean), np.full_like(spread, step.sd)
    base, trend, shaky = _around(hard, at, order, usual)
    size = trend * mean + spread * np.sqrt(shaky) * rng.standard_normal(hard.shape[1])
    return base + size, size, True


def _rise(hard: Floats, at: Floats) -> bool:
    """Whether later tests were harder, as far as can be told: two tests may differ by chance."""
    if len(at) > 1 and at[-1] == at[0]:
        return False
    return len(at) < 3 or bool(np.corrcoef(at, hard.mean(1))[0, 1] > 0)


def _usual_gap(at: Floats) -> float:
    gaps = np.diff(at)
    return float(np.median(gaps[gaps > 0])) if (gaps > 0).any() else 1.0


def _around(hard: Floats, at: Floats, order: float, usual: float) -> tuple[Floats, float, float]:
    """Where the step starts, how many usual steps it is long, and how many of them are unsure."""
    after = int(np.searchsorted(at, order, side="right"))
    if after == len(at):
        gap = min((order - at[-1]) / usual, LONGEST)
        return hard[-1], gap, max(gap, SHORTEST)
    if after == 0:
        gap = min((at[0] - order) / usual, LONGEST)
        return hard[0], -gap, max(gap, SHORTEST)
    whole, part = (at[after] - at[after - 1]) / usual, (order - at[after - 1]) / usual
    between = hard[after - 1] + (hard[after] - hard[after - 1]) * part / whole
    return between, 0.0, max(part * (whole - part) / whole, SHORTEST)


def _drawn_walk(hard: Floats, gaps: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draws of the mean step and of the steps' spread, given the steps so far and how well they are known."""
    draws = hard.shape[1]
    weight = -0.5 * (_SPREADS / SPREAD_UNSEEN) ** 2
    centre, sure = np.full(len(_SPREADS), USUAL_STEP), np.full(len(_SPREADS), SURE_OF_USUAL**2)
    if len(gaps):
        steps = np.diff(hard, axis=0)
        known = np.atleast_2d(np.cov(steps)) if draws > 1 else np.zeros((len(gaps), len(gaps)))
        off = steps.mean(1) - USUAL_STEP * gaps
        for place, spread in enumerate(_SPREADS):
            around = known + np.diag(spread**2 * np.maximum(gaps, SHORTEST))
            inverse = np.linalg.inv(around)
            precision = gaps @ inverse @ gaps + 1.0 / SURE_OF_USUAL**2
            pulled = gaps @ inverse @ off / precision
            sure[place], centre[place] = 1.0 / precision, USUAL_STEP + pulled
            weight[place] += 0.5 * (precision * pulled**2 - off @ inverse @ off)
            weight[place] -= 0.5 * (np.linalg.slogdet(around)[1] + np.log(precision))
    likely = np.exp(weight - weight.max())
    chosen: Ints = np.searchsorted(np.cumsum(likely) / likely.sum(), rng.random(draws)).clip(max=len(_SPREADS) - 1)
    return centre[chosen] + np.sqrt(sure[chosen]) * rng.standard_normal(draws), _SPREADS[chosen]


def _another(hard: Floats, rng: np.random.Generator, step: Step | None) -> tuple[Floats, Floats]:
    """Another test of the same sort: a Student draw around the mean of those so far, a known step on top."""
    tests, draws = hard.shape
    middle = hard.mean(0)
    apart = ((hard - middle) ** 2).sum(0)
    spread = np.sqrt((SPREAD_UNSEEN**2 + apart) / tests)
    size = spread * rng.standard_t(tests, draws) * np.sqrt(1.0 + 1.0 / tests)
    if step is not None:
        size = step.mean + step.sd * rng.standard_normal(draws)
    return middle + size, size
