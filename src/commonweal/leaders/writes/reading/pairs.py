"""Pairs of candidates too close to call who could both ask the same people: there a coin would teach most."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from commonweal.leaders.models import Candidate
from commonweal.leaders.rules.tosses import FEWEST
from commonweal.leaders.rules.verdicts import too_close_to_call
from commonweal.leaders.writes.reading.claims import Arcs
from commonweal.leaders.writes.reading.roll import Roll
from commonweal.reckoning.pull import PullReading

LOOKED_AT = 400
KEPT = 200


def close_pairs(roll: Roll, arcs: Arcs, pull: PullReading | None, candidates: list[Candidate]) -> list[list[str]]:
    """Pairs of ids, those who share most people first; among the first candidates with enough asks seen."""
    if pull is None:
        return []
    number = {roll.id_of(int(person)): int(person) for person in pull.candidate}
    known = [number[one.person_id] for one in candidates if one.median is not None and one.person_id in number]
    known = known[:LOOKED_AT]
    column = np.full(roll.n, -1, dtype=np.int64)
    column[known] = np.arange(len(known))
    use = column[arcs.ties.to] >= 0
    reach = csr_array(
        (np.ones(use.sum()), (arcs.ties.from_[use], column[arcs.ties.to[use]])), shape=(roll.n, len(known))
    )
    shared = (reach.T @ reach).tocoo()
    wide = np.flatnonzero((shared.row < shared.col) & (shared.data >= FEWEST))
    order = wide[np.lexsort((shared.col[wide], shared.row[wide], -shared.data[wide]))]
    pairs = []
    for at in order.tolist():
        one, other = known[shared.row[at]], known[shared.col[at]]
        if too_close_to_call(pull.probability_above(one, other)):
            pairs.append([str(roll.id_of(one)), str(roll.id_of(other))])
            if len(pairs) == KEPT:
                break
    return pairs
