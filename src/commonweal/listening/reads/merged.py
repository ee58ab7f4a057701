"""Which record stands for a person now, where hers was taken into another."""

from collections.abc import Iterable
from uuid import UUID

from commonweal.people.models import Person


def standing_records(people: Iterable[UUID | None]) -> dict[UUID, UUID]:
    """The record that stands for each of these people: her own, or the one hers was taken into. A query for each
    merge upon merge."""
    now = {one: one for one in people if one is not None}
    todo = set(now)
    while todo:
        taken = Person.objects.filter(pk__in=todo, merged_into__isnull=False).values_list("pk", "merged_into")
        into = {pk: kept for pk, kept in taken if kept is not None}
        now = {one: into.get(record, record) for one, record in now.items()}
        todo = set(into.values())
    return now
