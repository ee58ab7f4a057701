"""The people of each unit and shift: how many, how many walk with a leader, how many lead."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.listed import OnList
from commonweal.leaders.rules.stages import LOST
from commonweal.people.models import ChainLink, Shift, Unit

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


def groups_of(part: Part, listed: list[OnList]) -> dict[Key, Group]:
    """Every unit and shift of a part that has people, in the order of the tree; three queries."""
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=part.units)}
    shifts = {shift.pk: shift for shift in Shift.objects.all()}
    link = ChainLink.objects.filter(campaign=part.campaign, follower=OuterRef("person"), until=None)
    counted = (
        part.placements()
        .order_by()
        .values_list("unit_id", "shift_id")
        .annotate(walks=Exists(link), number=Count("pk"))
        .values_list("unit_id", "shift_id", "walks", "number")
    )
    groups: dict[Key, Group] = {}
    for unit, shift, walks, number in counted:
        group = groups.get((unit, shift))
        if group is None:
            name = shifts[shift].name if shift else ""
            group = groups[unit, shift] = Group(unit, shift, units[unit].name, name)
        group.people += number
        group.walking += number if walks else 0
    for one in listed:
        if one.stage != LOST and (one.unit, one.shift) in groups:
            groups[one.unit, one.shift].leading += 1

    def place(key: Key) -> tuple[int, str, int, str]:
        unit, shift = units[key[0]], shifts.get(key[1]) if key[1] else None
        return (unit.position, unit.name, shift.position if shift else -1, shift.name if shift else "")

    return {key: groups[key] for key in sorted(groups, key=place)}
