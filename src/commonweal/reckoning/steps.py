"""How many steps lie between some people and everybody else, and along whom the way leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from commonweal.reckoning.ties import IntArray, spans

NOWHERE = -1


class StepsRefused(ValueError):
    """The rows do not describe a graph of n nodes; the message says why."""


@dataclass(frozen=True)
class Steps:
    """`distance`: steps from the nearest start, -1 where no way leads. `before`: the node before on the way, -1 at a
    start and where no way leads."""

    distance: IntArray
    before: IntArray

    def way_to(self, node: int) -> list[int]:
        """The nodes from the nearest start to this one, both included; empty where no way leads."""
        way: list[int] = []
        if self.distance[node] < 0:
            return way
        while node != NOWHERE:
            way.append(int(node))
            node = int(self.before[node])
        return way[::-1]


def steps_from(starts: IntArray, one: IntArray, other: IntArray, *, n: int, both_ways: bool = True) -> Steps:
    """How near everybody is to the nearest of these people, and by whom one gets there.

    A bond leads both ways, or only from `one` to `other`, and is one step, however strong it is.
    Shapes: `one`/`other` are rows of bonds, repeated ones count once; one entry per node comes back; no start: nobody
    is reached.
    Units and ranges: whole steps, exact.
    Errors: StepsRefused for nodes outside 0..n-1 or rows of different length.
    Ties: of several ways of equal length the one whose last node but one has the smallest number.
    Cost: O(nodes + bonds).
    Source: breadth-first search.

    >>> steps_from(np.array([0]), np.array([0, 1]), np.array([1, 2]), n=4).distance.tolist()
    [0, 1, 2, -1]
    """
    if len(one) != len(other):
        raise StepsRefused("one and other are rows of one table and differ in length")
    for rows in (starts, one, other):
        if len(rows) and (np.min(rows) < 0 or np.max(rows) >= n):
            raise StepsRefused(f"nodes are numbered 0..{n - 1}")
    if both_ways:
        one, other = np.concatenate([one, other]), np.concatenate([other, one])
    ends = one.astype(np.int64), other.astype(np.int64)
    graph = sparse.csr_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(n, n))
    pointer, to = graph.indptr.astype(np.int64), graph.indices.astype(np.int64)
    distance = np.full(n, NOWHERE, dtype=np.int64)
    before = np.full(n, NOWHERE, dtype=np.int64)
    front = np.unique(np.asarray(starts, dtype=np.int64))
    distance[front] = 0
    steps = 0
    while front.size:
        steps += 1
        entries, counts = spans(pointer, front)
        reached, by = to[entries], np.repeat(front, counts)
        fresh = distance[reached] == NOWHERE
        reached, by = reached[fresh], by[fresh]
        order = np.lexsort((by, reached))
        front, first = np.unique(reached[order], return_index=True)
        distance[front], before[front] = steps, by[order][first]
    return Steps(distance, before)
