"""Copies of chains on paper: where they are and when they are due."""

from uuid import UUID

from django.db.models import QuerySet

from commonweal.common.refusals import NotYours
from commonweal.leaders.models import ChainSheet
from commonweal.leaders.reads.campaigns import Part


def sheets_within(part: Part) -> list[ChainSheet]:
    """Every copy of a part: those still out first, the soonest due first."""
    rows = _sheets(part).order_by("-number")
    return sorted(
        rows,
        key=lambda one: (
            one.returned_at is not None,
            one.back_by if one.returned_at is None else one.printed_at.date(),
        ),
    )


def sheets_out(part: Part, leader: UUID) -> list[ChainSheet]:
    """The copies of one chain that are not back yet."""
    return list(_sheets(part).filter(leader=leader, returned_at=None).order_by("back_by", "number"))


def sheet_within(part: Part, sheet: UUID) -> ChainSheet:
    """One copy. Raises NotYours when its leader is outside the part, or it does not exist."""
    found = _sheets(part).filter(pk=sheet).first()
    if found is None:
        raise NotYours
    return found


def _sheets(part: Part) -> QuerySet[ChainSheet]:
    return ChainSheet.objects.filter(part.holds("leader"), campaign=part.campaign).select_related("leader")
