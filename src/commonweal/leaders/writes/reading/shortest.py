"""The list that the arithmetic proposes: whom people keep, and as few others as possible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonweal.leaders.writes.reading.claims import Arcs
from commonweal.leaders.writes.reading.decisions import Decisions
from commonweal.leaders.writes.reading.roll import Ints, Roll
from commonweal.people.models import Campaign
from commonweal.reckoning.coverage import shortest_list
from commonweal.reckoning.pull import PullReading, Verdict

NAMED_FULLY = 10
"""Beyond so many people who name her, more of them make no difference between two names."""


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
    stand_ins: dict[int, int]
    """For each leader, how many others could take her place alone, as far as was tried."""


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
        return Proposed(set(), 0, none, none, none, none, none, {})
    cover = shortest_list(
        arcs.ties,
        groups=[roll.group],
        target=float(campaign.cover_share),
        capacity=campaign.chain_capacity,
        pinned=pinned,
        vetoed=sorted(barred),
        score=_preference(roll, pull, named, decisions.listed),
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
        stand_ins=dict(zip(leaders.tolist(), np.asarray(cover.stand_ins).tolist(), strict=True)),
    )


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
