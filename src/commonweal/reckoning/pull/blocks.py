"""Gaussian algebra: people are eliminated one by one, clusters are dense blocks, the few global unknowns come last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse
from scipy.sparse.linalg import LinearOperator, cg

from commonweal.reckoning.pull.design import Design
from commonweal.reckoning.pull.records import Floats


@dataclass(frozen=True)
class Variances:
    """How far things differ, in squared logits: people's readiness, units, a unit's day, askers' pull."""

    readiness: float = 1.4
    unit: float = 0.25
    shock: float = 0.2
    pull: float = 0.5


@dataclass(frozen=True)
class Precision:
    """The posterior precision with people eliminated: clusters, global unknowns, and what joins them.

    `person_weight` (people) is the eliminated diagonal; `person_local` (people x local) and `person_global`
    (people x global) join people with the rest. `factor[c]` is the lower Cholesky factor of cluster c,
    `join` (local x global) the border, `solved_join` the border with the clusters divided out,
    `corner` the factor of what remains.
    """

    design: Design
    person_weight: Floats
    person_local: sparse.csr_array
    person_global: Floats
    row_weight: Floats
    local_prior: Floats
    join: Floats
    core: Floats
    factor: list[Floats]
    solved_join: Floats
    corner: Floats

    def times(self, vector: Floats) -> Floats:
        """The exact Schur complement times (local, global) unknowns: nothing dropped."""
        d, split = self.design, self.design.n_local
        local, wide = vector[:split], vector[split:]
        people = (self.person_local @ local) / self.person_weight
        out = d.touches.T @ (self.row_weight * (d.touches @ local)) + self.local_prior * local
        out = out - self.person_local.T @ people + self.join @ wide
        return np.concatenate([out, self.join.T @ local + self.core @ wide])

    def nearly_solve(self, vector: Floats) -> Floats:
        """Solve with the couplings between clusters left out; exact when there is one cluster."""
        split = self.design.n_local
        local = self.within_clusters(vector[:split])
        wide = linalg.cho_solve((self.corner, True), vector[split:] - self.join.T @ local)
        return np.concatenate([local - self.solved_join @ wide, wide])

    def within_clusters(self, vector: Floats) -> Floats:
        out, cut = np.empty_like(vector), self.design.cut
        for c, factor in enumerate(self.factor):
            out[cut[c] : cut[c + 1]] = linalg.cho_solve((factor, True), vector[cut[c] : cut[c + 1]])
        return out

    def solve(self, vector: Floats, start: Floats) -> Floats:
        if len(self.factor) <= 1:
            return self.nearly_solve(vector)
        size = (len(vector), len(vector))
        found, _ = cg(
            LinearOperator(size, matvec=self.times),
            vector,
            x0=start,
            rtol=1e-6,
            maxiter=200,
            M=LinearOperator(size, matvec=self.nearly_solve),
        )
        return found


def precision_of(design: Design, row_weight: Floats, variances: Variances) -> Precision:
    """Weigh every row, eliminate people, factor each cluster and what joins them."""
    d, n, tests = design, len(design.member), design.n_tests
    known = d.about_person.shape[1]
    weight = np.bincount(d.row_member, row_weight, minlength=n) + 1.0 / variances.readiness
    per_test = np.zeros((n, tests))
    np.add.at(per_test, (d.row_member, d.row_test), row_weight)
    person_global = np.zeros((n, d.n_global))
    person_global[:, :tests] = -per_test
    person_global[:, tests : tests + known] = -d.about_person / variances.readiness
    lifts = sparse.csr_array((row_weight, (d.row_member, np.arange(len(row_weight)))), shape=(n, len(row_weight)))
    person_local = sparse.csr_array(lifts @ d.touches)
    prior = 1.0 / np.array([variances.unit, variances.shock, variances.pull])[d.kind]
    join, core = _border(d, row_weight, variances, weight, person_local, person_global)
    factor = _factors(d, row_weight, weight, person_local, prior)
    solved = np.empty_like(join)
    for c, lower in enumerate(factor):
        rows = slice(d.cut[c], d.cut[c + 1])
        solved[rows] = linalg.cho_solve((lower, True), join[rows])
    corner = linalg.cholesky(core - join.T @ solved, lower=True)
    return Precision(d, weight, person_local, person_global, row_weight, prior, join, core, factor, solved, corner)


def _border(
    d: Design,
    row_weight: Floats,
    variances: Variances,
    weight: Floats,
    person_local: sparse.csr_array,
    person_global: Floats,
) -> tuple[Floats, Floats]:
    tests, known = d.n_tests, d.about_person.shape[1]
    days = sparse.csr_array((-row_weight, (np.arange(len(row_weight)), d.row_test)), shape=(len(row_weight), tests))
    join = np.zeros((d.n_local, d.n_global))
    join[:, :tests] = (d.touches.T @ days).toarray()
    join[d.asker_place, tests + known :] = -d.about_asker / variances.pull
    join -= person_local.T @ (person_global / weight[:, None])
    core = np.zeros((d.n_global, d.n_global))
    core[:tests, :tests] = np.diag(np.bincount(d.row_test, row_weight, minlength=tests) + 1.0 / 9.0)
    middle, last = slice(tests, tests + known), slice(tests + known, None)
    core[middle, middle] = d.about_person.T @ d.about_person / variances.readiness + np.eye(known) / 4.0
    evidence = d.about_asker.shape[1]
    core[last, last] = d.about_asker.T @ d.about_asker / variances.pull + np.eye(evidence) / 4.0
    core -= person_global.T @ (person_global / weight[:, None])
    return join, core


def _factors(
    d: Design, row_weight: Floats, weight: Floats, person_local: sparse.csr_array, prior: Floats
) -> list[Floats]:
    scaled = d.columns.multiply(np.sqrt(row_weight)[:, None]).tocsc()
    people = person_local.multiply(1.0 / np.sqrt(weight)[:, None]).tocsc()
    factor = []
    for c in range(d.n_clusters):
        part = slice(d.cut[c], d.cut[c + 1])
        rows, body = scaled[:, part], people[:, part]
        block = (rows.T @ rows).toarray() - (body.T @ body).toarray()
        block[np.diag_indices_from(block)] += prior[part]
        factor.append(linalg.cholesky(block, lower=True, overwrite_a=True, check_finite=False))
    return factor
