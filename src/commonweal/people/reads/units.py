"""Questions about the tree of units. It is small (hundreds) and read whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import Placement, Unit


@dataclass(frozen=True)
class Node:
    """A unit in its place in the tree: how deep it hangs, and who stands in it and below it."""

    unit: Unit
    depth: int
    here: int
    below: int
    has_children: bool

    @property
    def indent(self) -> str:
        """Two hard spaces a step, for lists of choices."""
        return "\u2003" * self.depth


def children_of_units() -> dict[UUID | None, list[UUID]]:
    """The units right below each unit, the tops under None; one query."""
    children: dict[UUID | None, list[UUID]] = {}
    for unit, parent in Unit.objects.order_by().values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(unit)
    return children


def with_subtrees(
    tops: Iterable[UUID], children: Mapping[UUID | None, Sequence[UUID]] | None = None
) -> frozenset[UUID]:
    """The given units and everything below them. A cycle in stored rows ends the descent.

    One query, or none where the caller brings `children_of_units()` for several descents.
    """
    if children is None:
        children = children_of_units()
    found: set[UUID] = set()
    todo = list(tops)
    while todo:
        unit = todo.pop()
        if unit not in found:
            found.add(unit)
            todo.extend(children.get(unit, ()))
    return frozenset(found)


def unit_within(scope: Scope, unit: UUID) -> Unit:
    """One unit. Raises NotYours when it is outside the scope or not there."""
    found = Unit.objects.filter(pk=unit).first() if scope.covers_unit(unit) else None
    if found is None:
        raise NotYours
    return found


def unit_of(person: UUID) -> UUID | None:
    """The unit in which somebody stands now, that of her main place first; None where she stands in none."""
    places = Placement.objects.filter(person=person, until=None).order_by("-main")
    return places.values_list("unit", flat=True).first()


def tree_within(scope: Scope) -> list[Node]:
    """The tree inside a scope with its numbers of people; two queries."""
    inside = [unit for unit in Unit.objects.all() if scope.covers_unit(unit.pk)]
    # Nobody who is not listed holds a placement that goes on, so people need not be looked up.
    standing = Placement.objects.filter(until=None)
    here = dict(standing.values_list("unit").annotate(people=Count("person")).order_by())
    below = {unit.pk: here.get(unit.pk, 0) for unit in inside}
    ordered = _in_tree_order(inside)
    for unit, depth in reversed(ordered):
        if depth and unit.parent_id in below:
            below[unit.parent_id] += below[unit.pk]
    parents = {unit.parent_id for unit in inside}
    return [Node(unit, depth, here.get(unit.pk, 0), below[unit.pk], unit.pk in parents) for unit, depth in ordered]


def unit_choices(scope: Scope) -> list[tuple[str, str]]:
    """Ids and indented names for a list of choices."""
    inside = [unit for unit in Unit.objects.all() if scope.covers_unit(unit.pk)]
    return [(str(unit.pk), "\u2003" * depth + unit.name) for unit, depth in _in_tree_order(inside)]


def above(unit: Unit) -> list[Unit]:
    """The units over a unit, the top first; one query. A cycle in stored rows ends the climb."""
    every = {one.pk: one for one in Unit.objects.all()}
    line: list[Unit] = []
    parent = every.get(unit.parent_id) if unit.parent_id else None
    while parent is not None and parent not in line and parent.pk != unit.pk:
        line.insert(0, parent)
        parent = every.get(parent.parent_id) if parent.parent_id else None
    return line


def _in_tree_order(units: list[Unit]) -> list[tuple[Unit, int]]:
    """Units with their depth, each before what hangs below it; one whose parent is not among them is a top."""
    ids = {unit.pk for unit in units}
    children: dict[UUID | None, list[Unit]] = defaultdict(list)
    for unit in units:
        children[unit.parent_id if unit.parent_id in ids else None].append(unit)
    ordered: list[tuple[Unit, int]] = []
    todo = [(unit, 0) for unit in reversed(children[None])]
    while todo:
        unit, depth = todo.pop()
        ordered.append((unit, depth))
        todo.extend((child, depth + 1) for child in reversed(children[unit.pk]))
    return ordered
