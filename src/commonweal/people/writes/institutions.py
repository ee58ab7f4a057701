"""The places where people already belong, and who belongs to them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.common.ids import new_id
from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record
from commonweal.people.models import Affiliation, FormerRow, Institution
from commonweal.people.writes.changes import count_change
from commonweal.people.writes.former import keep_former
from commonweal.people.writes.units import NameTaken, NotEmpty


@dataclass(frozen=True)
class BelongsAlready(Refusal):
    """She belongs to this institution in this role already."""

    role: str


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
def change_affiliation(
    *,
    affiliation: Affiliation,
    version: int,
    role: str,
    since: date | None,
    until: date | None,
    by: UUID,
    at: datetime,
) -> FormerRow:
    """Changes role and days; how it was before can be brought back. Raises ChangedMeanwhile, BelongsAlready."""
    count_change(affiliation.person_id, version=version, at=at)
    former = keep_former(affiliation, by=by, at=at)
    try:
        with transaction.atomic():
            Affiliation.objects.filter(pk=affiliation.pk).update(role=role, since=since, until=until)
    except IntegrityError:
        raise BelongsAlready(role) from None
    _record("changed_affiliation", affiliation, by, at)
    return former


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, on: date, by: UUID, at: datetime) -> FormerRow:
    """Says that a person no longer belongs to an institution; for thirty days that can be taken back."""
    former = keep_former(affiliation, by=by, at=at)
    count_change(affiliation.person_id, version=None, at=at)
    Affiliation.objects.filter(pk=affiliation.pk).update(until=on)
    _record("ended_affiliation", affiliation, by, at)
    return former


@transaction.atomic
def remove_affiliation(*, affiliation: Affiliation, by: UUID, at: datetime) -> FormerRow:
    """Removes an affiliation that was entered in error; for thirty days it can be brought back."""
    former = keep_former(affiliation, by=by, at=at)
    count_change(affiliation.person_id, version=None, at=at)
    Affiliation.objects.filter(pk=affiliation.pk).delete()
    _record("removed_affiliation", affiliation, by, at)
    return former


def _record(verb: str, affiliation: Affiliation, by: UUID, at: datetime) -> None:
    facts = {"institution": str(affiliation.institution_id)}
    record(verb, by=by, at=at, subject_kind="person", subject=affiliation.person_id, facts=facts)
