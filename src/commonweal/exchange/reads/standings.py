"""What is known now of the people a file speaks of; a fixed number of queries for any number of them."""

from collections.abc import Collection
from uuid import UUID

from commonweal.exchange.rules.changes import Standing
from commonweal.people.models import Affiliation, Assessment, ContactPoint, Person, PersonName, Placement
from commonweal.people.rules import folded


def standings(people: Collection[UUID], *, with_notes: bool = False) -> dict[UUID, Standing]:
    """What each of these people is known by and as. The callers have seen to the scope."""
    found: dict[UUID, Standing] = {}
    if not people:
        return found
    for person in Person.objects.filter(pk__in=people):
        found[person.pk] = Standing(
            name=person.name,
            given=person.given_name,
            family=person.family_name,
            number=person.outside_number,
            born=person.born_on.isoformat() if person.born_on else "",
            languages=list(person.languages),
            note=str(person.note) if with_notes else "",
        )
    for person_id, name in PersonName.objects.filter(person__in=people).values_list("person", "name"):
        found[person_id].others.add(folded(name))
    for person_id, mark in ContactPoint.objects.filter(person__in=people).values_list("person", "fingerprint"):
        found[person_id].contacts.add(mark)
    placed = Placement.objects.filter(person__in=people, until=None)
    for person_id, pk, unit, job, shift, main in placed.values_list("person", "id", "unit", "job", "shift", "main"):
        found[person_id].placements.append((pk, unit, job, shift, main))
    belongs = Affiliation.objects.filter(person__in=people, until=None)
    for person_id, name, role in belongs.values_list("person", "institution__name", "role"):
        found[person_id].affiliations.add((folded(name), role))
    judged = Assessment.objects.filter(person__in=people, replaced_by=None, withdrawn=False, basis="stated")
    for person_id, on, stance in judged.values_list("person", "on", "stance"):
        found[person_id].stances[on.isoformat()] = stance
    return found
