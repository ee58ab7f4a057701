"""How many people a wall chart would show, and of which places it can be drawn when those are too many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from commonweal.common.refusals import Refusal
from commonweal.common.scope import Scope
from commonweal.leaders.reads.campaigns import standing_now
from commonweal.leaders.rules.wall_chart import Node, tops_of, walk

MOST_DRAWN = 6000
FEW_UNITS = 200


@dataclass(frozen=True)
class Place:
    """A unit with what hangs below it; `fits` when one chart can show its people."""

    unit: UUID
    name: str
    level: int
    people: int
    fits: bool


@dataclass(frozen=True)
class TooManyToDraw(Refusal):
    """More people than one chart can show, and the places that are small enough, under their tops."""

    people: int
    places: Sequence[Place]


def must_be_drawable(scope: Scope, nodes: Sequence[Node]) -> None:
    """Raises TooManyToDraw when more than `MOST_DRAWN` people have their main place in these units; one query."""
    here = people_by_unit(scope, nodes)
    if sum(here.values()) > MOST_DRAWN:
        raise TooManyToDraw(sum(here.values()), places_to_draw(nodes, here))


def people_by_unit(scope: Scope, nodes: Sequence[Node]) -> dict[UUID, int]:
    """How many have their main place in each of these units, as far as the scope goes."""
    inside = {node.id for node in nodes if scope.covers_unit(node.id)}
    rows = standing_now() if len(inside) > FEW_UNITS else standing_now().filter(unit__in=inside)
    counted = rows.order_by().values_list("unit").annotate(people=Count("pk")).values_list("unit", "people")
    return {unit: people for unit, people in counted if unit in inside}


def places_to_draw(nodes: Sequence[Node], here: Mapping[UUID, int]) -> list[Place]:
    """From the tops down to the first unit whose people fit on one chart; places without people are left out."""
    names = {node.id: node.name for node in nodes}
    ordered = walk(nodes, tops_of(nodes))
    below = {unit: here.get(unit, 0) for unit, _level, _parent in ordered}
    for unit, _level, parent in reversed(ordered):
        if parent is not None:
            below[parent] += below[unit]
    found: list[Place] = []
    for unit, level, parent in ordered:
        if below[unit] and (parent is None or below[parent] > MOST_DRAWN):
            found.append(Place(unit, names[unit], level, below[unit], below[unit] <= MOST_DRAWN))
    return found
