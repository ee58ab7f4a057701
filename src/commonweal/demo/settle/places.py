"""The organization, its shifts, units and institutions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.demo import hospital
from commonweal.demo.spanish import called
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


def settle_places(language: str, at: datetime) -> Places:
    """Makes the organization and its tree: one employer with a hospital and, apart, a small clinic."""
    Organization.objects.create(name=called(hospital.ORGANIZATION, language), language=language, created_at=at)
    shifts = [
        Shift.objects.create(name=called(name, language), hours=hours, position=place)
        for place, (name, hours) in enumerate(hospital.SHIFTS)
    ]
    employer = Unit.objects.create(kind="employer", name=called(hospital.EMPLOYER, language))
    site = Unit.objects.create(kind="site", name=called(hospital.SITE, language), parent=employer)
    other = Unit.objects.create(kind="site", name=called(hospital.OTHER_SITE, language), parent=employer, position=1)
    departments = _departments(site, hospital.DEPARTMENTS, "R", language)
    clinic = _departments(other, hospital.CLINIC, "H", language)
    institutions = Institution.objects.bulk_create(
        Institution(
            kind=one.kind,
            name=called(one.name, language),
            place=called(one.place, language),
            added_at=at,
            source=SOURCE,
        )
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


def _departments(site: Unit, departments: tuple[hospital.Department, ...], letter: str, language: str) -> list[Unit]:
    return Unit.objects.bulk_create(
        Unit(
            kind="department",
            name=called(one.name, language),
            parent=site,
            position=place,
            code=f"{letter}{100 + place}",
        )
        for place, one in enumerate(departments)
    )
