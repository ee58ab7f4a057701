"""What people decided so far: who is on the list, who is vetoed, who walks with whom, which pairs were put aside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.common.rows import rows_of
from commonweal.leaders.models import ChainProposal, ListedLeader, Veto
from commonweal.leaders.rules.stages import LOST, WITH_US
from commonweal.leaders.words import Decision
from commonweal.leaders.writes.reading.roll import Ints, Roll
from commonweal.people.models import Campaign, ChainLink


@dataclass
class Decisions:
    """By number on the roll. `listed`: on the list and not lost; `kept`: those of them whom no list may leave out;
    `barred`: not to be proposed; `walks`: with whom (-1: nobody); `aside`: pairs of follower and leader."""

    listed: list[int]
    kept: list[int]
    lost: list[int]
    barred: list[int]
    walks: Ints
    aside: set[tuple[int, int]]


def decisions_of(campaign: Campaign, roll: Roll) -> Decisions:
    """The decisions that a reading must respect.

    Who is won, tested or pinned, or walks with people, is kept; a target with whom nobody walks yet may be left out.
    """
    on_list = ListedLeader.objects.filter(campaign=campaign, off_since=None).order_by("person_id")
    listed: list[int] = []
    lost: list[int] = []
    held: list[int] = []
    roll.admit(person for (person,) in rows_of(on_list.values_list("person_id")))
    for person, stage, pinned in rows_of(on_list.values_list("person_id", "stage", "pinned")):
        if person in roll.number:
            (lost if stage == LOST else listed).append(roll.number[person])
            if stage in WITH_US or pinned:
                held.append(roll.number[person])
    vetoed = Veto.objects.filter(campaign=campaign).order_by("person_id").values_list("person_id")
    walks = np.full(roll.n, -1, dtype=np.int64)
    links = ChainLink.objects.filter(campaign=campaign, until=None).order_by()
    for follower, leader in rows_of(links.values_list("follower_id", "leader_id")):
        if follower in roll.number and leader in roll.number:
            walks[roll.number[follower]] = roll.number[leader]
    aside = ChainProposal.objects.filter(
        reading__campaign=campaign, decision=Decision.ASIDE, leader__isnull=False
    ).order_by()
    led = set(walks[walks >= 0].tolist())
    return Decisions(
        listed=listed,
        kept=[person for person in listed if person in led or person in set(held)],
        lost=lost,
        barred=[roll.number[person] for (person,) in rows_of(vetoed) if person in roll.number] + lost,
        walks=walks,
        aside={
            (roll.number[follower], roll.number[leader])
            for follower, leader in rows_of(aside.values_list("follower_id", "leader_id"))
            if follower in roll.number and leader in roll.number
        },
    )
