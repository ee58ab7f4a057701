"""How good forecasts and assessments were, once it is known who came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from commonweal.reckoning.pull.records import Flags, Floats

SUREST = 0.001
"""In the log score nobody is taken for surer than this, or one surprise would outweigh everything."""


@dataclass(frozen=True)
class Scores:
    """`brier`: mean squared distance, 0 is perfect, 0.25 is a coin. `log`: mean surprise, 0 is perfect, 0.69 a coin."""

    brier: float
    log: float
    people: int


@dataclass(frozen=True)
class CalibrationBin:
    """People whose chance was said to lie between `low` and `high`: what was said and what came of it.

    `said`: their mean chance. `came` of `people`; `share` that came, 80 % between `share_low` and `share_high`.
    """

    low: float
    high: float
    people: int
    came: int
    said: float
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True)
class Held:
    """How many of `n` intervals held what happened; `share` with its own 80 % interval, nan with none."""

    held: int
    n: int
    share: float
    share_low: float
    share_high: float


def scores_of(chances: Floats, came: Flags) -> Scores:
    """Score what was said beforehand of each person against what she did.

    Shapes: one entry per person in both; with nobody the scores are nan.
    Units and ranges: chances 0..1; for the log score clipped to 0.001..0.999.
    Errors: ValueError when the lengths differ or a chance is none.
    Cost: O(people).
    Source: Brier 1950; Good 1952.

    >>> scores_of(np.array([1.0, 0.5]), np.array([True, False])).brier
    0.125
    """
    chances, came = _checked(chances, came)
    if not len(chances):
        return Scores(float("nan"), float("nan"), 0)
    sure = np.clip(chances, SUREST, 1.0 - SUREST)
    log = -np.log(np.where(came, sure, 1.0 - sure))
    return Scores(float(np.mean((chances - came) ** 2)), float(log.mean()), len(came))


def calibration(chances: Floats, came: Flags, *, bins: int = 10) -> list[CalibrationBin]:
    """Of those who were given a chance of so much, did so many come? Bins of equal width, empty ones left out.

    Shapes: one entry per person; at most `bins` entries back, rising.
    Units and ranges: shares 0..1; the interval holds 80 %.
    Errors: as `scores_of`.
    Ties: a chance on the border of two bins is in the upper one; 1 in the last.
    Cost: O(people).
    """
    chances, came = _checked(chances, came)
    place = np.minimum((chances * bins).astype(np.int64), bins - 1)
    found = []
    for one in np.unique(place).tolist():
        inside = place == one
        people, yes = int(inside.sum()), int(came[inside].sum())
        said = float(chances[inside].mean())
        found.append(CalibrationBin(one / bins, (one + 1) / bins, people, yes, said, *share_with_interval(yes, people)))
    return found


def share_with_interval(yes: int, of: int) -> tuple[float, float, float]:
    """The share and the ends of its 80 % interval; nan and everything from 0 to 1 when there is nobody.

    Units and ranges: 0 <= yes <= of; shares 0..1. With none, the interval is 0..1.
    Errors: ValueError for counts that cannot be.
    Errs: a little wide for few people.
    Cost: O(1).
    Source: Jeffreys' interval (Brown, Cai, DasGupta 2001), with its ends at 0 and 1 where nobody or everybody came.

    >>> [round(share, 2) for share in share_with_interval(3, 4)]
    [0.75, 0.43, 0.92]
    """
    if not 0 <= yes <= of:
        raise ValueError("share")
    if of == 0:
        return float("nan"), 0.0, 1.0
    low = 0.0 if yes == 0 else float(betaincinv(yes + 0.5, of - yes + 0.5, 0.1))
    high = 1.0 if yes == of else float(betaincinv(yes + 0.5, of - yes + 0.5, 0.9))
    return yes / of, low, high


def intervals_held(low: Floats, high: Floats, happened: Floats) -> Held:
    """How many intervals held what happened; an 80 % interval should hold in four cases of five.

    Shapes: one entry per interval (a test, or a unit in a test) in each.
    Errors: ValueError when the lengths differ.
    Ties: an end that is met exactly holds.
    Cost: O(intervals).
    """
    low, high, happened = (np.asarray(column, dtype=np.float64) for column in (low, high, happened))
    if not low.shape == high.shape == happened.shape:
        raise ValueError("shapes")
    held = int(((happened >= low) & (happened <= high)).sum())
    return Held(held, len(low), *share_with_interval(held, len(low)))


def _checked(chances: Floats, came: Flags) -> tuple[Floats, Flags]:
    chances, came = np.asarray(chances, dtype=np.float64), np.asarray(came, dtype=np.bool_)
    if chances.shape != came.shape or chances.ndim != 1:
        raise ValueError("shapes")
    if not ((chances >= 0.0) & (chances <= 1.0)).all():
        raise ValueError("chances")
    return chances, came
