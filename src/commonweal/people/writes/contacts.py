"""Ways to reach people: normalized, sealed, and found again by keyed fingerprints."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.common.ids import new_id
from commonweal.common.refusals import Refusal
from commonweal.common.sealed import keyring
from commonweal.ledger.writes import record
from commonweal.people.models import ContactPoint, FormerRow
from commonweal.people.rules import folded
from commonweal.people.writes.changes import count_change
from commonweal.people.writes.former import keep_former


@dataclass(frozen=True)
class KnownContact(Refusal):
    """She has this contact point already."""

    kind: str


def fingerprints(kind: str, value: str) -> dict[str, str]:
    """The fingerprints by which a normalized contact point is found again."""
    ring = keyring()
    plain = folded(value) if kind == "address" else value
    tail = ring.blind(value[-4:], "phone-tail") if kind == "phone" else ""
    return {"fingerprint": ring.blind(plain, kind), "tail_fingerprint": tail}


@transaction.atomic
def add_contact(
    *, person: UUID, kind: str, value: str, by: UUID | None, at: datetime, source: str = ""
) -> ContactPoint:
    """Adds a way to reach a person; the first of its kind is the preferred one. Raises KnownContact."""
    first = not ContactPoint.objects.filter(person=person, kind=kind, preferred=True).exists()
    point = ContactPoint(
        person_id=person,
        kind=kind,
        value=value,
        preferred=first,
        source=source or f"hand:{new_id()}",
        **fingerprints(kind, value),
    )
    try:
        with transaction.atomic():
            point.save(force_insert=True)
    except IntegrityError:
        raise KnownContact(kind) from None
    count_change(person, version=None, at=at)
    record("added_contact", by=by, at=at, subject_kind="person", subject=person, facts={"kind": kind})
    return point


@transaction.atomic
def change_contact(
    *, point: ContactPoint, version: int, value: str, preferred: bool, stopped: bool, by: UUID, at: datetime
) -> FormerRow:
    """Corrects a contact point, prefers it, or says that it must not be used; how it was before can be brought
    back. Raises KnownContact, ChangedMeanwhile."""
    count_change(point.person_id, version=version, at=at)
    former = keep_former(point, by=by, at=at)
    for field, print_ in fingerprints(point.kind, value).items():
        setattr(point, field, print_)
    point.value = value
    point.preferred = preferred and not stopped
    point.stopped_at = (point.stopped_at or at) if stopped else None
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError:
        raise KnownContact(point.kind) from None
    if point.preferred:
        others = ContactPoint.objects.filter(person=point.person_id, kind=point.kind).exclude(pk=point.pk)
        others.update(preferred=False)
    facts = {"kind": point.kind, "stopped": stopped}
    record("changed_contact", by=by, at=at, subject_kind="person", subject=point.person_id, facts=facts)
    return former


@transaction.atomic
def remove_contact(*, point: ContactPoint, by: UUID, at: datetime) -> FormerRow:
    """Removes a contact point; for thirty days it can be brought back."""
    kind, person = point.kind, point.person_id
    former = keep_former(point, by=by, at=at)
    point.delete()
    count_change(person, version=None, at=at)
    record("removed_contact", by=by, at=at, subject_kind="person", subject=person, facts={"kind": kind})
    return former
