"""Counting whom the pages of an account show, and telling the administrators when they are many."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from commonweal.accounts.models import Account, Looking
from commonweal.accounts.reads.looking import Shown, alarms_for, shown_lately
from commonweal.accounts.words import Role
from commonweal.common.distinct import DARK, lit
from commonweal.ledger.writes import record

KEPT = timedelta(hours=2)


def keep_looks(
    *, by: UUID, at: datetime, named: Collection[UUID], opened: Collection[UUID] = (), seen: Shown | None = None
) -> None:
    """A page has named these people and opened the records of those. Nothing is written where all of them were
    `seen` in this hour already. The first time in an hour that it is more than usual, the ledger says so."""
    seen = seen or shown_lately(by, at)
    if not seen.not_named(named) and not seen.not_opened(opened):
        return
    begun = at.replace(minute=at.minute - at.minute % 10, second=0, microsecond=0)
    with transaction.atomic():
        empty = Looking(account_id=by, begun_at=begun, named=DARK, opened=DARK, latest_at=at)
        Looking.objects.bulk_create([empty], ignore_conflicts=True)
        row = Looking.objects.select_for_update().get(account=by, begun_at=begun)
        row.named, row.opened = lit(named, bytes(row.named)), lit(opened, bytes(row.opened))
        row.latest_at = max(row.latest_at, at)
        row.save()
        now_seen = shown_lately(by, at)
        if is_many(now_seen) and not now_seen.reported:
            Looking.objects.filter(pk=row.pk).update(reported=True)
            record("looked_at_many", by=by, at=at, facts={"people": now_seen.names, "opened": now_seen.records})
        Looking.objects.filter(account=by, begun_at__lt=at - KEPT).delete()


def is_many(seen: Shown) -> bool:
    """Whether an account has seen more people in an hour than work usually asks for."""
    return seen.records > settings.RECORDS_AN_HOUR or seen.names > settings.NAMES_AN_HOUR


def answer_alarms(account: Account, *, by: UUID, at: datetime) -> int:
    """An administrator has seen to what her pages told her of; how many alarms that were."""
    with transaction.atomic():
        waiting = alarms_for(account, at)
        if waiting:
            others = Account.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=by)
            record("saw_alarms", by=by, at=at, facts={"alarms": len(waiting), "alone": not others.exists()})
    return len(waiting)
