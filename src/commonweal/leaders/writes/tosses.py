"""A coin decides which of two leaders asks whom next; the lot is published, so that anybody can toss again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.leaders.models import CoinToss
from commonweal.leaders.rules.refusals import GoneMeanwhile, TooFewToToss, WalksWithHerself
from commonweal.leaders.rules.tosses import FEWEST, fallen
from commonweal.ledger.writes import record
from commonweal.people.models import Campaign, Person


@transaction.atomic
def toss_coins(
    campaign: Campaign, first: UUID, second: UUID, asked: Collection[UUID], *, lot: int, by: UUID, at: datetime
) -> int:
    """For each of `asked` a coin decides which of the two asks her next. How many coins were tossed.

    Who was tossed for before keeps her coin. Raises TooFewToToss, WalksWithHerself and GoneMeanwhile.
    """
    first, second = sorted((first, second))
    if first == second:
        raise WalksWithHerself
    wanted = sorted(set(asked) - {first, second})
    there = Person.objects.filter(pk__in=[first, second, *wanted], forgotten_at=None, merged_into=None)
    known = set(there.values_list("pk", flat=True))
    for leader in (first, second):
        if leader not in known:
            raise GoneMeanwhile(leader)
    before = CoinToss.objects.filter(campaign=campaign, first=first, second=second)
    done = set(before.values_list("asked_id", flat=True))
    people = [person for person in wanted if person in known and person not in done]
    if len(people) + len(done) < FEWEST or not people:
        raise TooFewToToss(len(people), FEWEST)
    sides = fallen(lot, [str(person) for person in people])
    CoinToss.objects.bulk_create(
        CoinToss(
            campaign=campaign,
            first_id=first,
            second_id=second,
            asked_id=person,
            fell_to_first=side,
            lot=lot,
            at=at,
            by=by,
        )
        for person, side in zip(people, sides, strict=True)
    )
    record(
        "tossed_coins",
        by=by,
        at=at,
        subject_kind="campaign",
        subject=campaign.pk,
        facts={"first": str(first), "second": str(second), "lot": lot, "people": len(people)},
    )
    return len(people)
