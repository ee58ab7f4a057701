"""Joint draws of everything the records leave open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from commonweal.reckoning.pull.blocks import Precision, Variances
from commonweal.reckoning.pull.design import Design
from commonweal.reckoning.pull.records import Floats, Ints

Draws = NDArray[np.float32]
ROOM_FOR_PEOPLE = 20_000_000


@dataclass(frozen=True)
class PullDraws:
    """Joint draws, one column each, in logits: what a forecast of the next test starts from.

    A person comes with log-odds readiness + unit mood + a fresh shock - difficulty + the asker's pull.
    `pull` has a row per person in `asker` (everybody who ever asked), `difficulty` per test, `unit_mood` per
    unit in `unit`, `readiness` per person in `person` (None when that would pass ROOM_FOR_PEOPLE numbers;
    `readiness_mean` and `readiness_sd` are always there). `evidence_weight` says what nominations, ties, score
    and own readiness are worth; `evidence` holds those columns per asker.
    """

    asker: Ints
    pull: Draws
    difficulty: Draws
    unit: Ints
    unit_mood: Draws
    person: Ints
    readiness_mean: Floats
    readiness_sd: Floats
    readiness: Draws | None
    evidence: Floats
    evidence_weight: Draws
    variances: Variances

    def pull_of(self, person: int) -> Draws:
        """The draws of one asker; KeyError if she never asked."""
        place = int(np.searchsorted(self.asker, person))
        if place == len(self.asker) or self.asker[place] != person:
            raise KeyError(person)
        return self.pull[place]


def joint_draws(
    precision: Precision, local: Floats, wide: Floats, rng: np.random.Generator, n_draws: int
) -> tuple[Floats, Floats]:
    """Draws of the local and the global unknowns around their centre (one column each).

    Shapes: `local` and `wide` the centre, one entry per unknown; back come two tables with `n_draws` columns.
    Units and ranges: log-odds, from the dice `rng`; exact for the bell curve that `precision` describes in one
    cluster, of several with their couplings left out but for the border.
    Cost: O(draws times (sum of cluster sizes squared + local times global)).
    Source: Cholesky sampling of a Gaussian by its precision.
    """
    d = precision.design
    noise = rng.standard_normal((d.n_global, n_draws))
    noise = linalg.solve_triangular(precision.corner, noise, lower=True, trans=1)
    out = np.empty((d.n_local, n_draws), dtype=np.float32 if n_draws > 1 else np.float64)
    for c, factor in enumerate(precision.factor):
        part = slice(d.cut[c], d.cut[c + 1])
        inner = rng.standard_normal((len(factor), n_draws))
        inner = linalg.solve_triangular(factor, inner, lower=True, trans=1, check_finite=False)
        out[part] = local[part, None] + inner - precision.solved_join[part] @ noise
    return out, wide[:, None] + noise


def packed(
    d: Design, local: Floats, wide: Floats, readiness: Floats | None, mean: Floats, sd: Floats, variances: Variances
) -> PullDraws:
    """The joint draws by asker, test, unit and person, from columns of local and global unknowns and of readiness.

    Shapes: columns are draws; `readiness` may be None where keeping it takes too much room, `mean` and `sd` then
    stand for it.
    Units and ranges: log-odds, to single precision.
    Cost: O(unknowns times draws).
    """
    known = d.n_tests + d.about_person.shape[1]
    return PullDraws(
        asker=d.asker,
        pull=local[d.asker_place].astype(np.float32, copy=False),
        difficulty=wide[: d.n_tests].astype(np.float32),
        unit=d.unit,
        unit_mood=local[d.unit_place].astype(np.float32, copy=False),
        person=d.member,
        readiness_mean=mean,
        readiness_sd=sd,
        readiness=None if readiness is None else readiness.astype(np.float32, copy=False),
        evidence=d.about_asker,
        evidence_weight=wide[known:].astype(np.float32),
        variances=variances,
    )
