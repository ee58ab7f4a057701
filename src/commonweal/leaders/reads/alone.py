"""Who walks with no one, by unit and shift, and who might walk with them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from commonweal.leaders.models import Candidate, ChainProposal, ListedLeader, Reading
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.groups import Group, Key
from commonweal.leaders.rules.stages import LOST
from commonweal.people.models import ChainLink, Person

ENOUGH = 2
"""So many names for a group are shown."""


def alone_in(part: Part, unit: UUID, shift: UUID | None) -> QuerySet[Person]:
    """The people of one unit and shift who walk with nobody and do not lead, in order of name."""
    placed = part.placements().filter(unit=unit, shift=shift)
    link = ChainLink.objects.filter(campaign=part.campaign, follower=OuterRef("pk"), until=None)
    leads = ListedLeader.objects.filter(campaign=part.campaign, person=OuterRef("pk"), off_since=None)
    people = Person.objects.filter(pk__in=placed.values("person")).exclude(Exists(link))
    return people.exclude(Exists(leads.exclude(stage=LOST))).order_by("sort_name", "pk")


def who_might(part: Part, reading: Reading | None, groups: Iterable[Group]) -> dict[Key, list[UUID]]:
    """For each group up to two of its people whom others name or follow, strongest evidence first; one query."""
    wanted = {(group.unit, group.shift) for group in groups}
    might: dict[Key, list[UUID]] = defaultdict(list)
    if reading is None or not wanted:
        return might
    places = part.placements().filter(unit__in={unit for unit, _shift in wanted})
    rows = (
        Candidate.objects.filter(reading=reading, person__placements__in=places)
        .order_by("place", "person_id")
        .values_list("person_id", "person__placements__unit_id", "person__placements__shift_id")
    )
    for person, unit, shift in rows:
        if (unit, shift) in wanted and len(might[unit, shift]) < ENOUGH:
            might[unit, shift].append(person)
    return might


def proposals_for(reading: Reading | None, people: Iterable[UUID]) -> dict[UUID, ChainProposal]:
    """What the reading proposes for each of these people."""
    if reading is None:
        return {}
    rows = ChainProposal.objects.filter(reading=reading, follower__in=list(people))
    return {row.follower_id: row for row in rows}
