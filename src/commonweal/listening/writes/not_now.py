"""Putting off a talk until a day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from commonweal.ledger.writes import record
from commonweal.listening.models import NotNow


@transaction.atomic
def put_off_talk(*, person: UUID, until: date, why: str, by: UUID, at: datetime) -> None:
    """This account will not be offered a talk with her before the day; a later word replaces an earlier one."""
    NotNow.objects.update_or_create(person_id=person, account_id=by, defaults={"until": until, "why": why, "at": at})
    record("put_off_talk", by=by, at=at, subject_kind="person", subject=person)


@transaction.atomic
def take_up_talk(*, person: UUID, by: UUID, at: datetime) -> None:
    """She may be offered again at once."""
    gone, _rows = NotNow.objects.filter(person=person, account=by).delete()
    if gone:
        record("took_up_talk", by=by, at=at, subject_kind="person", subject=person)
