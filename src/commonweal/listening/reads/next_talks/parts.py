"""The parts of a large place within which talks are ranked: nobody plans the talks of a hundred thousand people at once."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from commonweal.common.remembered import while_it_holds
from commonweal.common.scope import Scope
from commonweal.ledger.reads import while_nobody_acts
from commonweal.listening.models import Conversation
from commonweal.people.models import Placement
from commonweal.people.reads.people import count_within
from commonweal.people.reads.units import above, tree_within, with_subtrees

MOST = 6_000
"""With more people than this a place is ranked in parts."""
MANY = 2_000
"""With more people than this the order may be a minute old: somebody acts there all the time."""
MINUTE = 60.0
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Part:
    """A unit with everything below it that can be ranked at once."""

    unit: UUID
    name: str
    people: int


def people_in(scope: Scope) -> int:
    """How many people are inside; as of some minutes ago in a large place."""
    return while_it_holds(("next_talks_people", scope), "", lambda: count_within(scope))


def kept(asked: Hashable, count: Callable[[], Answer], *, people: int) -> Answer:
    """What `count` answers, or answered since the last act; about many people, or answered within a minute."""
    if people > MANY:
        return while_it_holds(asked, "", count, oldest=MINUTE)
    return while_nobody_acts(asked, count, but=("put_off_talk",))


def parts_of(scope: Scope) -> list[Part]:
    """The largest parts of the tree that can be ranked, the topmost first; a unit too large by itself is one too.
    As of some minutes ago in a large place."""
    return while_it_holds(("next_talks_parts", scope, MOST), "", lambda: _parts(scope))


def _parts(scope: Scope) -> list[Part]:
    nodes, found = tree_within(scope), []
    skip = -1  # below a part that was taken
    for node in nodes:
        if 0 <= skip < node.depth:
            continue
        skip = -1
        if node.below and (node.below <= MOST or not node.has_children):
            found.append(Part(node.unit.pk, node.unit.name, node.below))
            skip = node.depth
    return found


def narrowed(scope: Scope, unit: UUID) -> Scope:
    """The people of the scope who stand in a unit or below it."""
    units = [one for one in with_subtrees([unit]) if scope.covers_unit(one)]
    return Scope.of(units=units, may_write=False, reader=scope.reader)


def part_of(scope: Scope, account: UUID) -> UUID | None:
    """The part where this account talked last, else the first."""
    parts = {part.unit: part for part in parts_of(scope)}
    last = Conversation.objects.filter(account=account).order_by("-on").values_list("person", flat=True).first()
    if last is not None:
        place = Placement.objects.filter(person=last, main=True, until=None).select_related("unit").first()
        if place is not None:
            for unit in (place.unit, *reversed(above(place.unit))):
                if unit.pk in parts:
                    return unit.pk
    return next(iter(parts), None)
