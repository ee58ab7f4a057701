"""The records as a regression: which unknowns each row touches, and which of them are reckoned together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from commonweal.reckoning.pull.records import AskRecords, Floats, Ints

WIDEST_CLUSTER = 600


@dataclass(frozen=True)
class Design:
    """Records rearranged for the fit.

    Only people with a row take part: `member` lists them, `row_member` points into it. Local unknowns
    (units, unit-by-test shocks, askers) stand side by side, cluster by cluster: `cut[c]:cut[c + 1]`.
    `touches` is rows x local unknowns. `about_person` and `about_asker` hold what is known beforehand.
    """

    row_member: Ints
    row_test: Ints
    came: Floats
    member: Ints
    asker: Ints
    n_tests: int
    touches: sparse.csr_array
    kind: Ints
    asker_place: Ints
    cut: Ints
    about_person: Floats
    about_asker: Floats

    UNIT, SHOCK, PULL = 0, 1, 2

    @property
    def n_local(self) -> int:
        return self.touches.shape[1]

    @property
    def n_global(self) -> int:
        return self.n_tests + self.about_person.shape[1] + self.about_asker.shape[1]

    @cached_property
    def columns(self) -> sparse.csc_array:
        return self.touches.tocsc()

    @cached_property
    def n_clusters(self) -> int:
        return len(self.cut) - 1


def design_of(records: AskRecords, *, widest: int = WIDEST_CLUSTER) -> Design:
    """Arrange the records for the fit (see `Design`)."""
    member, row_member = np.unique(records.person, return_inverse=True)
    asked = records.asker >= 0
    asker, row_asker = np.unique(records.asker[asked], return_inverse=True)
    row_unit = records.unit[records.person]
    units, row_unit_place = np.unique(row_unit, return_inverse=True)
    if units[0] < 0:
        units, row_unit_place = units[1:], row_unit_place - 1
    placed = row_unit_place >= 0
    shocks, row_shock = np.unique(row_unit_place[placed] * records.n_tests + records.test[placed], return_inverse=True)
    rows = np.arange(len(records.person))
    home = _home_of_askers(records, asker, row_asker, units, row_unit_place[asked])
    size = 1 + np.bincount(shocks // records.n_tests, minlength=len(units))
    size = size + np.bincount(home[home >= 0], minlength=len(units))
    cluster = _clusters(size, home[row_asker], row_unit_place[asked], widest)
    owner = np.concatenate([np.arange(len(units)), shocks // records.n_tests, home])
    local_cluster = np.where(owner >= 0, cluster[owner] if len(cluster) else 0, 0)
    order = np.argsort(local_cluster, kind="stable")
    place = np.argsort(order)
    kind = np.repeat([Design.UNIT, Design.SHOCK, Design.PULL], [len(units), len(shocks), len(asker)])
    column = np.concatenate([row_unit_place[placed], len(units) + row_shock, len(units) + len(shocks) + row_asker])
    row = np.concatenate([rows[placed], rows[placed], rows[asked]])
    touches = sparse.csr_array((np.ones(len(row)), (row, place[column])), shape=(len(rows), len(place)))
    edges = np.flatnonzero(np.diff(local_cluster[order])) + 1
    return Design(
        row_member=row_member,
        row_test=records.test,
        came=records.came.astype(float),
        member=member,
        asker=asker,
        n_tests=records.n_tests,
        touches=touches,
        kind=kind[order],
        asker_place=place[len(units) + len(shocks) :],
        cut=np.concatenate([[0], edges, [len(place)]]) if len(place) else np.array([0]),
        about_person=_about_person(records, member, row_member),
        about_asker=_about_asker(records, member, asker),
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


def _clusters(size: Ints, one: Ints, other: Ints, widest: int) -> Ints:
    """Join units whose people ask each other most, heaviest first, while the joined block stays narrow."""
    n = len(size)
    if size.sum() <= widest:
        return np.zeros(n, dtype=np.int64)
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


def _about_person(records: AskRecords, member: Ints, row_member: Ints) -> Floats:
    """One column: for how many of her tests anybody asked her, standardised (Mundlak's device)."""
    asked = np.bincount(row_member, records.asker >= 0) / np.bincount(row_member)
    return standardised(asked)[:, None]


def _about_asker(records: AskRecords, member: Ints, asker: Ints) -> Floats:
    """What is known of an asker beforehand: 1, nominations within her unit, ties, organizer's score."""
    return evidence_of(records, member, asker)


def evidence_of(records: AskRecords, member: Ints, people: Ints) -> Floats:
    """The evidence columns of `people`, measured against everybody with a row (`member`)."""
    named = np.log1p(records.nominations)
    unit = records.unit + 1
    count = np.bincount(unit[member], minlength=unit.max() + 1)
    mean = np.bincount(unit[member], named[member], minlength=unit.max() + 1) / np.maximum(count, 1)
    ties = np.log1p(records.degree)
    columns = [np.ones(len(people)), (named - mean[unit])[people], (ties - ties[member].mean())[people]]
    if records.score is not None:
        columns.append(np.nan_to_num(records.score - 3.0, nan=0.0)[people])
    return np.column_stack(columns)


def standardised(values: Floats) -> Floats:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)
