"""From logits to percentage points on the people she asked, by the fast engine and by the exact one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.odds import TENTH, chance
from commonweal.reckoning.pull import spread
from commonweal.reckoning.pull.design import Design
from commonweal.reckoning.pull.draws import ROOM_FOR_PEOPLE, PullDraws, joint_draws, packed
from commonweal.reckoning.pull.exact import Visits
from commonweal.reckoning.pull.fast import Fit
from commonweal.reckoning.pull.records import Floats, Ints

LOW_TO_HIGH = np.array([0.0, -TENTH, TENTH])


@dataclass(frozen=True)
class Points:
    """Per asker: how many an average asker would have got, and points (median, low, high) of two comparisons."""

    expected: Floats
    against_average: Floats
    against_nobody: Floats
    draws: PullDraws


def points_of_fit(fit: Fit, asked_row: Ints, who: Ints, *, lot: int, n_draws: int) -> Points:
    """Points by the fast engine: quantiles read off the bell curve, without dice; the dice only for joint draws.

    What is open about a row beside the asker's pull is averaged in and widens the interval; that it leans
    against her pull is left out.

    Shapes: `asked_row` the rows in which somebody asked, `who` for each the place of her asker; one line per asker
    back.
    Units and ranges: percentage points of those she asked, -100..100; the interval holds 80 %; approximate.
    Errs: towards wider intervals, since what leans against her pull is left out.
    Cost: O(asked rows), and the draws.
    Source: ours; the logistic of a normal by the usual correction (1 + pi/8 times its variance).
    """
    d = fit.design
    n = len(d.asker)
    pull = fit.local[d.asker_place]
    sd, sd_to_average = _sureness(fit)
    average = pull.mean() if n else 0.0
    narrow = 1.0 / np.sqrt(1.0 + fit.row_variance[asked_row] * np.pi / 8.0)
    base = fit.log_odds[asked_row] - pull[who]

    asks = np.maximum(np.bincount(who, minlength=n), 1)

    def came(value: Floats) -> tuple[Floats, Floats]:
        likely = 0.5 + 0.5 * np.tanh(0.5 * narrow * (base + value[who]))
        return np.bincount(who, likely, minlength=n).astype(float), narrow * likely * (1 - likely)

    def compared(level: Floats, sure: Floats) -> tuple[Floats, Floats]:
        floor, floor_slope = came(level)
        curve = np.column_stack([came(pull + z * sure)[0] - floor for z in LOW_TO_HIGH])
        slope = came(pull)[1] - floor_slope
        blur = TENTH * np.sqrt(np.bincount(who, slope**2 * fit.row_variance[asked_row], minlength=n))
        out = np.column_stack([curve[:, 0], curve[:, 0], curve[:, 0]])
        out[:, 1] -= np.hypot(curve[:, 0] - curve[:, 1], blur)
        out[:, 2] += np.hypot(curve[:, 2] - curve[:, 0], blur)
        return 100.0 * out / asks[:, None], floor

    beside, usual = compared(np.full(n, average), sd_to_average)
    alone, _ = compared(np.zeros(n), sd)
    draws = _draws_of_fit(fit, lot, n_draws)
    return Points(usual, beside, alone, draws)


def _sureness(fit: Fit) -> tuple[Floats, Floats]:
    """Standard deviation of every asker's pull, alone and against the average asker."""
    d, p = fit.design, fit.precision
    n = len(d.asker)
    if not n:
        return np.empty(0), np.empty(0)
    alone = spread.local_variance(p)[d.asker_place]
    mean = np.zeros(d.n_local + d.n_global)
    mean[d.asker_place] = 1.0 / n
    leaning = p.nearly_solve(mean)
    beside = alone - 2 * leaning[d.asker_place] + mean @ leaning
    return np.sqrt(alone), np.sqrt(np.maximum(beside, 0.0))


def _draws_of_fit(fit: Fit, lot: int, n_draws: int) -> PullDraws:
    d, p, rng = fit.design, fit.precision, np.random.default_rng(lot)
    local, wide = joint_draws(p, fit.local, fit.wide, rng, n_draws)
    readiness = None
    if len(d.member) * n_draws <= ROOM_FOR_PEOPLE:
        moved = p.person_local @ (local - fit.local[:, None]) + p.person_global @ (wide - fit.wide[:, None])
        weight = p.person_weight[:, None]
        noise = rng.standard_normal((len(d.member), n_draws)) / np.sqrt(weight)
        readiness = fit.readiness[:, None] - moved / weight + noise
    sd = np.sqrt(spread.readiness_variance(p, beside_known=False))
    return packed(d, local, wide, readiness, fit.readiness, sd, fit.variances)


def points_of_visits(design: Design, visits: Visits, asked_row: Ints, who: Ints) -> Points:
    """Points by the exact engine: computed at every visit, then ranked.

    Shapes: as `points_of_fit`; `visits` one column per visit.
    Units and ranges: as `points_of_fit`; exact up to the noise of the visits.
    Cost: O(visits times rows).
    """
    d, n = design, len(design.asker)
    kept = visits.wide.shape[1]
    pull = visits.local[d.asker_place]
    average = pull.mean(0) if n else np.zeros(kept)
    usual, hers, nobody = np.zeros((3, n, kept))
    for visit in range(kept):
        local = visits.local[:, visit].copy()
        local[d.asker_place] = 0.0
        base = visits.readiness[d.row_member, visit] + d.touches @ local - visits.wide[d.row_test, visit]
        base = base[asked_row]
        usual[:, visit] = np.bincount(who, chance(base + average[visit]), minlength=n)
        hers[:, visit] = np.bincount(who, chance(base + pull[who, visit]), minlength=n)
        nobody[:, visit] = np.bincount(who, chance(base), minlength=n)
    scale = 100.0 / np.maximum(np.bincount(who, minlength=n), 1)[:, None]
    beside = np.quantile((hers - usual) * scale, (0.5, 0.1, 0.9), axis=1).T
    alone = np.quantile((hers - nobody) * scale, (0.5, 0.1, 0.9), axis=1).T
    mean, sd = visits.readiness.mean(1), visits.readiness.std(1)
    draws = packed(d, visits.local, visits.wide, visits.readiness, mean, sd, visits.middle)
    return Points(usual.mean(1), beside, alone, draws)
