"""What stands on the people whom an import brought: did anybody change them since, or build on them?"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.imprints import MODELS, imprints_now
from commonweal.exchange.reads.judging import source_of
from commonweal.people.models import Person
from commonweal.people.reads.pointing import columns_pointing_to

DERIVED = frozenset({"SearchKey", "Candidate", "ChainProposal", "Resemblance", "GroupReading"})
"""What the computer worked out about people and groups; it goes with them."""
PARTS = frozenset({"PersonName", "ContactPoint", "Placement", "Affiliation"})
EDITED = frozenset({"FormerRow"})
MERGED = frozenset({"Merge", "Person"})
Parts = dict[str, dict[UUID, str]]
"""For each noun the rows of the hall that an import made of one person, with their fingerprints."""


def parts_of(batch: ImportBatch, rows: Iterable[ImportRow]) -> tuple[dict[UUID, UUID], dict[UUID, Parts]]:
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
    for person, entries in told.values_list("person", "made"):
        for noun, one, mark in entries:
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
        model, kind, name = column.model, column.model.__name__, column.name
        if kind in DERIVED:
            continue
        hanging = model._default_manager.filter(**{f"{name}__in": hers.keys()})
        if kind in PARTS:
            hanging = hanging.exclude(source__startswith=source_of(batch))
        why = "merged" if kind in MERGED else "edited" if kind in EDITED else f"used:{kind.lower()}"
        for person in hanging.values_list(name, flat=True):
            staying.setdefault(person, why)
    return staying
