"""Why somebody changes chains, walks with nobody, or is claimed twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray, Ties


class MoveWhy(StrEnum):
    STRONGER_TIE = "stronger_tie"
    OVER_CAPACITY = "over_capacity"
    LEADER_LEFT = "leader_left"
    MADE_ROOM = "made_room"
    """Her tie to the new leader is not stronger, but her place went to someone who gains more, or had no other."""
    LEADS_NOW = "leads_now"
    """She is on the list herself, and a leader follows nobody."""


class UnplacedWhy(StrEnum):
    NO_TIE = "no_tie"
    NO_TIE_TO_A_LEADER = "no_tie_to_a_leader"
    CAPACITY = "capacity"


class ClaimWhy(StrEnum):
    CLAIMED_BY_SEVERAL = "claimed_by_several"
    TOO_CLOSE_TO_CALL = "too_close_to_call"
    """Her strongest ties to leaders differ by no more than the gain that would make her move."""


@dataclass(frozen=True)
class Move:
    """Whose chain changes: from whom to whom (-1: to nobody), why, and how much stronger the new tie is."""

    person: int
    from_: int
    to: int
    why: MoveWhy
    gained: float


@dataclass(frozen=True)
class Unplaced:
    """Who walks with nobody, and why."""

    person: int
    why: UnplacedWhy


@dataclass(frozen=True)
class Claim:
    """Somebody whom several leaders could claim, strongest tie first, and who got her (-1: none of them)."""

    person: int
    leaders: tuple[int, ...]
    walks_with: int
    why: ClaimWhy


Options = tuple[IntArray, IntArray, FloatArray]


def moves_from(
    before: IntArray, after: IntArray, is_leader: BoolArray, options: Options, capacity: int, gain: float
) -> tuple[Move, ...]:
    """Every existing chain that changes, with its reason, in order of person.

    Shapes: `before` and `after` one entry per person, her leader or -1; `options` are the ties that may be walked
    (follower, leader, strength), at most one for each pair; one `Move` back for each who had a leader and has
    another or none.
    Units and ranges: `gained` in the units of strength; exact. Somebody whose leader is no option counts 0 there.
    Ties: a gain of exactly `gain` is no stronger tie.
    Cost: O(ties + people).
    """
    movers = np.flatnonzero((before >= 0) & (before != after))
    tail, head, strength = options
    then, now = np.zeros(before.size), np.zeros(before.size)
    then[tail[head == before[tail]]] = strength[head == before[tail]]
    now[tail[head == after[tail]]] = strength[head == after[tail]]
    crowd = np.bincount(before[(before >= 0) & ~is_leader], minlength=before.size)
    moves = []
    for person in movers.tolist():
        old, new = int(before[person]), int(after[person])
        gained = float(now[person] - then[person]) if new >= 0 else float(-then[person])
        if is_leader[person]:
            why = MoveWhy.LEADS_NOW
        elif not is_leader[old]:
            why = MoveWhy.LEADER_LEFT
        elif new >= 0 and gained > gain:
            why = MoveWhy.STRONGER_TIE
        elif crowd[old] > capacity:
            why = MoveWhy.OVER_CAPACITY
        else:
            why = MoveWhy.MADE_ROOM
        moves.append(Move(person, old, new, why, gained))
    return tuple(moves)


def unplaced_people(ties: Ties, is_leader: BoolArray, leader_of: IntArray) -> tuple[Unplaced, ...]:
    """Everybody who neither leads nor walks with a leader, with the reason, in order of person.

    Shapes: `is_leader` and `leader_of` one entry per person (-1: nobody); one `Unplaced` back for each who is left
    out.
    Cost: O(ties + people).
    """
    tied, tied_to_leader = np.zeros((2, ties.n), dtype=np.bool_)
    tied[ties.from_] = True
    tied_to_leader[ties.from_[is_leader[ties.to]]] = True
    alone = np.flatnonzero((leader_of < 0) & ~is_leader)
    reasons = np.where(tied_to_leader, 2, np.where(tied, 1, 0))
    names = (UnplacedWhy.NO_TIE, UnplacedWhy.NO_TIE_TO_A_LEADER, UnplacedWhy.CAPACITY)
    return tuple(
        Unplaced(person, names[reason]) for person, reason in zip(alone.tolist(), reasons[alone].tolist(), strict=True)
    )


def contested_people(
    claims: Iterable[tuple[int, int]], options: Options, leader_of: IntArray, is_leader: BoolArray, gain: float
) -> tuple[Claim, ...]:
    """People whom two leaders or more claim, or could claim equally well, in order of person.

    Shapes: `claims` pairs (person, leader), the same pair counted once; claims on leaders, or of leaders off the
    list, are passed over. `options` as in `moves_from`. One `Claim` back for each person, her rivals in it.
    Units and ranges: strengths closer than `gain` to the best are equally well; exact.
    Ties: claimed by several goes before too close to call; rivals stand by number, or strongest first where nobody
    claims.
    Cost: O(ties log ties + claims log claims).
    """
    claimed: dict[int, set[int]] = {}
    for person, leader in claims:
        if not is_leader[person] and is_leader[leader]:
            claimed.setdefault(int(person), set()).add(int(leader))
    tail, head, strength = options
    best = np.full(leader_of.size, -np.inf)
    np.maximum.at(best, tail, strength)
    near = strength >= best[tail] - gain
    rivals = np.bincount(tail[near], minlength=leader_of.size)
    close = np.flatnonzero(near & (rivals[tail] > 1))
    ordered = close[np.lexsort((head[close], -strength[close], tail[close]))]
    equals: dict[int, list[int]] = {}
    for person, leader in zip(tail[ordered].tolist(), head[ordered].tolist(), strict=True):
        equals.setdefault(person, []).append(leader)
    found = []
    for person in sorted({who for who, leaders in claimed.items() if len(leaders) > 1} | set(equals)):
        several = len(claimed.get(person, ())) > 1
        leaders = sorted(claimed[person]) if several else equals[person]
        why = ClaimWhy.CLAIMED_BY_SEVERAL if several else ClaimWhy.TOO_CLOSE_TO_CALL
        found.append(Claim(person, tuple(leaders), int(leader_of[person]), why))
    return tuple(found)
