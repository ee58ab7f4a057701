"""The fast engine: Newton steps to the likeliest values, and the bell curve around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.pull.blocks import Precision, Variances, precision_of
from commonweal.reckoning.pull.design import Design
from commonweal.reckoning.pull.records import Floats

MOST_STEPS = 30
SETTLED = 1e-4


@dataclass(frozen=True)
class Fit:
    """The likeliest values (`local`, `wide`, `readiness`, `log_odds` per row) and the precision around them."""

    local: Floats
    wide: Floats
    readiness: Floats
    log_odds: Floats
    precision: Precision


def fast_fit(design: Design, variances: Variances) -> Fit:
    d = design
    log_odds = np.zeros(len(d.came))
    both = np.zeros(d.n_local + d.n_global)
    for _ in range(MOST_STEPS):
        likely = 0.5 * (1 + np.tanh(0.5 * log_odds))
        weight = np.maximum(likely * (1 - likely), 1e-5)
        pseudo = weight * log_odds + (d.came - likely)
        precision = precision_of(d, weight, variances)
        both, readiness = _solve(precision, pseudo, both)
        found = _log_odds(d, both, readiness)
        moved = np.abs(found - log_odds).max()
        log_odds = found
        if moved < SETTLED:
            break
    return Fit(both[: d.n_local], both[d.n_local :], readiness, log_odds, precision)


def _solve(precision: Precision, pseudo: Floats, start: Floats) -> tuple[Floats, Floats]:
    d = precision.design
    people = np.bincount(d.row_member, pseudo, minlength=len(d.member))
    share = people / precision.person_weight
    wide = np.zeros(d.n_global)
    wide[: d.n_tests] = -np.bincount(d.row_test, pseudo, minlength=d.n_tests)
    target = np.concatenate(
        [d.touches.T @ pseudo - precision.person_local.T @ share, wide - precision.person_global.T @ share]
    )
    both = precision.solve(target, start)
    local, wide = both[: d.n_local], both[d.n_local :]
    spoken = precision.person_local @ local + precision.person_global @ wide
    return both, (people - spoken) / precision.person_weight


def _log_odds(d: Design, both: Floats, readiness: Floats) -> Floats:
    local, wide = both[: d.n_local], both[d.n_local :]
    return readiness[d.row_member] + d.touches @ local - wide[d.row_test]
