"""What the map of ties is drawn from, within a scope: both ends of a tie must be inside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from commonweal.common.scope import Scope
from commonweal.leaders.reads.wall_chart import flags_of, placed_in
from commonweal.leaders.rules.ties_map import Bond
from commonweal.people.models import Campaign, Tie


@dataclass(frozen=True, slots=True)
class Dot:
    """One person on the map."""

    person: UUID
    name: str
    sort_name: str
    unit: UUID
    flag: str


def dots_of(scope: Scope, units: Collection[UUID], campaign: Campaign | None) -> dict[UUID, Dot]:
    """Everybody whose main place is in one of the units, as far as the scope goes. Two queries."""
    drawn = placed_in(scope, units)
    flags = flags_of(campaign, drawn)
    rows = drawn.values_list("person_id", "person__name", "person__sort_name", "unit_id")
    return {row[0]: Dot(*row, flags.get(row[0], "")) for row in rows}


def how_many(scope: Scope, units: Collection[UUID]) -> int:
    """How many people the map would show."""
    return placed_in(scope, units).count()


def bonds_among(scope: Scope, units: Collection[UUID], today: date, kinds: Collection[str] = ()) -> list[Bond]:
    """The ties that hold today between two people placed in the units; of these kinds, of all when none is
    named. Nothing replaced or withdrawn. One query."""
    inside = placed_in(scope, units).values("person")
    ties = Tie.objects.filter(
        Q(until=None) | Q(until__gt=today), replaced_by=None, withdrawn=False, person__in=inside, other__in=inside
    )
    if kinds:
        ties = ties.filter(kind__in=kinds)
    rows = ties.order_by("person", "other", "kind").values_list("person_id", "other_id", "kind", "strength")
    return [Bond(*row) for row in rows]
