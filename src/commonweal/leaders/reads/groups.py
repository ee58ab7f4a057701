"""The people of each unit and shift: how many, how many walk with a leader, how many lead."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Sum, When

from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.listed import NumbersOnList
from commonweal.leaders.reads.touched import counted_where_touched
from commonweal.leaders.rules.acts import NOBODY_MOVES
from commonweal.leaders.rules.stages import LOST
from commonweal.ledger.reads import while_nobody_acts
from commonweal.people.models import ChainLink, Person, Placement, Shift, Unit

Key = tuple[UUID, UUID | None]
MANY_UNITS = 100
"""From so many units on, all places are counted and those of other units left out: asking for each takes longer."""


@dataclass
class Group:
    """People of one unit and shift now."""

    unit: UUID
    shift: UUID | None
    unit_name: str
    shift_name: str
    order: tuple[int, str, int, str]
    """Where it comes in the tree: the unit's position and name, the shift's."""
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


def _placed(units: Collection[UUID]) -> QuerySet[Placement]:
    """Everybody placed in the units, the few who are gone among them; all places where the units are many."""
    places = Placement.objects.filter(main=True, until=None)
    return places if len(units) > MANY_UNITS else places.filter(unit__in=units)


def _counted(part: Part, units: Collection[UUID]) -> dict[Key, tuple[int, int]]:
    """How many stand in each group of these units, and how many of them walk with somebody; three queries. Who was
    merged or forgotten is counted apart and taken off: there are few, and asking it of everybody takes long."""
    follows = ChainLink.objects.filter(campaign=part.campaign, until=None, follower=OuterRef("person"))
    places = _placed(units)
    found: dict[Key, tuple[int, int]] = {}
    gone = Q(forgotten_at__isnull=False), Q(forgotten_at__isnull=True, merged_into__isnull=False)
    less = (places.filter(person__in=Person.objects.filter(why).order_by().values("pk")) for why in gone)
    for sign, rows in ((1, places), *((-1, few) for few in less)):
        walks = Case(When(Exists(follows), then=1), default=0, output_field=IntegerField())
        grouped = rows.order_by().values_list("unit_id", "shift_id")
        for unit, shift, number, walking in grouped.annotate(number=Count("*"), walking=Sum(walks)):
            if unit in units:
                people, before = found.get((unit, shift), (0, 0))
                found[unit, shift] = (people + sign * number, before + sign * walking)
    return {key: counts for key, counts in found.items() if counts[0]}


def groups_of(part: Part, listed: NumbersOnList) -> dict[Key, Group]:
    """Every unit and shift of a part that has people, in the order of the tree; five queries. Only to be read."""

    def counted(units: Collection[UUID]) -> dict[Key, Group]:
        return _groups_of(part, listed, units)

    asked = ("groups", part.campaign.pk, part.units, part.everywhere)
    amend = counted_where_touched(part, lambda key: key[0], lambda touched: counted(touched & part.units))
    found = while_nobody_acts(asked, lambda: counted(part.units), but=NOBODY_MOVES, amend=amend)
    return dict(sorted(found.items(), key=lambda row: row[1].order))


def _groups_of(part: Part, listed: NumbersOnList, only: Collection[UUID]) -> dict[Key, Group]:
    units = {pk: (position, name) for pk, name, position in Unit.objects.values_list("pk", "name", "position")}
    shifts = {pk: (position, name) for pk, name, position in Shift.objects.values_list("pk", "name", "position")}
    groups: dict[Key, Group] = {}
    for (unit, shift), (people, walking) in _counted(part, only).items():
        in_units, in_shifts = units[unit], shifts[shift] if shift else (-1, "")
        groups[unit, shift] = Group(
            unit, shift, in_units[1], in_shifts[1], (*in_units, *in_shifts), people=people, walking=walking
        )
    for (stage, unit, shift), number in listed.items():
        if stage != LOST and (unit, shift) in groups:
            groups[unit, shift].leading += number
    return groups
