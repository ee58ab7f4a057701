"""Which campaigns somebody works on, and which part of one she may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from commonweal.common.refusals import NotYours
from commonweal.common.scope import EVERYTHING, NOBODY, Scope
from commonweal.people.models import Campaign, Person, Placement
from commonweal.people.reads.people import people_within
from commonweal.people.reads.units import children_of_units, with_subtrees


@dataclass(frozen=True)
class Part:
    """The part of a campaign that a scope reaches: its units; `whole` when none is missing.

    A campaign's people are those whose main place is in its units. `campaigns`: all that the scope reaches.
    """

    campaign: Campaign
    units: frozenset[UUID]
    whole: bool
    scope: Scope
    campaigns: tuple[Campaign, ...] = ()
    everywhere: bool = False
    """True when no unit of the place is missing."""

    def placements(self) -> QuerySet[Placement]:
        """The main places, in these units, of people who are neither merged nor forgotten, found by unit."""
        return standing_now() if self.everywhere else standing_now().filter(unit__in=self.units)

    def placements_of(self, people: Iterable[UUID]) -> QuerySet[Placement]:
        """The same of these people, found by person."""
        return self._found_by_person().filter(person__in=list(people))

    def holds(self, person: str = "pk") -> Exists:
        """The same as a condition on rows whose column `person` is a person, looked up for each row."""
        return Exists(self._found_by_person().filter(person=OuterRef(person)))

    def _found_by_person(self) -> QuerySet[Placement]:
        if self.everywhere:
            return standing_now()
        # Coalesce keeps SQLite from probing its index once for each unit of the part.
        return standing_now().annotate(stands=Coalesce("unit", "unit")).filter(stands__in=self.units)

    def people(self) -> QuerySet[Person]:
        """The people of these units."""
        listed = people_within(EVERYTHING if self.units else NOBODY)
        return listed.filter(self.holds())

    def person(self, person: UUID) -> Person:
        """One of them. Raises NotYours when she is elsewhere, unknown, merged or forgotten: no caller can tell which."""
        found = self.people().filter(pk=person).first()
        if found is None:
            raise NotYours
        return found


def standing_now() -> QuerySet[Placement]:
    """The main places of today. The forgotten and the merged hold none; should one be left, it does not count."""
    gone = {"forgotten_at__isnull": False}, {"merged_into__isnull": False}
    forgotten, merged = (Person.objects.filter(**why).order_by().values("pk") for why in gone)
    return Placement.objects.filter(main=True, until=None).exclude(person__in=forgotten).exclude(person__in=merged)


def campaigns_within(scope: Scope) -> list[Part]:
    """The campaigns that reach into somebody's units, open ones first, newest first; three queries."""
    tops: dict[UUID, set[UUID]] = {}
    for campaign, unit in Campaign.units.through.objects.values_list("campaign_id", "unit_id"):
        tops.setdefault(campaign, set()).add(unit)
    children = children_of_units()
    every = sum(len(below) for below in children.values())
    found = []
    for campaign in Campaign.objects.order_by("-state", "-begun_on", "name"):
        units = with_subtrees(tops.get(campaign.pk, set()), children)
        seen = units if scope.everything else units & scope.units
        if seen or scope.everything:
            found.append((campaign, seen, len(seen) == len(units)))
    campaigns = tuple(campaign for campaign, _seen, _whole in found)
    return [Part(campaign, seen, whole, scope, campaigns, len(seen) == every) for campaign, seen, whole in found]


def part_within(scope: Scope, campaign: UUID | None) -> Part:
    """One campaign, or the newest open one if none is named. Raises NotYours when there is none within the scope."""
    for part in campaigns_within(scope):
        if campaign is None or part.campaign.pk == campaign:
            return part
    raise NotYours
