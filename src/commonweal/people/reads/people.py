"""Who is there, within a scope."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import Person, Placement


def people_within(scope: Scope) -> QuerySet[Person]:
    """The listed people inside a scope: neither forgotten nor merged into another record."""
    listed = Person.objects.filter(forgotten_at=None, merged_into=None)
    if scope.everything:
        return listed
    if scope.sees_nobody:
        return listed.none()
    inside = Q(pk__in=scope.people)
    if scope.units:
        placed = Placement.objects.filter(person=OuterRef("pk"), until=None, unit__in=scope.units)
        inside |= Exists(placed)
    return listed.filter(inside)


def person_within(scope: Scope, person: UUID) -> Person:
    """One person. Raises NotYours when she is outside the scope or not there: no caller can tell which."""
    found = people_within(scope).filter(pk=person).first()
    if found is None:
        raise NotYours
    return found
