"""What stands on the people whom an import brought: did anybody change them since, or build on them?"""

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.imprints import MODELS, imprints_now
from commonweal.exchange.reads.made_by_imports import source_of
from commonweal.people.models import Person
from commonweal.people.reads.pointing import columns_pointing_to

DERIVED = frozenset({"SearchKey", "Candidate", "ChainProposal", "Resemblance", "GroupReading"})
"""What the computer worked out about people and groups; it goes with them."""
PARTS = frozenset({"PersonName", "ContactPoint", "Placement", "Affiliation"})
EDITED = frozenset({"FormerRow"})
MERGED = frozenset({"Merge", "Person"})
Parts = dict[str, dict[UUID, str]]
"""For each noun the rows of the hall that an import made of one person, with their fingerprints."""


def parts_of(batch: ImportBatch, rows: Collection[ImportRow]) -> tuple[dict[UUID, UUID], dict[UUID, Parts]]:
    """Whose each part is that some rows made; and, of each person whom this import brought and of whom the
    rows made something, all the parts that any of its rows made."""
    made: dict[str, dict[UUID, str]] = defaultdict(dict)
    for row in rows:
        for noun, one, mark in row.made:
            if noun in MODELS:
                made[noun][UUID(one)] = mark
    owners: dict[UUID, UUID] = {}
    for noun in ("name", "contact", "placement"):
        if made[noun]:
            owners.update(MODELS[noun]._default_manager.filter(pk__in=made[noun]).values_list("pk", "person"))
    people = made["person"].keys() | set(owners.values())
    own = Person.objects.filter(pk__in=people, source__startswith=source_of(batch.pk)).values_list("pk", flat=True)
    hers: dict[UUID, Parts] = {person: defaultdict(dict) for person in own}
    hers |= {person: defaultdict(dict) for person in made["person"]}  # forgotten people have no source any more
    for noun, some in made.items():
        for pk, mark in some.items():
            person = pk if noun == "person" else owners.get(pk)
            if person in hers:
                hers[person][noun][pk] = mark
    told = ImportRow.objects.filter(batch=batch, person__in=hers.keys()).order_by("line")
    at_hand = {row.pk: row.made for row in rows}
    written = told.annotate(made_written=Cast("made", TextField())).values_list("pk", "person", "made_written")
    for pk, person, text in written:
        for noun, one, mark in at_hand[pk] if pk in at_hand else json.loads(text):
            if person is not None:
                hers[person][noun.removeprefix("as:")][UUID(one)] = mark
    return owners, hers


def built_upon(batch: UUID, hers: dict[UUID, Parts]) -> dict[UUID, str]:
    """Which of the people of an import stay, and why: forgotten, merged, edited, or used by a noun of any room."""
    staying: dict[UUID, str] = {}
    state = Person.objects.filter(pk__in=hers.keys()).values_list("pk", "forgotten_at", "merged_into")
    for person, forgotten, merged in state:
        if forgotten or merged:
            staying[person] = "forgotten" if forgotten else "merged"
    for noun in MODELS:
        marks = {pk: (person, mark) for person, parts in hers.items() for pk, mark in parts.get(noun, {}).items()}
        for pk, now in imprints_now(noun, list(marks)).items():
            if now != marks[pk][1]:
                staying.setdefault(marks[pk][0], "edited")
    for column in columns_pointing_to(Person):
        kind = column.model.__name__
        if kind in DERIVED:
            continue
        why = "merged" if kind in MERGED else "edited" if kind in EDITED else f"used:{kind.lower()}"
        for person in _pointed_to(column, hers.keys(), source_of(batch) if kind in PARTS else ""):
            staying.setdefault(person, why)
    return staying


def _pointed_to(column: Any, people: Collection[UUID], apart_from: str) -> list[UUID]:
    """The people to whom a column of any row points, rows of a source that begins so aside. Asked of some fifty columns
    for every chunk of an import, so the database gets the list as it stores it."""
    quote, native = connection.ops.quote_name, connection.features.has_native_uuid_field
    name, table = quote(column.column), quote(column.model._meta.db_table)
    ids = [one if native else one.hex for one in people]
    among = "= ANY(%s)" if native else f"IN ({', '.join(['%s'] * len(ids))})"
    statement = f"SELECT DISTINCT {name} FROM {table} WHERE {name} {among}"  # noqa: S608
    values: list[Any] = [ids] if native else list(ids)
    if apart_from:
        statement += " AND source NOT LIKE %s"
        values.append(f"{apart_from}%")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] if native else UUID(row[0]) for row in cursor.fetchall()]
