"""The list of people, page by page, sifted."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonweal.common.scope import Scope
from commonweal.people.models import Affiliation, Assessment, Person, Placement, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import (
    count_within,
    is_small,
    people_within,
    placed_in,
    placed_inside,
    placed_nowhere,
)
from commonweal.people.reads.search.finding import in_no_chain
from commonweal.people.reads.units import with_subtrees

PAGE = 50
COUNTED = 1000


@dataclass(frozen=True)
class Sieve:
    """What a list is sifted by; every part that is set must fit. `only` is one of `no_chain`,
    `nowhere`, `blank`, or "" for all."""

    unit: UUID | None = None
    shift: UUID | None = None
    institution: UUID | None = None
    knows: UUID | None = None
    only: str = ""


@dataclass(frozen=True)
class Page:
    """Some people in order of name, with the keys of the pages around it."""

    people: list[Glance]
    before: UUID | None
    after: UUID | None
    count: int
    """How many fit in all; of a sifted list `COUNTED` means that there may be more."""


def sifted(scope: Scope, sieve: Sieve) -> QuerySet[Person]:
    """The people inside the scope who fit, each condition looked up for each row."""
    people = _begin(scope, sieve)
    current = Placement.objects.filter(person=OuterRef("pk"), until=None)
    if sieve.shift:
        people = people.filter(Exists(current.filter(shift=sieve.shift)))
    if sieve.institution:
        belongs = Affiliation.objects.filter(until=None, institution=sieve.institution)
        people = people.filter(pk__in=belongs.values("person"))
    if sieve.knows:
        ties = standing(Tie).filter(until=None)
        out, into = ties.filter(other=sieve.knows).values("person"), ties.filter(person=sieve.knows).values("other")
        people = people.filter(Q(pk__in=out) | Q(pk__in=into))
    if sieve.only == "no_chain":
        people = people.filter(in_no_chain())
    elif sieve.only == "blank":
        people = people.filter(~Exists(standing(Assessment).filter(person=OuterRef("pk"))))
    return people


def _begin(scope: Scope, sieve: Sieve) -> QuerySet[Person]:
    """The people to sift: gathered as a set where they are few, else looked up row by row."""
    listed = Person.objects.filter(forgotten_at=None, merged_into=None)
    if sieve.only == "nowhere":
        return placed_nowhere(scope)
    if sieve.unit:
        units = [unit for unit in with_subtrees([sieve.unit]) if scope.covers_unit(unit)]
        return listed.filter(placed_in(units, "pk"))
    if is_small(scope):
        return listed.filter(placed_inside(scope, "pk"))
    return people_within(scope)


def page_of(scope: Scope, sieve: Sieve, *, after: UUID | None = None, before: UUID | None = None) -> Page:
    """One page by key: the people after or before one of them in the order of names."""
    people = sifted(scope, sieve)
    ordered = people.order_by("sort_name", "pk")
    backwards = False
    mark = after or before
    key = Person.objects.filter(pk=mark).values_list("sort_name", flat=True).first() if mark else None
    if key is not None and after:
        ordered = ordered.filter(Q(sort_name__gt=key) | Q(sort_name=key, pk__gt=after), sort_name__gte=key)
    elif key is not None and before:
        backwards = True
        earlier = people.filter(Q(sort_name__lt=key) | Q(sort_name=key, pk__lt=before), sort_name__lte=key)
        ordered = earlier.order_by("-sort_name", "-pk")
    ids = list(ordered.values_list("pk", flat=True)[: PAGE + 1])
    more = len(ids) > PAGE
    ids = ids[:PAGE][::-1] if backwards else ids[:PAGE]
    cells = glances(scope, ids)
    shown = [cells[pk] for pk in ids if pk in cells]
    earlier_there = (more if backwards else bool(after)) and bool(shown)
    later_there = (True if backwards else more) and bool(shown)
    count = count_within(scope) if sieve == Sieve() else people.order_by()[:COUNTED].count()
    return Page(shown, shown[0].id if earlier_there else None, shown[-1].id if later_there else None, count)
