"""A place with 100,000 people on SQLite, made once in var/bench and kept: the demo's hospital and 83 more sites."""

from __future__ import annotations

import os
import shutil
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 100_000
TIES, ASKS = 600_000, 200_000


def use(people: int = PEOPLE, *, fresh: bool = False) -> Path:
    """Point the settings at the place, making it first when it is not there; its folder."""
    folder = ROOT / "var" / f"bench-{people}"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    os.environ.update(
        COMMONWEAL_DATA=str(folder),
        COMMONWEAL_DEMO="1",
        COMMONWEAL_INSECURE_HTTP="1",
        COMMONWEAL_HOSTS="testserver,127.0.0.1",
        DJANGO_SETTINGS_MODULE="commonweal.settings",
    )
    os.environ.pop("COMMONWEAL_DATABASE", None)
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    if not (folder / "complete").exists():
        make(people)
        (folder / "complete").touch()
    return folder


def make(people: int) -> None:
    """Fill the place: the demo, then sites of the same size until there are enough people."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from commonweal.common.clock import now

    began = time.monotonic()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo")
    at = now()
    with transaction.atomic():
        ids, cells = add_sites(people, at)
        add_evidence(ids, cells, people, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"made a place of {people:,} people in {time.monotonic() - began:.0f} s", flush=True)


def add_sites(people: int, at: object) -> tuple[list[UUID], list[int]]:
    """Sites like the hospital until there are `people`; their ids and, for each, the cell she stands in."""
    from commonweal.demo.hospital import DEPARTMENTS
    from commonweal.demo.names import ORIGINS
    from commonweal.people.models import Person, Placement, Shift, Unit
    from commonweal.people.rules import sort_name
    from commonweal.people.writes.search_keys import refresh

    dice = np.random.default_rng(1)
    origins = list(ORIGINS.values())
    shares = np.array([origin.share for origin in origins])
    shares /= shares.sum()
    employer, shifts = Unit.objects.get(parent=None), list(Shift.objects.all())
    missing, site_number, cell = people - Person.objects.count(), 0, 0
    ids: list[UUID] = []
    cells: list[int] = []
    while missing > 0:
        site_number += 1
        site = Unit.objects.create(kind="site", name=f"Site {site_number}", parent=employer, position=site_number + 1)
        rows: list[Person] = []
        placements: list[Placement] = []
        for place, department in enumerate(DEPARTMENTS):
            unit = Unit.objects.create(kind="department", name=department.name, parent=site, position=place)
            for shift, heads in zip(shifts, department.heads, strict=True):
                cell += 1
                for origin in dice.choice(len(origins), min(heads, missing), p=shares):
                    given = origins[origin].given[dice.integers(len(origins[origin].given))]
                    family = origins[origin].family[dice.integers(len(origins[origin].family))]
                    person = Person(
                        name=f"{given} {family}", given_name=given, family_name=family,
                        sort_name=sort_name(given, family), languages=list(origins[origin].languages),
                        outside_number=f"S{site_number}-{len(rows)}", source="bench", added_at=at, changed_at=at,
                    )  # fmt: skip
                    rows.append(person)
                    placements.append(Placement(person=person, unit=unit, shift=shift, job="Nurse", source="bench"))
                    cells.append(cell)
                    missing -= 1
        Person.objects.bulk_create(rows, batch_size=2000)
        Placement.objects.bulk_create(placements, batch_size=2000)
        ids += [person.pk for person in rows]
    refresh(ids)
    return ids, cells


def add_evidence(ids: list[UUID], cells: list[int], people: int, at: object) -> None:
    """Ties mostly within a unit and shift, and asks to the demo's occasions, in the share of 100,000 people."""
    from commonweal.people.models import Ask, Occasion, Tie

    dice = np.random.default_rng(2)
    n = len(ids)
    near = np.searchsorted(cells, cells)
    size = np.bincount(cells)[cells]
    many = TIES * people // PEOPLE
    one = dice.integers(0, n, many)
    other = np.where(dice.random(many) < 0.85, near[one] + dice.integers(0, size[one]), dice.integers(0, n, many))
    kinds = dice.choice(["works_with", "friend", "shares_break"], many)
    rows = [
        Tie(person_id=ids[a], other_id=ids[b], kind=str(kind), strength=0.5, source=f"bench:{number}", entered_at=at)
        for number, (a, b, kind) in enumerate(zip(one, other, kinds, strict=True))
        if a != b
    ]
    Tie.objects.bulk_create(rows, batch_size=5000)
    occasions = list(Occasion.objects.all())
    many = ASKS * people // PEOPLE
    who, whom = dice.integers(0, n, many), dice.integers(0, n, many)
    came = dice.random(many) < 0.5
    asks = [
        Ask(
            occasion=occasions[number % len(occasions)],
            asker_id=ids[a],
            asked_id=ids[b],
            outcome="did" if did else "did_not",
            source=f"bench:{number}",
            entered_at=at - timedelta(days=1),
        )  # fmt: skip
        for number, (a, b, did) in enumerate(zip(who, whom, came, strict=True))
        if a != b
    ]
    Ask.objects.bulk_create(asks, batch_size=5000)
