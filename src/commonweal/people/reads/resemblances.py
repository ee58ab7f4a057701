"""Pairs of records that may be one person, side by side."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import Ask, Merge, Nomination, Person, PersonName, Resemblance, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import inside, people_within
from commonweal.people.reads.records import Reached, contacts_of

SHOWN = 60


@dataclass(frozen=True)
class Beside:
    """One of two records as they stand side by side."""

    person: Person
    glance: Glance
    names: list[str]
    contacts: list[Reached]
    ties: int
    nominations: int
    asks: int


def open_pairs(scope: Scope) -> QuerySet[Resemblance]:
    """Pairs that nobody decided about yet, both inside the scope, the surest first."""
    rows = Resemblance.objects.filter(state=Resemblance.State.OPEN).filter(
        inside(scope, "first"), inside(scope, "second")
    )
    listed = {f"{end}__{name}": None for end in ("first", "second") for name in ("merged_into", "forgotten_at")}
    return rows.filter(**listed).order_by("-weight", "pk")


def pairs_shown(scope: Scope) -> list[tuple[Resemblance, Glance, Glance]]:
    """The surest open pairs with both people at a glance; four queries."""
    rows = list(open_pairs(scope)[:SHOWN])
    seen = glances(scope, (one for row in rows for one in (row.first_id, row.second_id)))
    return [
        (row, seen[row.first_id], seen[row.second_id]) for row in rows if row.first_id in seen and row.second_id in seen
    ]


def beside(scope: Scope, first: UUID, second: UUID, *, country: str) -> tuple[Beside, Beside]:
    """Two records of the scope. Raises NotYours when one is outside, missing, or both are one."""
    found = {person.pk: person for person in people_within(scope).filter(pk__in=[first, second])}
    if len(found) != 2:
        raise NotYours
    seen = glances(scope, found)
    one, other = (_beside(found[pk], seen[pk], country) for pk in (first, second))
    return one, other


def pair_of(first: UUID, second: UUID) -> Resemblance | None:
    """What was found or decided about two records."""
    either = Q(first=first, second=second) | Q(first=second, second=first)
    return Resemblance.objects.filter(either).first()


def merge_within(scope: Scope, merge: UUID) -> Merge:
    """One merge whose record is inside the scope. Raises NotYours."""
    found = Merge.objects.filter(pk=merge).select_related("kept", "taken_in").first()
    if found is None or not people_within(scope).filter(pk=found.kept_id).exists():
        raise NotYours
    return found


def merges_of(person: UUID) -> list[Merge]:
    """The merges of a record that are not undone, the latest first."""
    return list(Merge.objects.filter(kept=person, undone_at=None).select_related("taken_in").order_by("-at"))


def _beside(person: Person, glance: Glance, country: str) -> Beside:
    return Beside(
        person=person,
        glance=glance,
        names=list(PersonName.objects.filter(person=person).values_list("name", flat=True)),
        contacts=contacts_of(person.pk, country),
        ties=standing(Tie).filter(Q(person=person) | Q(other=person)).count(),
        nominations=standing(Nomination).filter(Q(nominee=person) | Q(nominator=person)).count(),
        asks=standing(Ask).filter(Q(asked=person) | Q(asker=person)).count(),
    )
