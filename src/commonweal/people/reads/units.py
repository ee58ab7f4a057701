"""Questions about the tree of units. It is small (hundreds) and read whole."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from commonweal.people.models import Unit


def with_subtrees(tops: Iterable[UUID]) -> frozenset[UUID]:
    """The given units and everything below them; one query. A cycle in stored rows ends the descent."""
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    for unit, parent in Unit.objects.order_by().values_list("id", "parent"):
        children[parent].append(unit)
    found: set[UUID] = set()
    todo = list(tops)
    while todo:
        unit = todo.pop()
        if unit not in found:
            found.add(unit)
            todo.extend(children[unit])
    return frozenset(found)
