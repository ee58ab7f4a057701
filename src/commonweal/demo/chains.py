"""How the committee put its chains together, and mended them, from no more than it had seen by then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from commonweal.demo.hospital import BEGUN, DEPARTMENTS, GIVEN_UP, LEADERLESS, MENDED_ON, OCCASIONS
from commonweal.demo.staff import NOBODY, Staff, Walk

FEWEST, CAPACITY = 8, 15
"""How many walk with one leader."""
Asks = list[tuple[int, int, int, str]]
Neighbours = list[list[tuple[int, float]]]


class Evidence:
    """Counts that anybody could make from what was seen."""

    def __init__(self, nominations: list[tuple[int, int]], asks: Asks) -> None:
        self.named = Counter(nominee for _, nominee in nominations)
        self.asked: Counter[int] = Counter()
        self.brought: Counter[int] = Counter()
        self.followed: dict[int, set[int]] = {}
        self.was_asked: set[int] = set()
        for _, asker, asked, outcome in asks:
            self.was_asked.add(asked)
            if asker != NOBODY and outcome in ("did", "did_not"):
                self.asked[asker] += 1
                if outcome == "did":
                    self.brought[asker] += 1
                    self.followed.setdefault(asker, set()).add(asked)

    def rate(self, person: int) -> float:
        """The share that came of those she asked; 0 when she asked nobody."""
        return self.brought[person] / self.asked[person] if self.asked[person] else 0.0


@dataclass
class Hall:
    """What a committee looks at when it makes chains."""

    dice: np.random.Generator
    staff: Staff
    neighbours: Neighbours
    seen: Evidence

    def worth(self, person: int) -> float:
        """How much of a leader the committee takes her for: names, whom she brought, and its own liking."""
        return float(self.seen.named[person] + 1.2 * self.seen.brought[person] + self.dice.normal(0, 1.5))

    def agrees(self, person: int) -> bool:
        """Does she say yes when she is asked to lead?"""
        return bool(self.staff.readiness[person] + self.dice.normal(0, 0.5) > -0.4)


def begin_chains(
    dice: np.random.Generator,
    staff: Staff,
    neighbours: Neighbours,
    nominations: list[tuple[int, int]],
    asks: Asks,
) -> list[Walk]:
    """The first chains, after the first act: one leader for some thirty people, fewer where the union is not loved."""
    hall = Hall(dice, staff, neighbours, Evidence(nominations, asks))
    leaders = _agreed(hall, people_for_one=28, leaders=set())
    walks: list[Walk] = []
    for leader in leaders:
        _fill(hall, walks, leader, set(leaders), BEGUN)
    return walks


def mend_chains(
    dice: np.random.Generator,
    staff: Staff,
    neighbours: Neighbours,
    nominations: list[tuple[int, int]],
    asks: Asks,
    walks: list[Walk],
) -> list[Walk]:
    """Later on: the chains that brought the fewest end, new leaders come, and the others get more of their own."""
    hall = Hall(dice, staff, neighbours, Evidence(nominations, asks))
    seen, first = hall.seen, {walk.leader for walk in walks}
    weakest = sorted((one for one in first if seen.asked[one] >= 6), key=lambda one: (seen.rate(one), one))[:GIVEN_UP]
    kept = first - set(weakest)
    fresh = [one for one in _agreed(hall, people_for_one=19, leaders=kept) if one not in first]
    ended = {walk for walk in walks if walk.leader in weakest or walk.follower in fresh}
    mended = [replace(walk, until=MENDED_ON) if walk in ended else walk for walk in walks]
    leaders = kept | set(fresh)
    for leader in [*fresh, *sorted(kept)]:
        _fill(hall, mended, leader, leaders, MENDED_ON)
    return mended


def _agreed(hall: Hall, *, people_for_one: int, leaders: set[int]) -> list[int]:
    """The leaders of every unit and shift, those there are and so many new ones; nobody in the unit that has none."""
    staff, chosen = hall.staff, list[int]()
    for place, department in enumerate(DEPARTMENTS):
        for turn, heads in enumerate(department.heads):
            here = [int(one) for one in np.flatnonzero((staff.unit == place) & (staff.shift == turn))]
            if department.name in LEADERLESS or not staff.reached(here[0]):
                continue
            wanted = round(heads / people_for_one * (0.6 if department.mood < 0 else 1.0) + 0.1)
            worth = {one: hall.worth(one) for one in here}
            there = [one for one in here if one in leaders]
            ranked = sorted((one for one in here if one not in leaders), key=lambda one: -worth[one])
            asked = ranked[: 2 * max(wanted - len(there), 0)]
            chosen += there + [one for one in asked if hall.agrees(one)][: max(wanted - len(there), 0)]
    return chosen


def _fill(hall: Hall, walks: list[Walk], leader: int, leaders: set[int], day: int) -> None:
    """Puts people into a leader's chain until it has the size the dice give it: who came with her, who stands with her,
    who is tied to her."""
    staff, dice = hall.staff, hall.dice
    taken = {walk.follower for walk in walks if walk.until is None} | leaders
    has = sum(walk.leader == leader and walk.until is None for walk in walks)
    ties = dict(hall.neighbours[leader])
    followed = hall.seen.followed.get(leader, set())
    near = np.flatnonzero((staff.unit == staff.unit[leader]) & (staff.shift == staff.shift[leader]))
    likely = sorted({*map(int, near), *(one for one in ties if staff.unit[one] == staff.unit[leader]), *followed})
    claim = {
        one: 1.2 * (one in followed) + ties.get(one, 0.0) + (one in ties) * 0.4
        + 0.8 * (staff.shift[one] == staff.shift[leader]) + 0.8 * (staff.unit[one] == staff.unit[leader])
        + dice.normal(0, 0.3)
        for one in likely if staff.reached(one)
    }  # fmt: skip
    free = sorted((one for one in claim if one not in taken), key=lambda one: -claim[one])
    size = int(dice.integers(FEWEST, CAPACITY + 1))
    for follower in free[: max(size - has, 0)]:
        since = max(day - int(dice.integers(0, 6)), min(one.days_ago for one in OCCASIONS if one.days_ago < day) + 1)
        walks.append(Walk(leader, follower, since))
