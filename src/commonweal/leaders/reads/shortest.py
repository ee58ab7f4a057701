"""What the shortest list of a reading reaches, group by group, and why others stay out."""

from dataclasses import dataclass

from django.db.models import Count

from commonweal.leaders.models import ChainProposal, GroupReading, Reading
from commonweal.leaders.reads.campaigns import Part


@dataclass(frozen=True)
class ReachedGroup:
    """People of one unit and shift on the day of the reading."""

    unit: str
    shift: str
    people: int
    wanted: int
    reached: int
    listed_reach: int
    leaders: int

    @property
    def name(self) -> str:
        """Unit and shift."""
        return ", ".join(part for part in (self.unit, self.shift) if part)


def reached_groups(part: Part, reading: Reading) -> list[ReachedGroup]:
    """Every group of a part, in the order of units and shifts."""
    rows = (
        GroupReading.objects.filter(reading=reading, unit__in=part.units)
        .order_by("unit__position", "unit__name", "shift__position", "shift__name")
        .values_list("unit__name", "shift__name", "people", "wanted", "reached", "listed_reach", "leaders")
    )
    return [ReachedGroup(unit, shift or "", *counts) for unit, shift, *counts in rows]


def unreached_in(part: Part, reading: Reading) -> list[tuple[str, int]]:
    """Why people of a part stay out of every chain, with how many, most first."""
    rows = (
        ChainProposal.objects.filter(part.holds("follower"), reading=reading, leader=None)
        .order_by()
        .values_list("why")
        .annotate(number=Count("pk"))
        .order_by("-number", "why")
    )
    return list(rows)
