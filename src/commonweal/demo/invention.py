"""Who is at the hospital and what happened there, drawn from a lot. Plain values; no database.

The truth (who moves whom, how ready each is, who asks whom she said she would) is hidden in `Staff`; the hall gets only
what an organizer could have seen. The model is that of `reckoning/worlds`, with shifts, institutions, names and
chains added.
"""

from __future__ import annotations

import numpy as np

from commonweal.demo.acts import Acts, hold
from commonweal.demo.chains import begin_chains, mend_chains
from commonweal.demo.hospital import DEPARTMENTS, GATHERINGS, MENDED, NEXT, OCCASIONS
from commonweal.demo.staff import Bond, Invention, Staff, Walk, hire


def invent(lot: int) -> Invention:
    """The hospital of that lot; the same lot gives the same hospital.

    After the first act the committee gives leaders their chains, and mends them later by what it has seen by then.
    Shapes: 1,187 people, about 7,000 bonds, 1,100 nominations, 5,000 asks over five occasions, and those of a sixth.
    Cost: about a second.
    """
    dice = np.random.default_rng(lot)
    staff = hire(dice)
    members = _gather(dice, staff)
    bonds = _bind(dice, staff, members)
    neighbours: list[list[tuple[int, float]]] = [[] for _ in range(staff.n)]
    for bond in bonds:
        neighbours[bond.one].append((bond.other, bond.strength))
        neighbours[bond.other].append((bond.one, bond.strength))
    named = _nominate(dice, staff, neighbours)
    acts, walks = Acts(staff.n), list[Walk]()
    for number, occasion in enumerate((*OCCASIONS, NEXT)):
        if number == 1:
            walks = begin_chains(dice, staff, neighbours, named, acts.asks)
        if number == MENDED:
            walks = mend_chains(dice, staff, neighbours, named, acts.asks, walks)
        leader = {walk.follower: walk.leader for walk in walks if walk.stood(occasion.days_ago)}
        hold(dice, staff, neighbours, number, leader, acts)
    past = len(OCCASIONS)
    seen = [ask for ask in acts.asks if ask[0] < past]
    coming = [(asker, asked, outcome) for number, asker, asked, outcome in acts.asks if number == past]
    return Invention(
        staff, members, bonds, named, seen, acts.bare_yeses, acts.came[:, :past], neighbours, walks, coming
    )


def _gather(dice: np.random.Generator, staff: Staff) -> list[list[int]]:
    members = []
    for gathering in GATHERINGS:
        names = [DEPARTMENTS[place].name for place in staff.unit]
        weight = np.full(staff.n, 0.15 if gathering.origins or gathering.units else 1.0)
        if gathering.origins:
            weight += 6.0 * np.array([origin in gathering.origins for origin in staff.origin])
        if gathering.apart:
            weight *= np.array([name in gathering.units for name in names]) * (staff.shift == gathering.shift)
        elif gathering.units:
            weight *= np.where([name in gathering.units for name in names], 8.0, 0.05)
        if gathering.shift is not None and not gathering.apart:
            weight *= np.where(staff.shift == gathering.shift, 6.0, 0.1)
        chosen = dice.choice(staff.n, gathering.size, replace=False, p=weight / weight.sum())
        members.append(sorted(int(person) for person in chosen))
    return members


def _bind(dice: np.random.Generator, staff: Staff, members: list[list[int]]) -> list[Bond]:
    bonds: dict[tuple[int, int], Bond] = {}
    attraction = np.exp(0.6 * dice.normal(0, 1, staff.n))
    origin = np.array(staff.origin)

    def bind(one: int, other: int, scale: float, root: str) -> None:
        if one == other:
            return
        key = (min(one, other), max(one, other))
        strength = round(float(np.clip(scale * dice.beta(2, 2), 0.05, 1.0)), 2)
        if key not in bonds or bonds[key].strength < strength:
            bonds[key] = Bond(*key, strength, root)

    for person in range(staff.n):
        same_unit = staff.unit == staff.unit[person]
        same_shift = staff.shift == staff.shift[person]
        few = 1.0 if staff.reached(person) else 0.25
        for where, scale, mean in ((same_unit & same_shift, 1.0, 4.0), (same_unit & ~same_shift, 0.8, 0.8)):
            mates = np.flatnonzero(where)
            mates = mates[mates != person]
            if len(mates):
                weight = attraction[mates] * np.where(origin[mates] == origin[person], 2.5, 1.0)
                size = min(len(mates), int(dice.poisson(mean * few)))
                for other in dice.choice(mates, size, replace=False, p=weight / weight.sum()):
                    bind(person, int(other), scale, "work")
        for _ in range(int(dice.poisson(0.3))):
            bind(person, int(dice.integers(0, staff.n)), 0.7, "far")
    for number, gathering in enumerate(members):
        for person in gathering:
            for other in dice.choice(gathering, min(3, int(dice.poisson(1.3))), replace=False):
                bind(person, int(other), 0.9, f"gathering:{number}")
    return [bonds[key] for key in sorted(bonds)]


def _nominate(
    dice: np.random.Generator, staff: Staff, neighbours: list[list[tuple[int, float]]]
) -> list[tuple[int, int]]:
    named = []
    renown = 1.1 * staff.pull + 0.7 * staff.loudness
    for person in range(staff.n):
        if not staff.reached(person) or dice.random() > 0.47 or not neighbours[person]:
            continue
        others = np.array([other for other, _ in neighbours[person]])
        weight = np.exp(renown[others] + np.array([strength for _, strength in neighbours[person]]))
        size = min(len(others), int(dice.integers(1, 4)))
        for other in dice.choice(others, size, replace=False, p=weight / weight.sum()):
            named.append((person, int(other)))
    return named
