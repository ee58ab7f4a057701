"""The exact engine: a sampler that visits every value as often as the records and the model allow."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np

from commonweal.reckoning.pull.blocks import Variances, precision_of
from commonweal.reckoning.pull.design import Design
from commonweal.reckoning.pull.draws import joint_draws
from commonweal.reckoning.pull.fast import BEFOREHAND
from commonweal.reckoning.pull.polya_gamma import polya_gamma
from commonweal.reckoning.pull.records import Floats

UNSEEN = 200


@dataclass(frozen=True)
class Visits:
    """Kept visits, one column each: local and global unknowns and readiness; `middle`: mean variances."""

    local: Floats
    wide: Floats
    readiness: Floats
    middle: Variances


def exact_visits(
    design: Design, variances: Variances, *, lot: int, keep: int, learn: bool, log_odds: Floats, thin: int = 2
) -> Visits:
    """Visit the values the records leave open, from `log_odds` on: UNSEEN sweeps, then every `thin`-th is kept.

    The design must be one cluster (nothing is dropped then); `learn` visits the variances too, each with
    a beforehand that weighs as much as BEFOREHAND cases of the values given.

    Shapes: `log_odds` one entry per row, where to begin; `keep` columns come back.
    Units and ranges: log-odds; exact in the long run, with the noise of `keep` visits.
    Cost: (UNSEEN + keep * thin) times `precision_of`; for small places.
    Source: Polson, Scott, Windle 2013 (Polya-Gamma augmentation), as a blocked Gibbs sampler.
    """
    d, rng, now = design, np.random.default_rng(lot), variances
    pseudo = d.came - 0.5
    local, wide = np.empty((d.n_local, keep)), np.empty((d.n_global, keep))
    ready, seen = np.empty((len(d.member), keep)), []
    for sweep in range(UNSEEN + keep * thin):
        precision = precision_of(d, polya_gamma(rng, log_odds), now)
        target, people = precision.target(pseudo)
        centre = precision.nearly_solve(target)
        drawn = joint_draws(precision, centre[: d.n_local], centre[d.n_local :], rng, 1)
        here, far = drawn[0][:, 0], drawn[1][:, 0]
        noise = rng.standard_normal(len(d.member)) / np.sqrt(precision.person_weight)
        readiness = precision.readiness(people, np.concatenate([here, far])) + noise
        log_odds = readiness[d.row_member] + d.touches @ here - far[d.row_test]
        if learn:
            now = _drawn_variances(d, here, far, readiness, variances, rng)
        at, between = divmod(sweep - UNSEEN, thin)
        if at >= 0 and between == 0:
            local[:, at], wide[:, at], ready[:, at] = here, far, readiness
            seen.append(astuple(now))
    return Visits(local, wide, ready, Variances(*np.mean(seen, axis=0).tolist()))


def _drawn_variances(
    d: Design, local: Floats, wide: Floats, readiness: Floats, centre: Variances, rng: np.random.Generator
) -> Variances:
    known = d.n_tests + d.about_person.shape[1]
    left = [
        readiness - d.about_person @ wide[d.n_tests : known],
        local[d.kind == Design.UNIT],
        local[d.kind == Design.SHOCK],
        local[d.asker_place] - d.about_asker @ wide[known:],
    ]
    drawn = [
        (x @ x + BEFOREHAND * start) / (2.0 * rng.gamma((len(x) + BEFOREHAND) / 2.0))
        for x, start in zip(left, astuple(centre), strict=True)
    ]
    return Variances(*(float(value) for value in drawn))
