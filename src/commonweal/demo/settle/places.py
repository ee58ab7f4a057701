"""The organization, its shifts, units and institutions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.demo import hospital
from commonweal.people.models import Institution, Organization, Shift, Unit

SOURCE = "demo"


@dataclass(frozen=True)
class Places:
    """Ids of what was made: sites, departments in their order, shifts in theirs, institutions in theirs."""

    site: UUID
    other_site: UUID
    departments: list[UUID]
    clinic: list[UUID]
    shifts: list[UUID]
    institutions: list[UUID]


def settle_places(at: datetime) -> Places:
    """Makes the organization and its tree: one employer with a hospital and, apart, a small clinic."""
    Organization.objects.create(name=hospital.ORGANIZATION, language="en", created_at=at)
    shifts = [
        Shift.objects.create(name=name, hours=hours, position=place)
        for place, (name, hours) in enumerate(hospital.SHIFTS)
    ]
    employer = Unit.objects.create(kind="employer", name=hospital.EMPLOYER)
    site = Unit.objects.create(kind="site", name=hospital.SITE, parent=employer)
    other = Unit.objects.create(kind="site", name=hospital.OTHER_SITE, parent=employer, position=1)
    departments = _departments(site, hospital.DEPARTMENTS)
    clinic = _departments(other, hospital.CLINIC)
    institutions = Institution.objects.bulk_create(
        Institution(kind=one.kind, name=one.name, place=one.place, added_at=at, source=SOURCE)
        for one in hospital.GATHERINGS
    )
    return Places(
        site.pk,
        other.pk,
        [one.pk for one in departments],
        [one.pk for one in clinic],
        [one.pk for one in shifts],
        [one.pk for one in institutions],
    )


def _departments(site: Unit, departments: tuple[hospital.Department, ...]) -> list[Unit]:
    return Unit.objects.bulk_create(
        Unit(kind="department", name=one.name, parent=site, position=place, code=f"{site.name[:1]}{100 + place}")
        for place, one in enumerate(departments)
    )
