"""What a list reaches, who stays out and why, and who could stand in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commonweal.reckoning.coverage.question import NOBODY, Question
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray, Ties, _starts


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
    who lead nobody; they are there because nobody on the list has a tie to them. `stand_ins`: one entry per leader, how
    many others could take her place alone (a bound from below where there are too many to try); -1 where the list reaches every group without her. The names are an offer, not the only answer.
    """

    leaders: IntArray
    served_by: IntArray
    groups: tuple[GroupReach, ...]
    unreached: tuple[Unreached, ...]
    lower_bound: int
    exact: bool
    alone: IntArray
    stand_ins: IntArray

    @property
    def reaches_target(self) -> bool:
        """Whether every group is reached."""
        return all(group.short <= 1e-9 for group in self.groups)


def reach_of_groups(question: Question, weight: FloatArray) -> tuple[GroupReach, ...]:
    """How far each group is reached; `weight` is how surely each person is (1 for those who count in full).

    Shapes: `weight` one entry per person; one `GroupReach` back per group, in the order of the question.
    Units and ranges: people, in part where weights are below 1; to nine decimals.
    Cost: O(people times groupings).
    """
    total = np.zeros(question.size.size)
    for row in question.groups:
        inside = row >= 0
        total += np.bincount(row[inside], weights=weight[inside], minlength=total.size)
    rows = zip(question.group_key, question.size.tolist(), question.need.tolist(), total.tolist(), strict=True)
    return tuple(GroupReach(*key, size, need, round(reached, 9)) for key, size, need, reached in rows)


def unreached_people(ties: Ties, wanted: BoolArray, listed: BoolArray, served: BoolArray) -> tuple[Unreached, ...]:
    """Everybody who should be reached and is not, with the reason, in order of person.

    Shapes: one entry per person in `wanted`, `listed` and `served`; one `Unreached` back for each left out.
    Cost: O(ties + people).
    """
    tied, tied_to_leader = np.zeros((2, ties.n), dtype=np.bool_)
    tied[ties.from_] = True
    tied_to_leader[ties.from_[listed[ties.to]]] = True
    reason = np.where(tied_to_leader, 2, np.where(tied, 1, 0))
    names = (UnreachedWhy.NO_TIE, UnreachedWhy.NO_TIE_TO_A_LEADER, UnreachedWhy.CAPACITY)
    out = np.flatnonzero(wanted & ~served)
    return tuple(Unreached(person, names[why]) for person, why in zip(out.tolist(), reason[out].tolist(), strict=True))


def stand_ins(question: Question, leaders: IntArray, served_by: IntArray) -> IntArray:
    """For each leader, how many others could take her place alone, everybody else's chain staying as it is.

    A lower bound on how replaceable a name is. -1: every group is as reached without her.

    Shapes: `leaders` the list; `served_by` one entry per person, her leader or -1; one count back per leader.
    Errs: too low: nobody's chain is rearranged, and who could lead too many keeps the strongest ties.
    Cost: O(ties log ties).
    """
    listed = np.zeros(question.n, dtype=np.bool_)
    listed[leaders] = True
    served = (listed | (served_by >= 0)) & question.wanted
    spare = np.maximum(question.reached(served) - question.need, 0)
    place = np.full(question.n, NOBODY, dtype=np.int64)
    place[leaders] = np.arange(leaders.size)
    whose = np.where(listed, place, np.where(served_by >= 0, place[served_by], NOBODY))
    lacks = [_lack_without_each(whose, np.where(served, row, NOBODY), spare, leaders.size) for row in question.groups]
    least = np.max([lack.most for lack in lacks], axis=0, initial=0)
    pair, pair_of, person = _could_step_in(question, listed, served, whose, least)
    enough = np.ones(pair.size, dtype=np.bool_)
    groups = np.int64(spare.size)
    for row, lack in zip(question.groups, lacks, strict=True):
        offered = row[person] >= 0
        offer, offers = np.unique(pair_of[offered] * groups + row[person[offered]], return_counts=True)
        at = np.searchsorted(lack.key, (pair[offer // groups] // question.n) * groups + offer % groups)
        met = (offers >= lack.missing[at]) & (lack.missing[at] > 0)
        enough &= np.bincount((offer // groups)[met], minlength=pair.size) >= lack.wants[pair // question.n]
    counts = np.bincount((pair // question.n)[enough], minlength=leaders.size)
    return np.where(least > 0, counts, NOBODY)


@dataclass(frozen=True)
class _Lack:
    """What the groups of one grouping lack without each leader: `missing` people at `key` (leader, group).

    `wants` and `most` have one entry per leader: in how many groups somebody is missing, and how many at most in one.
    """

    key: IntArray
    missing: IntArray
    wants: IntArray
    most: IntArray


def _lack_without_each(whose: IntArray, row: IntArray, spare: IntArray, leaders: int) -> _Lack:
    lost = np.flatnonzero(row >= 0)
    key, count = np.unique(whose[lost] * np.int64(spare.size) + row[lost], return_counts=True)
    missing = np.maximum(count - spare[key % spare.size], 0)
    most = np.zeros(leaders, dtype=np.int64)
    np.maximum.at(most, key // spare.size, missing)
    return _Lack(key, missing, np.bincount((key // spare.size)[missing > 0], minlength=leaders), most)


def _could_step_in(
    question: Question, listed: BoolArray, served: BoolArray, whose: IntArray, least: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Pairs (leader, somebody else who could lead her people), and for each pair the people in question.

    Whoever could lead fewer of them than `least` (an entry per leader, 0: nobody need step in) is left out. Somebody
    who would have more people than she can lead keeps the strongest ties, which may be too strict.
    """
    candidate = np.repeat(np.arange(question.n), np.diff(question.pointer))
    able = question.allowed & ~listed
    usable = able[candidate] & served[question.follower]
    own = np.flatnonzero(able & served)
    person = np.concatenate([own, question.follower[usable]])
    key = whose[person] * np.int64(question.n) + np.concatenate([own, candidate[usable]])
    kept = np.flatnonzero(_who_could_do(key, least, question.n)[key % question.n])
    order = kept[np.argsort(key[kept], kind="stable")]
    key, person = key[order], person[order]
    starts = _starts(key)
    runs = np.diff(np.append(starts, key.size))
    own_first = person[starts] == key[starts] % question.n if key.size else np.zeros(0, dtype=np.bool_)
    rank = np.arange(key.size) - np.repeat(starts, runs)
    fits = rank < question.capacity + np.repeat(own_first, runs)
    return key[starts], np.repeat(np.arange(starts.size), runs)[fits], person[fits]


def _who_could_do(key: IntArray, least: IntArray, n: int) -> BoolArray:
    """For each person whether there is a leader of whose people she could lead as many as are needed."""
    ordered = np.sort(key)
    starts = _starts(ordered)
    pair = ordered[starts]
    wanted = least[pair // n]
    could = np.zeros(n, dtype=np.bool_)
    could[pair[(np.diff(np.append(starts, key.size)) >= wanted) & (wanted > 0)] % n] = True
    return could
