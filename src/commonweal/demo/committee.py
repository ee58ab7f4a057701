"""What the demo's committee knows and decided: the cast, who is on the list, the chains, the assessments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from commonweal.demo.hospital import DEPARTMENTS
from commonweal.demo.invention import Invention

CAPACITY = 12
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
    stances: dict[int, str]
    """Nobody in here has the blank."""


def convene(invention: Invention, lot: int) -> Committee:
    """What a committee that knows the hospital well, but not perfectly, would have decided."""
    dice = np.random.default_rng([lot, 2])
    evidence = Evidence(invention)
    cast = _cast(invention, evidence)
    stages = _stages(dice, invention, evidence, cast)
    chains = _chains(dice, invention, evidence, stages)
    cleo = next(person for person in chains[cast[BO]] if person not in cast.values())
    cast[CLEO] = cleo
    _rename(invention, cleo, CLEO)
    return Committee(cast, stages, chains, _stances(dice, invention, evidence, stages, cast))


class Evidence:
    """Counts that anybody could make from what was seen."""

    def __init__(self, invention: Invention) -> None:
        self.named = Counter(nominee for _, nominee in invention.nominations)
        self.asked: Counter[int] = Counter()
        self.brought: Counter[int] = Counter()
        self.followed: dict[int, set[int]] = {}
        self.was_asked: set[int] = set()
        for _, asker, asked, outcome in invention.asks:
            self.was_asked.add(asked)
            if asker >= 0 and outcome in ("did", "did_not"):
                self.asked[asker] += 1
                if outcome == "did":
                    self.brought[asker] += 1
                    self.followed.setdefault(asker, set()).add(asked)

    def rate(self, person: int) -> float:
        """The share that came of those she asked; 0 when she asked nobody."""
        return self.brought[person] / self.asked[person] if self.asked[person] else 0.0


def _cast(invention: Invention, evidence: Evidence) -> dict[str, int]:
    staff, found = invention.staff, dict[str, int]()
    for name, unit, shift, what in CAST:
        place = next(number for number, one in enumerate(DEPARTMENTS) if one.name == unit)
        here = [
            person
            for person in range(staff.n)
            if staff.unit[person] == place and staff.shift[person] == shift and person not in found.values()
        ]
        if what == "moves":
            found[name] = max(here, key=lambda one: ((staff.pull[one] > 0.9) * evidence.brought[one], one))
        elif what == "loud":
            found[name] = min(here, key=lambda one: (evidence.asked[one] < 6, evidence.rate(one), one))
        else:
            found[name] = max(here, key=lambda one: (evidence.named[one], one))
        _rename(invention, found[name], name)
    return found


def _rename(invention: Invention, person: int, name: str) -> None:
    given, _, family = name.partition(" ")
    invention.staff.given[person], invention.staff.family[person] = given, family


def _stages(
    dice: np.random.Generator, invention: Invention, evidence: Evidence, cast: dict[str, int]
) -> dict[int, str]:
    staff = invention.staff
    stages = {
        cast["Marjorie Walsh"]: "approached",
        cast["Hugo Brooks"]: "lost",
        cast["Tomasz Wilk"]: "target",
        cast["Delia Quispe Mamani"]: "identified",
        cast["Joy Aquino"]: "identified",
        cast["Kofi Mensah"]: "won",
    }
    for place, department in enumerate(DEPARTMENTS):
        here = [int(one) for one in np.flatnonzero(staff.unit == place)]
        wanted = round(len(here) * (0.085 if department.mood >= 0 else 0.05))
        worth = [evidence.named[one] + 1.2 * evidence.brought[one] + dice.normal(0, 1.5) for one in here]
        for person in [here[order] for order in np.argsort(worth)[::-1][:wanted]]:
            stages.setdefault(person, _stage(dice, invention, evidence, person))
    stages[cast[BO]] = stages[cast["Ruth Okafor"]] = stages[cast["Beatriz Fuentes Ávila"]] = "tested"
    weak = sorted((one for one in stages if evidence.asked[one] >= 6), key=evidence.rate)
    for person in [one for one in weak if one not in cast.values()][:3]:
        stages[person] = "lost"
    return stages


def _stage(dice: np.random.Generator, invention: Invention, evidence: Evidence, person: int) -> str:
    if not invention.staff.reached(person):
        return "target"
    ready = invention.staff.readiness[person]
    if ready > 0.5:
        return "tested" if evidence.brought[person] >= 14 else "won"
    if ready > -0.7:
        return str(dice.choice(["won", "approached", "identified"], p=[0.2, 0.45, 0.35]))
    return str(dice.choice(["target", "approached"], p=[0.65, 0.35]))


def _chains(
    dice: np.random.Generator, invention: Invention, evidence: Evidence, stages: dict[int, str]
) -> dict[int, list[int]]:
    """Who walks with whom now: those who came when she asked first, then her strongest ties; not everybody."""
    chains: dict[int, list[int]] = {}
    taken = set(stages)
    leaders = [one for one, stage in stages.items() if stage in ("won", "tested")]
    for leader in sorted(leaders, key=lambda one: (-evidence.brought[one], one)):
        followed = evidence.followed.get(leader, set())
        claims = sorted(
            ((other in followed, strength, other) for other, strength in invention.neighbours[leader]),
            reverse=True,
        )
        size = int(dice.integers(6, CAPACITY + 1))
        chain = [other for _, _, other in claims if other not in taken][:size]
        taken.update(chain)
        chains[leader] = chain
    return chains


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
