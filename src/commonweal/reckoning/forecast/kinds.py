"""How big a step to a kind of test usually is, learnt from every step that was taken here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.pull.records import Floats, Ints

USUAL_STEP, SURE_OF_USUAL = 0.45, 0.3
"""What a step is taken for before any was seen, and how far that may be wrong, in logits."""
SPREAD_UNSEEN = 0.6
"""How much steps differ before any was seen: the scale of a half bell curve for their standard deviation."""
KINDS_UNSEEN = 0.8
"""The same where kinds play a part: they make steps differ more than acts of one kind do."""
PARTS = (0.1, 0.3, 0.5, 0.7, 0.9)
"""How much of the variance between steps may be of their kinds; before any kind was seen twice each is as likely."""
SHORTEST = 0.5
"""A step is never taken for surer than half a usual one."""
PEOPLE_DIFFER = 2.2
"""The variance, in squared logits, of what makes people of one place differ in coming: readiness, unit, day, who asks."""
DAY = 0.2
"""The variance of what moves a unit on a day, in squared logits."""
_SPREADS = np.linspace(0.02, 2.0, 100)


@dataclass(frozen=True)
class StepsSeen:
    """Steps from one test to the next: a row per step.

    `kind` of the test that the step led to, "" where that is of no matter; `size` in logits, and the `variance` with
    which it is known; `length` in usual steps of its campaign.
    """

    kind: tuple[str, ...]
    size: Floats
    variance: Floats
    length: Floats

    def __post_init__(self) -> None:
        for name in ("size", "variance", "length"):
            values = np.asarray(getattr(self, name), dtype=np.float64)
            object.__setattr__(self, name, values)
            if values.shape != (len(self.kind),) or not np.isfinite(values).all():
                raise ValueError(name)
        if (self.variance < 0).any():
            raise ValueError("variance")

    def and_(self, other: StepsSeen) -> StepsSeen:
        """These steps and those after them."""
        pairs = ((self.size, other.size), (self.variance, other.variance), (self.length, other.length))
        return StepsSeen(self.kind + other.kind, *(np.concatenate(pair) for pair in pairs))


NO_STEPS = StepsSeen((), np.empty(0), np.empty(0), np.empty(0))


@dataclass(frozen=True)
class Drawn:
    """Draws of the mean step, of how much steps to each kind exceed it, and of how much steps differ.

    `spread` is the standard deviation of steps of no kind, `within` of those to one kind. `seen`: steps to each kind.
    """

    mean: Floats
    more: Mapping[str, Floats]
    spread: Floats
    within: Floats
    seen: Mapping[str, int]

    def of_kind(self, kind: str) -> tuple[Floats | float, Floats]:
        """How much a step to this kind exceeds the mean step, and how much such steps differ."""
        return (self.more[kind], self.within) if kind in self.more else (0.0, self.spread)

    def all_of(self, mean: float, sd: float) -> Drawn:
        """The same where the step is known instead."""
        full = np.full_like(self.mean, sd)
        return replace(self, mean=np.full_like(self.mean, mean), more={}, spread=full, within=full)


def step_between(came_before: Ints, of_before: Ints, came: Ints, of: Ints) -> tuple[float, float]:
    """How much harder one test was than the one before it, from how many of each unit came to both.

    The share that came is turned into log-odds and stretched, because people differ: among people unlike one another
    a step of one logit moves the share of all by less. How surely it is known follows from how unlike the units
    moved.

    Shapes: one entry per unit that was on both rolls, at least one.
    Units and ranges: whole numbers, came <= of; back come the step in logits and its variance. Approximate.
    Errors: ValueError for counts that cannot be.
    Errs: takes people to be as unlike as in most places (PEOPLE_DIFFER), and those of both tests for the same people.
    With few units the variance is never below that of two days.
    Cost: O(units).
    Source: the usual stretch of marginal to conditional log-odds, sqrt(1 + 0.346 variance) (Zeger, Liang, Albert
    1988); variance by clusters; ours in taking the larger of two variances.

    >>> size, variance = step_between([30, 30], [50, 50], [20, 20], [50, 50])
    >>> round(size, 2), variance > 0.3
    (1.07, True)
    """
    counts = [np.asarray(column, dtype=np.float64) for column in (came_before, of_before, came, of)]
    if not counts[0].size or any(column.shape != counts[0].shape or column.ndim != 1 for column in counts):
        raise ValueError("units")
    sides = [_log_odds(*counts[:2]), _log_odds(*counts[2:])]
    units = len(counts[0])
    moved = sides[1][1] - sides[0][1]
    apart = float((moved**2).sum()) * units / max(units - 1, 1)
    least = sides[0][2] + sides[1][2] + 2 * DAY / units
    stretch = np.sqrt(1.0 + 0.346 * PEOPLE_DIFFER)
    return float(stretch * (sides[0][0] - sides[1][0])), float(stretch**2 * max(apart, least))


def kind_of_step(before: str, kind: str, gap: float) -> str:
    """The kind by which a step from one test to another is known; "" where it stays with its kind or does not lead up.

    Units and ranges: `gap` on the ladder, above 0: up.
    Cost: O(1).

    >>> kind_of_step("petition", "strike", 1.0), kind_of_step("strike", "strike", 1.0)
    ('strike', '')
    """
    return kind if gap > 0 and kind != before else ""


def usual_gap(orders: Floats) -> float:
    """How far apart on the ladder a test and the next one usually stand; 1 where no two stand apart.

    Shapes: one rising number per test.
    Cost: O(tests log tests).
    """
    gaps = np.diff(orders)
    return float(np.median(gaps[gaps > 0])) if (gaps > 0).any() else 1.0


def drawn_steps(
    steps: StepsSeen, known: NDArray[np.float64], kinds: Sequence[str], rng: np.random.Generator, draws: int
) -> Drawn:
    """Draw how big steps are: the mean step, what each of these kinds adds to it, and how much steps differ.

    Each step seen is the mean step times its length, plus what its kind adds, plus what was special about it. Kinds
    seen often speak for themselves; those seen seldom are drawn towards the mean step; of one never seen only the
    spread between kinds is known, and that makes it wide.

    Shapes: `known`: the covariance with which the first steps of `steps` are known, added to their variances; `kinds`
    may repeat and hold "" (of no kind). Back come arrays with one entry per draw.
    Units and ranges: logits.
    Errs: other campaigns count like this one, although their people and ladders may differ.
    Cost: O(grid * steps cubed); the grid has 100 points, with kinds 500.
    Source: partial pooling (random effects of kinds) with the variances integrated over a grid; the priors are ours.
    """
    wanted = sorted({kind for kind in kinds if kind})
    of_kind = np.array([[kind == one for one in wanted] for kind in steps.kind], dtype=float)
    of_kind = of_kind.reshape(len(steps.kind), len(wanted))
    parts, unseen = (PARTS, KINDS_UNSEEN) if wanted or any(steps.kind) else ((0.0,), SPREAD_UNSEEN)
    grid = np.array(list(product(_SPREADS, parts)))
    centre, sure, weight = _learnt(steps, known, of_kind, grid)
    weight -= 0.5 * (grid[:, 0] / unseen) ** 2
    likely = np.exp(weight - weight.max())
    chosen: Ints = np.searchsorted(np.cumsum(likely) / likely.sum(), rng.random(draws)).clip(max=len(grid) - 1)
    dice = rng.standard_normal((1 + len(wanted), draws))
    root = np.linalg.cholesky(sure + 1e-12 * np.eye(1 + len(wanted)))
    found = centre[chosen].T + np.einsum("dij,jd->id", root[chosen], dice)
    spread, part = grid[chosen].T
    return Drawn(
        found[0],
        dict(zip(wanted, found[1:], strict=True)),
        spread,
        spread * np.sqrt(1.0 - part),
        {kind: steps.kind.count(kind) for kind in wanted},
    )


def _learnt(
    steps: StepsSeen, known: NDArray[np.float64], of_kind: NDArray[np.float64], grid: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], Floats]:
    """At each point of the grid (spread, part of kinds): mean and covariance of the mean step and of what each wanted
    kind adds, and how well the point goes with what was seen."""
    variance, part = grid[:, 0] ** 2, grid[:, 1]
    prior = np.zeros((len(grid), 1 + of_kind.shape[1]))
    prior[:, 0], prior[:, 1:] = SURE_OF_USUAL**2, (variance * part)[:, None]
    centre = np.zeros_like(prior)
    centre[:, 0] = USUAL_STEP
    sure = prior[:, :, None] * np.eye(prior.shape[1])
    weight = np.zeros(len(grid))
    if not len(steps.kind):
        return centre, sure, weight
    length = steps.length
    noise = np.diag(steps.variance)
    noise[: len(known), : len(known)] += known
    named = np.array([bool(kind) for kind in steps.kind])
    alike = np.array([[bool(one) and one == other for other in steps.kind] for one in steps.kind], dtype=float)
    own = np.maximum(length, SHORTEST) * (1.0 - named[None] * part[:, None])
    around = noise + SURE_OF_USUAL**2 * np.outer(length, length) + (variance * part)[:, None, None] * alike
    around[:, np.arange(len(length)), np.arange(len(length))] += variance[:, None] * own
    inverse = np.linalg.inv(around)
    off = steps.size - USUAL_STEP * length
    along = np.concatenate([length[:, None], of_kind], axis=1)[None] * prior[:, None, :]
    gain = np.swapaxes(along, 1, 2) @ inverse
    weight -= 0.5 * (off @ inverse @ off + np.linalg.slogdet(around)[1])
    return centre + gain @ off, sure - gain @ along, weight


def _log_odds(came: Floats, of: Floats) -> tuple[float, Floats, float]:
    """The log-odds of coming in all, how much each unit moves them, and their variance were there no units."""
    if ((came < 0) | (came > of)).any() or of.sum() <= 0:
        raise ValueError("counts")
    everybody = float(of.sum()) + 1.0
    share = (float(came.sum()) + 0.5) / everybody
    slope = everybody * share * (1.0 - share)
    return float(np.log(share / (1.0 - share))), (came - share * of) / slope, 1.0 / slope
