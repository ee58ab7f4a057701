"""Occasions to which people are asked, and campaigns that say which units are in scope."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.common.ids import new_id
from commonweal.common.scale import scale_of_place
from commonweal.ledger.writes import record
from commonweal.people.models import Campaign, Occasion, Organization, StanceName, Unit
from commonweal.people.writes.units import NameTaken, NotEmpty


@transaction.atomic
def add_occasion(
    *, kind: str, name: str, on: date, campaign: Campaign | None, by: UUID | None, at: datetime
) -> Occasion:
    """Adds an act to which people are asked on a day. Raises NameTaken."""
    occasion = Occasion(kind=kind, name=name, on=on, campaign=campaign, source=f"hand:{new_id()}")
    _save(occasion)
    record("added_occasion", by=by, at=at, subject_kind="occasion", subject=occasion.pk)
    return occasion


@transaction.atomic
def change_occasion(
    *, occasion: Occasion, kind: str, name: str, on: date, campaign: Campaign | None, by: UUID, at: datetime
) -> None:
    """Changes what an occasion is called, its kind, day or campaign. Raises NameTaken."""
    occasion.kind, occasion.name, occasion.on, occasion.campaign = kind, name, on, campaign
    _save(occasion)
    record("changed_occasion", by=by, at=at, subject_kind="occasion", subject=occasion.pk)


@transaction.atomic
def remove_occasion(*, occasion: Occasion, by: UUID, at: datetime) -> None:
    """Removes an occasion to which nobody was asked. Raises NotEmpty."""
    rows = occasion.asks.count() + occasion.bare_yeses.count()
    if rows:
        raise NotEmpty(rows, 0)
    key = occasion.pk
    occasion.delete()
    record("removed_occasion", by=by, at=at, subject_kind="occasion", subject=key)


@transaction.atomic
def begin_campaign(
    *,
    name: str,
    units: Iterable[Unit],
    begun_on: date,
    cover_share: Decimal = Decimal("0.90"),
    chain_capacity: int = 12,
    by: UUID | None,
    at: datetime,
) -> Campaign:
    """Begins a campaign over some units and all below them. Raises NameTaken."""
    campaign = Campaign(name=name, begun_on=begun_on, cover_share=cover_share, chain_capacity=chain_capacity)
    _save(campaign)
    campaign.units.set(units)
    record("began_campaign", by=by, at=at, subject_kind="campaign", subject=campaign.pk)
    return campaign


@transaction.atomic
def change_campaign(
    *,
    campaign: Campaign,
    name: str,
    units: Iterable[Unit],
    begun_on: date,
    cover_share: Decimal,
    chain_capacity: int,
    state: str,
    by: UUID,
    at: datetime,
) -> None:
    """Changes a campaign, its units in scope, what its list must reach, or closes it. Raises NameTaken."""
    campaign.name, campaign.begun_on, campaign.state = name, begun_on, state
    campaign.cover_share, campaign.chain_capacity = cover_share, chain_capacity
    _save(campaign)
    campaign.units.set(units)
    facts = {"state": state}
    record("changed_campaign", by=by, at=at, subject_kind="campaign", subject=campaign.pk, facts=facts)


@transaction.atomic
def change_organization(
    *,
    organization: Organization,
    name: str,
    country: str,
    language: str,
    strongest_is_one: bool,
    support_weeks: int,
    by: UUID,
    at: datetime,
) -> None:
    """Changes what the place is called, where its telephones ring, how its scale is read and how long support counts."""
    organization.name, organization.country = name, country
    organization.language, organization.strongest_is_one = language, strongest_is_one
    organization.support_weeks = support_weeks
    organization.save(update_fields=["name", "country", "language", "strongest_is_one", "support_weeks"])
    scale_of_place(fresh=True)
    record("changed_organization", by=by, at=at, subject_kind="organization", subject=organization.pk)


@transaction.atomic
def name_stances(*, names: Mapping[tuple[str, str], str], by: UUID, at: datetime) -> None:
    """The steps of the scale are called so, by language and stance; one that is not in it has our word again."""
    StanceName.objects.all().delete()
    StanceName.objects.bulk_create(
        StanceName(language=language, stance=stance, name=name) for (language, stance), name in names.items()
    )
    record("changed_scale", by=by, at=at, subject_kind="organization", subject=None)
    scale_of_place(fresh=True)


def _save(noun: Occasion | Campaign) -> None:
    try:
        with transaction.atomic():
            noun.save()
    except IntegrityError:
        raise NameTaken(noun.name) from None
