"""The fast engine: the bell curve closest to everything the records leave open, found by Newton steps."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace

import numpy as np

from commonweal.reckoning.pull import spread
from commonweal.reckoning.pull.blocks import Precision, Variances, precision_of
from commonweal.reckoning.pull.design import Design
from commonweal.reckoning.pull.evidence import OWN_RECORD
from commonweal.reckoning.pull.records import Floats

MOST_STEPS = 40
SETTLED = 3e-3
NEAR, NEARER, FRESH = 0.2, 0.02, 2
LEARNT = 5e-3
BEFOREHAND = 20.0
STRIDE = 1.5

_NODES, _MASSES = np.polynomial.hermite_e.hermegauss(7)
_MASSES = _MASSES / _MASSES.sum()


@dataclass(frozen=True)
class Fit:
    """The centre (`local`, `wide`, `readiness`) and the precision around it; per row, log-odds and their variance."""

    local: Floats
    wide: Floats
    readiness: Floats
    log_odds: Floats
    row_variance: Floats
    variances: Variances
    precision: Precision

    @property
    def design(self) -> Design:
        return self.precision.design


def fast_fit(design: Design, variances: Variances, *, learn: bool, wide: Floats | None = None) -> Fit:
    """Fit the bell curve to the records; `learn` also the variances, starting from those given.

    Each row's probability and weight are averaged over what is still open about it, not taken at the
    likeliest value: that is what keeps few rows per person from shrinking everything.

    Shapes: `wide` where to begin, one entry per global unknown; back comes the centre, how open each row is, the
    variances.
    Units and ranges: log-odds; approximate: one bell curve for what is skewed where rows are few.
    Errs: towards what is known beforehand, more so with few rows.
    Cost: at most MOST_STEPS times `precision_of`.
    Source: a Gaussian approximation fitted by iterated reweighting; averaging each row over what is open is ours.
    """
    d, now, fresh = design, variances, 0
    both = np.zeros(d.n_local + d.n_global)
    log_odds, open_ = np.zeros(len(d.came)), np.full(len(d.came), 0.8)
    if wide is not None:
        both[d.n_local :] = wide
        log_odds = (d.about_person @ wide[d.n_tests : -d.about_asker.shape[1]])[d.row_member] - wide[d.row_test]
    for _ in range(MOST_STEPS):
        likely, weight = _averaged(log_odds, open_)
        precision = precision_of(d, weight, now)
        target, people = precision.target(weight * log_odds + d.came - likely)
        both = precision.solve(target, both)
        readiness = precision.readiness(people, both)
        before, log_odds = log_odds, _log_odds(d, both, readiness)
        moved = float(np.abs(log_odds - before).max())
        changed = 0.0
        if learn:
            now, changed = _learned(precision, both, readiness, now, variances)
        if fresh >= FRESH and moved < SETTLED and changed < LEARNT:
            break
        if learn or (fresh < FRESH and moved < (NEAR if fresh == 0 else NEARER)):
            open_, fresh = spread.row_variance(precision), fresh + 1
        d = _with_own_record(d, readiness, now)
    return Fit(both[: d.n_local], both[d.n_local :], readiness, log_odds, open_, now, precision)


def _averaged(log_odds: Floats, open_: Floats) -> tuple[Floats, Floats]:
    """Mean probability and mean weight of every row, over what is open about it."""
    likely, weight, width = np.zeros_like(log_odds), np.zeros_like(log_odds), np.sqrt(open_)
    for node, mass in zip(_NODES, _MASSES, strict=True):
        at = 0.5 * (1.0 + np.tanh(0.5 * (log_odds + node * width)))
        likely += mass * at
        weight += mass * at * (1.0 - at)
    return likely, np.maximum(weight, 1e-5)


def _log_odds(d: Design, both: Floats, readiness: Floats) -> Floats:
    local, wide = both[: d.n_local], both[d.n_local :]
    return readiness[d.row_member] + d.touches @ local - wide[d.row_test]


def _with_own_record(d: Design, readiness: Floats, variances: Variances) -> Design:
    """The design with each asker's own readiness among what is known of her."""
    about = d.about_asker.copy()
    own = readiness[d.asker_member] / np.sqrt(variances.readiness)
    about[:, OWN_RECORD] = np.where(d.asker_member >= 0, own, 0.0)
    return replace(d, about_asker=about)


def _learned(
    precision: Precision, both: Floats, readiness: Floats, now: Variances, centre: Variances
) -> tuple[Variances, float]:
    """Variances moved towards what the fit shows, the centre weighing as much as BEFOREHAND cases."""
    d, known = precision.design, precision.design.about_person.shape[1]
    local, wide = both[: d.n_local], both[d.n_local :]
    beside = readiness - d.about_person @ wide[d.n_tests : d.n_tests + known]
    above = local[d.asker_place] - d.about_asker @ wide[d.n_tests + known :]
    around = local**2 + spread.local_variance(precision)
    seen = [
        beside**2 + spread.readiness_variance(precision),
        around[d.kind == Design.UNIT],
        around[d.kind == Design.SHOCK],
        above**2 + spread.pull_variance(precision),
    ]
    old, start = np.array(astuple(now)), np.array(astuple(centre))
    total = np.array([case.sum() for case in seen]) + BEFOREHAND * start
    stride = STRIDE * np.log(total / (np.array([len(case) for case in seen]) + BEFOREHAND) / old)
    return Variances(*(old * np.exp(stride)).tolist()), float(np.abs(stride).max())
