"""The panic lock: sessions end, the list is hidden, and two organizers or an administrator open it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from commonweal.accounts.models import Account, Device, OpeningVoice
from commonweal.common.lock import is_locked
from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record
from commonweal.people.models import Organization

VOICES = 2
VOICE_LASTS = timedelta(hours=24)


@dataclass(frozen=True)
class MayNotOpen(Refusal):
    """Only an administrator or an organizer has a say in opening the list."""


def lock_list(*, by: Account, at: datetime) -> None:
    """Hides the list from everybody and ends every session, within a second in every process."""
    with transaction.atomic():
        if Organization.objects.filter(locked_at=None).update(locked_at=at):
            OpeningVoice.objects.all().delete()
            record("locked_list", by=by.pk, at=at)
        Device.objects.all().delete()
    is_locked(fresh=True)


def end_all_sessions(*, by: Account, at: datetime) -> None:
    """Ends every session of hers."""
    with transaction.atomic():
        by.devices.all().delete()
        record("ended_own_sessions", by=by.pk, at=at, subject_kind="account", subject=by.pk)


def ask_to_open(*, by: Account, at: datetime) -> bool:
    """Says that the list may be opened; true once it is: by an administrator, or by two organizers
    within a day. The caller has seen her second factor a moment ago. Raises MayNotOpen."""
    if not by.may_organize:
        raise MayNotOpen
    with transaction.atomic():
        OpeningVoice.objects.update_or_create(account=by, defaults={"at": at})
        voices = OpeningVoice.objects.filter(at__gt=at - VOICE_LASTS, account__is_active=True).count()
        record("asked_to_open_list", by=by.pk, at=at)
        opened = by.may_administer or voices >= VOICES
        if opened:
            Organization.objects.filter(locked_at__isnull=False).update(locked_at=None)
            OpeningVoice.objects.all().delete()
            record("opened_list", by=by.pk, at=at)
    if opened:
        is_locked(fresh=True)
    return opened
