"""The campaign, the list in all its states, and the chains that walk now."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from commonweal.demo.committee import BO, CAPACITY, Committee
from commonweal.demo.hospital import CAMPAIGN
from commonweal.demo.spanish import called
from commonweal.leaders.models import ListedLeader, ListedStep
from commonweal.people.models import Campaign, ChainLink

ROAD = ("target", "identified", "approached", "won", "tested")
STEP_NOTES = {
    "identified": ("Three people on her shift said her name.", "La nombran en los dos turnos."),
    "approached": ("Coffee after the shift. She listened and asked what happens to those who sign.",),
    "won": ("She said: count me in, and gave me two names.", "Dijo que sí y que habla con las suyas."),
    "tested": ("She brought her people to the button day.",),
    "lost": ("Agreed with everything, brought nobody twice.", "Se cambió a un puesto con la gerencia."),
}


def open_campaign(site: UUID, language: str, at: datetime) -> Campaign:
    """The campaign at the hospital; the clinic is not in it."""
    campaign = Campaign.objects.create(
        name=called(CAMPAIGN, language), chain_capacity=CAPACITY, begun_on=(at - timedelta(days=180)).date()
    )
    campaign.units.set([site])
    return campaign


def settle_listing(
    committee: Committee, people: list[UUID], campaign: Campaign, organizer: UUID, lot: int, at: datetime
) -> None:
    """Stores the list with the steps of each leader so far, and who walks with whom."""
    dice = np.random.default_rng([lot, 5])
    steps = []
    for number, (person, stage) in enumerate(sorted(committee.stages.items())):
        days = sorted((int(day) for day in dice.integers(6, 150, len(ROAD))), reverse=True)
        road = ROAD[: ROAD.index(stage) + 1] if stage in ROAD else (*ROAD[1:4], "lost")
        listed = ListedLeader.objects.create(
            campaign=campaign,
            person_id=people[person],
            stage=stage,
            responsible_id=organizer if number % 3 else None,
            pinned=person == committee.cast[BO],
            listed_at=at - timedelta(days=days[0]),
            stage_since=at - timedelta(days=days[len(road) - 1]),
        )
        steps += [
            ListedStep(
                listed=listed,
                stage=reached,
                on=(at - timedelta(days=days[order])).date(),
                note=str(dice.choice(STEP_NOTES[reached])) if reached in STEP_NOTES else "",
                entered_at=at - timedelta(days=days[order]),
                entered_by=organizer,
            )
            for order, reached in enumerate(road)
        ]
    ListedStep.objects.bulk_create(steps)
    _chains(dice, committee, people, campaign, at)


def _chains(
    dice: np.random.Generator, committee: Committee, people: list[UUID], campaign: Campaign, at: datetime
) -> None:
    ChainLink.objects.bulk_create(
        ChainLink(
            campaign=campaign,
            leader_id=people[leader],
            follower_id=people[follower],
            since=at - timedelta(days=int(dice.integers(20, 165))),
            why=str(dice.choice(["claimed", "asked", "tie"], p=[0.4, 0.4, 0.2])),
            source=f"demo:chain:{leader}:{follower}",
        )
        for leader, chain in sorted(committee.chains.items())
        for follower in chain
    )
