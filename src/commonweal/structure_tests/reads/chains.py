"""The chains of a roll: who walked with whom when the test opened, and who was given to whom to ask."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from commonweal.common.scope import Scope
from commonweal.people.reads.people import names_within
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.roll import ABLE, Part, parts_in_order, roll_of


@dataclass(frozen=True)
class Chain:
    """A leader with how many on the roll walked with her or were given to her to ask."""

    id: UUID
    name: str
    people: int


def in_chain(leader: UUID) -> Q:
    """The lines of a roll that are in a leader's chain."""
    return Q(leader=leader) | Q(asker=leader)


def parts_and_chains(scope: Scope, test: StructureTest) -> tuple[list[Part], list[Chain]]:
    """The units and shifts of a roll inside the scope in the order of paper, and the chains whose leader the reader sees
    in order of the leaders' names; four queries."""
    parts: dict[tuple[UUID, UUID | None], tuple[int, int]] = {}
    chains: Counter[UUID] = Counter()
    lines = roll_of(scope, test).order_by().values_list("unit", "shift", "leader", "asker")
    for unit, shift, leader, asker, people, able in lines.annotate(people=Count("pk"), able=ABLE):
        before = parts.get((unit, shift), (0, 0))
        parts[unit, shift] = (before[0] + people, before[1] + able)
        for one in {leader, asker} - {None}:
            chains[one] += people
    names = names_within(scope, chains)
    in_order = parts_in_order((*place, *numbers) for place, numbers in parts.items())
    return in_order, [Chain(key, name, chains[key]) for key, name in names.items()]
