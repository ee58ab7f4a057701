"""Somebody's acts in the order in which they were asked for, and what she could be asked to next."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from commonweal.people.models import Campaign, Occasion
from commonweal.people.reads.records import Line, Record
from commonweal.people.reads.units import children_of_units, with_subtrees
from commonweal.people.rules.outcomes import DID, OUTCOMES, UNASKED
from commonweal.people.words import CampaignState

MOST = 40  # the latest of a campaign that goes on for years


@dataclass(frozen=True)
class Rung:
    """One act and what came of her on it: `outcome` as of an ask, "" where nobody saw her asked."""

    occasion: Occasion
    asks: list[Line] = field(default_factory=list)
    yeses: list[Line] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """The strongest of what was seen; a bare yes is having come."""
        if self.yeses:
            return DID
        return min((line.row.outcome for line in self.asks), key=OUTCOMES.index, default=UNASKED)


@dataclass(frozen=True)
class Ladder:
    """Her acts, the oldest first; the next one to which nobody has asked her yet, and whether it lies today."""

    rungs: list[Rung]
    coming: Occasion | None = None
    before: int = 0
    """How many older acts are left out."""


def ladder_of(record: Record, today: date) -> Ladder:
    """The ladder of a person whose record was read: the acts of the open campaigns in whose units she stands and
    of those that are of no campaign and in which she was seen. Three queries."""
    asks: Mapping[UUID, list[Line]] = _by_occasion(record.asks_heard)
    yeses: Mapping[UUID, list[Line]] = _by_occasion(record.yeses)
    hers = _campaigns_of(record)
    found = Occasion.objects.filter(Q(campaign__in=hers) | Q(pk__in={*asks, *yeses}))
    ordered = sorted(found, key=lambda act: (act.on, act.name))
    seen = [act for act in ordered if act.on < today or act.pk in asks or act.pk in yeses]
    coming = [act for act in ordered if act not in seen]
    rungs = [Rung(act, asks.get(act.pk, []), yeses.get(act.pk, [])) for act in seen]
    return Ladder(rungs[-MOST:], coming[0] if coming else None, max(len(rungs) - MOST, 0))


def _by_occasion(lines: list[Line]) -> dict[UUID, list[Line]]:
    found: dict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.row.occasion_id].append(line)
    return found


def _campaigns_of(record: Record) -> list[UUID]:
    """The open campaigns that one of her current units belongs to; two queries."""
    here = {place.unit_id for place in record.placements if place.until is None}
    if not here:
        return []
    children = children_of_units()
    tops: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Campaign.objects.filter(state=CampaignState.OPEN, units__isnull=False).order_by()
    for campaign, unit in rows.values_list("pk", "units"):
        tops[campaign].append(unit)
    return [campaign for campaign, units in tops.items() if here & with_subtrees(units, children)]
