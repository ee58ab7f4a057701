"""What a row about somebody shows, wherever she appears: name, place, mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.people.models import Assessment, Placement
from commonweal.people.reads.acts import marks_of_acts
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.people import people_within


@dataclass(frozen=True)
class Glance:
    """A person at a glance; `stance` is "" where nobody assessed her and no act of hers is known."""

    id: UUID
    name: str
    sort_name: str
    unit: str = ""
    shift: str = ""
    job: str = ""
    stance: str = ""

    @property
    def place(self) -> str:
        """Unit and shift, then the job: `Weaving, Night · weaver`."""
        where = ", ".join(part for part in (self.unit, self.shift) if part)
        return " · ".join(part for part in (where, self.job) if part)


def glances(scope: Scope, people: Iterable[UUID]) -> dict[UUID, Glance]:
    """The glance of each of these people who is inside the scope; three queries, in order of name."""
    ids = list(set(people))
    if not ids:
        return {}
    rows = people_within(scope).filter(pk__in=ids).values_list("pk", "name", "sort_name")
    seen = {pk: (name, sort) for pk, name, sort in rows}
    places: dict[UUID, tuple[str, str, str]] = {}
    current = Placement.objects.filter(person__in=seen, until=None).order_by("main")
    for person, unit, name, shift, job in current.values_list("person", "unit", "unit__name", "shift__name", "job"):
        if scope.covers_unit(unit) or person in scope.people:
            places[person] = (name, shift or "", job)
    stance = stances(seen)
    order = sorted(seen, key=lambda pk: (seen[pk][1], pk))
    return {pk: Glance(pk, *seen[pk], *places.get(pk, ("", "", "")), stance.get(pk, "")) for pk in order}


def stances(people: Iterable[UUID]) -> dict[UUID, str]:
    """Where each person stands as last assessed; of one day's, what she did counts over what she said.
    Whom nobody assessed stands where her acts put her."""
    ids = list(people)
    latest: dict[UUID, str] = {}
    rows = standing(Assessment).filter(person__in=ids).order_by("on", "-basis", "entered_at")
    for person, stance in rows.values_list("person", "stance"):
        latest[person] = stance
    unassessed = [person for person in ids if person not in latest]
    return latest | marks_of_acts(unassessed) if unassessed else latest
