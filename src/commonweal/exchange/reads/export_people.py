"""People as they are taken out: who fits a choice, and what is kept about each, within a scope."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.exchange.rules.export import ADDRESS, BELONGS, CONTACTS, MOST_ROWS, NOTE, STANCE, Choice
from commonweal.people.models import (
    Affiliation,
    Assessment,
    ChainLink,
    ContactPoint,
    PersonName,
    Placement,
    Unit,
)
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.lists import Sieve, sifted
from commonweal.people.reads.people import people_within
from commonweal.people.reads.search import found

SEARCHED = 300  # people whom one search can mean


@dataclass
class PersonTaken:
    """One person as she is taken out. Contact points that must not be used are not among them."""

    id: UUID
    name: str
    given: str
    family: str
    number: str
    languages: list[str]
    born_on: date | None
    note: str = ""
    others: list[str] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    """The names from the top of the scope to her main unit."""
    shift: str = ""
    job: str = ""
    also_in: list[str] = field(default_factory=list)
    contacts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By kind, the preferred first."""
    stance: str = ""
    stance_on: date | None = None
    belongs: list[tuple[str, str]] = field(default_factory=list)
    """Institution and code of the role."""
    walks_with: list[str] = field(default_factory=list)


class UnitPaths:
    """The names of the units a scope covers, each from the top down; one query."""

    def __init__(self, scope: Scope) -> None:
        rows = Unit.objects.order_by().values_list("pk", "name", "parent_id")
        self.units = {unit: (name, parent) for unit, name, parent in rows if scope.covers_unit(unit)}

    def path(self, unit: UUID | None) -> list[str]:
        """The names down to a unit; empty for one outside the scope. A cycle in stored rows ends the climb."""
        names: list[str] = []
        climbed: set[UUID] = set()
        while unit is not None and unit in self.units and unit not in climbed:
            climbed.add(unit)
            name, unit = self.units[unit]
            names.insert(0, name)
        return names


def chosen_people(scope: Scope, choice: Choice, *, country: str) -> list[UUID]:
    """The people inside the scope who fit, in order of name; one more than a file may hold says that there are more."""
    if choice.text:
        answer = found(choice.text, scope, country=country, most=SEARCHED)
        return [one.glance.id for one in answer.people]
    sieve = Sieve(choice.unit, choice.shift, choice.institution, choice.knows, choice.only)
    ordered = sifted(scope, sieve).order_by("sort_name", "pk")
    return list(ordered.values_list("pk", flat=True)[: MOST_ROWS + 1])


def count_people(scope: Scope, choice: Choice, *, country: str) -> int:
    """How many `chosen_people` would find."""
    if choice.text:
        return len(chosen_people(scope, choice, country=country))
    sieve = Sieve(choice.unit, choice.shift, choice.institution, choice.knows, choice.only)
    return sifted(scope, sieve).order_by()[: MOST_ROWS + 1].count()


def people_taken(scope: Scope, ids: Sequence[UUID], parts: Sequence[str], paths: UnitPaths) -> list[PersonTaken]:
    """These people in this order, without who is no longer inside the scope; a fixed number of queries."""
    people = people_within(scope).filter(pk__in=ids)
    if NOTE not in parts:
        people = people.defer("note")
    taken = {
        one.pk: PersonTaken(
            one.pk,
            one.name,
            one.given_name,
            one.family_name,
            one.outside_number,
            list(one.languages),
            one.born_on,
            note=str(one.note) if NOTE in parts else "",
        )
        for one in people
    }
    for person, name in PersonName.objects.filter(person__in=taken).order_by("name").values_list("person", "name"):
        taken[person].others.append(name)
    _add_places(scope, taken, paths)
    if {CONTACTS, ADDRESS} & set(parts):
        _add_contacts(taken)
    if STANCE in parts:
        rows = standing(Assessment).filter(person__in=taken).order_by("on", "-basis", "entered_at")
        for person, stance, on in rows.values_list("person", "stance", "on"):
            taken[person].stance, taken[person].stance_on = stance, on
    if BELONGS in parts:
        belongs = Affiliation.objects.filter(person__in=taken, until=None).order_by("institution__name", "role")
        for person, name, role in belongs.values_list("person", "institution__name", "role"):
            taken[person].belongs.append((name, role))
    _add_leaders(scope, taken)
    return [taken[pk] for pk in ids if pk in taken]


def _add_places(scope: Scope, taken: dict[UUID, PersonTaken], paths: UnitPaths) -> None:
    places = Placement.objects.filter(person__in=taken, until=None).order_by("-main", "pk")
    for person, unit, shift, job in places.values_list("person", "unit", "shift__name", "job"):
        path, one = paths.path(unit), taken[person]
        if not path:
            continue
        if one.unit:
            one.also_in.append(" > ".join(path))
        else:
            one.unit, one.shift, one.job = path, shift or "", job


def _add_contacts(taken: dict[UUID, PersonTaken]) -> None:
    usable: Any = ContactPoint.objects.filter(person__in=taken, stopped_at=None)
    for point in usable.order_by("kind", "-preferred", "id"):
        taken[point.person_id].contacts[point.kind].append(str(point.value))


def _add_leaders(scope: Scope, taken: dict[UUID, PersonTaken]) -> None:
    """With whom each walks, where the leader too is inside the scope."""
    links = list(ChainLink.objects.filter(follower__in=taken, until=None).values_list("follower", "leader"))
    names = dict(people_within(scope).filter(pk__in={leader for _, leader in links}).values_list("pk", "name"))
    for follower, leader in links:
        if leader in names:
            taken[follower].walks_with.append(names[leader])


def names_with_units(scope: Scope, ids: set[UUID], paths: UnitPaths) -> dict[UUID, tuple[str, str]]:
    """Name and unit (as a path) of those of these people who are inside the scope; two queries."""
    names = dict(people_within(scope).filter(pk__in=ids).values_list("pk", "name"))
    units: dict[UUID, str] = {}
    places = Placement.objects.filter(person__in=names, until=None).order_by("main", "-pk")
    for person, unit in places.values_list("person", "unit"):
        if path := paths.path(unit):
            units[person] = " > ".join(path)
    return {pk: (name, units.get(pk, "")) for pk, name in names.items()}
