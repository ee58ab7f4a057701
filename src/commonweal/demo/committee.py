"""What the demo's committee knows and decided: the cast, who is on the list, the chains, the assessments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.demo.chains import Evidence
from commonweal.demo.hospital import DEPARTMENTS
from commonweal.demo.staff import Invention

BO, CLEO = "Bo Adeyemi", "Cleo Ruiz"
# Names of the cast, where each works, the shift, and what makes her the one.
CAST = (
    (BO, "Med-Surg 4", 0, "moves"),
    ("Ruth Okafor", "Labor & Delivery", 0, "moves"),
    ("Kofi Mensah", "Environmental Services", 1, "moves"),
    ("Beatriz Fuentes Ávila", "Emergency", 1, "moves"),
    ("Marjorie Walsh", "Operating Room", 0, "named"),
    ("Hugo Brooks", "Radiology", 0, "loud"),
    ("Tomasz Wilk", "Med-Surg 5", 2, "named"),
    ("Delia Quispe Mamani", "Med-Surg 5", 2, "named"),
    ("Joy Aquino", "Labor & Delivery", 2, "named"),
)


@dataclass
class Committee:
    """Decisions of people, by number of person."""

    cast: dict[str, int]
    stages: dict[int, str]
    chains: dict[int, list[int]]
    """As they walk now, by leader."""
    stances: dict[int, str]
    """Nobody in here has the blank."""


def convene(invention: Invention, lot: int) -> Committee:
    """What a committee that knows the hospital well, but not perfectly, would have decided."""
    dice = np.random.default_rng([lot, 2])
    evidence = Evidence(invention.nominations, invention.asks)
    chains: dict[int, list[int]] = {}
    for walk in invention.walks:
        if walk.until is None:
            chains.setdefault(walk.leader, []).append(walk.follower)
    cast = _cast(invention, evidence, chains)
    stages = _stages(dice, invention, evidence, cast, chains)
    cleo = next(person for person in chains[cast[BO]] if person not in cast.values())
    cast[CLEO] = cleo
    _rename(invention, cleo, CLEO)
    return Committee(cast, stages, chains, _stances(dice, invention, evidence, stages, cast))


def _cast(invention: Invention, evidence: Evidence, chains: dict[int, list[int]]) -> dict[str, int]:
    staff, found = invention.staff, dict[str, int]()
    follow = {follower for chain in chains.values() for follower in chain}
    for name, unit, shift, what in CAST:
        place = next(number for number, one in enumerate(DEPARTMENTS) if one.name == unit)
        here = [
            person
            for person in range(staff.n)
            if staff.unit[person] == place and staff.shift[person] == shift and person not in found.values()
        ]
        leading = [one for one in here if one in chains]
        if what == "moves":
            found[name] = max(leading or here, key=lambda one: ((staff.pull[one] > 0.9) * evidence.brought[one], one))
        elif what == "loud":
            found[name] = min(leading or here, key=lambda one: (evidence.asked[one] < 6, evidence.rate(one), one))
        else:
            free = [one for one in here if one not in chains and one not in follow]
            found[name] = max(free, key=lambda one: (evidence.named[one], one))
        _rename(invention, found[name], name)
    return found


def _rename(invention: Invention, person: int, name: str) -> None:
    given, _, family = name.partition(" ")
    invention.staff.given[person], invention.staff.family[person] = given, family


def _stages(
    dice: np.random.Generator,
    invention: Invention,
    evidence: Evidence,
    cast: dict[str, int],
    chains: dict[int, list[int]],
) -> dict[int, str]:
    """Where everybody on the list stands: who leads now, who led before, and whom the committee is still after."""
    staff, follow = invention.staff, {follower for chain in chains.values() for follower in chain}
    stages = {leader: "tested" if evidence.brought[leader] >= 8 else "won" for leader in chains}
    stages |= {
        walk.leader: "lost" for walk in invention.walks if walk.leader not in chains and walk.leader not in follow
    }
    stages |= {cast["Marjorie Walsh"]: "approached", cast["Tomasz Wilk"]: "target"}
    stages |= {cast[name]: "identified" for name in ("Delia Quispe Mamani", "Joy Aquino")}
    for place, department in enumerate(DEPARTMENTS):
        here = [int(one) for one in np.flatnonzero(staff.unit == place) if int(one) not in follow]
        wanted = round((staff.unit == place).sum() * (0.085 if department.mood >= 0 else 0.06))
        worth = {one: evidence.named[one] + 1.2 * evidence.brought[one] + dice.normal(0, 1.5) for one in here}
        free = sorted((one for one in here if one not in stages), key=lambda one: -worth[one])
        for person in free[: max(wanted - sum(one in stages for one in here), 1)]:
            stages[person] = _stage(dice, invention, person)
    return stages


def _stage(dice: np.random.Generator, invention: Invention, person: int) -> str:
    """How far the committee has come with somebody who leads nobody yet."""
    if not invention.staff.reached(person):
        return "target"
    if invention.staff.readiness[person] > -0.7:
        return str(dice.choice(["approached", "identified"], p=[0.55, 0.45]))
    return str(dice.choice(["target", "approached"], p=[0.65, 0.35]))


def _stances(
    dice: np.random.Generator,
    invention: Invention,
    evidence: Evidence,
    stages: dict[int, str],
    cast: dict[str, int],
) -> dict[int, str]:
    staff, stances = invention.staff, dict[int, str]()
    for person in range(staff.n):
        missed = 0.16 if DEPARTMENTS[staff.unit[person]].mood < 0 else 0.05
        if not staff.reached(person) or person not in evidence.was_asked or dice.random() < missed:
            continue
        acted = int(invention.came[person].sum())
        leads = stages.get(person) in ("won", "tested")
        if acted and (evidence.brought[person] >= 4 or (leads and evidence.brought[person] >= 1)):
            stances[person] = "1"
        elif acted >= 2 or invention.came[person, -1]:
            stances[person] = "2"
        elif acted == 1 or staff.readiness[person] > -1.0:
            stances[person] = "3"
        else:
            stances[person] = "5" if staff.readiness[person] < -2.2 else "4"
    stances[cast["Marjorie Walsh"]] = "5"
    stances[cast[BO]] = "1"
    for name in ("Tomasz Wilk", "Delia Quispe Mamani"):
        stances[cast[name]] = "3"
    return stances
