"""What was seen, and who belongs where, as it is taken out. A row goes out only where everybody in it
is inside the scope, so that nobody else is named and no row says less than what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.common.scope import Scope
from commonweal.exchange.reads.export_people import UnitPaths, names_with_units
from commonweal.exchange.rules.export import ASKS, INSTITUTIONS, MOST_ROWS, NOMINATIONS, TIES, YESES, Choice
from commonweal.people.models import Affiliation, Ask, BareYes, Nomination, Placement, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.people import inside, is_small, placed_inside
from commonweal.people.reads.units import with_subtrees

ENDS = {
    TIES: ("person", "other"),
    NOMINATIONS: ("nominator", "nominee"),
    ASKS: ("asked", "asker"),
    YESES: ("person", "carried_by"),
    INSTITUTIONS: ("person",),
}
MAY_BE_NOBODY = frozenset({"asker", "carried_by"})


@dataclass(frozen=True)
class RowTaken:
    """A stored row with the name and unit of each of its ends, in the order of `ENDS`."""

    row: Any
    ends: tuple[tuple[str, str], ...]


def chosen_rows(scope: Scope, choice: Choice) -> list[UUID]:
    """The ids of the rows that fit, everybody in them inside the scope; one more than a file may hold
    says that there are more."""
    return list(_fitting(scope, choice).values_list("pk", flat=True)[: MOST_ROWS + 1])


def count_rows(scope: Scope, choice: Choice) -> int:
    """How many `chosen_rows` would find."""
    return _fitting(scope, choice).order_by()[: MOST_ROWS + 1].count()


def rows_taken(scope: Scope, what: str, ids: Sequence[UUID], paths: UnitPaths) -> list[RowTaken]:
    """These rows in this order; a fixed number of queries."""
    ends = ENDS[what]
    rows = {row.pk: row for row in _all(what).filter(pk__in=ids)}
    people = {getattr(row, f"{end}_id") for row in rows.values() for end in ends} - {None}
    seen = names_with_units(scope, people, paths)
    taken = []
    for pk in ids:
        row = rows.get(pk)
        there = [getattr(row, f"{end}_id", None) for end in ends]
        if row is not None and all(one is None or one in seen for one in there):
            taken.append(RowTaken(row, tuple(seen[one] if one is not None else ("", "") for one in there)))
    return taken


def _all(what: str) -> QuerySet[Any]:
    if what == TIES:
        return standing(Tie).filter(until=None)
    if what == NOMINATIONS:
        return standing(Nomination)
    if what == ASKS:
        return standing(Ask).select_related("occasion")
    if what == YESES:
        return standing(BareYes).select_related("occasion")
    return Affiliation.objects.filter(until=None).select_related("institution")


ORDERS = {
    TIES: ("person__sort_name", "other__sort_name", "kind", "pk"),
    NOMINATIONS: ("nominator__sort_name", "nominee__sort_name", "question", "pk"),
    ASKS: ("occasion__on", "occasion__name", "asked__sort_name", "pk"),
    YESES: ("occasion__on", "occasion__name", "person__sort_name", "pk"),
    INSTITUTIONS: ("institution__name", "role", "person__sort_name", "pk"),
}


def _fitting(scope: Scope, choice: Choice) -> QuerySet[Any]:
    what, ends = choice.what, ENDS[choice.what]
    rows = _all(what)
    gathered = is_small(scope)
    for end in ends:
        hers = placed_inside(scope, end) if gathered else inside(scope, end)
        hers &= Q(**{f"{end}__forgotten_at": None, f"{end}__merged_into": None})
        rows = rows.filter(hers | Q(**{end: None}) if end in MAY_BE_NOBODY else hers)
    if choice.unit:
        units = [unit for unit in with_subtrees([choice.unit]) if scope.covers_unit(unit)]
        placed = Placement.objects.filter(until=None, unit__in=units).values("person")
        within = Q(**{f"{ends[0]}__in": placed})
        rows = rows.filter(within | Q(**{f"{ends[1]}__in": placed}) if what in (TIES, NOMINATIONS) else within)
    if choice.occasion and what in (ASKS, YESES):
        rows = rows.filter(occasion=choice.occasion)
    if choice.institution and what == INSTITUTIONS:
        rows = rows.filter(institution=choice.institution)
    return rows.order_by(*ORDERS[what])
