"""Everyone walks with one leader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.chains.auction import hold_auction
from commonweal.reckoning.chains.improvement import Improvement
from commonweal.reckoning.chains.market import FINE, NOWHERE, Market
from commonweal.reckoning.chains.reasons import (
    Claim,
    Move,
    MoveWhy,
    Options,
    Unplaced,
    UnplacedWhy,
    contested_people,
    moves_from,
    unplaced_people,
)
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray, Ties

__all__ = ["Chains", "Claim", "ChainsRefused", "Move", "MoveWhy", "Unplaced", "UnplacedWhy", "walk_with"]


class ChainsRefused(ValueError):
    """The question makes no sense: a capacity below one, a leader or a chain that points to nobody there."""


@dataclass(frozen=True)
class Chains:
    """Who walks with whom, and why.

    `leader_of` and `strength` have one entry per person: her leader (-1: none; a leader follows nobody) and the
    strength of the tie between them. `moves`: whose existing chain changes. `unplaced`: who walks with nobody.
    `contested`: who is claimed by several leaders, or tied to several so equally that a coin toss is as good.
    `people_gap` and `strength_gap`: how many more people, or how much more strength among as many, another placing
    could have at most; both 0 is the proof that there is none better.
    """

    leader_of: IntArray
    strength: FloatArray
    moves: tuple[Move, ...]
    unplaced: tuple[Unplaced, ...]
    contested: tuple[Claim, ...]
    people_gap: int
    strength_gap: float

    @property
    def optimal(self) -> bool:
        """Whether it is proven that nobody more can be placed, nor the same number by stronger ties."""
        return self.people_gap == 0 and self.strength_gap == 0


def walk_with(
    ties: Ties,
    leaders: Sequence[int] | IntArray,
    *,
    capacity: int = 12,
    existing: IntArray | None = None,
    gain: float = 0.1,
    first: BoolArray | None = None,
    claims: Iterable[tuple[int, int]] = (),
    rounds: int = 2_000,
) -> Chains:
    """Give everyone one leader to walk with, by the strongest ties that the leaders' time allows.

    As many people as possible get a place; among all ways to do that, the one with the most tie strength in all.
    Where a chain exists already, its tie counts as `gain` stronger, so people move only when something is gained:
    a tie stronger by more than that, or a place for somebody who would have none.

    Shapes: `leaders` are person numbers; `existing` has one leader per person, -1 for none (a chain stands for a
    tie of strength 0 where none is recorded); `first` marks people who must not be left out while others are
    placed; `claims` are pairs (person, leader) of those who say she is in their chain.
    Units and ranges: capacity counts followers, from 1 up; gain is in units of tie strength. Exact for strengths
    rounded to a millionth of the strongest: `optimal` says so when the proof is complete, and the two gaps bound what
    is missing when `rounds` ran out first (only seen above half a million people).
    Errors: ChainsRefused.
    Errs: leaders follow nobody, although in life a leader may walk with another.
    Ties: equal placings are settled by the numbers of people alone, never by the order of rows.
    Cost: an auction, near linear in the ties between followers and leaders, then moves that gain; 100,000 people
    with 1.5 million mutual ties take about two seconds.
    Source: a transportation problem; auction (Bertsekas 1988) followed by cancelling of negative cycles
    (Klein 1967). Ours: the room of several per leader, and the proof by the same distances.

    >>> ties = Ties.between([2, 3, 4], [0, 0, 1], [0.9, 0.4, 0.7], n=5)
    >>> walk_with(ties, [0, 1]).leader_of.tolist()
    [-1, -1, 0, 0, 1]
    """
    listed = _leaders_in_order(leaders, ties.n)
    before = _existing_chains(existing, ties.n)
    _refuse_nonsense(capacity, gain)
    is_leader = np.zeros(ties.n, dtype=np.bool_)
    is_leader[listed] = True
    options = _with_existing(ties, before, is_leader)
    worth, scale = _worth(options, before, gain)
    market, people = _market(options[0], options[1], worth, listed, first, capacity, ties.n)
    search = Improvement(market, *hold_auction(market))
    search.run(rounds)
    placed = search.result()
    leader_of = np.full(ties.n, NOWHERE, dtype=np.int64)
    leader_of[people[placed != NOWHERE]] = listed[placed[placed != NOWHERE]]
    gap = market.gap(placed, search.prices())
    people_gap = (gap + market.unit // 2) // market.unit
    return Chains(
        leader_of=leader_of,
        strength=_strength_of(leader_of, options),
        moves=moves_from(before, leader_of, is_leader, options, capacity, gain),
        unplaced=unplaced_people(ties, is_leader, leader_of),
        contested=contested_people(claims, options, leader_of, is_leader, gain),
        people_gap=people_gap,
        strength_gap=max(0, gap - people_gap * market.unit) / scale,
    )


def _refuse_nonsense(capacity: int, gain: float) -> None:
    if capacity < 1:
        raise ChainsRefused(f"capacity {capacity} leaves no room for anybody")
    if not gain >= 0:
        raise ChainsRefused(f"gain {gain} is not a number from 0 up")


def _worth(options: Options, before: IntArray, gain: float) -> tuple[IntArray, float]:
    """The strengths in millionths of the strongest, an existing chain's by `gain` more; and what one unit of strength is."""
    tail, head, strength = options
    scale = FINE / max(float(strength.max(initial=0.0)), 1e-300) if strength.any() else float(FINE)
    sticks = int(round(min(gain * scale, 50 * FINE)))
    return np.round(strength * scale).astype(np.int64) + np.where(before[tail] == head, sticks, 0), scale


def _strength_of(leader_of: IntArray, options: Options) -> FloatArray:
    """The strength of the tie between each person and her leader; 0 for those without."""
    tail, head, strength = options
    chosen = np.zeros(leader_of.size)
    kept = leader_of[tail] == head
    chosen[tail[kept]] = strength[kept]
    return chosen


def _leaders_in_order(leaders: Sequence[int] | IntArray, n: int) -> IntArray:
    listed = np.unique(np.asarray(leaders, dtype=np.int64))
    if listed.size and (listed[0] < 0 or listed[-1] >= n):
        raise ChainsRefused(f"a leader is outside 0..{n - 1}")
    return listed


def _existing_chains(existing: IntArray | None, n: int) -> IntArray:
    if existing is None:
        return np.full(n, NOWHERE, dtype=np.int64)
    before = np.asarray(existing, dtype=np.int64)
    if before.shape != (n,):
        raise ChainsRefused(f"existing has {before.size} entries for {n} people")
    if n and (before.min() < NOWHERE or before.max() >= n):
        raise ChainsRefused(f"an existing chain leads to somebody outside 0..{n - 1}")
    if (before == np.arange(n)).any():
        raise ChainsRefused(f"person {int(np.flatnonzero(before == np.arange(n))[0])} is in her own chain")
    return before


def _with_existing(ties: Ties, before: IntArray, is_leader: BoolArray) -> Options:
    """Ties from followers to listed leaders, with one of strength 0 for a chain that has no tie of its own."""
    useful = is_leader[ties.to] & ~is_leader[ties.from_]
    tail, head, strength = ties.from_[useful], ties.to[useful], ties.strength[useful]
    chained = np.flatnonzero((before >= 0) & ~is_leader & is_leader[before])
    options = Ties.between(
        np.concatenate([tail, chained]),
        np.concatenate([head, before[chained]]),
        np.concatenate([strength, np.zeros(chained.size)]),
        n=ties.n,
    )
    return options.from_, options.to, options.strength


def _market(
    tail: IntArray,
    head: IntArray,
    worth: IntArray,
    listed: IntArray,
    first: BoolArray | None,
    capacity: int,
    n: int,
) -> tuple[Market, IntArray]:
    """The market of these options, and which person each of its followers is."""
    people, follower = np.unique(tail, return_inverse=True)
    unit = 2 * (listed.size + 2) * (int(worth.max(initial=0)) + 1)
    need = np.full(people.size, unit, dtype=np.int64)
    if first is not None:
        must = np.asarray(first, dtype=np.bool_)
        if must.shape != (n,):
            raise ChainsRefused(f"first has {must.size} entries for {n} people")
        need[must[people]] *= 2
    market = Market(
        follower=follower,
        leader=np.searchsorted(listed, head),
        worth=worth,
        pointer=np.searchsorted(follower, np.arange(people.size + 1)),
        need=need,
        unit=unit,
        n_followers=people.size,
        n_leaders=listed.size,
        room=capacity,
    )
    return market, people
