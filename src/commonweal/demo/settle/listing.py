"""The campaign, the list in all its states, and the chains that walk now."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from commonweal.demo.chains import CAPACITY
from commonweal.demo.committee import BO, Committee
from commonweal.demo.hospital import CAMPAIGN
from commonweal.demo.matters import Said
from commonweal.demo.spanish import called
from commonweal.demo.staff import Walk
from commonweal.leaders.models import ListedLeader, ListedStep
from commonweal.people.models import Campaign, ChainLink

ROAD = ("target", "identified", "approached", "won", "tested")
STEP_NOTES: dict[str, Said] = {
    "identified": {
        "en": ("Three people on her shift said her name.", "Everybody asks her before they swap a shift."),
        "es": ("La nombran en los dos turnos.", "A ella le preguntan antes de cambiar un turno."),
    },
    "approached": {
        "en": ("Coffee after the shift. She listened and asked what happens to those who sign.",),
        "es": ("Un café después del turno. Escuchó y preguntó qué les pasa a quienes firman.",),
    },
    "won": {
        "en": ("She said: count me in, and gave me two names.", "Yes, if we do it together with nights."),
        "es": ("Dijo que sí y que habla con las suyas.", "Que sí, si lo hacemos junto con la noche."),
    },
    "tested": {
        "en": ("She brought her people to the button day.", "Eight of hers signed; she had asked each one."),
        "es": ("Trajo a su gente al día del botón.", "Firmaron ocho de las suyas; a cada una le preguntó ella."),
    },
    "lost": {
        "en": ("Agreed with everything, brought nobody twice.", "Took a job with the management."),
        "es": ("De acuerdo en todo, y dos veces no trajo a nadie.", "Se cambió a un puesto con la gerencia."),
    },
}
LEADS = ("won", "tested", "lost")


def open_campaign(site: UUID, language: str, at: datetime) -> Campaign:
    """The campaign at the hospital; the clinic is not in it."""
    campaign = Campaign.objects.create(
        name=called(CAMPAIGN, language), chain_capacity=CAPACITY, begun_on=(at - timedelta(days=180)).date()
    )
    campaign.units.set([site])
    return campaign


def settle_listing(
    committee: Committee,
    walks: list[Walk],
    people: list[UUID],
    campaign: Campaign,
    organizers: tuple[UUID, UUID],
    language: str,
    lot: int,
    at: datetime,
) -> None:
    """Stores the list with the steps of each leader so far, and who walked with whom."""
    dice = np.random.default_rng([lot, 5])
    since: dict[int, int] = {}
    for walk in walks:
        since[walk.leader] = max(walk.since, since.get(walk.leader, 0))
    steps = []
    for number, (person, stage) in enumerate(sorted(committee.stages.items())):
        road = ROAD[: ROAD.index(stage) + 1] if stage in ROAD else (*ROAD[1:4], "lost")
        days = _days(dice, road, since.get(person))
        listed = ListedLeader.objects.create(
            campaign=campaign,
            person_id=people[person],
            stage=stage,
            responsible_id=organizers[number % 2] if number % 5 else None,
            pinned=person == committee.cast[BO],
            listed_at=at - timedelta(days=days[0]),
            stage_since=at - timedelta(days=days[-1]),
        )
        steps += [
            ListedStep(
                listed=listed,
                stage=reached,
                on=(at - timedelta(days=day)).date(),
                note=str(dice.choice(STEP_NOTES[reached][language])) if reached in STEP_NOTES else "",
                entered_at=at - timedelta(days=day),
                entered_by=organizers[number % 2],
            )
            for reached, day in zip(road, days, strict=True)
        ]
    ListedStep.objects.bulk_create(steps)
    _chains(dice, walks, people, campaign, at)


def _days(dice: np.random.Generator, road: tuple[str, ...], led_since: int | None) -> list[int]:
    """How many days ago somebody took each step of her road; she was won when her people were given to her."""
    if led_since is None:
        return sorted((int(day) for day in dice.integers(6, 150, len(road))), reverse=True)
    won = next(place for place, step in enumerate(road) if step in LEADS)
    before = sorted((int(day) for day in dice.integers(led_since + 1, 178, won)), reverse=True)
    after = sorted((int(day) for day in dice.integers(6, led_since, len(road) - won - 1)), reverse=True)
    return [*before, led_since, *after]


def _chains(dice: np.random.Generator, walks: list[Walk], people: list[UUID], campaign: Campaign, at: datetime) -> None:
    ChainLink.objects.bulk_create(
        ChainLink(
            campaign=campaign,
            leader_id=people[walk.leader],
            follower_id=people[walk.follower],
            since=at - timedelta(days=walk.since),
            until=None if walk.until is None else at - timedelta(days=walk.until),
            why=str(dice.choice(["claimed", "asked", "tie"], p=[0.4, 0.4, 0.2])),
            source=f"demo:chain:{walk.leader}:{walk.follower}:{walk.since}",
        )
        for walk in walks
    )
