"""The address from which somebody's calendar fetches reminders: made, revoked, fetched."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from commonweal.ledger.writes import record
from commonweal.listening.models import CalendarFeed


def fingerprint_of(token: str) -> str:
    """What is kept of a token: nobody finds it again from this."""
    return hashlib.sha256(f"calendar feed\0{token}".encode()).hexdigest()


@transaction.atomic
def make_feed(*, account: UUID, token: str, at: datetime) -> CalendarFeed:
    """Keeps the fingerprint of a fresh token (256 bits); an address that was there before is no longer one."""
    _revoke(account, at)
    made = CalendarFeed.objects.create(account_id=account, fingerprint=fingerprint_of(token), made_at=at)
    record("made_calendar_feed", by=account, at=at, subject_kind="account", subject=account)
    return made


@transaction.atomic
def revoke_feed(*, account: UUID, at: datetime) -> bool:
    """Nothing is fetched from the address any more; False where there was none."""
    gone = _revoke(account, at)
    if gone:
        record("revoked_calendar_feed", by=account, at=at, subject_kind="account", subject=account)
    return gone


def note_fetched(*, feed: CalendarFeed, today: date) -> None:
    """Remembers the day, not the hour, on which a feed was last fetched."""
    if feed.fetched_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(fetched_on=today)


def _revoke(account: UUID, at: datetime) -> bool:
    return CalendarFeed.objects.filter(account=account, revoked_at=None).update(revoked_at=at) > 0
