"""The places where people already belong, and who belongs to them."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.common.ids import new_id
from commonweal.ledger.writes import record
from commonweal.people.models import Affiliation, Institution
from commonweal.people.writes.changes import count_change
from commonweal.people.writes.units import NameTaken, NotEmpty


@transaction.atomic
def add_institution(*, kind: str, name: str, place: str = "", by: UUID | None, at: datetime) -> Institution:
    """Adds an institution; one of the same kind and name is the same institution."""
    institution, new = Institution.objects.get_or_create(
        kind=kind, name=name, defaults={"place": place, "added_at": at, "source": f"hand:{new_id()}"}
    )
    if new:
        record("added_institution", by=by, at=at, subject_kind="institution", subject=institution.pk)
    return institution


@transaction.atomic
def change_institution(*, institution: Institution, kind: str, name: str, place: str, by: UUID, at: datetime) -> None:
    """Changes what an institution is called, its kind or place. Raises NameTaken."""
    institution.kind, institution.name, institution.place = kind, name, place
    try:
        with transaction.atomic():
            institution.save()
    except IntegrityError:
        raise NameTaken(name) from None
    record("changed_institution", by=by, at=at, subject_kind="institution", subject=institution.pk)


@transaction.atomic
def remove_institution(*, institution: Institution, by: UUID, at: datetime) -> None:
    """Removes an institution to which nobody ever belonged. Raises NotEmpty."""
    people = institution.affiliations.count()
    if people:
        raise NotEmpty(people, 0)
    key = institution.pk
    institution.delete()
    record("removed_institution", by=by, at=at, subject_kind="institution", subject=key)


@transaction.atomic
def affiliate(
    *,
    person: UUID,
    institution: Institution,
    role: str,
    since: date | None = None,
    by: UUID | None,
    at: datetime,
    source: str = "",
) -> Affiliation:
    """Says that a person belongs to an institution in a role; the same again changes nothing."""
    made, new = Affiliation.objects.get_or_create(
        person_id=person,
        institution=institution,
        role=role,
        until=None,
        defaults={"since": since, "source": source or f"hand:{new_id()}"},
    )
    if new:
        count_change(person, version=None, at=at)
        facts = {"institution": str(institution.pk), "role": role}
        record("affiliated_person", by=by, at=at, subject_kind="person", subject=person, facts=facts)
    return made


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, on: date, by: UUID, at: datetime) -> None:
    """Says that a person no longer belongs to an institution."""
    count_change(affiliation.person_id, version=None, at=at)
    Affiliation.objects.filter(pk=affiliation.pk).update(until=on)
    _record("ended_affiliation", affiliation, by, at)


@transaction.atomic
def remove_affiliation(*, affiliation: Affiliation, by: UUID, at: datetime) -> None:
    """Removes an affiliation that was entered in error."""
    count_change(affiliation.person_id, version=None, at=at)
    Affiliation.objects.filter(pk=affiliation.pk).delete()
    _record("removed_affiliation", affiliation, by, at)


def _record(verb: str, affiliation: Affiliation, by: UUID, at: datetime) -> None:
    facts = {"institution": str(affiliation.institution_id)}
    record(verb, by=by, at=at, subject_kind="person", subject=affiliation.person_id, facts=facts)
