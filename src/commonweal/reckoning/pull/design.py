"""The records as a regression: which unknowns each row touches, and which of them are reckoned together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from commonweal.reckoning.pull.evidence import about_askers, about_people
from commonweal.reckoning.pull.records import AskRecords, Floats, Ints

WHOLE_SITE = 600
WIDEST_CLUSTER = 150


@dataclass(frozen=True)
class Design:
    """Records rearranged for the fit.

    Only people with a row take part: `member` lists them, `row_member` points into it. Local unknowns
    (units, unit-by-test shocks, askers) stand side by side, cluster by cluster: `cut[c]:cut[c + 1]`.
    `touches` is rows x local unknowns, `touched` the same the other way round. `unit` names the units and
    `unit_place`, `asker_place` say where units and askers stand among the local unknowns. `asker_member`
    is -1 for an asker without a row of her own. `about_person` and `about_asker`: what is known beforehand.
    """

    row_member: Ints
    row_test: Ints
    row_cluster: Ints
    came: Floats
    member: Ints
    unit: Ints
    asker: Ints
    asker_member: Ints
    n_tests: int
    touches: sparse.csr_array
    touched: sparse.csr_array
    kind: Ints
    unit_place: Ints
    asker_place: Ints
    cut: Ints
    cluster: Ints
    about_person: Floats
    about_asker: Floats

    UNIT, SHOCK, PULL = 0, 1, 2

    @property
    def n_local(self) -> int:
        return self.touches.shape[1]

    @property
    def n_global(self) -> int:
        return self.n_tests + self.about_person.shape[1] + self.about_asker.shape[1]

    @property
    def n_clusters(self) -> int:
        return len(self.cut) - 1


def design_of(records: AskRecords, *, widest: int | None = None) -> Design:
    """Arrange the records for the fit (see `Design`); `widest` bounds a cluster, None: by size of the site."""
    member, row_member = np.unique(records.person, return_inverse=True)
    asked, rows = records.asker >= 0, np.arange(len(records.person))
    asker, row_asker = np.unique(records.asker[asked], return_inverse=True)
    row_unit = records.unit[records.person]
    units, row_unit_place = np.unique(row_unit, return_inverse=True)
    if units[0] < 0:
        units, row_unit_place = units[1:], row_unit_place - 1
    placed = row_unit_place >= 0
    shocks, row_shock = np.unique(row_unit_place[placed] * records.n_tests + records.test[placed], return_inverse=True)
    home = _home_of_askers(records, asker, row_asker, units, row_unit_place[asked])
    size = 1 + np.bincount(shocks // records.n_tests, minlength=len(units))
    size = size + np.bincount(home[home >= 0], minlength=len(units))
    joined = _clusters(size, home[row_asker], row_unit_place[asked], widest)
    owner = np.concatenate([np.arange(len(units)), shocks // records.n_tests, home])
    local_cluster = np.where(owner >= 0, joined[owner] if len(joined) else 0, 0)
    order = np.argsort(local_cluster, kind="stable")
    place = np.argsort(order)
    kind = np.repeat([Design.UNIT, Design.SHOCK, Design.PULL], [len(units), len(shocks), len(asker)])
    column = np.concatenate([row_unit_place[placed], len(units) + row_shock, len(units) + len(shocks) + row_asker])
    row = np.concatenate([rows[placed], rows[placed], rows[asked]])
    touches = sparse.csr_array((np.ones(len(row)), (row, place[column])), shape=(len(rows), len(place)))
    edges = np.flatnonzero(np.diff(local_cluster[order])) + 1
    cut = np.concatenate([[0], edges, [len(place)]]) if len(place) else np.array([0])
    cluster = np.repeat(np.arange(len(cut) - 1), np.diff(cut))
    row_cluster = np.zeros(len(rows), dtype=np.int64)
    row_cluster[placed] = cluster[place[row_unit_place[placed]]]
    own = np.minimum(np.searchsorted(member, asker), len(member) - 1)
    return Design(
        row_member=row_member,
        row_test=records.test,
        row_cluster=row_cluster,
        came=records.came.astype(float),
        member=member,
        unit=units,
        asker=asker,
        asker_member=np.where(member[own] == asker, own, -1),
        n_tests=records.n_tests,
        touches=touches,
        touched=touches.T.tocsr(),
        kind=kind[order],
        unit_place=place[: len(units)],
        asker_place=place[len(units) + len(shocks) :],
        cut=cut,
        cluster=cluster,
        about_person=about_people(records, member, row_member),
        about_asker=about_askers(records, member, asker),
    )


def _home_of_askers(records: AskRecords, asker: Ints, row_asker: Ints, units: Ints, asked_unit: Ints) -> Ints:
    """The unit an asker is reckoned with: her own if it was tested, otherwise the first she asked in."""
    home = np.searchsorted(units, records.unit[asker])
    known = (home < len(units)) & (records.unit[asker] >= 0)
    known[known] = units[home[known]] == records.unit[asker][known]
    home = np.where(known, home, -1)
    first = np.full(len(asker), -1)
    first[row_asker[::-1]] = asked_unit[::-1]
    return np.where(home >= 0, home, first)


def _clusters(size: Ints, one: Ints, other: Ints, widest: int | None) -> Ints:
    """Join units whose people ask each other most, heaviest first, while the joined block stays narrow."""
    n = len(size)
    if size.sum() <= (widest or WHOLE_SITE):
        return np.zeros(n, dtype=np.int64)
    widest = widest or WIDEST_CLUSTER
    both = (one >= 0) & (other >= 0) & (one != other)
    low, high = np.minimum(one, other)[both], np.maximum(one, other)[both]
    pair, weight = np.unique(low * n + high, return_counts=True)
    share = weight / np.sqrt(size[pair // n] * size[pair % n])
    parent = list(range(n))
    width = size.tolist()
    for edge in pair[np.argsort(-share, kind="stable")].tolist():
        left, right = _root(parent, edge // n), _root(parent, edge % n)
        if left != right and width[left] + width[right] <= widest:
            parent[right] = left
            width[left] += width[right]
    return np.unique([_root(parent, unit) for unit in range(n)], return_inverse=True)[1]


def _root(parent: list[int], unit: int) -> int:
    while parent[unit] != unit:
        parent[unit] = parent[parent[unit]]
        unit = parent[unit]
    return unit
