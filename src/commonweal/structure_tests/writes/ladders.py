"""The ladder of a campaign: loaded as a beginning, then ordered, renamed and judged as its people want."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.ledger.writes import record
from commonweal.people.models import Campaign
from commonweal.people.writes.units import NameTaken
from commonweal.structure_tests.models import Rung
from commonweal.structure_tests.rules.ladders import LADDERS


@transaction.atomic
def load_ladder(campaign: Campaign, ladder: str, *, names: Mapping[str, str], by: UUID | None, at: datetime) -> int:
    """Puts the steps of a ladder that we know above those that are there; steps of the same name are left out.

    `names`: what each step is called in the language of the place. How many rungs were added.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    there = list(Rung.objects.filter(campaign=campaign).values_list("name", "position"))
    taken, top = {name for name, _ in there}, max((place for _, place in there), default=-1)
    steps = [step for step in LADDERS[ladder] if names[step.name] not in taken]
    Rung.objects.bulk_create(
        Rung(
            campaign=campaign,
            position=top + place,
            kind=step.kind,
            name=names[step.name],
            threshold=step.threshold,
            unit_threshold=step.unit_threshold,
        )
        for place, step in enumerate(steps, start=1)
    )
    _record("loaded_ladder", campaign.pk, by, at, rungs=len(steps))
    return len(steps)


@transaction.atomic
def add_rung(
    campaign: Campaign,
    *,
    kind: str,
    name: str,
    threshold: Decimal,
    unit_threshold: Decimal,
    by: UUID | None,
    at: datetime,
) -> Rung:
    """A new rung above the highest. Raises NameTaken."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    last = Rung.objects.filter(campaign=campaign).order_by("-position").values_list("position", flat=True).first()
    rung = Rung(
        campaign=campaign,
        position=0 if last is None else last + 1,
        kind=kind,
        name=name,
        threshold=threshold,
        unit_threshold=unit_threshold,
    )
    _save(rung)
    _record("changed_ladder", campaign.pk, by, at)
    return rung


@transaction.atomic
def change_rung(
    rung: Rung, *, kind: str, name: str, threshold: Decimal, unit_threshold: Decimal, by: UUID, at: datetime
) -> None:
    """Changes a rung; tests that were planned on it keep their own thresholds. Raises NameTaken."""
    rung.kind, rung.name, rung.threshold, rung.unit_threshold = kind, name, threshold, unit_threshold
    _save(rung)
    _record("changed_ladder", rung.campaign_id, by, at)


@transaction.atomic
def move_rung(rung: Rung, *, up: bool, by: UUID, at: datetime) -> None:
    """Changes places with the rung above or below; at the end of the ladder nothing happens."""
    Campaign.objects.select_for_update().get(pk=rung.campaign_id)
    order = list(Rung.objects.filter(campaign=rung.campaign_id).order_by("position", "name"))
    place = next((place for place, one in enumerate(order) if one.pk == rung.pk), None)
    if place is None:
        return
    other = place + 1 if up else place - 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order):
        one.position = position
    Rung.objects.bulk_update(order, ["position"])
    _record("changed_ladder", rung.campaign_id, by, at)


@transaction.atomic
def remove_rung(rung: Rung, *, by: UUID, at: datetime) -> None:
    """Takes a rung out; tests that were held on it stay, on no rung."""
    campaign = rung.campaign_id
    rung.delete()
    _record("changed_ladder", campaign, by, at)


def _save(rung: Rung) -> None:
    try:
        with transaction.atomic():
            rung.save()
    except IntegrityError:
        raise NameTaken(rung.name) from None


def _record(verb: str, campaign: UUID, by: UUID | None, at: datetime, **facts: int) -> None:
    record(verb, by=by, at=at, subject_kind="campaign", subject=campaign, facts=facts)
