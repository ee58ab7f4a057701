"""Chains on paper: each copy has a number and a day by which it is given back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from commonweal.leaders.models import ChainSheet
from commonweal.ledger.writes import record
from commonweal.people.models import Campaign, ChainLink


@transaction.atomic
def print_sheet(campaign: Campaign, leader: UUID, *, back_by: date, by: UUID, at: datetime) -> ChainSheet:
    """A new copy of a leader's chain, with the next number of the campaign."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    last = ChainSheet.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0
    sheet = ChainSheet.objects.create(
        campaign=campaign, leader_id=leader, number=last + 1, printed_at=at, printed_by=by, back_by=back_by
    )
    walking = ChainLink.objects.filter(campaign=campaign, leader=leader, until=None).count()
    record(
        "printed_chain",
        by=by,
        at=at,
        subject_kind="person",
        subject=leader,
        facts={"campaign": str(campaign.pk), "number": sheet.number, "people": walking},
    )
    return sheet


@transaction.atomic
def give_back_sheet(sheet: UUID, *, by: UUID, at: datetime) -> None:
    """The copy is back. Giving it back twice changes nothing."""
    row = ChainSheet.objects.select_for_update().get(pk=sheet)
    if row.returned_at is None:
        row.returned_at = at
        row.save(update_fields=["returned_at"])
        record(
            "gave_back_chain",
            by=by,
            at=at,
            subject_kind="person",
            subject=row.leader_id,
            facts={"campaign": str(row.campaign_id), "number": row.number},
        )
