"""Gaussian algebra: people are eliminated one by one, clusters are dense blocks, the few global unknowns come last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse
from scipy.sparse.linalg import LinearOperator, cg

from commonweal.reckoning.pull.design import Design
from commonweal.reckoning.pull.records import Floats, Ints

DIVIDED = 1e-4
MOST_DIVISIONS = 30


@dataclass(frozen=True)
class Variances:
    """How far things differ, in squared logits: people's readiness, units, a unit's day, askers' pull."""

    readiness: float = 1.0
    unit: float = 0.25
    shock: float = 0.2
    pull: float = 0.4


@dataclass(frozen=True)
class Precision:
    """The posterior precision with people eliminated: clusters, what couples them, global unknowns and the border.

    `person_weight` (people) is the eliminated diagonal; `person_local` (people x local) and `person_global`
    (people x global) join people with the rest. `local` (local x local) holds clusters and the couplings between
    them; `factor[c]` is the lower Cholesky factor of cluster c, `inverse` all inverted clusters laid flat, cluster c
    from `start[c]`; `join` (local x global) is the border, `solved_join` the border with the local unknowns
    divided out, couplings included, `corner` the factor of what remains of `core`.
    """

    design: Design
    person_weight: Floats
    person_local: sparse.csr_array
    person_global: Floats
    local: sparse.csr_array
    join: Floats
    core: Floats
    factor: list[Floats]
    inverse: Floats
    start: Ints
    solved_join: Floats
    corner: Floats

    def times(self, vector: Floats) -> Floats:
        """The exact precision times (local, global) unknowns: nothing dropped."""
        split = self.design.n_local
        local, wide = vector[:split], vector[split:]
        return np.concatenate([self.local @ local + self.join @ wide, self.join.T @ local + self.core @ wide])

    def nearly_solve(self, vector: Floats) -> Floats:
        """Solve with the couplings between clusters left out but for the border; exact when there is one cluster."""
        split = self.design.n_local
        local = _by_cluster(self.design, self.inverse, self.start, vector[:split, None])[:, 0]
        wide = linalg.cho_solve((self.corner, True), vector[split:] - self.solved_join.T @ vector[:split])
        return np.concatenate([local - self.solved_join @ wide, wide])

    def solve(self, vector: Floats, guess: Floats) -> Floats:
        if len(self.factor) <= 1:
            return self.nearly_solve(vector)
        size = (len(vector), len(vector))
        times, nearly = LinearOperator(size, matvec=self.times), LinearOperator(size, matvec=self.nearly_solve)
        return cg(times, vector, x0=guess, rtol=1e-5, maxiter=200, M=nearly)[0]

    def target(self, pseudo: Floats) -> tuple[Floats, Floats]:
        """The right-hand side, people eliminated, and each person's own part of it."""
        d = self.design
        people = np.bincount(d.row_member, pseudo, minlength=len(d.member)).astype(float)
        share = people / self.person_weight
        wide = np.zeros(d.n_global)
        wide[: d.n_tests] = -np.bincount(d.row_test, pseudo, minlength=d.n_tests)
        local = d.touched @ pseudo - self.person_local.T @ share
        return np.concatenate([local, wide - self.person_global.T @ share]), people

    def readiness(self, people: Floats, both: Floats) -> Floats:
        """Everybody's readiness, given her own part of the right-hand side and the other unknowns."""
        split = self.design.n_local
        spoken = self.person_local @ both[:split] + self.person_global @ both[split:]
        return (people - spoken) / self.person_weight


def precision_of(design: Design, row_weight: Floats, variances: Variances) -> Precision:
    """Weigh every row, eliminate people, factor each cluster and what joins them.

    Shapes: `row_weight` one entry per row of the records; everything else as `Design` says.
    Units and ranges: weights and variances above 0, in log-odds.
    Errors: LinAlgError where the whole is not positive definite, as with variances of 0.
    Cost: O(rows + sum of cluster sizes cubed + global unknowns cubed).
    Source: block elimination (Schur complement) and Cholesky, from any textbook.
    """
    d, n, tests = design, len(design.member), design.n_tests
    known = d.about_person.shape[1]
    weight: Floats = np.full(n, 1.0 / variances.readiness)
    weight += np.bincount(d.row_member, row_weight, minlength=n)
    person_global = np.zeros((n, d.n_global))
    per_test = np.bincount(d.row_member * tests + d.row_test, row_weight, minlength=n * tests)
    person_global[:, :tests] = -per_test.reshape(n, tests)
    person_global[:, tests : tests + known] = -d.about_person / variances.readiness
    lifts = sparse.csr_array((row_weight, (d.row_member, np.arange(len(row_weight)))), shape=(n, len(row_weight)))
    person_local = lifts @ d.touches
    person_local.sort_indices()
    prior = 1.0 / np.array([variances.unit, variances.shock, variances.pull])[d.kind]
    local = _local_precision(d, row_weight, weight, person_local, prior)
    join, core = _border(d, row_weight, variances, weight, person_local, person_global)
    factor, inverse, start = _factors(d, local)
    solved, rest = _border_divided(d, inverse, start, local, join)
    corner = linalg.cholesky(core - join.T @ solved - solved.T @ rest, lower=True)
    return Precision(
        d, weight, person_local, person_global, local, join, core, factor, inverse, start, solved, corner,
    )  # fmt: skip


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
    join[:, :tests] = (d.touched @ days).toarray()
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


def _local_precision(
    d: Design, row_weight: Floats, weight: Floats, person_local: sparse.csr_array, prior: Floats
) -> sparse.csr_array:
    rows, people = d.touched.copy(), person_local.T.tocsr()
    rows.data = rows.data * row_weight[rows.indices]
    people.data = people.data / -weight[people.indices]
    local = rows @ d.touches + people @ person_local
    local.setdiag(local.diagonal() + prior)
    return local


def _factors(d: Design, local: sparse.csr_array) -> tuple[list[Floats], Floats, Ints]:
    width = np.diff(d.cut)
    start = np.concatenate([[0], np.cumsum(width**2)])
    flat = np.zeros(start[-1])
    row = np.repeat(np.arange(d.n_local), np.diff(local.indptr))
    home = d.cluster[row]
    near = home == d.cluster[local.indices]
    row, home, column = row[near], home[near], local.indices[near]
    flat[start[home] + (row - d.cut[home]) * width[home] + column - d.cut[home]] = local.data[near]
    factor: list[Floats] = []
    for c, size in enumerate(width):
        body = flat[start[c] : start[c + 1]].reshape(size, size)
        factor.append(linalg.cholesky(body, lower=True, check_finite=False))
        half, _ = linalg.lapack.dpotri(factor[-1], lower=1)
        np.add(half, half.T, out=body)
        body.ravel()[:: size + 1] *= 0.5
    return factor, flat, start


def _border_divided(
    d: Design, inverse: Floats, start: Ints, local: sparse.csr_array, join: Floats
) -> tuple[Floats, Floats]:
    """The border with the local unknowns divided out, and what the border is left with.

    By conjugate gradients, every column for itself. What is left goes into the corner too, which is then the whole
    precision along these very columns: positive however early the search stops. The clusters without their
    couplings, beside a border that knows them, would not be where most asks cross from one cluster to another.
    """
    solved = _by_cluster(d, inverse, start, join)
    if d.n_clusters <= 1:
        return solved, np.zeros_like(join)
    enough = DIVIDED * np.einsum("ij,ij->j", join, solved)
    rest = join - local @ solved
    step = nearly = _by_cluster(d, inverse, start, rest)
    length = np.einsum("ij,ij->j", rest, nearly)
    for _ in range(MOST_DIVISIONS):
        if (length <= enough).all():
            break
        moved = local @ step
        stride = _share(length, np.einsum("ij,ij->j", step, moved))
        solved, rest = solved + stride * step, rest - stride * moved
        nearly, before = _by_cluster(d, inverse, start, rest), length
        length = np.einsum("ij,ij->j", rest, nearly)
        step = nearly + _share(length, before) * step
    return solved, rest


def _share(part: Floats, of: Floats) -> Floats:
    return np.divide(part, of, out=np.zeros_like(part), where=of > 0)


def by_row_and_cluster(table: sparse.csr_array, cluster: Ints) -> sparse.csr_array:
    """The same entries with every row cut where the cluster changes: products then stay within clusters.

    Shapes: `cluster` one entry per column of `table`, which must have each row's columns in order; back come at
    least as many rows, none empty.
    Cost: O(entries).
    """
    here = cluster[table.indices]
    fresh = np.ones(len(here), dtype=bool)
    fresh[1:] = here[1:] != here[:-1]
    fresh[table.indptr[:-1][np.diff(table.indptr) > 0]] = True
    pointer = np.append(np.flatnonzero(fresh), len(here))
    return sparse.csr_array((table.data, table.indices, pointer), shape=(len(pointer) - 1, table.shape[1]))


def _by_cluster(d: Design, inverse: Floats, start: Ints, values: Floats) -> Floats:
    out = np.empty_like(values)
    for c in range(d.n_clusters):
        rows, size = slice(d.cut[c], d.cut[c + 1]), d.cut[c + 1] - d.cut[c]
        out[rows] = inverse[start[c] : start[c + 1]].reshape(size, size) @ values[rows]
    return out
