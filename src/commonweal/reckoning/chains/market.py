"""Chains as a market: followers, leaders with room for so many, and what each pair is worth, in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.ties import IntArray, spans

NOWHERE = -1
FINE = 1_000_000
"""Strengths are compared to a millionth of the strongest."""


@dataclass(frozen=True)
class Market:
    """Options are sorted by follower, then leader; follower f's options are pointer[f] .. pointer[f+1]-1.

    `worth` is the strength of an option in millionths of the strongest tie (a chain that exists already is worth
    its stickiness more); `need` is what leaving the follower out costs: one `unit`, twice what strength can win along
    any chain of moves, or two for those who come first.
    """

    follower: IntArray
    leader: IntArray
    worth: IntArray
    pointer: IntArray
    need: IntArray
    unit: int
    n_followers: int
    n_leaders: int
    room: int

    def options_of(self, followers: IntArray) -> tuple[IntArray, IntArray]:
        """The options of these followers, and how many each has."""
        return spans(self.pointer, followers)

    def worth_of(self, placed: IntArray) -> IntArray:
        """What each follower's place is worth; minus her need where she has none."""
        value = -self.need
        held = np.flatnonzero(placed[self.follower] == self.leader)
        value[self.follower[held]] = self.worth[held]
        return value

    def total(self, placed: IntArray) -> int:
        """The worth of all places together, less the needs that stay unmet."""
        return int(self.worth_of(placed).sum())

    def gap(self, placed: IntArray, price: IntArray) -> int:
        """How much more worth any placing could have at most, by these prices; 0 proves that none has more.

        Any prices from 0 up give a bound: each follower at best gets her best option after its price, or stays out,
        and each leader at best earns her price for every place.
        """
        best = -self.need
        if self.follower.size:
            has = np.flatnonzero(np.diff(self.pointer))
            value = np.maximum.reduceat(self.worth - price[self.leader], self.pointer[has])
            best[has] = np.maximum(best[has], value)
        return int(best.sum()) + self.room * int(price.sum()) - self.total(placed)
