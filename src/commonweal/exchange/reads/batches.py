"""The imports an account may see: an administrator all, an organizer her own."""

from uuid import UUID

from django.db.models import QuerySet

from commonweal.common.doors import SignedIn
from commonweal.common.refusals import NotYours
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.words import BatchState


def batches_of(account: SignedIn) -> QuerySet[ImportBatch]:
    """Her imports, newest first."""
    batches = ImportBatch.objects.exclude(state=BatchState.DROPPED).order_by("-brought_at")
    return batches if account.may_administer else batches.filter(brought_by=account.pk)


def batch_of(account: SignedIn, batch: UUID) -> ImportBatch:
    """One of her imports. Raises NotYours, for another's and for none alike."""
    found = batches_of(account).filter(pk=batch).first()
    if found is None:
        raise NotYours
    return found


def earlier_of(account: SignedIn, batch: ImportBatch) -> list[ImportBatch]:
    """Those of her imports that held the very same file, and sheet of it, before this one; the last first."""
    same = batches_of(account).filter(content_print=batch.content_print, brought_at__lte=batch.brought_at)
    same = same.filter(settings__sheet=batch.settings.get("sheet", 0))
    return list(same.exclude(pk=batch.pk))
