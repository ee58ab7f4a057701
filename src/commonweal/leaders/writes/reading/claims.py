"""What makes it likely that one person walks with another, as arcs with their worth and their reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonweal.leaders.rules.walking import WEAKEST, WORTH
from commonweal.leaders.writes.reading.evidence import AskRows, NominationRows, TieRows
from commonweal.leaders.writes.reading.roll import Ints, Roll
from commonweal.people.words import Outcome
from commonweal.reckoning.ties import Ties

REASONS = tuple(WORTH)


@dataclass
class Arcs:
    """Who might walk with whom. `ties` is what the arithmetic takes; `reason` says the strongest of each pair."""

    ties: Ties
    key: Ints
    why: NDArray[np.int8]

    def reason(self, person: int, leader: int) -> str:
        """The strongest reason why that person might walk with that leader; a tie if none is recorded."""
        wanted = person * self.ties.n + leader
        place = int(np.searchsorted(self.key, wanted))
        if place == len(self.key) or self.key[place] != wanted:
            return "tie"
        return REASONS[self.why[place]]


def arcs_of(roll: Roll, ties: TieRows, named: NominationRows, asks: AskRows, refused: set[tuple[int, int]]) -> Arcs:
    """Ties, nominations and asks that brought somebody, without the pairs that people put aside."""
    came = (asks.outcome == Outcome.DID.value) & (asks.asker >= 0)
    both = ~ties.directed
    parts = (
        ("asked", asks.asked[came], asks.asker[came], np.ones(came.sum())),
        ("named", named.nominator, named.nominee, np.ones(len(named.nominee))),
        ("tie", ties.from_, ties.to, ties.strength),
        ("tie", ties.to[both], ties.from_[both], ties.strength[both]),
    )
    tail = np.concatenate([part[1] for part in parts])
    head = np.concatenate([part[2] for part in parts])
    worth = np.concatenate([part[3] * WORTH[part[0]] for part in parts])
    why = np.concatenate([np.full(len(part[1]), REASONS.index(part[0]), dtype=np.int8) for part in parts])
    usable = (worth >= WEAKEST) & (tail < roll.n_own) & (tail != head)
    if refused:
        aside = np.array([person * roll.n + leader for person, leader in refused], dtype=np.int64)
        usable &= ~np.isin(tail * roll.n + head, aside)
    tail, head, worth, why = tail[usable], head[usable], worth[usable], why[usable]
    key = tail * roll.n + head
    order = np.lexsort((-worth, key))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = key[order[1:]] != key[order[:-1]]
    chosen = order[first]
    return Arcs(Ties.between(tail, head, worth, n=roll.n), key[chosen], why[chosen])
