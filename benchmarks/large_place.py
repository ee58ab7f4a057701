"""A place with 100,000 people, made once in var/bench-… and kept: the demo's hospital, a department of 5,000, more sites.

On SQLite, or on PostgreSQL where its address is given. Two campaigns are read: the hospital's, and one of everybody.
"""

from __future__ import annotations

import os
import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 100_000
WIDE = "wide@riverside.example"
"""An organizer of three quarters of the place; an administrator's questions are simpler than hers."""
BIG = 5_000
RARE = 0.4
"""So many family names are rare ones: a list of 100,000 people has tens of thousands of different names."""
SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in "aeo"]


def use(people: int = PEOPLE, *, fresh: bool = False, database: str = "") -> Path:
    """Point the settings at the place, making it first when it is not there; its folder."""
    folder = ROOT / "var" / f"bench-{people}{'-postgresql' if database else ''}"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    os.environ.update(
        COMMONWEAL_DATA=str(folder),
        COMMONWEAL_DEMO="1",
        COMMONWEAL_INSECURE_HTTP="1",
        COMMONWEAL_HOSTS="testserver,127.0.0.1",
        COMMONWEAL_NAMES_AN_HOUR="100000000",  # a benchmark looks at more people than anybody may
        COMMONWEAL_RECORDS_AN_HOUR="100000000",
        COMMONWEAL_DATABASE=database,
        DJANGO_SETTINGS_MODULE="commonweal.settings",
    )
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    unfinished = not (folder / "complete").exists()
    if unfinished:
        empty()
    call_command("migrate", interactive=False, verbosity=0)
    if unfinished:
        make(people)
        (folder / "complete").touch()
    return folder


def empty() -> None:
    """Take away what an interrupted run left."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    else:
        place = Path(str(connection.settings_dict["NAME"]))
        for part in ("", "-wal", "-shm"):
            place.with_name(place.name + part).unlink(missing_ok=True)


def make(people: int) -> None:
    """Fill the place: the demo, then sites of the same size until there are enough people."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from benchmarks.large_evidence import add_belonging, add_campaign_of_all, add_evidence
    from commonweal.common.clock import now

    began = time.monotonic()
    call_command("load_demo")
    at = now()
    with transaction.atomic():
        ids, cells = add_sites(people, at)
    with transaction.atomic():
        add_belonging(ids, at)
        add_evidence(ids, cells, people, at)
    add_wide_organizer(at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"made a place of {people:,} people in {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    add_campaign_of_all(ids, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"read the campaign of everybody in {time.monotonic() - began:.0f} s", flush=True)


def add_sites(people: int, at: datetime) -> tuple[list[UUID], list[int]]:
    """Sites like the hospital until there are `people`; their ids and, for each, the cell she stands in."""
    from commonweal.demo.hospital import DEPARTMENTS
    from commonweal.people.models import Person, Shift, Unit

    dice = np.random.default_rng(1)
    employer, shifts = Unit.objects.get(parent=None), list(Shift.objects.all())
    missing, number, cell = people - Person.objects.count(), 0, 0
    ids: list[UUID] = []
    cells: list[int] = []
    while missing > 0:
        number += 1
        site = Unit.objects.create(kind="site", name=f"Site {number}", parent=employer, position=number + 1)
        plan = [(one.name, one.heads) for one in DEPARTMENTS]
        if number == 1 and missing > 2 * BIG:
            plan = [("Warehouse", (BIG // 2, BIG // 4, BIG - BIG // 2 - BIG // 4)), *plan]
        for place, (name, heads) in enumerate(plan):
            unit = Unit.objects.create(kind="department", name=name, parent=site, position=place)
            for shift, many in zip(shifts, heads, strict=True):
                cell += 1
                here = min(many, missing)
                ids += add_people(dice, unit, shift, here, at)
                cells += [cell] * here
                missing -= here
    return ids, cells


def add_people(dice: np.random.Generator, unit: Any, shift: Any, many: int, at: datetime) -> list[UUID]:
    """So many people in a unit and shift, most of them with a telephone; their ids."""
    from commonweal.demo.names import ORIGINS
    from commonweal.people.models import ContactPoint, Person, Placement
    from commonweal.people.rules import sort_name
    from commonweal.people.writes.contacts import fingerprints
    from commonweal.people.writes.search_keys import refresh

    origins = list(ORIGINS.values())
    shares = np.array([origin.share for origin in origins])
    rows: list[Person] = []
    points: list[ContactPoint] = []
    for origin in dice.choice(len(origins), many, p=shares / shares.sum()):
        given = origins[origin].given[dice.integers(len(origins[origin].given))]
        family = origins[origin].family[dice.integers(len(origins[origin].family))]
        if dice.random() < RARE:
            family = "".join(dice.choice(SYLLABLES, dice.integers(3, 5))).capitalize()
        person = Person(
            name=f"{given} {family}", given_name=given, family_name=family,
            sort_name=sort_name(given, family), languages=list(origins[origin].languages),
            outside_number=f"S{dice.integers(10**9)}", source="bench", added_at=at, changed_at=at,
        )  # fmt: skip
        rows.append(person)
        if dice.random() < 0.7:
            value = f"+1415{dice.integers(2_000_000, 9_999_999)}"
            point = ContactPoint(person=person, kind="phone", value=value, preferred=True, source="bench")
            for name, print_ in fingerprints("phone", value).items():
                setattr(point, name, print_)
            points.append(point)
    Person.objects.bulk_create(rows, batch_size=2000)
    placements = [Placement(person=row, unit=unit, shift=shift, job="Nurse", source="bench") for row in rows]
    Placement.objects.bulk_create(placements, batch_size=2000)
    ContactPoint.objects.bulk_create(points, batch_size=2000)
    ids = [person.pk for person in rows]
    refresh(ids)
    return ids


def add_wide_organizer(at: datetime) -> None:
    """An account that organizes three of four sites."""
    from commonweal.accounts.models import Account
    from commonweal.accounts.words import Role
    from commonweal.people.models import Unit

    account = Account(email=WIDE, name="Wide", role=Role.ORGANIZER, created_at=at)
    account.set_unusable_password()
    account.save()
    sites = list(Unit.objects.filter(kind="site").order_by("position", "name"))
    account.units.set(sites[: max(1, 3 * len(sites) // 4)])
