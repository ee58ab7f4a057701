"""The list that the arithmetic proposes: whom people keep, and as few others as possible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonweal.leaders.rules.walking import FEWEST_WHO_COULD, INSTEAD_SHARE, INSTEAD_SHOWN
from commonweal.leaders.writes.reading.claims import Arcs
from commonweal.leaders.writes.reading.decisions import Decisions
from commonweal.leaders.writes.reading.roll import Ints, Roll
from commonweal.people.models import Campaign
from commonweal.reckoning.coverage import CoverList, shortest_list
from commonweal.reckoning.pull import PullReading, Verdict

NAMED_FULLY = 10
"""Beyond so many people who name her, more of them make no difference between two names."""


@dataclass(frozen=True)
class Instead:
    """What happens if a proposed leader says no: of her `people` (herself among them), whom each of `others` would
    reach, as (person, how many); `enough`: how many others could take her place alone, as far as was tried
    (-1: every unit and shift is reached without her)."""

    people: int
    others: tuple[tuple[int, int], ...]
    enough: int


@dataclass
class Proposed:
    """`leaders` by number on the roll; the arrays have one entry for each of the roll's groups."""

    leaders: set[int]
    least: int
    people: Ints
    wanted: Ints
    reached: Ints
    listed_reach: Ints
    standing: Ints
    served: NDArray[np.bool_]
    """One entry per person of the roll: she is counted in a proposed leader's chain."""
    instead: dict[int, Instead]


def propose_list(
    campaign: Campaign, roll: Roll, arcs: Arcs, decisions: Decisions, pull: PullReading | None, named: Ints
) -> Proposed:
    """The shortest list found that reaches the campaign's share of every unit and shift.

    Whom people keep stays; who is vetoed, lost or outside the campaign is not proposed.
    """
    pinned = [person for person in decisions.kept if person < roll.n_own]
    barred = (set(decisions.barred) | set(range(roll.n_own, roll.n))) - set(pinned)
    if not roll.n_own:
        none = np.zeros(0, dtype=np.int64)
        return Proposed(set(), 0, none, none, none, none, none, np.zeros(roll.n, dtype=np.bool_), {})
    cover = shortest_list(
        arcs.ties,
        groups=[roll.group],
        target=float(campaign.cover_share),
        capacity=campaign.chain_capacity,
        pinned=pinned,
        vetoed=sorted(barred),
        score=_preference(roll, pull, named, decisions.listed),
        least_ties=FEWEST_WHO_COULD,
    )
    leaders = np.asarray(cover.leaders, dtype=np.int64)
    by_group = sorted(cover.groups, key=lambda one: one.group)
    on_list = np.zeros(roll.n, dtype=np.bool_)
    on_list[decisions.listed] = True
    tied = on_list.copy()
    tied[arcs.ties.from_[on_list[arcs.ties.to]]] = True
    return Proposed(
        leaders=set(leaders.tolist()),
        least=int(cover.lower_bound),
        people=np.array([one.size for one in by_group], dtype=np.int64),
        wanted=np.array([one.need for one in by_group], dtype=np.int64),
        reached=np.array([round(one.reached) for one in by_group], dtype=np.int64),
        listed_reach=_per_group(roll, tied),
        standing=_per_group(roll, np.isin(np.arange(roll.n), leaders)),
        served=np.asarray(cover.served_by) >= 0,
        instead=_instead(arcs, cover, barred),
    )


def _instead(arcs: Arcs, cover: CoverList, barred: set[int]) -> dict[int, Instead]:
    """For each leader those outside the list who are tied to most of her people."""
    ties, leaders = arcs.ties, np.asarray(cover.leaders, dtype=np.int64)
    place = np.full(ties.n, -1, dtype=np.int64)
    place[leaders] = np.arange(leaders.size)
    served = np.asarray(cover.served_by)
    whose = np.where(place >= 0, place, np.where(served >= 0, place[served], -1))
    people = np.bincount(whose[whose >= 0], minlength=leaders.size)
    able = place < 0
    able[sorted(barred)] = False
    use = able[ties.to] & (whose[ties.from_] >= 0)
    own = np.flatnonzero(able & (whose >= 0))
    leader = np.concatenate([whose[ties.from_[use]], whose[own]])
    other = np.concatenate([ties.to[use], own])
    pair, reached = np.unique(leader * np.int64(ties.n) + other, return_counts=True)
    leader, other = pair // ties.n, pair % ties.n
    order = np.lexsort((other, -reached, leader))
    order = order[reached[order] >= INSTEAD_SHARE * people[leader[order]]]
    found: dict[int, list[tuple[int, int]]] = {int(one): [] for one in leaders}
    for row in order.tolist():
        others = found[int(leaders[leader[row]])]
        if len(others) < INSTEAD_SHOWN:
            others.append((int(other[row]), int(reached[row])))
    enough = dict(zip(leaders.tolist(), np.asarray(cover.stand_ins).tolist(), strict=True))
    return {
        int(one): Instead(int(people[at]), tuple(found[int(one)]), enough[int(one)]) for at, one in enumerate(leaders)
    }


def _preference(roll: Roll, pull: PullReading | None, named: Ints, listed: list[int]) -> NDArray[np.float64]:
    """Between names that reach as many: who is on the list, who surely lifts, whom most name; who holds back last."""
    likely = np.minimum(named, NAMED_FULLY) / (2.0 * NAMED_FULLY)
    if pull is not None:
        known = ~np.isnan(pull.low)
        likely[pull.candidate[known]] = 0.5 + pull.low[known] / 200.0
        likely[pull.candidate[pull.verdict == Verdict.HOLDS_BACK]] = -1.0
    likely[listed] += 1.0
    return likely


def _per_group(roll: Roll, people: NDArray[np.bool_]) -> Ints:
    inside = people & (roll.group >= 0)
    return np.bincount(roll.group[inside], minlength=len(roll.groups))
