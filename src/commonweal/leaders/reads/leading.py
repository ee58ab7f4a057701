"""The leaders with whom somebody could walk, found by name or place, those bound to her first."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from commonweal.leaders.models import ListedLeader
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.listed import on_the_list
from commonweal.leaders.rules.stages import LOST
from commonweal.people.reads.search import senses_of
from commonweal.people.reads.search.senses import BEGINS, LIKE


def leaders_for(
    part: Part, person: UUID, bound: Mapping[UUID, Sequence[object]], typed: str = ""
) -> tuple[list[UUID], list[UUID]]:
    """The leaders of a part with whom a person could walk: those bound to her, whom most binds first, and all
    others by name. With `typed`, only those whom each of its words fits, by name, unit or shift."""
    by_name = [one.person for one in on_the_list(part) if one.stage != LOST and one.person != person]
    if typed:
        called = _called(part, typed, frozenset(by_name))
        by_name = [leader for leader in by_name if leader in called]
    nearest = sorted((leader for leader in by_name if leader in bound), key=lambda leader: -len(bound[leader]))
    return nearest, [leader for leader in by_name if leader not in bound]


def _called(part: Part, typed: str, leaders: frozenset[UUID]) -> frozenset[UUID]:
    """Those of these leaders who fit what was typed; where nobody does, those whose names are spelled or heard nearly so."""
    meant = senses_of(typed, part.scope)
    found: frozenset[UUID] = frozenset()
    for closeness in (BEGINS, LIKE) if meant else ():
        fitting = ListedLeader.objects.filter(campaign=part.campaign, off_since=None)
        for sense in meant:
            fitting = fitting.filter(sense.condition(closeness, "person"))
        found = leaders.intersection(fitting.values_list("person", flat=True))
        if found:
            break
    return found
