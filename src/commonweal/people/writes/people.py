"""Adding people and changing who they are."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.common.ids import new_id
from commonweal.ledger.writes import record
from commonweal.people.models import FormerRow, Person, PersonName, Shift, Unit
from commonweal.people.rules import folded, sort_name, split_name
from commonweal.people.writes.changes import count_change
from commonweal.people.writes.contacts import add_contact
from commonweal.people.writes.former import keep_former
from commonweal.people.writes.placements import place
from commonweal.people.writes.search_keys import refresh


@transaction.atomic
def add_person(
    *,
    name: str,
    unit: Unit | None = None,
    shift: Shift | None = None,
    job: str = "",
    phone: str = "",
    by: UUID | None,
    at: datetime,
    source: str = "",
) -> Person:
    """Puts somebody on the list, placed in a unit where one is known. `name` is as she is called, or
    `LAST, FIRST`; `phone` is normalized already."""
    given, family = split_name(name)
    person = Person(
        name=(f"{given} {family}".strip() if "," in name else " ".join(name.split()))[:160],
        given_name=given[:80],
        family_name=family[:80],
        sort_name=sort_name(given, family),
        source=source or f"hand:{new_id()}",
        added_at=at,
        added_by=by,
        changed_at=at,
    )
    person.save(force_insert=True)
    refresh([person.pk])
    record("added_person", by=by, at=at, subject_kind="person", subject=person.pk)
    if unit is not None:
        place(person=person.pk, unit=unit, shift=shift, job=job, by=by, at=at)
    if phone:
        add_contact(person=person.pk, kind="phone", value=phone, by=by, at=at)
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    version: int,
    name: str,
    given_name: str,
    family_name: str,
    languages: Sequence[str],
    born_on: date | None,
    outside_number: str,
    by: UUID,
    at: datetime,
) -> None:
    """Changes who a person is. Raises ChangedMeanwhile when somebody else did since `version`."""
    count_change(person.pk, version=version, at=at)
    changed = [
        field
        for field, value in (
            ("name", name),
            ("given_name", given_name),
            ("family_name", family_name),
            ("languages", list(languages)),
            ("born_on", born_on),
            ("outside_number", outside_number),
        )
        if getattr(person, field) != value
    ]
    Person.objects.filter(pk=person.pk).update(
        name=name,
        given_name=given_name,
        family_name=family_name,
        sort_name=sort_name(given_name, family_name) or folded(name)[:160],
        languages=list(languages),
        born_on=born_on,
        outside_number=outside_number,
    )
    refresh([person.pk])
    record("changed_person", by=by, at=at, subject_kind="person", subject=person.pk, facts={"fields": changed})


@transaction.atomic
def change_note(*, person: Person, version: int, note: str, by: UUID, at: datetime) -> None:
    """Replaces the sealed note on a person. Raises ChangedMeanwhile."""
    count_change(person.pk, version=version, at=at)
    person.note = note
    person.save(update_fields=["note"])
    record("changed_note", by=by, at=at, subject_kind="person", subject=person.pk)


@transaction.atomic
def add_name(*, person: Person, kind: str, name: str, by: UUID, at: datetime) -> PersonName | None:
    """Adds another name by which a person is found; None when she had it already."""
    try:
        with transaction.atomic():
            added = PersonName.objects.create(person=person, kind=kind, name=name[:160], source=f"hand:{new_id()}")
    except IntegrityError:
        return None
    count_change(person.pk, version=None, at=at)
    refresh([person.pk])
    record("added_name", by=by, at=at, subject_kind="person", subject=person.pk, facts={"kind": kind})
    return added


@transaction.atomic
def remove_name(*, name: PersonName, by: UUID, at: datetime) -> FormerRow:
    """Removes another name of a person; for thirty days it can be brought back."""
    kind, person = name.kind, name.person_id
    former = keep_former(name, by=by, at=at)
    name.delete()
    count_change(person, version=None, at=at)
    refresh([person])
    record("removed_name", by=by, at=at, subject_kind="person", subject=person, facts={"kind": kind})
    return former
