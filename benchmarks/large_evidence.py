"""What is known of the people of a large place: ties, nominations, asks, marks, memberships, a list and chains."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

OF = 100_000  # people, for whom the figures below are meant
TIES, NOMINATIONS, ASKS, YESES, MARKS, MEMBERS = 600_000, 60_000, 200_000, 30_000, 60_000, 40_000
NEAR = 0.85  # of the ties stay within a unit and shift


def add_evidence(ids: list[UUID], cells: list[int], people: int, at: datetime) -> None:
    """Ties and nominations mostly within a unit and shift, asks and sheets of the demo's occasions, marks."""
    from commonweal.people.models import Ask, Assessment, BareYes, Nomination, Occasion, Tie

    dice = np.random.default_rng(2)
    n = len(ids)
    near = np.searchsorted(cells, cells)
    size = np.bincount(cells)[cells]
    then = at - timedelta(days=1)

    def pairs(of_all: int) -> list[tuple[int, int]]:
        many = of_all * people // OF
        one = dice.integers(0, n, many)
        close = near[one] + (size[one] * dice.random(many) ** 2).astype(int)  # some are known better than others
        other = np.where(dice.random(many) < NEAR, close, dice.integers(0, n, many))
        return [(a, b) for a, b in zip(one.tolist(), other.tolist(), strict=True) if a != b]

    kinds = ("works_with", "friend", "shares_break")
    Tie.objects.bulk_create(
        (
            Tie(
                person_id=ids[a], other_id=ids[b], kind=kinds[k % 3], strength=0.5, source=f"bench:{k}", entered_at=then
            )
            for k, (a, b) in enumerate(pairs(TIES))
        ),
        batch_size=5000,
    )
    Nomination.objects.bulk_create(
        (
            Nomination(nominator_id=ids[a], nominee_id=ids[b], question="advice", source=f"bench:{k}", entered_at=then)
            for k, (a, b) in enumerate(pairs(NOMINATIONS))
        ),
        batch_size=5000,
    )
    occasions = list(Occasion.objects.all())
    came = dice.random(ASKS * people // OF) < 0.5
    Ask.objects.bulk_create(
        (
            Ask(occasion=occasions[k % len(occasions)], asker_id=ids[b - b % 8], asked_id=ids[b],
                outcome="did" if came[k] else "did_not", source=f"bench:{k}", entered_at=then)
            for k, (_a, b) in enumerate(pairs(ASKS))
            if b % 8
        ),
        batch_size=5000,
    )  # fmt: skip
    BareYes.objects.bulk_create(
        (
            BareYes(occasion=occasions[k % len(occasions)], person_id=ids[b], source=f"bench:{k}", entered_at=then)
            for k, b in enumerate(dice.choice(n, YESES * people // OF, replace=False).tolist())
        ),
        batch_size=5000,
    )
    Assessment.objects.bulk_create(
        (
            Assessment(person_id=ids[b], stance="12334"[b % 5], on=then.date(), source=f"bench:{k}", entered_at=then)
            for k, b in enumerate(dice.choice(n, MARKS * people // OF, replace=False).tolist())
        ),
        batch_size=5000,
    )


def add_belonging(ids: list[UUID], at: datetime) -> None:
    """Sixty more institutions, some of them wide, as a parish of a whole town is."""
    from commonweal.people.models import Affiliation, Institution

    dice = np.random.default_rng(3)
    made = [
        Institution(kind="congregation", name=f"Parish {number}", added_at=at, source="bench") for number in range(60)
    ]
    Institution.objects.bulk_create(made)
    weight = 1 / np.arange(1, 61)
    who = dice.choice(len(ids), min(MEMBERS * len(ids) // OF, len(ids)), replace=False)
    where = dice.choice(60, len(who), p=weight / weight.sum())
    Affiliation.objects.bulk_create(
        (
            Affiliation(person_id=ids[person], institution=made[place], source="bench")
            for person, place in zip(who.tolist(), where.tolist(), strict=True)
        ),
        batch_size=5000,
    )


def add_campaign_of_all(ids: list[UUID], at: datetime) -> None:
    """A campaign of everybody, newer than the demo's and so the first that is shown: one in twelve leads eleven,
    but for a third of the place, and it is read."""
    from commonweal.accounts.models import Account
    from commonweal.common.work import do_all_waiting
    from commonweal.leaders.models import ListedLeader
    from commonweal.leaders.writes.reading import ask_to_read
    from commonweal.people.models import Campaign, ChainLink, Unit

    campaign = Campaign.objects.create(name="Everybody", begun_on=at.date())
    campaign.units.set(Unit.objects.filter(parent=None))
    led = ids[: 2 * len(ids) // 3]
    leaders = led[::12]
    stages = ("target", "identified", "approached", "won", "tested")
    then = at - timedelta(days=30)
    ListedLeader.objects.bulk_create(
        (
            ListedLeader(campaign=campaign, person_id=person, stage=stages[k % 5], listed_at=then, stage_since=then)
            for k, person in enumerate(leaders)
        ),
        batch_size=2000,
    )
    ChainLink.objects.bulk_create(
        (
            ChainLink(campaign=campaign, leader_id=led[k - k % 12], follower_id=person, since=then, why="claimed", source="bench")
            for k, person in enumerate(led)
            if k % 12
        ),
        batch_size=5000,
    )  # fmt: skip
    ask_to_read(campaign.pk, by=Account.objects.get(email="irma@riverside.example").pk, at=at)
    do_all_waiting()
