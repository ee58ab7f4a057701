"""The people of each unit and shift: how many, how many walk with a leader, how many lead."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.listed import OnList
from commonweal.leaders.rules.stages import LOST
from commonweal.ledger.reads import while_nobody_acts
from commonweal.people.models import ChainLink, Person, Placement, Shift, Unit

Key = tuple[UUID, UUID | None]


@dataclass
class Group:
    """People of one unit and shift now."""

    unit: UUID
    shift: UUID | None
    unit_name: str
    shift_name: str
    people: int = 0
    walking: int = 0
    leading: int = 0

    @property
    def alone(self) -> int:
        """How many walk with nobody, and do not lead either."""
        return max(self.people - self.walking - self.leading, 0)

    @property
    def name(self) -> str:
        """Unit and shift: `Weaving, Night`."""
        return ", ".join(part for part in (self.unit_name, self.shift_name) if part)


def _counted(places: QuerySet[Placement]) -> QuerySet[Placement, tuple[UUID, UUID | None, int]]:
    grouped = places.order_by().values_list("unit_id", "shift_id")
    return grouped.annotate(number=Count("pk")).values_list("unit_id", "shift_id", "number")


def _people(part: Part) -> dict[Key, int]:
    """How many stand in each group: everybody placed there, less the few who were merged or forgotten."""
    places = Placement.objects.filter(main=True, until=None, unit__in=part.units)
    gone = Person.objects.filter(Q(forgotten_at__isnull=False) | Q(merged_into__isnull=False))
    people = {(unit, shift): number for unit, shift, number in _counted(places)}
    for unit, shift, number in _counted(places.filter(person__in=gone.values("pk"))):
        people[unit, shift] -= number
    return {key: number for key, number in people.items() if number}


def groups_of(part: Part, listed: list[OnList]) -> dict[Key, Group]:
    """Every unit and shift of a part that has people, in the order of the tree; six queries. Only to be read."""
    asked = ("groups", part.campaign.pk, part.units, part.everywhere)
    return while_nobody_acts(asked, lambda: _groups_of(part, listed))


def _groups_of(part: Part, listed: list[OnList]) -> dict[Key, Group]:
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=part.units)}
    shifts = {shift.pk: shift for shift in Shift.objects.all()}
    groups: dict[Key, Group] = {}
    for (unit, shift), number in _people(part).items():
        groups[unit, shift] = Group(unit, shift, units[unit].name, shifts[shift].name if shift else "", number)
    walks = Exists(ChainLink.objects.filter(campaign=part.campaign, until=None, follower=OuterRef("person")))
    for unit, shift, number in _counted(part.placements().filter(walks)):
        groups[unit, shift].walking = number
    for one in listed:
        if one.stage != LOST and (one.unit, one.shift) in groups:
            groups[one.unit, one.shift].leading += 1

    def place(key: Key) -> tuple[int, str, int, str]:
        unit, shift = units[key[0]], shifts.get(key[1]) if key[1] else None
        return (unit.position, unit.name, shift.position if shift else -1, shift.name if shift else "")

    return {key: groups[key] for key in sorted(groups, key=place)}
