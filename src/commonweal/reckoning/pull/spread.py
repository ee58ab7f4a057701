"""How sure a sum of unknowns is: variances of rows, people, askers and units under the fitted bell curve."""

from __future__ import annotations

import numpy as np
from scipy import linalg, sparse

from commonweal.reckoning.pull.blocks import Precision, by_row_and_cluster
from commonweal.reckoning.pull.design import Design
from commonweal.reckoning.pull.records import Floats, Ints

AT_ONCE = 16_000
"""So many rows at a time fit the processor's cache: twice as quick as all at once."""


def row_variance(precision: Precision) -> Floats:
    """The variance of every row's log-odds.

    Shapes: one entry per row of the records.
    Units and ranges: squared log-odds, above 0; exact for the fitted bell curve in one cluster; of several,
    couplings are left out.
    Cost: O(rows times (entries a row has squared + global unknowns squared)).
    """
    d = precision.design
    out = np.empty(len(d.came))
    for first in range(0, len(out), AT_ONCE):
        rows = slice(first, first + AT_ONCE)
        who, test = d.row_member[rows], d.row_test[rows]
        share = 1.0 / precision.person_weight[who]
        local = d.touches[rows] - sparse.diags_array(share) @ precision.person_local[who]
        wide = -precision.person_global[who] * share[:, None]
        wide[np.arange(len(who)), test] -= 1.0
        out[rows] = share + variance_of(precision, local, wide)
    return out


def readiness_variance(precision: Precision, *, beside_known: bool = True) -> Floats:
    """The variance of everybody's readiness, or of what it holds beside what was known of her beforehand.

    Shapes: one entry per member of the design.
    Units and ranges: squared log-odds, above 0; exact for the fitted bell curve in one cluster; of several,
    couplings are left out.
    Cost: as `row_variance`, a line per person.
    """
    d, out = precision.design, np.empty(len(precision.person_weight))
    for first in range(0, len(out), AT_ONCE):
        people = slice(first, first + AT_ONCE)
        share = 1.0 / precision.person_weight[people]
        wide = -precision.person_global[people] * share[:, None]
        if beside_known:
            wide[:, d.n_tests : d.n_tests + d.about_person.shape[1]] -= d.about_person[people]
        local = -(sparse.diags_array(share) @ precision.person_local[people])
        out[people] = share + variance_of(precision, local, wide)
    return out


def pull_variance(precision: Precision) -> Floats:
    """The variance of every asker's pull beside what was known of her beforehand.

    Shapes: one entry per asker of the design.
    Units and ranges: squared log-odds; exact for the fitted bell curve in one cluster; of several, couplings are
    left out.
    Cost: as `variance_of`, a line per asker.
    """
    d = precision.design
    wide = np.zeros((len(d.asker), d.n_global))
    wide[:, d.n_tests + d.about_person.shape[1] :] = -d.about_asker
    return variance_of(precision, _picking(d.asker_place, d.n_local), wide)


def local_variance(precision: Precision) -> Floats:
    """The variance of every local unknown: units, shocks, askers.

    Shapes: one entry per local unknown, in the order of the design.
    Units and ranges: squared log-odds; exact for the fitted bell curve in one cluster; of several, couplings are
    left out.
    Cost: as `variance_of`, a line per local unknown.
    """
    d = precision.design
    return variance_of(precision, _picking(np.arange(d.n_local), d.n_local), np.zeros((d.n_local, d.n_global)))


def _picking(place: Ints, n: int) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(place)), place, np.arange(len(place) + 1)), shape=(len(place), n))


def variance_of(precision: Precision, local: sparse.csr_array, wide: Floats) -> Floats:
    """The variance of each row's weighted sum of local and global unknowns (people already eliminated).

    Shapes: `local` one line per sum with its weights on the local unknowns, `wide` the same on the global ones.
    Units and ranges: squared units of the sums; exact for the fitted bell curve in one cluster; of several,
    couplings are left out.
    Cost: O(lines times (entries of a line squared + global unknowns squared)).
    Source: the inverse of a bordered block matrix, from any textbook.
    """
    around = linalg.cho_solve((precision.corner, True), np.eye(len(precision.corner)))
    rest = wide - local @ precision.solved_join
    return _within_clusters(precision, local.tocsr()) + np.einsum("ij,ij->i", rest @ around, rest)


def _within_clusters(precision: Precision, local: sparse.csr_array) -> Floats:
    """Row by row: weights times inverted cluster times weights, over the few entries each row has."""
    d: Design = precision.design
    local.sort_indices()
    part = by_row_and_cluster(local, d.cluster)
    row = np.repeat(np.arange(local.shape[0]), np.diff(local.indptr))[part.indptr[:-1]]
    long = np.diff(part.indptr)
    order = np.argsort(-long, kind="stable")
    first, long = part.indptr[:-1][order], long[order]
    home = d.cluster[part.indices[first]] if len(first) else first
    width, base = np.diff(d.cut)[home], precision.start[:-1][home]
    total = np.zeros(len(first))
    for one in range(long[0] if len(long) else 0):
        has_one = np.searchsorted(-long, -one, side="left")
        line = base[:has_one] + (part.indices[first[:has_one] + one] - d.cut[home[:has_one]]) * width[:has_one]
        weight = part.data[first[:has_one] + one]
        for other in range(one, long[0]):
            n = np.searchsorted(-long, -other, side="left")
            at = first[:n] + other
            value = precision.inverse[line[:n] + part.indices[at] - d.cut[home[:n]]] * weight[:n] * part.data[at]
            total[:n] += value if one == other else 2 * value
    return np.bincount(row[order], total, minlength=local.shape[0]).astype(float)
