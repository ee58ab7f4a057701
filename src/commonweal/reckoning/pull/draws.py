"""Joint draws from what the records leave open, and what pull means in points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from commonweal.reckoning.pull.blocks import Variances
from commonweal.reckoning.pull.fast import Fit
from commonweal.reckoning.pull.records import Floats, Ints

Draws = NDArray[np.float32]


@dataclass(frozen=True)
class PullDraws:
    """Joint draws, one column each, in logits: what a forecast needs.

    `asker` lists the people who ever asked; `pull` is askers x draws, `difficulty` tests x draws,
    `evidence_weight` (what nominations, ties and score are worth) and `person_weight` likewise.
    """

    asker: Ints
    pull: Draws
    difficulty: Draws
    person_weight: Draws
    evidence_weight: Draws
    variances: Variances


def draws_around(fit: Fit, lot: int, n_draws: int, variances: Variances) -> PullDraws:
    d, precision = fit.precision.design, fit.precision
    rng = np.random.default_rng(lot)
    noise = rng.standard_normal((d.n_global, n_draws))
    wide = linalg.solve_triangular(precision.corner.T, noise, lower=False)
    pull = np.empty((len(d.asker), n_draws), dtype=np.float32)
    which = np.full(d.n_local, -1)
    which[d.asker_place] = np.arange(len(d.asker))
    for c, factor in enumerate(precision.factor):
        part = slice(d.cut[c], d.cut[c + 1])
        here = which[part]
        local = linalg.solve_triangular(factor.T, rng.standard_normal((len(factor), n_draws)), lower=False)
        asks = here >= 0
        shift = precision.solved_join[part][asks] @ wide
        pull[here[asks]] = fit.local[part][asks, None] + local[asks] - shift
    wide = (fit.wide[:, None] + wide).astype(np.float32)
    tests, known = d.n_tests, d.about_person.shape[1]
    return PullDraws(d.asker, pull, wide[:tests], wide[tests : tests + known], wide[tests + known :], variances)
