"""The people: records, names, ways to reach them, where they stand and where they belong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from commonweal.demo.hospital import CLINIC, GATHERINGS
from commonweal.demo.matters import Said
from commonweal.demo.names import ORIGINS
from commonweal.demo.settle.places import SOURCE, Places
from commonweal.demo.spanish import called
from commonweal.demo.staff import Invention
from commonweal.people.models import Affiliation, ContactPoint, Person, PersonName, Placement
from commonweal.people.rules import folded, sort_name
from commonweal.people.writes.contacts import fingerprints
from commonweal.people.writes.search_keys import refresh

AREAS = ("212", "347", "503", "512", "617", "619", "702", "713", "718", "773", "786", "818", "915", "956")
LISTS = (179, 3)
"""How many days ago the staff list came in, and a second one with some of the same people."""
NOTES: Said = {
    "en": (
        "Prefers to be rung after 8 pm. Looks after her mother in the mornings.",
        "Would rather be spoken to in person than on the phone.",
        "Knows everybody who came from the old building.",
        "Cares about schedules above all; two children at Lincoln School.",
        "Was at the 2019 drive and is tired of promises. Listen first.",
    ),
    "es": (
        "Prefiere que le llamen después de las ocho. Por la mañana cuida a su mamá.",
        "Prefiere que le hablen en persona, no por teléfono.",
        "Conoce a todos los que vinieron del edificio viejo.",
        "Lo que más le importa son los horarios; tiene dos niños en la escuela Lincoln.",
        "Estuvo en la campaña de 2019 y ya no cree en promesas. Primero escuchar.",
    ),
}


@dataclass
class Rows:
    """What will be stored, gathered before it is written."""

    people: list[Person] = field(default_factory=list)
    names: list[PersonName] = field(default_factory=list)
    contacts: list[ContactPoint] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)

    def store(self) -> None:
        """Write everything, then the words by which people are found."""
        Person.objects.bulk_create(self.people)
        PersonName.objects.bulk_create(self.names)
        ContactPoint.objects.bulk_create(self.contacts)
        Placement.objects.bulk_create(self.placements)
        Affiliation.objects.bulk_create(self.affiliations)
        refresh([person.pk for person in self.people])


def settle_staff(invention: Invention, places: Places, language: str, lot: int, at: datetime) -> list[UUID]:
    """Makes everybody; the ids of the hospital's staff, by number of person."""
    dice = np.random.default_rng([lot, 3])
    rows, staff = Rows(), invention.staff
    first, second = (at - timedelta(days=days) for days in LISTS)
    for number in range(staff.n):
        languages = _languages(dice, staff.origin[number])
        person = _person(rows, staff.given[number], staff.family[number], languages, personnel_number(number), first)
        if dice.random() < 0.04:
            person.note = str(dice.choice(NOTES[language]))
        _place(rows, person, places.departments[staff.unit[number]], places.shifts[staff.shift[number]],
               called(staff.job[number], language), since=at - timedelta(days=int(dice.integers(200, 6000))))  # fmt: skip
        if dice.random() < 0.78:
            _contact(rows, person, "phone", f"+1{AREAS[number // 100]}55501{number % 100:02d}", preferred=True)
        if dice.random() < 0.35:
            plain = ".".join(folded(f"{person.given_name} {person.family_name.split()[0]}").split())
            _contact(rows, person, "email", f"{plain}.{number}@mail.example")
    ids = [person.pk for person in rows.people]
    _two_jobs(dice, rows, places, staff.n)
    _belong(dice, invention, rows, places)
    _write_twice(dice, rows, places, invention, second)
    _staff_the_clinic(dice, rows, places, language, first)
    rows.store()
    return ids


def personnel_number(number: int) -> str:
    """The number under which the hospital keeps somebody."""
    return f"R-{10400 + 3 * number}"


def _person(rows: Rows, given: str, family: str, languages: list[str], number: str, at: datetime) -> Person:
    person = Person(
        name=f"{given} {family}".strip(),
        given_name=given,
        family_name=family,
        sort_name=sort_name(given, family),
        languages=languages,
        outside_number=number,
        source=SOURCE,
        added_at=at,
        changed_at=at,
    )
    rows.people.append(person)
    return person


def _languages(dice: np.random.Generator, origin: str) -> list[str]:
    own = list(ORIGINS[origin].languages)
    if len(own) > 1 and dice.random() < 0.4:
        own = own[::-1]
    return own if dice.random() < 0.8 else own[:1]


def _place(
    rows: Rows, person: Person, unit: UUID, shift: UUID, job: str, *, since: datetime, main: bool = True
) -> None:
    rows.placements.append(
        Placement(person=person, unit_id=unit, shift_id=shift, job=job, main=main, since=since.date(), source=SOURCE)
    )


def _contact(rows: Rows, person: Person, kind: str, value: str, *, preferred: bool = False) -> None:
    made = ContactPoint(person=person, kind=kind, value=value, preferred=preferred, source=SOURCE)
    for field_name, print_ in fingerprints(kind, value).items():
        setattr(made, field_name, print_)
    rows.contacts.append(made)


def _two_jobs(dice: np.random.Generator, rows: Rows, places: Places, n: int) -> None:
    """Some people also stand in a second unit, on their days off from the first."""
    for number in dice.choice(n, 24, replace=False):
        first = rows.placements[int(number)]
        other = places.departments[int(dice.integers(len(places.departments)))]
        if other != first.unit_id:
            since = first.since or rows.people[0].added_at.date()
            rows.placements.append(
                Placement(
                    person=first.person,
                    unit_id=other,
                    shift_id=first.shift_id,
                    job=first.job,
                    main=False,
                    since=since,
                    source=SOURCE,
                )  # fmt: skip
            )


def _belong(dice: np.random.Generator, invention: Invention, rows: Rows, places: Places) -> None:
    for number, members in enumerate(invention.members):
        renown = [invention.staff.loudness[one] + invention.staff.pull[one] for one in members]
        first = members[int(np.argmax(renown))]
        for one in members:
            role = "member"
            if one == first:
                role = "treasurer" if GATHERINGS[number].kind == "savings" else "convener"
            elif dice.random() < 0.06:
                role = "officer"
            rows.affiliations.append(
                Affiliation(
                    person=rows.people[one], institution_id=places.institutions[number], role=role, source=SOURCE
                )
            )


def _write_twice(dice: np.random.Generator, rows: Rows, places: Places, invention: Invention, at: datetime) -> None:
    """A second list has some of the same people, written otherwise: they wait to be told apart."""
    latin = [one for one in range(invention.staff.n) if invention.staff.origin[one] == "latin"]
    doubled = {int(one) for one in dice.choice(latin, 8, replace=False)}
    doubled |= {int(one) for one in dice.choice(invention.staff.n, 8, replace=False)}
    phones = {contact.person.pk: str(contact.value) for contact in rows.contacts if contact.kind == "phone"}
    for order, number in enumerate(sorted(doubled)):
        first = rows.people[number]
        family = first.family_name.split()[0] if order % 2 else first.family_name
        plain = folded(f"{family}").title() if order % 3 else family
        given = first.given_name if order % 4 else first.given_name[:1] + "."
        again = _person(rows, given, plain, [], "", at)
        stands = rows.placements[number]
        rows.placements.append(
            Placement(person=again, unit_id=stands.unit_id, shift_id=stands.shift_id, job="", source=SOURCE)
        )
        if first.pk in phones and order % 5:
            _contact(rows, again, "phone", phones[first.pk])


def _staff_the_clinic(dice: np.random.Generator, rows: Rows, places: Places, language: str, at: datetime) -> None:
    """The people of the other site, who are nobody's business at the hospital."""
    origins = list(ORIGINS)
    for place, department in enumerate(CLINIC):
        for turn, heads in enumerate(department.heads):
            for _ in range(heads):
                origin = ORIGINS[origins[int(dice.integers(len(origins)))]]
                given, family = str(dice.choice(origin.given)), str(dice.choice(origin.family))
                person = _person(rows, given, family, list(origin.languages), f"H-{200 + len(rows.people)}", at)
                job = called(str(dice.choice(department.jobs)), language)
                _place(rows, person, places.clinic[place], places.shifts[turn], job,
                       since=at - timedelta(days=int(dice.integers(100, 3000))))  # fmt: skip
