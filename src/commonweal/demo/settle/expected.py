"""What the organizers expected before a test: one near the truth, the other too hopeful."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import numpy as np

from commonweal.demo.settle.doors import organizer_of
from commonweal.demo.staff import Invention
from commonweal.structure_tests.models import Prediction, RollEntry
from commonweal.structure_tests.words import Standing

HOPE = (0.0, 1.3)
"""How much warmer than they are each organizer takes people for, in logits."""
BLUR = 1.0
"""How much of what moves a person nobody else can see, in logits."""
TRUST = 0.6
"""How far an organizer moves from what is usual by what she sees of one person."""
WORDS = ((0.87, "sure"), (0.63, "likely"), (0.37, "even"), (0.13, "unlikely"), (0.0, "no"))


def expect(
    dice: np.random.Generator,
    invention: Invention,
    number: dict[UUID, int],
    entries: list[RollEntry],
    difficulty: float,
    organizers: tuple[UUID, UUID],
    at: datetime,
) -> None:
    """Of some two in five of those who could take part, by the organizer of their unit."""
    staff, rows = invention.staff, []
    eligible = [entry for entry in entries if entry.standing == Standing.ELIGIBLE]
    odds = np.array([_odds(invention, number, entry, difficulty) for entry in eligible])
    whose = np.array([organizer_of(int(staff.unit[number[entry.person_id]])) for entry in eligible])
    usual = [float(odds[whose == which].mean()) for which in (0, 1)]
    for entry, truth, which in zip(eligible, odds, whose, strict=True):
        seen = usual[which] + TRUST * (truth + dice.normal(0, BLUR) - usual[which])
        if dice.random() > 0.42:
            continue
        chance = 1 / (1 + np.exp(-(seen + HOPE[which])))
        word = next(word for least, word in WORDS if chance >= least)
        rows.append(Prediction(entry=entry, expectation=word, made_at=at, by=organizers[which]))
    Prediction.objects.bulk_create(rows)


def _odds(invention: Invention, number: dict[UUID, int], entry: RollEntry, difficulty: float) -> float:
    """How likely she is to come, in logits, if her leader does ask her."""
    staff = invention.staff
    pull = staff.pull[number[entry.leader_id]] if entry.leader_id in number else 0.0
    return float(staff.readiness[number[entry.person_id]] + pull - difficulty)
