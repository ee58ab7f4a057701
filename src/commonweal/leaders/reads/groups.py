"""The people of each unit and shift: how many, how many walk with a leader, how many lead."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Sum, When

from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.listed import NumbersOnList
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


def _placed(part: Part) -> QuerySet[Placement]:
    """Everybody placed in the part, the few who are gone among them; all places where the part has many units."""
    places = Placement.objects.filter(main=True, until=None)
    return places if len(part.units) > MANY_UNITS else places.filter(unit__in=part.units)


def _counted(part: Part) -> dict[Key, tuple[int, int]]:
    """How many stand in each group, and how many of them walk with somebody; three queries. Who was merged
    or forgotten is counted apart and taken off: there are few, and asking it of everybody takes long."""
    follows = ChainLink.objects.filter(campaign=part.campaign, until=None, follower=OuterRef("person"))
    places = _placed(part)
    found: dict[Key, tuple[int, int]] = {}
    gone = Q(forgotten_at__isnull=False), Q(forgotten_at__isnull=True, merged_into__isnull=False)
    less = (places.filter(person__in=Person.objects.filter(why).order_by().values("pk")) for why in gone)
    for sign, rows in ((1, places), *((-1, few) for few in less)):
        walks = Case(When(Exists(follows), then=1), default=0, output_field=IntegerField())
        grouped = rows.order_by().values_list("unit_id", "shift_id")
        for unit, shift, number, walking in grouped.annotate(number=Count("*"), walking=Sum(walks)):
            if unit in part.units:
                people, before = found.get((unit, shift), (0, 0))
                found[unit, shift] = (people + sign * number, before + sign * walking)
    return {key: counts for key, counts in found.items() if counts[0]}


def groups_of(part: Part, listed: NumbersOnList) -> dict[Key, Group]:
    """Every unit and shift of a part that has people, in the order of the tree; five queries. Only to be read."""
    asked = ("groups", part.campaign.pk, part.units, part.everywhere)
    return while_nobody_acts(asked, lambda: _groups_of(part, listed), but=NOBODY_MOVES)


def _groups_of(part: Part, listed: NumbersOnList) -> dict[Key, Group]:
    rows = Unit.objects.values_list("pk", "name", "position")
    units = {pk: (position, name) for pk, name, position in rows if pk in part.units}
    shifts = {pk: (position, name) for pk, name, position in Shift.objects.values_list("pk", "name", "position")}
    groups: dict[Key, Group] = {}
    for (unit, shift), (people, walking) in _counted(part).items():
        groups[unit, shift] = Group(
            unit, shift, units[unit][1], shifts[shift][1] if shift else "", people, walking=walking
        )
    for (stage, unit, shift), number in listed.items():
        if stage != LOST and (unit, shift) in groups:
            groups[unit, shift].leading += number

    def place(key: Key) -> tuple[int, str, int, str]:
        return (*units[key[0]], *(shifts[key[1]] if key[1] else (-1, "")))

    return {key: groups[key] for key in sorted(groups, key=place)}
