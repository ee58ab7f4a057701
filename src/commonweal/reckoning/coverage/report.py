"""What a list reaches, who stays out and why, and who could stand in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commonweal.reckoning.coverage.question import NOBODY, Question
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray, Ties


class UnreachedWhy(StrEnum):
    NO_TIE = "no_tie"
    NO_TIE_TO_A_LEADER = "no_tie_to_a_leader"
    CAPACITY = "capacity"


@dataclass(frozen=True)
class GroupReach:
    """One group of one grouping: its size, how many must be and how many are reached."""

    grouping: int
    group: int
    size: int
    need: int
    reached: float

    @property
    def share(self) -> float:
        """The share reached, 0..1."""
        return float(self.reached) / self.size

    @property
    def short(self) -> float:
        """How many people are missing to the target."""
        return max(0.0, self.need - self.reached)


@dataclass(frozen=True)
class Unreached:
    """Somebody whom the list does not reach, and why."""

    person: int
    why: UnreachedWhy


@dataclass(frozen=True)
class CoverList:
    """A list of leaders, whom each would lead, and what it reaches.

    `leaders`: those who were pinned first, then by the order of choice. `served_by`: one entry per person, the leader
    in whose chain she is counted, -1 for leaders and those not reached. `lower_bound`: no list that reaches the
    target can be shorter; `exact` says that this one is proven to be as short as any. `alone`: people on the list
    who lead nobody; they are there because nobody on the list has a tie to them.
    """

    leaders: IntArray
    served_by: IntArray
    groups: tuple[GroupReach, ...]
    unreached: tuple[Unreached, ...]
    lower_bound: int
    exact: bool
    alone: IntArray
    capacity: int

    @property
    def reaches_target(self) -> bool:
        """Whether every group is reached."""
        return all(group.short <= 1e-9 for group in self.groups)


def reach_of_groups(question: Question, weight: FloatArray) -> tuple[GroupReach, ...]:
    """How far each group is reached; `weight` is how surely each person is (1 for those who count in full)."""
    total = np.zeros(question.size.size)
    for row in question.groups:
        inside = row >= 0
        total += np.bincount(row[inside], weights=weight[inside], minlength=total.size)
    rows = zip(question.group_key, question.size.tolist(), question.need.tolist(), total.tolist(), strict=True)
    return tuple(GroupReach(*key, size, need, round(reached, 9)) for key, size, need, reached in rows)


def unreached_people(ties: Ties, wanted: BoolArray, listed: BoolArray, served: BoolArray) -> tuple[Unreached, ...]:
    """Everybody who should be reached and is not, with the reason, in order of person."""
    tied, tied_to_leader = np.zeros((2, ties.n), dtype=np.bool_)
    tied[ties.from_] = True
    tied_to_leader[ties.from_[listed[ties.to]]] = True
    reason = np.where(tied_to_leader, 2, np.where(tied, 1, 0))
    names = (UnreachedWhy.NO_TIE, UnreachedWhy.NO_TIE_TO_A_LEADER, UnreachedWhy.CAPACITY)
    out = np.flatnonzero(wanted & ~served)
    return tuple(Unreached(person, names[why]) for person, why in zip(out.tolist(), reason[out].tolist(), strict=True))


def stand_ins(question: Question, cover: CoverList) -> IntArray:
    """For each leader, how many others could take her place alone, everybody else's chain staying as it is.

    A lower bound on how replaceable a name is: with chains rearranged there may be more. -1: the list reaches every
    group without her.
    """
    listed = np.zeros(question.n, dtype=np.bool_)
    listed[cover.leaders] = True
    served = (listed | (cover.served_by >= 0)) & question.wanted
    spare = question.reached(served) - question.need
    place = np.full(question.n, NOBODY, dtype=np.int64)
    place[cover.leaders] = np.arange(cover.leaders.size)
    whose = place[np.where(listed, np.arange(question.n), cover.served_by)]
    lost = np.flatnonzero(served)
    enough = np.ones(0, dtype=np.bool_)
    candidate = np.repeat(np.arange(question.n), np.diff(question.pointer))
    able = question.allowed & ~listed
    usable = able[candidate] & served[question.follower]
    own = np.flatnonzero(able & served)
    leader = np.concatenate([whose[question.follower[usable]], whose[own]])
    stepping = np.concatenate([candidate[usable], own])
    person = np.concatenate([question.follower[usable], own])
    pair, pair_of = np.unique(leader * np.int64(question.n) + stepping, return_inverse=True)
    enough = np.ones(pair.size, dtype=np.bool_)
    vital = np.zeros(cover.leaders.size, dtype=np.bool_)
    total = np.bincount(pair_of, minlength=pair.size)
    herself = np.isin(pair, whose[own] * np.int64(question.n) + own)
    enough &= total - herself <= question.capacity
    groups = question.size.size
    for row in question.groups:
        inside = lost[row[lost] >= 0]
        key, count = np.unique(whose[inside] * np.int64(groups) + row[inside], return_counts=True)
        missing = count - spare[key % groups]
        hurt, owner = key[missing > 0], (key // groups)[missing > 0]
        vital[owner] = True
        offered = np.flatnonzero(row[person] >= 0)
        own_key = pair_of[offered] * np.int64(groups) + row[person[offered]]
        have, have_count = np.unique(own_key, return_counts=True)
        wants = np.bincount(owner, minlength=cover.leaders.size)
        at = np.searchsorted(hurt, (pair[have // groups] // question.n) * groups + have % groups)
        at = np.minimum(at, max(hurt.size - 1, 0))
        same = (hurt[at] == (pair[have // groups] // question.n) * groups + have % groups) if hurt.size else at < 0
        met = same & (have_count >= (missing[missing > 0][at] if hurt.size else 0))
        enough &= np.bincount((have // groups)[met], minlength=pair.size) >= wants[pair // question.n]
    counts = np.bincount((pair // question.n)[enough], minlength=cover.leaders.size)
    return np.where(vital, counts, NOBODY)
