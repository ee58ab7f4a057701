"""Looking for records that may be one person, and remembering which are not."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.common.work import Report, ask_for
from commonweal.ledger.writes import record
from commonweal.people.models import ContactPoint, Person, PersonName, Placement, Resemblance
from commonweal.reckoning.resemblance import Record, resembling_pairs

LOOK = "commonweal.people.writes.resemblance.look_for"
KEPT_AT_MOST = 3000  # pairs, the surest
Pair = tuple[UUID, UUID]


def ask_to_look(*, by: UUID | None, at: datetime) -> None:
    """Everybody's record will be compared anew in the background; asking twice asks once."""
    ask_for(LOOK, subject=None, by=by, at=at, anew=True)


def look_for(subject: UUID | None, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Background work: compares everybody's record with those that share something with it, and keeps the
    pairs that may be one person. Pairs that people put aside or merged are not proposed again."""
    records = _records()
    report.step(0, 100)

    def progress(share: float) -> bool:
        report.step(int(100 * share), 100)
        return True

    pairs = resembling_pairs(records, on_progress=progress)
    settled = _settled()
    alike = {
        _ordered(pair.first, pair.second): (pair.weight, [str(reason.code) for reason in pair.reasons])  # type: ignore[arg-type]
        for pair in pairs[: 2 * KEPT_AT_MOST]
    }
    keep = [(pair, found) for pair, found in alike.items() if pair not in settled][:KEPT_AT_MOST]
    with transaction.atomic():
        Resemblance.objects.filter(state=Resemblance.State.OPEN).delete()
        there = set(Resemblance.objects.values_list("first", "second"))
        Resemblance.objects.bulk_create(
            [
                Resemblance(first_id=pair[0], second_id=pair[1], weight=weight, reasons=codes, found_at=at)
                for pair, (weight, codes) in keep
                if pair not in there
            ],
            ignore_conflicts=True,
            batch_size=500,
        )
    report.step(100, 100)


@transaction.atomic
def put_aside(*, first: UUID, second: UUID, by: UUID, at: datetime) -> None:
    """Remembers that two records are not the same person."""
    one, other = _ordered(first, second)
    Resemblance.objects.update_or_create(
        first_id=one,
        second_id=other,
        defaults={"state": Resemblance.State.NOT_THE_SAME, "decided_at": at, "decided_by": by},
        create_defaults={
            "state": Resemblance.State.NOT_THE_SAME,
            "decided_at": at,
            "decided_by": by,
            "weight": 0.0,
            "found_at": at,
        },
    )
    record("put_aside_pair", by=by, at=at, subject_kind="person", subject=one, facts={"other": str(other)})


def record_merged(first: UUID, second: UUID, *, state: str, by: UUID, at: datetime) -> None:
    """Says of a pair that it was merged, or is open again."""
    one, other = _ordered(first, second)
    rows = Resemblance.objects.filter(first=one, second=other)
    rows.update(state=state, decided_at=at, decided_by=by)


def _ordered(one: UUID, other: UUID) -> Pair:
    return (one, other) if one.hex < other.hex else (other, one)


def _records() -> list[Record]:
    """What is known of everybody who is listed, as plain values; five queries."""
    names: dict[UUID, list[str]] = defaultdict(list)
    for person, name in PersonName.objects.values_list("person", "name"):
        names[person].append(name)
    prints: dict[str, dict[UUID, set[str]]] = {"phone": defaultdict(set), "email": defaultdict(set)}
    reached = ContactPoint.objects.filter(kind__in=prints).values_list("person", "kind", "fingerprint")
    for person, kind, fingerprint in reached:
        prints[kind][person].add(fingerprint)
    units: dict[UUID, set[UUID]] = defaultdict(set)
    for person, unit in Placement.objects.filter(until=None).values_list("person", "unit"):
        units[person].add(unit)
    listed = Person.objects.filter(forgotten_at=None, merged_into=None).order_by("sort_name", "pk")
    return [
        Record(
            id=person,
            names=(name, *names[person]),
            phones=frozenset(prints["phone"][person]),
            emails=frozenset(prints["email"][person]),
            units=frozenset(units[person]),
            born_on=born_on,
        )
        for person, name, born_on in listed.values_list("pk", "name", "born_on")
    ]


def _settled() -> set[Pair]:
    """Pairs that people decided about, also of records that were merged into others since."""
    into: dict[UUID, Any] = dict(Person.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))

    def now_in(person: UUID) -> UUID:
        seen = {person}
        while person in into and into[person] not in seen:
            person = into[person]
            seen.add(person)
        return person

    decided = Resemblance.objects.exclude(state=Resemblance.State.OPEN).values_list("first", "second", "state")
    aside = {(one, other) for one, other, state in decided if state == Resemblance.State.NOT_THE_SAME}
    return {_ordered(now_in(one), now_in(other)) for one, other in aside} | aside
