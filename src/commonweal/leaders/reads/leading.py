"""The leaders with whom somebody could walk, found by name or place, those bound to her first."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from commonweal.leaders.models import ListedLeader
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.rules.stages import LOST
from commonweal.people.reads.search import senses_of
from commonweal.people.reads.search.senses import BEGINS, LIKE


def leaders_for(
    part: Part, person: UUID, bound: Mapping[UUID, Sequence[object]], typed: str = ""
) -> tuple[list[UUID], QuerySet[ListedLeader, UUID]]:
    """The leaders of a part with whom a person could walk: those bound to her, whom most binds first, and all
    others by name. With `typed`, only those whom each of its words fits, by name, unit or shift."""
    listed = ListedLeader.objects.filter(part.holds("person"), campaign=part.campaign, off_since=None)
    listed = _called(part, typed, listed.exclude(stage=LOST).exclude(person=person))
    by_name = listed.order_by("person__sort_name", "person_id").values_list("person_id", flat=True)
    nearest = sorted(by_name.filter(person__in=list(bound)), key=lambda leader: -len(bound[leader]))
    return nearest, by_name.exclude(person__in=nearest)


def _called(part: Part, typed: str, listed: QuerySet[ListedLeader]) -> QuerySet[ListedLeader]:
    """Those who fit what was typed; where nobody does, those whose names are spelled or heard nearly so."""
    meant = senses_of(typed, part.scope)
    if typed and not meant:
        return listed.none()
    for closeness in (BEGINS, LIKE):
        fitting = listed
        for sense in meant:
            fitting = fitting.filter(sense.condition(closeness, "person"))
        if closeness == LIKE or not meant or fitting.exists():
            break
    return fitting
