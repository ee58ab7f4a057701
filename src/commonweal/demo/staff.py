"""The people of the hospital as plain values, how they are hired and named; what is hidden about them is drawn here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonweal.demo.hospital import DEPARTMENTS, UNREACHED
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
    keen: Floats
    """How likely a leader is to ask each of those whom the committee counts on her to ask."""

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


@dataclass(frozen=True)
class Walk:
    """Somebody in a leader's chain, from so many days ago until so many days ago."""

    leader: int
    follower: int
    since: int
    until: int | None = None

    def stood(self, days_ago: int) -> bool:
        """Did she walk with her on that day?"""
        return self.since >= days_ago and (self.until is None or self.until < days_ago)


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
    neighbours: list[list[tuple[int, float]]]
    walks: list[Walk]
    """Who was put into whose chain, and when."""
    coming: list[tuple[int, int, str]]
    """How the next act will go, which nobody knows yet: asker or NOBODY, asked, outcome."""


def hire(dice: np.random.Generator) -> Staff:
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
    given, family = _name(dice, origin, unit)
    is_leader = dice.random(n) < 0.09
    pull = np.where(is_leader, dice.normal(1.7, 0.5, n), dice.normal(0.1, 0.4, n))
    readiness = dice.normal(0, 1.2, n) + np.array([DEPARTMENTS[place].mood for place in unit])
    loudness = dice.normal(0, 1, n)
    keen = np.where(dice.random(n) < 0.14, 0.0, dice.beta(12, 2.2, n))  # some agree to lead and never ask
    return Staff(
        np.array(unit), np.array(shift), origin, given, family, job, pull, is_leader, readiness, loudness, keen
    )  # fmt: skip


def _name(dice: np.random.Generator, origins: list[str], units: list[int]) -> tuple[list[str], list[str]]:
    """Names by lot; nobody of a unit is called as somebody else there is, be it by her first family name alone."""
    given: list[str] = []
    family: list[str] = []
    used: set[tuple[str, str]] = set()
    here: set[tuple[int, str, str]] = set()
    for origin, unit in zip(origins, units, strict=True):
        pool = ORIGINS[origin]
        for attempt in range(60):
            first = str(dice.choice(pool.given))
            last = str(dice.choice(pool.family))
            short = (unit, first, last)
            if pool.double and dice.random() < 0.6:
                last += f" {dice.choice([name for name in pool.family if name != last])}"
            # a name twice in the hospital is rare, as it is in life
            if short not in here and ((first, last) not in used or attempt > 12):
                break
        used.add((first, last))
        here.add(short)
        given.append(first)
        family.append(last)
    return given, family
