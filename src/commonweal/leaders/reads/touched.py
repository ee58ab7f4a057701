"""Which units a few acts have touched, so that only those are counted anew."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar
from uuid import UUID

from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.rules.acts import NOBODY_MOVES, ONE_MOVES, ONE_STEPS, ONE_WALKS
from commonweal.ledger.models import Entry
from commonweal.people.models import ChainLink, Placement

Place = TypeVar("Place", bound=Hashable)
Answer = TypeVar("Answer")
FEW_PEOPLE = 500
"""Of more people than these, counting everybody is as quick."""


def units_touched(part: Part, acts: Iterable[Entry]) -> set[UUID] | None:
    """The units in which somebody stood or stands whom these acts moved, listed or gave a leader; None where that
    cannot be told, or of too many. Two queries."""
    people: set[UUID] = set()
    leaders: set[UUID] = set()
    units: set[UUID] = set()
    for act in acts:
        if act.verb in NOBODY_MOVES:
            continue
        if act.verb in ONE_WALKS | ONE_MOVES | ONE_STEPS and act.subject is not None:
            people.add(act.subject)
            units |= {
                UUID(act.facts[name]) for name in ("unit", "from", "to") if act.verb in ONE_MOVES and name in act.facts
            }
            if act.verb in ONE_STEPS:
                leaders.add(act.subject)
        else:
            return None
    if leaders:
        links = ChainLink.objects.filter(campaign=part.campaign, leader__in=leaders)
        people |= set(links.values_list("follower_id", flat=True)[: FEW_PEOPLE + 1])
    if len(people) > FEW_PEOPLE:
        return None
    return units | set(Placement.objects.filter(person__in=people, until=None).values_list("unit_id", flat=True))


def counted_where_touched(
    part: Part, unit_of: Callable[[Place], UUID], count: Callable[[set[UUID]], dict[Place, Answer]]
) -> Callable[[dict[Place, Answer], list[Entry]], dict[Place, Answer] | None]:
    """How a count by place is brought up to date after some acts: `count` counts the units that they touched, what was
    counted in all others stays."""

    def amended(counts: dict[Place, Answer], acts: list[Entry]) -> dict[Place, Answer] | None:
        touched = units_touched(part, acts)
        if touched is None:
            return None
        return {place: known for place, known in counts.items() if unit_of(place) not in touched} | count(touched)

    return amended
