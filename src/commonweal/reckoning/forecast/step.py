"""How hard the next test will be: the tests so far, and a step up whose size nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.forecast.kinds import (
    NO_STEPS,
    SHORTEST,
    SPREAD_UNSEEN,
    Drawn,
    StepsSeen,
    drawn_steps,
    kind_of_step,
    usual_gap,
)
from commonweal.reckoning.pull.draws import Draws
from commonweal.reckoning.pull.records import Floats

SCENARIOS: Mapping[str, float] = {"as_last": 0.0, "harder": 0.55, "much_harder": 1.15}
"""How much harder than a usual step, in logits: half of the people become 37 and 24 in a hundred."""
LONGEST = 3.0
"""A step is never taken for longer than three usual ones."""
LONGEST_ON_LADDER = 5.0
"""A step to a kind of test further up the ladder counts by half beyond three usual ones, and for five at most."""


@dataclass(frozen=True)
class Step:
    """A step up in difficulty as a kind of test is known to take: mean and standard deviation in logits."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and np.isfinite(self.sd) and self.sd >= 0.0):
            raise ValueError("Step")


@dataclass(frozen=True)
class Place:
    """Where a test would stand among the others, and its kind; "" where the kind is of no matter."""

    order: float | None
    kind: str = ""


@dataclass(frozen=True)
class Climb:
    """How hard a test at each place would be, and how big the step to it: a line per place, a column per draw.

    `seen`: how many steps to its kind were seen, of each place; 0 where its kind plays no part. `rising`: whether the
    tests so far rise in their order; where they do not, every place is taken for another test of the same sort.
    """

    hard: Floats
    size: Floats
    seen: tuple[int, ...]
    rising: bool


def next_difficulty(
    difficulty: Draws,
    orders: Floats,
    places: Sequence[Place],
    rng: np.random.Generator,
    step: Step | None = None,
    *,
    kinds: Sequence[str] = (),
    earlier: StepsSeen = NO_STEPS,
) -> Climb:
    """Draw how hard a test at each of these places would be, and how big the step to it.

    Tests that rise: from the last one before it a step of the size that `step` gives, or that steps to its kind, and
    steps as such, have had so far; as far as the order says. A place between two tests is taken between them. Tests
    that do not rise, or without a place in the order: another one of the same sort.

    Shapes: `difficulty` a line per test with rows, a column per draw; `orders` one entry per test, `kinds` too or
    empty; `earlier` the steps of other campaigns. The dice are the same for every place.
    Units and ranges: logits, from the dice `rng`.
    Errs: towards wide: steps are never taken for surer than half a usual one, and are wide before any was seen.
    Ties: tests of equal order stand in the order of their numbers. A step from a test to one of its own kind is a
    step as such.
    Cost: O(tests squared * draws), and as `drawn_steps`.
    Source: a random walk with drift (rising), a Student predictive (not rising); the priors are ours.
    """
    sorted_ = np.argsort(orders, kind="stable")
    hard, at = difficulty[sorted_].astype(np.float64), orders[sorted_]
    if places[0].order is None or not _rise(hard, at):
        other, size = _another(hard, rng, step)
        return Climb(np.tile(other, (len(places), 1)), np.tile(size, (len(places), 1)), (0,) * len(places), False)
    named = [kinds[place] for place in sorted_.tolist()] if len(kinds) else [""] * len(at)
    gaps, steps = np.diff(at), np.diff(hard, axis=0)
    led_to = tuple(kind_of_step(*step) for step in zip(named, named[1:], gaps, strict=False))
    own = StepsSeen(led_to, steps.mean(1), np.zeros(len(gaps)), gaps / usual_gap(at))
    known = np.atleast_2d(np.cov(steps)) if len(gaps) and hard.shape[1] > 1 else np.zeros((len(gaps), len(gaps)))
    towards = [kind_of_step(named[-1], one.kind, _order(one) - at[-1]) for one in places]
    drawn = drawn_steps(own.and_(earlier), known, towards, rng, hard.shape[1])
    if step is not None:
        drawn = drawn.all_of(step.mean, step.sd)
    dice: Floats = rng.standard_normal((hard.shape[1],))
    return _climb(hard, at, places, towards, drawn, dice)


def _climb(hard: Floats, at: Floats, places: Sequence[Place], towards: list[str], drawn: Drawn, dice: Floats) -> Climb:
    """Each place from the test before it, by the steps that were drawn."""
    usual = usual_gap(at)
    found, sizes = [], []
    for place, kind in zip(places, towards, strict=True):
        base, trend, shaky = _around(hard, at, _order(place), usual, on_ladder=bool(place.kind))
        more, spread = drawn.of_kind(kind)
        size = trend * drawn.mean + more + spread * np.sqrt(shaky) * dice
        found.append(base + size)
        sizes.append(size)
    return Climb(np.array(found), np.array(sizes), tuple(drawn.seen.get(kind, 0) for kind in towards), True)


def _order(place: Place) -> float:
    if place.order is None:
        raise ValueError("order")
    return place.order


def _rise(hard: Floats, at: Floats) -> bool:
    """Whether later tests were harder, as far as can be told: two tests may differ by chance."""
    if len(at) > 1 and at[-1] == at[0]:
        return False
    return len(at) < 3 or bool(np.corrcoef(at, hard.mean(1))[0, 1] > 0)


def _around(hard: Floats, at: Floats, order: float, usual: float, *, on_ladder: bool) -> tuple[Floats, float, float]:
    """Where the step starts, how many usual steps it is long, and how many of them are unsure."""
    after = int(np.searchsorted(at, order, side="right"))
    if after == len(at):
        gap = (order - at[-1]) / usual
        if on_ladder and gap > LONGEST:
            gap = min(LONGEST + (gap - LONGEST) / 2, LONGEST_ON_LADDER)
        gap = gap if on_ladder else min(gap, LONGEST)
        return hard[-1], gap, max(gap, SHORTEST)
    if after == 0:
        gap = min((at[0] - order) / usual, LONGEST)
        return hard[0], -gap, max(gap, SHORTEST)
    whole, part = (at[after] - at[after - 1]) / usual, (order - at[after - 1]) / usual
    between = hard[after - 1] + (hard[after] - hard[after - 1]) * part / whole
    return between, 0.0, max(part * (whole - part) / whole, SHORTEST)


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
