"""Which campaigns somebody works on, and which part of one she may see."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import Campaign, Person, Placement, Unit
from commonweal.people.reads.people import people_within


@dataclass(frozen=True)
class Part:
    """The part of a campaign that a scope reaches: its units; `whole` when none is missing."""

    campaign: Campaign
    units: frozenset[UUID]
    whole: bool
    scope: Scope

    def people(self) -> QuerySet[Person]:
        """The listed people placed in these units."""
        placed = Placement.objects.filter(person=OuterRef("pk"), until=None, unit__in=self.units)
        listed = people_within(Scope(everything=True)) if self.units else people_within(Scope())
        return listed.filter(Exists(placed))

    def person(self, person: UUID) -> Person:
        """One of them. Raises NotYours when she is elsewhere, unknown, merged or forgotten: no caller can tell which."""
        found = self.people().filter(pk=person).first()
        if found is None:
            raise NotYours
        return found


def campaigns_within(scope: Scope) -> list[Part]:
    """The campaigns that reach into somebody's units, open ones first, newest first."""
    tops: dict[UUID, set[UUID]] = {}
    for campaign, unit in Campaign.units.through.objects.values_list("campaign_id", "unit_id"):
        tops.setdefault(campaign, set()).add(unit)
    parts = []
    children: dict[UUID | None, list[UUID]] = {}
    for unit, parent in Unit.objects.order_by().values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(unit)
    for campaign in Campaign.objects.order_by("-state", "-begun_on", "name"):
        units = _with_all_below(tops.get(campaign.pk, set()), children)
        seen = units if scope.everything else units & scope.units
        if seen or scope.everything:
            parts.append(Part(campaign, seen, len(seen) == len(units), scope))
    return parts


def _with_all_below(tops: set[UUID], children: dict[UUID | None, list[UUID]]) -> frozenset[UUID]:
    found: set[UUID] = set()
    todo = list(tops)
    while todo:
        unit = todo.pop()
        if unit not in found:
            found.add(unit)
            todo.extend(children.get(unit, ()))
    return frozenset(found)


def part_within(scope: Scope, campaign: UUID | None) -> Part:
    """One campaign, or the newest open one if none is named. Raises NotYours when there is none within the scope."""
    for part in campaigns_within(scope):
        if campaign is None or part.campaign.pk == campaign:
            return part
    raise NotYours


def units_of(part: Part) -> dict[UUID, str]:
    """The names of a part's units, in the order of the tree."""
    return dict(Unit.objects.filter(pk__in=part.units).values_list("pk", "name"))
