"""The people of a scope as conditions that a database follows by its indexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonweal.common.rows import rows_of
from commonweal.common.scope import Scope
from commonweal.people.models import Placement
from commonweal.people.reads.people import placed_nowhere


@dataclass(frozen=True)
class Inside:
    """Everybody, or those who stand in `units` and the `others`, who do not.

    The two are asked for one after the other: joined by an "or" a database would go through whole tables.
    """

    units: frozenset[UUID] | None
    others: tuple[UUID, ...] = ()

    def conditions(self, column: str) -> list[Q]:
        """Conditions on rows whose column is a person; each row fits one at most."""
        if self.units is None:
            return [Q()]
        placed = Placement.objects.filter(until=None, unit__in=self.units).order_by().values("person")
        found = [Q(**{f"{column}__in": placed})] if self.units else []
        return found + ([Q(**{f"{column}__in": self.others})] if self.others else [])

    def condition(self, column: str) -> Q:
        """The same in one, for counts."""
        both = self.conditions(column)
        if not both:
            return Q(pk__in=())
        return both[0] if len(both) == 1 else both[0] | both[1]

    def rows(self, rows: QuerySet[Any], column: str, *fields: str) -> Iterator[Sequence[Any]]:
        """These fields of the rows about people inside, as the database sends them."""
        for condition in self.conditions(column):
            yield from rows_of(rows.filter(condition).values_list(*fields))


def inside_of(scope: Scope) -> Inside:
    """The people of a scope; two queries at most."""
    if scope.everything:
        return Inside(None)
    nowhere = list(placed_nowhere(scope).order_by("pk").values_list("pk", flat=True))
    stands = Placement.objects.filter(person=OuterRef("person"), until=None, unit__in=scope.units)
    named = set(scope.people)
    if named and scope.units:
        rows = Placement.objects.filter(person__in=named, until=None).filter(Exists(stands))
        named -= set(rows.values_list("person", flat=True))
    return Inside(scope.units, tuple(sorted(named | set(nowhere))))
