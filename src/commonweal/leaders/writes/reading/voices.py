"""Who names a candidate: how many, from how many units, in how many separate voices, and how many against us."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from commonweal.leaders.writes.reading.evidence import NominationRows, TieRows
from commonweal.leaders.writes.reading.roll import Ints, Roll


@dataclass
class Voices:
    """One entry per person of the roll. `apart`: nominators bound by friendship or family count as one voice."""

    named_by: Ints
    across: Ints
    apart: Ints
    opposed: Ints


def voices_of(roll: Roll, named: NominationRows, ties: TieRows, opposed: NDArray[np.bool_]) -> Voices:
    """Counts who names whom, each nominator once for a nominee."""
    pairs = np.unique(named.nominee * roll.n + named.nominator)
    nominee, nominator = pairs // max(roll.n, 1), pairs % max(roll.n, 1)
    units = np.unique(nominee * (roll.unit.max(initial=0) + 2) + roll.unit[nominator] + 1)

    def count(of: Ints) -> Ints:
        return np.bincount(of, minlength=roll.n)

    return Voices(
        named_by=count(nominee),
        across=count(units // (roll.unit.max(initial=0) + 2)),
        apart=count(nominee[_first_voices(roll, nominee, nominator, ties)]),
        opposed=count(nominee[opposed[nominator]]),
    )


def _first_voices(roll: Roll, nominee: Ints, nominator: Ints, ties: TieRows) -> Ints:
    """One row of each group of nominators of the same nominee who are close to each other."""
    rows = np.arange(len(nominee))
    if not len(rows):
        return rows
    table = coo_array((rows + 1, (nominator, nominee)), shape=(roll.n, roll.n)).tocsr()
    close = np.flatnonzero(ties.close)
    one, other = table[ties.from_[close]], table[ties.to[close]]
    both = one.astype(np.bool_).multiply(other.astype(np.bool_))
    left, right = one.multiply(both).tocsr(), other.multiply(both).tocsr()
    left.sort_indices()
    right.sort_indices()
    graph = coo_array(
        (np.ones(left.nnz), (left.data.astype(np.int64) - 1, right.data.astype(np.int64) - 1)),
        shape=(len(rows), len(rows)),
    )
    _count, voice = connected_components(graph, directed=False)
    return np.unique(voice, return_index=True)[1]
