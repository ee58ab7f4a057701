"""What has been taken out, and what waits for a second yes."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.common.doors import SignedIn
from commonweal.common.refusals import NotYours
from commonweal.exchange.models import Export, ExportDay
from commonweal.exchange.rules.export import AGREED_FOR
from commonweal.exchange.words import ExportState

SHOWN = 50


def taken_on(account: UUID, on: date) -> int:
    """How many rows an account has taken out on a day."""
    return ExportDay.objects.filter(account=account, on=on).values_list("rows", flat=True).first() or 0


def exports_of(account: SignedIn) -> list[Export]:
    """The latest exports she may know of: an administrator everybody's, an organizer her own."""
    return list(_known_to(account).order_by("-asked_at")[:SHOWN])


def waiting_for(account: SignedIn, at: datetime) -> list[Export]:
    """What waits for the second yes of this administrator: not what she asked for herself."""
    if not account.may_administer:
        return []
    waiting = Export.objects.filter(state=ExportState.WAITING, asked_at__gt=at - AGREED_FOR).exclude(account=account.pk)
    return list(waiting.order_by("asked_at"))


def agreed_for(account: SignedIn, at: datetime) -> list[Export]:
    """What she asked for and may now take out."""
    agreed = Export.objects.filter(account=account.pk, state=ExportState.AGREED, answered_at__gte=at - AGREED_FOR)
    return list(agreed.order_by("answered_at"))


def export_of(account: SignedIn, export: UUID) -> Export:
    """One export of her own. Raises NotYours."""
    found = Export.objects.filter(pk=export, account=account.pk).first()
    if found is None:
        raise NotYours
    return found


def _known_to(account: SignedIn) -> QuerySet[Export]:
    mine = Q(account=account.pk)
    return Export.objects.all() if account.may_administer else Export.objects.filter(mine)
