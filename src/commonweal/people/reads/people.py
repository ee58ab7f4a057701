"""Who is there, within a scope."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from commonweal.common.doors import SignedIn
from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import Person, Placement
from commonweal.people.permissions import may_correct_contacts, may_write_people

FEW = 10_000


def people_within(scope: Scope) -> QuerySet[Person]:
    """The listed people inside a scope: neither forgotten nor merged into another record.

    Somebody who is placed nowhere is inside the scope of administrators and of whoever added her.
    """
    listed = Person.objects.filter(forgotten_at=None, merged_into=None)
    if scope.everything:
        return listed
    if scope.sees_nobody and not scope.may_write:
        return listed.none()
    return listed.filter(inside(scope))


def inside(scope: Scope, person: str = "pk") -> Q:
    """The scope as a condition on rows whose column `person` is a person, looked up for each row:
    quick for a page of rows in any order, however large the place is."""
    if scope.everything:
        return Q()
    within = Q(**{f"{person}__in": scope.people})
    if scope.units:
        within |= Q(_stands_in(scope.units, person))
    if scope.may_write and scope.reader is not None:
        hers = Person.objects.filter(pk=OuterRef(person), added_by=scope.reader)
        within |= Q(Exists(hers)) & ~Q(Exists(Placement.objects.filter(person=OuterRef(person), until=None)))
    return within


def placed_inside(scope: Scope, person: str) -> Q:
    """The same as `inside`, gathered once as a set: for counts and small parts of a large place."""
    if scope.everything:
        return Q()
    placed = Placement.objects.filter(until=None, unit__in=scope.units).values("person")
    within = Q(**{f"{person}__in": scope.people}) | Q(**{f"{person}__in": placed})
    if scope.may_write and scope.reader is not None:
        within |= Q(**{f"{person}__in": placed_nowhere(scope).values("pk")})
    return within


def placed_in(units: Collection[UUID], person: str) -> Q:
    """Who stands in one of the units, as a condition on rows whose column `person` is a person: gathered once as a set
    where they are few, else looked up for each row. One query."""
    if _hold_few(units):
        return Q(**{f"{person}__in": Placement.objects.filter(until=None, unit__in=units).values("person")})
    return Q(_stands_in(units, person))


def is_small(scope: Scope) -> bool:
    """True when the people of a scope are few enough to be gathered as a set."""
    return not scope.everything and _hold_few(scope.units)


def _hold_few(units: Collection[UUID]) -> bool:
    return Placement.objects.filter(until=None, unit__in=units)[:FEW].count() < FEW


def _stands_in(units: Collection[UUID], person: str) -> Exists:
    """Whether the person in a column of the outer rows stands in one of the units now, looked up for each row."""
    # Coalesce keeps SQLite from probing its index once for each unit.
    current = Placement.objects.filter(person=OuterRef(person), until=None).annotate(stands=Coalesce("unit", "unit"))
    return Exists(current.filter(stands__in=units))


def names_within(scope: Scope, people: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those of these people whom the reader sees, in order; one query, none for nobody."""
    return dict(people_within(scope).filter(pk__in=set(people)).order_by("sort_name", "pk").values_list("pk", "name"))


def person_within(scope: Scope, person: UUID) -> Person:
    """One person. Raises NotYours when she is outside the scope or not there: no caller can tell which."""
    found = people_within(scope).filter(pk=person).first()
    if found is None:
        raise NotYours
    return found


def writable_person(scope: Scope, person: UUID) -> Person:
    """A person whose record the reader may change. Raises NotYours."""
    if not may_write_people(scope):
        raise NotYours
    return person_within(scope, person)


def person_with_own_contacts(account: SignedIn, scope: Scope, person: UUID) -> Person:
    """A person whose contact points the reader may correct. Raises NotYours."""
    if not may_correct_contacts(account, scope, person):
        raise NotYours
    return person_within(scope, person)


def count_within(scope: Scope) -> int:
    """How many people are inside a scope. Nobody who is not listed holds a placement that goes on."""
    if scope.everything or not scope.units:
        return people_within(scope).count()
    placed = Placement.objects.filter(until=None, unit__in=scope.units).values("person").distinct().count()
    named = scope.people - set(
        Placement.objects.filter(until=None, unit__in=scope.units, person__in=scope.people).values_list(
            "person", flat=True
        )
    )
    return placed + len(named) + placed_nowhere(scope).count()


def placed_nowhere(scope: Scope) -> QuerySet[Person]:
    """The people inside a scope whom nobody has placed in a unit."""
    if not scope.may_write:
        return Person.objects.none()
    anywhere = Placement.objects.filter(person=OuterRef("pk"), until=None)
    nowhere = Person.objects.filter(~Exists(anywhere), forgotten_at=None, merged_into=None)
    return nowhere if scope.everything else nowhere.filter(added_by=scope.reader)
