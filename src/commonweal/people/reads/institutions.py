"""Questions about institutions: only those where somebody inside the scope belongs, or nobody at all yet."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import Affiliation, Institution
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import inside, is_small, placed_inside


def institutions_within(scope: Scope) -> QuerySet[Institution]:
    """The institutions a reader may know of, by name."""
    if scope.everything:
        return Institution.objects.all()
    belongs = Affiliation.objects.filter(institution=OuterRef("pk"))
    if is_small(scope):
        seen = Affiliation.objects.filter(placed_inside(scope, "person")).values("institution")
        return Institution.objects.filter(Q(pk__in=seen) | ~Q(Exists(belongs)))
    return Institution.objects.filter(Q(Exists(belongs.filter(inside(scope, "person")))) | ~Q(Exists(belongs)))


def institution_within(scope: Scope, institution: UUID) -> Institution:
    """One institution. Raises NotYours when it is outside the scope or not there."""
    found = institutions_within(scope).filter(pk=institution).first()
    if found is None:
        raise NotYours
    return found


def members_in(scope: Scope, institutions: Iterable[UUID]) -> dict[UUID, int]:
    """How many people inside the scope belong to each now; one query."""
    current = Affiliation.objects.filter(institution__in=list(institutions), until=None).filter(
        placed_inside(scope, "person")
    )
    return dict(current.order_by().values_list("institution").annotate(people=Count("person", distinct=True)))


def members_of(scope: Scope, institution: Institution) -> list[tuple[Affiliation, Glance]]:
    """Who of the scope belongs or belonged to an institution, those who hold a role first."""
    rows = list(institution.affiliations.filter(inside(scope, "person")).order_by("until", "role"))
    seen = glances(scope, (row.person_id for row in rows))
    found = [(row, seen[row.person_id]) for row in rows if row.person_id in seen]
    return sorted(found, key=lambda pair: (pair[0].until is not None, pair[0].role == "member", pair[1].sort_name))
