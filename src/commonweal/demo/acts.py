"""How each act went: who asked whom, and who came. The dice decide by what is hidden; nothing here is set by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from commonweal.demo.hospital import DEPARTMENTS, NEXT, OCCASIONS, PETITION
from commonweal.demo.staff import NOBODY, Floats, Staff

Neighbours = list[list[tuple[int, float]]]
OWN_EXAMPLE = 1.2
"""What having asked others adds to a leader's own readiness to be there."""


@dataclass
class Acts:
    """What was seen of all acts so far; the shapes are those of `Invention`."""

    people: int
    asks: list[tuple[int, int, int, str]] = field(default_factory=list)
    bare_yeses: list[tuple[int, int, int]] = field(default_factory=list)
    came: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.came = np.zeros((self.people, len(OCCASIONS) + 1), dtype=bool)


def hold(
    dice: np.random.Generator,
    staff: Staff,
    neighbours: Neighbours,
    number: int,
    leader: dict[int, int],
    acts: Acts,
) -> None:
    """One act: everybody where the committee has been is asked by her leader, by somebody else or by nobody, and comes
    or not. On paper, in half of the units of the petition, only those who signed are known."""
    occasion = (*OCCASIONS, NEXT)[number]
    shock = 0.3 * dice.normal(0, 1, len(DEPARTMENTS))
    asks_unbidden = _unbidden(dice, staff)
    leads = set(leader.values())
    for person in range(staff.n):
        if not staff.reached(person):
            continue
        asker = _asker(dice, staff, neighbours[person], leader.get(person, NOBODY), asks_unbidden, person)
        place = int(staff.unit[person])
        odds = staff.readiness[person] + shock[place] - occasion.difficulty
        odds += staff.pull[asker] if asker != NOBODY else 0.0
        odds += OWN_EXAMPLE if person in leads and staff.keen[person] > 0.5 else 0.0
        did = bool(dice.random() < _chance(odds))
        if number == PETITION and place % 2:
            if did:
                acts.came[person, number] = True
                acts.bare_yeses.append((number, person, asker))
            continue
        seen = dice.random()
        outcome = "could_not" if seen < 0.03 else "unknown" if seen < 0.05 else "did" if did else "did_not"
        if asker == NOBODY and outcome in ("could_not", "unknown"):
            continue
        acts.came[person, number] = outcome == "did"
        acts.asks.append((number, asker, person, outcome))


def _unbidden(dice: np.random.Generator, staff: Staff) -> NDArray[np.bool_]:
    """Who asks others without being told to: the ready, the loud and those whom people follow, mostly."""
    drive = 0.9 * staff.readiness / 1.2 + 0.6 * staff.loudness + 0.7 * staff.pull + dice.normal(0, 1, staff.n)
    return np.asarray(drive > np.quantile(drive, 0.84))


def _asker(
    dice: np.random.Generator,
    staff: Staff,
    known: list[tuple[int, float]],
    leader: int,
    asks_unbidden: NDArray[np.bool_],
    person: int,
) -> int:
    """Who asked her: her leader where that one asks; or somebody she knows who asks unbidden. Of two, whom she heeds."""
    asked = leader != NOBODY and dice.random() < staff.keen[leader]
    others = [(other, strength) for other, strength in known if asks_unbidden[other] and other != leader]
    heard = 0.15 if asked else 0.45 if leader != NOBODY else 0.9 * _chance(0.6 + 0.4 * staff.readiness[person])
    if not others or dice.random() > heard:
        return leader if asked else NOBODY
    weight: Floats = np.array([strength**2 * np.exp(staff.pull[other]) for other, strength in others])
    other = int(dice.choice([other for other, _ in others], p=weight / weight.sum()))
    if asked and dice.random() > _chance(1.5 * (staff.pull[other] - staff.pull[leader])):
        return leader
    return other


def _chance(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))
