"""What the door need not remember any longer is let go, whether or not anybody comes by."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from commonweal.accounts.models import Device, FailedTry, Invitation, Looking, OpeningVoice, SignInLink
from commonweal.accounts.rules import OWN_DEVICE, STRANGE_DEVICE
from commonweal.accounts.writes.looking import KEPT
from commonweal.common.models import Once, Work
from commonweal.common.work import Report

MONTH, DAY, HOUR = timedelta(days=30), timedelta(days=1), timedelta(hours=1)


def let_go(subject: UUID | None, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Background work: each class of row goes when its time is over. Doing it twice does nothing more, and what was
    missed while the program stood still is caught up with."""
    for rows in over(at):
        rows.delete()


def over(at: datetime) -> list[QuerySet]:
    """What is no longer needed at that moment: ended sessions and devices, failures at the door, used and old ways
    in, counts of looks, keys of forms, and what is known of background work that ended."""
    strange = Q(own=False, seen_at__lt=at - STRANGE_DEVICE - DAY)
    return [
        Session.objects.filter(expire_date__lt=at),
        Device.objects.filter(Q(begun_on__lt=(at - OWN_DEVICE - DAY).date()) | strange),
        FailedTry.objects.filter(at__lt=at - HOUR),
        Looking.objects.filter(begun_at__lt=at - KEPT),
        SignInLink.objects.filter(ends_at__lt=at, demo=False),
        Invitation.objects.filter(
            Q(ends_at__lt=at - MONTH) | Q(used_at__lt=at - MONTH) | Q(withdrawn_at__lt=at - MONTH)
        ),
        OpeningVoice.objects.filter(at__lt=at - 2 * DAY),
        Once.objects.filter(at__lt=at - DAY),
        Work.objects.filter(ended_at__lt=at - MONTH),
    ]
