"""One sheet of a workbook after the other, from the file that is kept until all are in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.workbook import keeper_of, sheets_left
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.words import BatchState
from commonweal.exchange.writes.uploads import bring_file, content_of, remove_file
from commonweal.ledger.writes import record


def begin_sheet(
    batches: QuerySet[ImportBatch], batch: ImportBatch, sheet: int, *, by: UUID, at: datetime, region: str
) -> ImportBatch:
    """Begins another sheet of a batch's workbook from the file that one of these batches keeps; the import that
    holds it already, where there is one. Raises FileRefused: "gone" when the file is kept no more or has no such sheet."""
    left = next((one for one in sheets_left(batches, batch) if one.place == sheet), None)
    if left is not None and left.waits is not None:
        return batches.get(pk=left.waits)
    keeper = keeper_of(batches, batch)
    if left is None or keeper is None:
        raise FileRefused("gone")
    return bring_file(
        name=str(batch.file_name), pieces=[content_of(keeper)], by=by, at=at, region=region, sheet=left.place
    )


def is_wanted(batch: ImportBatch) -> bool:
    """Is the file of a finished batch still needed, for another sheet that whoever brought it has not brought?"""
    return bool(sheets_left(ImportBatch.objects.filter(brought_by=batch.brought_by), batch))


def drop_workbook(batch: ImportBatch, *, by: UUID | None, at: datetime) -> None:
    """The file behind finished batches of this very workbook is kept no longer; what is in stays, and a sheet
    that waits keeps its own."""
    with transaction.atomic():
        kept = ImportBatch.objects.select_for_update().filter(
            brought_by=batch.brought_by, content_print=batch.content_print, state=BatchState.DONE, pieces__gt=0
        )
        gone = list(kept.values_list("pk", flat=True))
        ImportBatch.objects.filter(pk__in=gone).update(pieces=0)
        for one in gone:
            record("dropped_workbook", by=by, at=at, subject_kind="import", subject=one)
    for one in gone:
        remove_file(one)
