"""Who is at the hospital and what happened there, drawn from a lot. Plain values; no database.

The truth (who moves whom, how ready each is) is hidden in `Staff.pull` and `Staff.readiness`; the hall gets only
what an organizer could have seen. The model is that of `reckoning/worlds`, with shifts, institutions and
names added.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from commonweal.demo.hospital import DEPARTMENTS, GATHERINGS, OCCASIONS, PETITION, UNREACHED
from commonweal.demo.names import ORIGINS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NOBODY = -1


@dataclass
class Staff:
    """The people of the hospital, 0..n-1: place, name, language, and what is hidden about them."""

    unit: Ints
    shift: Ints
    origin: list[str]
    given: list[str]
    family: list[str]
    job: list[str]
    pull: Floats
    is_leader: NDArray[np.bool_]
    readiness: Floats
    loudness: Floats

    @property
    def n(self) -> int:
        return len(self.unit)

    def reached(self, person: int) -> bool:
        """Has anybody of the committee been on her unit and shift?"""
        return (DEPARTMENTS[self.unit[person]].name, int(self.shift[person])) not in UNREACHED


@dataclass
class Bond:
    """A tie between two people, 0..1 strong, and what it comes from: work, origin or a gathering."""

    one: int
    other: int
    strength: float
    root: str


@dataclass
class Invention:
    """Everything that an organizer of the hospital could know, by number of person."""

    staff: Staff
    members: list[list[int]]
    """For each gathering, who belongs to it."""
    bonds: list[Bond]
    nominations: list[tuple[int, int]]
    asks: list[tuple[int, int, int, str]]
    """Occasion, asker or NOBODY, asked, outcome."""
    bare_yeses: list[tuple[int, int, int]]
    """Occasion, person, who carried the sheet or NOBODY."""
    came: NDArray[np.bool_]
    """People by occasions: was she seen to come?"""
    neighbours: list[list[tuple[int, float]]] = field(default_factory=list)


def invent(lot: int) -> Invention:
    """The hospital of that lot; the same lot gives the same hospital.

    Shapes: 1,187 people, about 7,000 bonds, 900 nominations, 4,800 asks over five occasions.
    Cost: about a second.
    """
    dice = np.random.default_rng(lot)
    staff = _hire(dice)
    members = _gather(dice, staff)
    bonds = _bind(dice, staff, members)
    neighbours: list[list[tuple[int, float]]] = [[] for _ in range(staff.n)]
    for bond in bonds:
        neighbours[bond.one].append((bond.other, bond.strength))
        neighbours[bond.other].append((bond.one, bond.strength))
    named = _nominate(dice, staff, neighbours)
    asks, yeses, came = _hold_occasions(dice, staff, neighbours)
    return Invention(staff, members, bonds, named, asks, yeses, came, neighbours)


def _hire(dice: np.random.Generator) -> Staff:
    unit, shift, job = [], [], []
    for place, department in enumerate(DEPARTMENTS):
        for turn, heads in enumerate(department.heads):
            unit += [place] * heads
            shift += [turn] * heads
            job += [str(word) for word in dice.choice(department.jobs, heads)]
    n = len(unit)
    origins = list(ORIGINS)
    shares = np.array([ORIGINS[name].share for name in origins])
    origin = [origins[drawn] for drawn in dice.choice(len(origins), n, p=shares / shares.sum())]
    given, family = _name(dice, origin)
    is_leader = dice.random(n) < 0.09
    pull = np.where(is_leader, dice.normal(1.7, 0.5, n), dice.normal(0.1, 0.4, n))
    readiness = dice.normal(0, 1.2, n) + np.array([DEPARTMENTS[place].mood for place in unit])
    return Staff(
        np.array(unit), np.array(shift), origin, given, family, job, pull, is_leader, readiness, dice.normal(0, 1, n)
    )  # fmt: skip


def _name(dice: np.random.Generator, origins: list[str]) -> tuple[list[str], list[str]]:
    given: list[str] = []
    family: list[str] = []
    used: set[tuple[str, str]] = set()
    for origin in origins:
        pool = ORIGINS[origin]
        for _ in range(12):  # a name twice is rare, as it is in life
            first = str(dice.choice(pool.given))
            last = str(dice.choice(pool.family))
            if pool.double and dice.random() < 0.6:
                last += f" {dice.choice([name for name in pool.family if name != last])}"
            if (first, last) not in used:
                break
        used.add((first, last))
        given.append(first)
        family.append(last)
    return given, family


def _gather(dice: np.random.Generator, staff: Staff) -> list[list[int]]:
    members = []
    for gathering in GATHERINGS:
        names = [DEPARTMENTS[place].name for place in staff.unit]
        weight = np.full(staff.n, 0.15 if gathering.origins or gathering.units else 1.0)
        if gathering.origins:
            weight += 6.0 * np.array([origin in gathering.origins for origin in staff.origin])
        if gathering.units:
            weight *= np.where([name in gathering.units for name in names], 8.0, 0.05)
        if gathering.shift is not None:
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
        answers = dice.random() < (0.45 if staff.reached(person) else 0.30)
        if not answers or not neighbours[person]:
            continue
        others = np.array([other for other, _ in neighbours[person]])
        weight = np.exp(renown[others] + np.array([strength for _, strength in neighbours[person]]))
        size = min(len(others), int(dice.integers(1, 4)))
        for other in dice.choice(others, size, replace=False, p=weight / weight.sum()):
            named.append((person, int(other)))
    return named


def _hold_occasions(
    dice: np.random.Generator, staff: Staff, neighbours: list[list[tuple[int, float]]]
) -> tuple[list[tuple[int, int, int, str]], list[tuple[int, int, int]], NDArray[np.bool_]]:
    """Who was asked by whom to each occasion, and who came; on paper only those who did."""
    drive = 0.9 * staff.readiness / 1.2 + 0.6 * staff.loudness + 0.7 * staff.pull
    asks_others = drive + dice.normal(0, 1, staff.n) > np.quantile(drive + dice.normal(0, 1, staff.n), 0.82)
    asks: list[tuple[int, int, int, str]] = []
    yeses: list[tuple[int, int, int]] = []
    came = np.zeros((staff.n, len(OCCASIONS)), dtype=bool)
    for number, occasion in enumerate(OCCASIONS):
        shock = 0.4 * dice.normal(0, 1, len(DEPARTMENTS))
        for person in range(staff.n):
            if not staff.reached(person):
                continue
            known = [(other, strength) for other, strength in neighbours[person] if asks_others[other]]
            asker = NOBODY
            if known and dice.random() < 1 / (1 + np.exp(-(1.0 + 0.4 * staff.readiness[person]))):
                weight = np.array([strength**2 for _, strength in known])
                asker = int(dice.choice([other for other, _ in known], p=weight / weight.sum()))
            place = int(staff.unit[person])
            odds = staff.readiness[person] + shock[place] - occasion.difficulty
            odds += staff.pull[asker] if asker != NOBODY else 0.0
            did = bool(dice.random() < 1 / (1 + np.exp(-odds)))
            if number == PETITION and place % 2:
                if did:
                    came[person, number] = True
                    yeses.append((number, person, asker))
                continue
            seen = dice.random()
            outcome = "could_not" if seen < 0.04 else "unknown" if seen < 0.07 else "did" if did else "did_not"
            if asker == NOBODY and outcome in ("could_not", "unknown"):
                continue
            came[person, number] = outcome == "did"
            asks.append((number, asker, person, outcome))
    return asks, yeses, came
