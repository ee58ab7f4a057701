"""Where people stand among their ties: diffusion, PageRank, reach, and what would fall apart without them.

Standing in a network is a hint for whom to ask about, not a verdict: a central person who stays cold moves nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from commonweal.reckoning.steps import steps_from
from commonweal.reckoning.ties import FloatArray, IntArray, Ties


class GraphRefused(ValueError):
    """The question makes no sense; the message says which part."""


def adjacency(ties: Ties) -> sparse.csr_array:
    """The ties as a sparse matrix: row f, column l holds the strength with which f goes to l.

    Shapes: n by n, one entry per tie; empty rows for those without.
    Cost: O(ties).
    """
    return sparse.csr_array((ties.strength, (ties.from_, ties.to)), shape=(ties.n, ties.n))


def diffusion(ties: Ties, *, chance: float = 0.1, steps: int = 5) -> FloatArray:
    """How many hearings a word would get if each person in turn were the one to start it.

    Everybody passes on what she hears along each tie with probability chance times strength, for so many steps;
    hearings are counted with repetition. A word runs from a person to those who go to her.
    Shapes: one number per person, 0 for whom nobody goes to.
    Units and ranges: expected hearings; exact. chance above 0, steps from 1.
    Errors: GraphRefused.
    Ties: equal positions get equal numbers up to rounding.
    Cost: steps times the number of ties.
    Source: diffusion centrality, Banerjee, Chandrasekhar, Duflo, Jackson 2013 (arXiv 1406.2293).

    >>> path = Ties.between([1, 2], [0, 1], n=3)
    >>> diffusion(path, chance=0.5, steps=2).tolist()
    [0.75, 0.5, 0.0]
    """
    if not chance > 0 or steps < 1:
        raise GraphRefused("chance must be above 0 and steps from 1 up")
    hears = adjacency(ties).T.tocsr()
    wave = np.ones(ties.n)
    total = np.zeros(ties.n)
    for _ in range(steps):
        wave = chance * (hears @ wave)
        total += wave
    return total


def pagerank(ties: Ties, *, damping: float = 0.85, rounds: int = 100, precise: float = 1e-10) -> FloatArray:
    """Who is gone to by people who are gone to.

    A walker follows a tie out of where she stands, the stronger the likelier, or with probability 1 - damping starts
    anywhere anew, as she always does where no tie leads on; the number is the share of her time at each person.
    Shapes: one number per person; they add up to 1. Nobody: an empty array.
    Units and ranges: 0..1, to within `precise` in sum, or as far as `rounds` bring it.
    Errors: GraphRefused.
    Ties: equal positions get equal numbers up to rounding.
    Cost: rounds times the number of ties.
    Source: Brin and Page 1998; people who name nobody spread evenly, as is usual.

    >>> pagerank(Ties.between([1, 2], [0, 0], n=3)).round(3).tolist()
    [0.574, 0.213, 0.213]
    """
    if not 0 <= damping < 1:
        raise GraphRefused(f"damping {damping} is not from 0 up and below 1")
    if not ties.n:
        return np.zeros(0)
    out = np.bincount(ties.from_, weights=ties.strength, minlength=ties.n)
    leads_on = out > 0
    share = sparse.diags_array(np.divide(1.0, out, out=np.zeros(ties.n), where=leads_on)) @ adjacency(ties)
    step = share.T.tocsr()
    rank = np.full(ties.n, 1.0 / ties.n)
    for _ in range(rounds):
        lost = rank[~leads_on].sum()
        later = damping * (step @ rank + lost / ties.n) + (1 - damping) / ties.n
        moved = float(np.abs(later - rank).sum())
        rank = later
        if moved < precise:
            break
    return rank


def reach(ties: Ties, people: Sequence[int] | IntArray) -> float:
    """How near everybody is to one of these people, on average: 1 for themselves, 1/2 two ties away, 0 if cut off.

    Shapes: one number; 0 where there is nobody. A tie leads from whoever goes to somebody to that somebody.
    Units and ranges: 0..1, exact.
    Errors: GraphRefused for people who are not there.
    Cost: one breadth-first search.
    Source: Borgatti 2006, distance-weighted reach; ours counts the set's own members as 1.

    >>> reach(Ties.between([1, 2], [0, 1], n=3), [0])
    0.8333333333333334
    """
    if not ties.n:
        return 0.0
    start = np.unique(np.asarray(people, dtype=np.int64))
    if start.size and (start[0] < 0 or start[-1] >= ties.n):
        raise GraphRefused(f"people are numbered 0..{ties.n - 1}")
    distance = steps_from(start, ties.to, ties.from_, n=ties.n, both_ways=False).distance
    return float(np.where(distance < 0, 0.0, 1.0 / np.maximum(distance, 1)).mean())


def communities(ties: Ties, *, lot: int, rounds: int = 50) -> IntArray:
    """Circles of people with more ties among themselves than to others.

    Everybody starts alone; in turn each joins the circle among her ties with the greatest strength, until nobody wants
    to change. A quick sketch for drawing, not a finding.
    Shapes: a circle number per person, the largest circle 0.
    Units and ranges: approximate; another `lot` may give other circles.
    Ties: equally strong circles are settled by the lot.
    Cost: rounds times the number of ties, in plain Python: for what is drawn, some thousands of people.
    Source: label propagation, Raghavan, Albert, Kumara 2007.

    >>> communities(Ties.between([0, 3], [1, 4], n=5, both_ways=True), lot=1).tolist()
    [0, 0, 2, 1, 1]
    """
    dice = np.random.default_rng(lot)
    both = adjacency(Ties.between(ties.from_, ties.to, ties.strength, n=ties.n, both_ways=True))
    starts, ends, strengths = both.indptr.tolist(), both.indices.tolist(), both.data.tolist()
    circle = list(range(ties.n))
    for _ in range(rounds):
        changed = False
        for person in dice.permutation(ties.n).tolist():
            pull: dict[int, float] = {}
            for place in range(starts[person], starts[person + 1]):
                pull[circle[ends[place]]] = pull.get(circle[ends[place]], 0.0) + strengths[place]
            if not pull:
                continue
            most = max(pull.values())
            best = sorted(name for name, strength in pull.items() if strength == most)
            if circle[person] not in best:
                circle[person] = best[int(dice.integers(len(best)))]
                changed = True
        if not changed:
            break
    names, number, size = np.unique(np.array(circle, dtype=np.int64), return_inverse=True, return_counts=True)
    order = np.lexsort((names, -size))
    rank = np.empty(names.size, dtype=np.int64)
    rank[order] = np.arange(names.size)
    return rank[number]
