"""People invented for one export, by whom a copy of it is known again."""

import json
import random
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from commonweal.common.ids import new_id
from commonweal.common.sealed import keyring
from commonweal.exchange.models import Export, InventedPerson
from commonweal.exchange.reads.export_people import PersonTaken
from commonweal.exchange.rules.marking import crossed_names, invented_for, row_key
from commonweal.people.models import Person, PersonName
from commonweal.people.rules.names import folded

CELLS = ("name", "given", "family", "unit", "shift", "job", "languages")


def invent_people(export: UUID, sample: Sequence[PersonTaken], *, people: int, lot: str) -> list[PersonTaken]:
    """Those who were invented for an export, now or when it was taken out first. Their names are crossed from
    names of the list, and nobody whom this place knows has them; unit, shift, job and languages are somebody's.
    They have no number and no address, so that nobody is ever called in their stead.
    """
    with transaction.atomic():
        Export.objects.select_for_update().get(pk=export)
        known = list(InventedPerson.objects.filter(export=export).order_by("pk"))
        if not known and (wanted := invented_for(people)):
            known = [_remembered(export, one) for one in _invented(sample, wanted, lot)]
    return [_as_taken(one) for one in known]


def _invented(sample: Sequence[PersonTaken], wanted: int, lot: str) -> list[PersonTaken]:
    named = [
        one for one in sample if one.given and one.family and folded(one.name) == folded(f"{one.given} {one.family}")
    ]
    pairs = crossed_names([(one.given, one.family) for one in named], lot)
    crossed = [f"{given} {family}" for given, family in pairs]
    taken = set(Person.objects.filter(name__in=crossed).values_list("name", flat=True))
    taken |= set(PersonName.objects.filter(name__in=crossed).values_list("name", flat=True))
    prints = {_name_print(name): name for name in crossed}
    taken |= {prints[one] for one in _prints_there(list(prints))}
    dice = random.Random(lot)  # noqa: S311
    placed = [one for one in sample if one.unit] or list(sample)
    found: list[PersonTaken] = []
    for given, family in pairs:
        if f"{given} {family}" not in taken and len(found) < wanted:
            like = dice.choice(placed)
            made = PersonTaken(new_id(), f"{given} {family}", given, family, "", list(like.languages), None)
            made.unit, made.shift, made.job = list(like.unit), like.shift, like.job
            found.append(made)
    return found


def _prints_there(prints: list[str]) -> list[str]:
    return list(InventedPerson.objects.filter(name_print__in=prints).values_list("name_print", flat=True))


def _name_print(name: str) -> str:
    return keyring().blind(folded(name), "invented-name")


def _remembered(export: UUID, one: PersonTaken) -> InventedPerson:
    cells = json.dumps({cell: getattr(one, cell) for cell in CELLS}, ensure_ascii=False)
    return InventedPerson.objects.create(
        id=one.id,
        export_id=export,
        cells=cells,
        name_print=_name_print(one.name),
        row_print=keyring().blind(row_key(one.name, one.unit), "invented-row"),
    )


def _as_taken(row: InventedPerson) -> PersonTaken:
    cells = json.loads(str(row.cells))
    one = PersonTaken(row.pk, cells["name"], cells["given"], cells["family"], "", cells["languages"], None)
    one.unit, one.shift, one.job = cells["unit"], cells["shift"], cells["job"]
    return one
