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
    """Arrange the records for the fit (see `Design`); `widest` bounds a cluster, None: by size of the site.

    Shapes: see `AskRecords` and `Design`; people without a row are not in the design.
    Ties: people, units and askers by number.
    Cost: O(rows log rows).
    """
    member, row_member = np.unique(records.person, return_inverse=True)
    unknown = _unknowns(records)
    cluster = _clusters(unknown, widest)
    order = np.argsort(cluster, kind="stable")
    place = np.argsort(order)
    shape = (len(records.person), len(place))
    touches = sparse.csr_array((np.ones(len(unknown.row)), (unknown.row, place[unknown.column])), shape=shape)
    edges = np.flatnonzero(np.diff(cluster[order])) + 1
    cut = np.concatenate([[0], edges, [len(place)]]) if len(place) else np.array([0])
    cluster = np.repeat(np.arange(len(cut) - 1), np.diff(cut))
    placed = unknown.row_unit >= 0
    row_cluster = np.zeros(len(records.person), dtype=np.int64)
    row_cluster[placed] = cluster[place[unknown.row_unit[placed]]]
    own = np.minimum(np.searchsorted(member, unknown.asker), len(member) - 1)
    return Design(
        row_member=row_member,
        row_test=records.test,
        row_cluster=row_cluster,
        came=records.came.astype(float),
        member=member,
        unit=unknown.unit,
        asker=unknown.asker,
        asker_member=np.where(member[own] == unknown.asker, own, -1),
        n_tests=records.n_tests,
        touches=touches,
        touched=touches.T.tocsr(),
        kind=unknown.kind[order],
        unit_place=place[unknown.kind == Design.UNIT],
        asker_place=place[unknown.kind == Design.PULL],
        cut=cut,
        cluster=cluster,
        about_person=about_people(records, member, row_member),
        about_asker=about_askers(records, member, unknown.asker),
    )


@dataclass(frozen=True)
class _Unknowns:
    """The local unknowns: units, then shocks (a unit on a day), then askers, as `kind` says.

    `home`: the unit of each of them, -1 for an asker without one. `row` and `column`: which rows touch which of
    them. `row_unit`: the unit of each row, -1 without one. `asks`: the asker's home and the unit of each ask.
    """

    unit: Ints
    asker: Ints
    kind: Ints
    home: Ints
    row: Ints
    column: Ints
    row_unit: Ints
    asks: tuple[Ints, Ints]


def _unknowns(records: AskRecords) -> _Unknowns:
    asked = np.flatnonzero(records.asker >= 0)
    asker, row_asker = np.unique(records.asker[asked], return_inverse=True)
    unit, row_unit = np.unique(records.unit[records.person], return_inverse=True)
    if unit[0] < 0:
        unit, row_unit = unit[1:], row_unit - 1
    placed = np.flatnonzero(row_unit >= 0)
    shock, row_shock = np.unique(row_unit[placed] * records.n_tests + records.test[placed], return_inverse=True)
    home = _home_of_askers(records, asker, row_asker, unit, row_unit[asked])
    shocks, pulls = len(unit), len(unit) + len(shock)
    return _Unknowns(
        unit=unit,
        asker=asker,
        kind=np.repeat([Design.UNIT, Design.SHOCK, Design.PULL], [len(unit), len(shock), len(asker)]),
        home=np.concatenate([np.arange(len(unit)), shock // records.n_tests, home]),
        row=np.concatenate([placed, placed, asked]),
        column=np.concatenate([row_unit[placed], shocks + row_shock, pulls + row_asker]),
        row_unit=row_unit,
        asks=(home[row_asker], row_unit[asked]),
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


def _clusters(unknown: _Unknowns, widest: int | None) -> Ints:
    """The cluster of each local unknown: units joined as far as the block stays narrow, and cut where it is not.

    A small site is one cluster. Elsewhere no cluster is wider than a small site: of a unit with more askers, or of the
    askers without a unit, each piece is reckoned by itself beside the border.
    """
    units, home = len(unknown.unit), unknown.home
    if len(home) <= (widest or WHOLE_SITE):
        return np.zeros(len(home), dtype=np.int64)
    size = np.bincount(home[home >= 0], minlength=units)
    joined = _joined_units(size, *unknown.asks, widest or WIDEST_CLUSTER)
    cluster = np.where(home >= 0, joined[home] if units else 0, units)
    order = np.argsort(cluster, kind="stable")
    first = np.searchsorted(cluster[order], cluster)
    piece = (np.argsort(order) - first) // (widest or WIDEST_CLUSTER)
    wide = np.bincount(cluster)[cluster] > (widest or WHOLE_SITE)
    return np.unique(cluster * len(home) + np.where(wide, piece, 0), return_inverse=True)[1]


def _joined_units(size: Ints, one: Ints, other: Ints, widest: int) -> Ints:
    """Join units whose people ask each other most, heaviest first, while the joined block stays narrow."""
    n = len(size)
    both = (one >= 0) & (other >= 0) & (one != other)
    low, high = np.minimum(one, other)[both], np.maximum(one, other)[both]
    pair, weight = np.unique(low * n + high, return_counts=True)
    share = weight / np.sqrt(size[pair // max(n, 1)] * size[pair % max(n, 1)])
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
