"""What the tests so far leave open, drawn jointly; people are drawn in portions, so that memory stays bounded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from commonweal.reckoning.forecast.question import AVERAGE_ASKER
from commonweal.reckoning.pull.draws import Draws, joint_draws
from commonweal.reckoning.pull.evidence import OWN_RECORD, about_askers
from commonweal.reckoning.pull.fast import Fit
from commonweal.reckoning.pull.fitting import fitted
from commonweal.reckoning.pull.records import NOBODY, AskRecords, Floats, Ints
from commonweal.reckoning.ties import found_among

UNASKED_PULL, UNASKED_SPREAD = 0.3, 0.4
"""Where no ask is on record: what an ask is taken to move, in logits, and how far that may be wrong."""


@dataclass(frozen=True)
class Past:
    """The fit and joint draws of all but people's readiness: a column per draw, in logits.

    `moved_local` and `moved_wide`: how far each draw of the local and global unknowns lies from the centre.
    `mood` has a line per unit asked about: its mood with a fresh day on top; `fresh` the day alone. `pull` a line per
    asker of `asker`, then one for the average asker, and a last one of zeros for nobody.
    """

    fit: Fit
    person_local: sparse.csr_array
    moved_local: Draws
    moved_wide: Draws
    difficulty: Draws
    mood: Draws
    fresh: Draws
    asker: Ints
    pull: Draws

    def line_of_asker(self, asker: Ints) -> Ints:
        """The line of `pull` for each planned asker, NOBODY and AVERAGE_ASKER among them."""
        line = np.searchsorted(self.asker, asker)
        line[asker == AVERAGE_ASKER] = len(self.asker)
        line[asker == NOBODY] = len(self.asker) + 1
        return line

    def readiness(self, people: Ints, rng: np.random.Generator) -> Draws:
        """Draws of the readiness of these people (ascending); of those without a row, as of somebody from the place.

        Shapes: a line per person, a column per draw.
        Cost: O(people * draws).
        """
        fit, n_draws = self.fit, self.moved_wide.shape[1]
        member, known = found_among(fit.design.member, people)
        out = rng.standard_normal((len(people), n_draws), dtype=np.float32)
        seen = member[known]
        weight = fit.precision.person_weight[seen].astype(np.float32)[:, None]
        moved = self.person_local[seen] @ self.moved_local
        moved += fit.precision.person_global[seen].astype(np.float32) @ self.moved_wide
        centre = fit.readiness[seen].astype(np.float32)[:, None]
        out[known] = centre - moved / weight + out[known] / np.sqrt(weight)
        middle, spread = self._somebody()
        out[~known] = middle + spread * out[~known]
        return out

    def _somebody(self) -> tuple[float, float]:
        """Mean and spread of readiness among those who have rows."""
        fit = self.fit
        return float(fit.readiness.mean()), float(np.sqrt(fit.variances.readiness + _explained(fit)))


def past_of(
    records: AskRecords,
    units: Ints,
    askers: Ints,
    *,
    rng: np.random.Generator,
    pull_rng: np.random.Generator,
    draws: int,
) -> Past:
    """Fit the records and draw what they leave open, for these units and planned askers.

    Shapes: `units` and `askers` ascending, without NOBODY; `pull_rng` is thrown for askers alone; see `Past`.
    Units and ranges: logits.
    Errs: variances are taken as known once learnt.
    Cost: as `fitted`, and O(unknowns * draws).
    """
    fit = fitted(records)
    d = fit.design
    local, wide = joint_draws(fit.precision, fit.local, fit.wide, rng, draws)
    fresh = _normal(rng, len(units), draws) * np.float32(np.sqrt(fit.variances.shock))
    mood = _normal(rng, len(units), draws) * np.float32(np.sqrt(fit.variances.unit))
    if len(d.unit):
        at, known = found_among(d.unit, units)
        mood[known] = local[d.unit_place[at[known]]]
    return Past(
        fit=fit,
        person_local=fit.precision.person_local.astype(np.float32),
        moved_local=(local - fit.local[:, None]).astype(np.float32),
        moved_wide=(wide - fit.wide[:, None]).astype(np.float32),
        difficulty=wide[: d.n_tests].astype(np.float32),
        mood=mood + fresh,
        fresh=fresh,
        asker=askers,
        pull=_pulls(records, fit, local, wide, askers, pull_rng),
    )


def _pulls(records: AskRecords, fit: Fit, local: Floats, wide: Floats, askers: Ints, rng: np.random.Generator) -> Draws:
    """Pull of the planned askers, by their own asks where they have any, else by what is known of them."""
    d, draws = fit.design, wide.shape[1]
    if not len(d.asker):
        usual = UNASKED_PULL + UNASKED_SPREAD * _normal(rng, 1, draws)
        own = usual + np.float32(np.sqrt(fit.variances.pull)) * _normal(rng, len(askers), draws)
        return np.vstack([own, usual, np.zeros((1, draws), dtype=np.float32)]).astype(np.float32)
    about = about_askers(records, d.member, askers)
    at, has_rows = found_among(d.member, askers)
    about[has_rows, OWN_RECORD] = fit.readiness[at[has_rows]] / np.sqrt(fit.variances.readiness)
    pull = (about @ wide[-d.about_asker.shape[1] :]).astype(np.float32)
    pull += np.float32(np.sqrt(fit.variances.pull)) * _normal(rng, len(askers), draws)
    asked = local[d.asker_place]
    at, has_asked = found_among(d.asker, askers)
    pull[has_asked] = asked[at[has_asked]]
    nobody = np.zeros((1, draws), dtype=np.float32)
    return np.vstack([pull, asked.mean(0, keepdims=True), nobody]).astype(np.float32)


def _explained(fit: Fit) -> float:
    """How much of the spread in readiness was known beforehand of those with rows."""
    d = fit.design
    known = d.about_person @ fit.wide[d.n_tests : d.n_tests + d.about_person.shape[1]]
    return float(known.var())


def _normal(rng: np.random.Generator, lines: int, draws: int) -> Draws:
    return rng.standard_normal((lines, draws), dtype=np.float32)
