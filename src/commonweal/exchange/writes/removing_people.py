"""The people of an import go, and what it changed about others is as it was; whoever was built upon stays."""

from collections import Counter, defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import F

from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.imprints import MODELS, imprints_now
from commonweal.exchange.reads.standing_on import DERIVED, Parts, built_upon, parts_of
from commonweal.exchange.writes.handing_on import Others, keep
from commonweal.exchange.writes.restoring import restore
from commonweal.people.models import Person, Placement
from commonweal.people.reads.pointing import columns_pointing_to
from commonweal.people.writes import search_keys
from commonweal.people.writes.bulk import remove_rows
from commonweal.people.writes.placements import give_a_main_place

NOUNS = ("name", "contact", "placement")


def take_back_people(batch: ImportBatch, rows: list[ImportRow], others: Others) -> Counter[str]:
    """Takes back what some rows made of people; counts what stays by reason, and notes it in the rows."""
    stays: dict[ImportRow, list[list[str]]] = defaultdict(list)
    touched = restore(rows, stays, ends=False)
    owners, hers = parts_of(batch, rows)
    staying = built_upon(batch.pk, hers)
    beside = others.of_people(person for person in hers if staying.get(person) not in ("forgotten", "merged"))
    staying |= {person: "other_import" for person in beside if staying.get(person) != "edited"}
    for row in rows:
        for noun, one, *_ in row.made:
            if noun == "person" and UUID(one) in staying:
                stays[row].append(["person", staying[UUID(one)]])
    others.give(beside, hers)
    touched |= _remove_parts(rows, owners, hers, staying, stays)
    touched |= restore(rows, stays, ends=True)  # an ended place goes on once the one that followed it is gone
    gone = {UUID(one) for row in rows for noun, one, *_ in row.made if noun == "person"} - staying.keys()
    _remove_people(gone)
    _put_in_order(touched - gone)
    ImportRow.objects.filter(pk__in=[row.pk for row in rows if row.before]).update(before=b"")
    return keep(stays)


def _remove_parts(
    rows: list[ImportRow],
    owners: dict[UUID, UUID],
    hers: dict[UUID, Parts],
    staying: Collection[UUID],
    stays: dict[ImportRow, list[list[str]]],
) -> set[UUID]:
    """Removes names, contacts and places that the rows added; gives the other people who had them.
    Of people whom the import found there, a part that somebody changed since stays."""
    touched: set[UUID] = set()
    for noun in NOUNS:
        made = {UUID(one): (row, mark) for row in rows for kind, one, mark in row.made if kind == noun}
        made = {pk: held for pk, held in made.items() if pk in owners and owners[pk] not in staying}
        now = imprints_now(noun, [pk for pk in made if owners[pk] not in hers])
        changed = {pk for pk, mark in now.items() if mark != made[pk][1]}
        for pk in changed:
            if not any(what == "person" for what, _ in stays[made[pk][0]]):  # else it is said of her
                stays[made[pk][0]].append([noun, "changed"])
        going = [pk for pk in made if pk not in changed]
        touched |= {owners[pk] for pk in going if noun != "contact"}
        remove_rows(MODELS[noun], going)
    return touched


def _remove_people(people: Collection[UUID]) -> None:
    for column in columns_pointing_to(Person):
        if column.model.__name__ in DERIVED:
            remove_rows(column.model, list(people), column.column)
    remove_rows(Person, list(people))


def _put_in_order(people: Collection[UUID]) -> None:
    """Gives people who stay a main place and the words of their names, and counts the change of their records."""
    there = list(Person.objects.filter(pk__in=people).values_list("pk", flat=True))
    search_keys.refresh(there)
    Person.objects.filter(pk__in=there).update(version=F("version") + 1)
    current = Placement.objects.filter(person__in=there, until=None)
    placed = set(current.values_list("person", flat=True)) - set(
        current.filter(main=True).values_list("person", flat=True)
    )
    for person in placed:
        give_a_main_place(person)
