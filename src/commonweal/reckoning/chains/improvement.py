"""From a good placing to the best: rounds of moves, each of which gains, until none is left."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.chains.market import NOWHERE, Market
from commonweal.reckoning.ties import IntArray, _starts


class Improvement:
    """A search for moves that gain; when it ends by itself, no placing is better.

    Think of a slip that says "take one more". A leader who gets the slip must send one of her followers on to
    another leader she is tied to, or have a free place; the slip starts and ends at the door, where those without
    a leader wait. A round trip of the slip that gains is carried out; distances to the door that no move can
    shorten are the proof that no gaining round trip is left (negative cycles of the residual network,
    found by the Bellman-Ford relaxation, all arcs at once).
    """

    def __init__(self, market: Market, placed: IntArray, price: IntArray) -> None:
        self.market = market
        self.door = market.n_leaders
        self.placed = np.where(placed == NOWHERE, self.door, placed)
        self.value = market.worth_of(placed)
        self.load = np.bincount(self.placed, minlength=self.door + 1)
        self.distance = np.append(-price, 0)
        self.came_from = np.full(self.door + 1, NOWHERE, dtype=np.int64)
        self.mover = np.full(self.door + 1, NOWHERE, dtype=np.int64)
        self.stale = np.ones(self.door + 1, dtype=np.bool_)
        self.stale_followers = np.zeros(0, dtype=np.int64)

    def run(self, rounds: int) -> bool:
        """Improve until nothing gains (True) or the rounds are used up (False)."""
        for turn in range(rounds):
            changed = self._relax()
            if not changed.size:
                return True
            if turn % 4 == 3 or changed.size < 64:
                self._carry_out(self._round_trips(changed))
        return False

    def result(self) -> IntArray:
        """Each follower's leader, or NOWHERE."""
        return np.where(self.placed == self.door, NOWHERE, self.placed)

    def prices(self) -> IntArray:
        """What a place with each leader costs by the distances found, for the bound; 0 where places are free."""
        return np.maximum(self.distance[self.door] - self.distance[: self.door], 0)

    def _relax(self) -> IntArray:
        """Shorten every distance that an arc out of a stale node can shorten; the nodes that changed."""
        to, through, person, length = self._arcs_out_of_stale()
        self.stale[:] = False
        self.stale_followers = self.stale_followers[:0]
        shorter = np.flatnonzero(length < self.distance[to])
        order = shorter[np.lexsort((person[shorter], through[shorter], length[shorter], to[shorter]))]
        best = order[_starts(to[order])]
        nodes = to[best]
        self.distance[nodes] = length[best]
        self.came_from[nodes] = through[best]
        self.mover[nodes] = person[best]
        self.stale[nodes] = True
        return nodes

    def _arcs_out_of_stale(self) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        """Arcs out of the stale nodes: to, from, the follower who moves (NOWHERE: a free place), distance reached."""
        market, door = self.market, self.door
        followers = np.concatenate([np.flatnonzero(self.stale[self.placed]), self.stale_followers])
        options, counts = market.options_of(followers)
        mover = np.repeat(followers, counts)
        here = self.placed[mover]
        length = self.distance[here] + self.value[mover] - market.worth[options]
        leaving = followers[self.placed[followers] != door]
        goodbye = self.distance[self.placed[leaving]] + self.value[leaving] + market.need[leaving]
        spare = np.flatnonzero(self.stale[:door] & (self.load[:door] < market.room))
        entered = np.flatnonzero(self.load[:door] > 0) if self.stale[door] else np.zeros(0, dtype=np.int64)
        nobody = np.full(spare.size + entered.size, NOWHERE, dtype=np.int64)
        at_door = np.full(leaving.size + spare.size, door, dtype=np.int64)
        to = np.concatenate([market.leader[options], at_door, entered])
        through = np.concatenate([here, self.placed[leaving], spare, np.full(entered.size, door, dtype=np.int64)])
        person = np.concatenate([mover, leaving, nobody])
        reached = np.concatenate([length, goodbye, self.distance[spare], np.full(entered.size, self.distance[door])])
        return to, through, person, reached

    def _round_trips(self, changed: IntArray) -> list[list[int]]:
        """The closed round trips among the latest shortest ways, each a list of nodes; no node in two."""
        if changed.size >= 64:
            ahead = np.where(self.came_from < 0, np.arange(self.door + 1), self.came_from)
            for _ in range(int(self.door).bit_length() + 1):
                ahead = ahead[ahead]
            changed = np.unique(ahead)
        trips: list[list[int]] = []
        seen: dict[int, int] = {}
        for start in changed.tolist():
            node, way = start, []
            while node >= 0 and node not in seen:
                seen[node] = start
                way.append(node)
                node = int(self.came_from[node])
            if node >= 0 and seen[node] == start and node in way:
                trips.append(way[way.index(node) :])
        return trips

    def _carry_out(self, trips: list[list[int]]) -> None:
        """Move the followers of these round trips, and forget the ways that ran through what has changed."""
        nodes = np.array([node for trip in trips for node in trip], dtype=np.int64)
        if not nodes.size:
            return
        real = nodes[self.mover[nodes] >= 0]
        people = self.mover[real]
        before = self.placed[people]
        self.placed[people] = real
        options, counts = self.market.options_of(people)
        owner = np.repeat(people, counts)
        self.value[people] = -self.market.need[people]
        held = self.market.leader[options] == self.placed[owner]
        self.value[owner[held]] = self.market.worth[options[held]]
        np.add.at(self.load, real, 1)
        np.add.at(self.load, before, -1)
        moved = np.zeros(self.placed.size + 1, dtype=np.bool_)
        moved[people] = True
        touched = np.zeros(self.door + 1, dtype=np.bool_)
        touched[nodes] = touched[before] = True
        gone = touched | moved[self.mover] | ((self.mover < 0) & touched[self.came_from])
        gone[self.door] = True
        self.came_from[gone] = NOWHERE
        # Arcs out of the door change only for those who have just come to wait there, or where a leader
        # without followers got her first: everything else about it is as it was.
        touched[self.door] = bool((self.load[real] == 1).any())
        self.stale |= touched
        self.stale_followers = people[real == self.door]
