"""Stopping an import that goes on, and taking up again one whose work broke or died."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.common.work import ask_for, cancel
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.progress import work_on
from commonweal.exchange.words import PIECES, TAKE_BACK, BatchState
from commonweal.ledger.writes import record


def stop(batch: UUID, *, by: UUID, at: datetime) -> None:
    """Stops what goes on with a file. A look ends where the columns are checked. What was brought in is
    taken back, and then the file waits for its yes again, with what others built on named in `kept`.

    A worker that is at it ends its chunk first. Taking back cannot be stopped.
    """
    held = ImportBatch.objects.get(pk=batch)
    if held.state not in (BatchState.LOOKING, BatchState.BRINGING_IN):
        return
    work = work_on(held)
    if work is not None:
        cancel(work.pk)
        work.refresh_from_db()
    if held.state == BatchState.BRINGING_IN:
        if work is None or work.state != work.State.RUNNING:
            go_back(batch, by=by, at=at)
    else:
        with transaction.atomic():
            ImportBatch.objects.filter(pk=batch, state=BatchState.LOOKING).update(state=BatchState.GIVEN, found={})
            ImportRow.objects.filter(batch=batch, batch__state=BatchState.GIVEN).delete()


def go_back(batch: UUID, *, by: UUID | None, at: datetime) -> None:
    """What a stopped import brought in will be taken back, and the file looked at again."""
    with transaction.atomic():
        stopped = ImportBatch.objects.select_for_update().filter(pk=batch, state=BatchState.BRINGING_IN).first()
        if stopped is None:
            return
        stopped.state, stopped.made = BatchState.TAKING_BACK, {**stopped.made, "stopped": True}
        stopped.save(update_fields=["state", "made"])
        record("stopped_import", by=by, at=at, subject_kind="import", subject=batch)
        ask_for(TAKE_BACK, subject=batch, by=by, at=at)


def take_up_again(batch: UUID, *, by: UUID, at: datetime) -> bool:
    """Goes on with a look, an import or a taking back whose work broke, died or was never asked for;
    False when nothing had to be taken up. What already stands is not done twice."""
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update().get(pk=batch)
        piece = PIECES.get(BatchState(held.state))
        if piece is None:
            return False
        work = work_on(held)
        if work is not None and work.state in (work.State.WAITING, work.State.RUNNING):
            return False
        ask_for(piece, subject=batch, by=by, at=at)
        record("took_up_import", by=by, at=at, subject_kind="import", subject=batch)
    return True
