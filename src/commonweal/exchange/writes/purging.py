"""What files said of people goes when it is no longer needed, or when one of them is forgotten."""

import json
import shutil
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from commonweal.common.work import Report
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.naming_her import Named, named_in, names_of
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.tables import open_table
from commonweal.exchange.words import BatchState
from commonweal.exchange.writes.looking import Told
from commonweal.exchange.writes.next_sheet import drop_workbook
from commonweal.exchange.writes.settling import judged_as_kept
from commonweal.exchange.writes.uploads import content_of, put_aside, remove_file
from commonweal.ledger.writes import record
from commonweal.people.writes.bulk import change_rows

PURGE = "commonweal.exchange.writes.purging.purge"
KEPT_FOR = timedelta(days=30)
WAITING = (BatchState.GIVEN, BatchState.LOOKED, BatchState.REFUSED)
EMPTIED = (BatchState.GIVEN, BatchState.REFUSED, BatchState.TAKEN_BACK, BatchState.DROPPED)
LEFT = ("bad", "unclear")


def close_import(batch: UUID, *, by: UUID | None, at: datetime) -> None:
    """The rows that were left out of a finished import are no longer kept; it can still be taken back."""
    with transaction.atomic():
        if not ImportBatch.objects.filter(pk=batch, state=BatchState.DONE).exists():
            return
        left = ImportRow.objects.filter(batch=batch, verdict__in=LEFT).exclude(values=b"")
        if count := left.update(values=b""):
            record("closed_import", by=by, at=at, subject_kind="import", subject=batch, facts={"rows": count})


def purge(subject: UUID | None, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Background work: closes imports, puts aside files that nobody touched for thirty days, drops workbooks whose
    other sheets nobody brought, and removes stored files that belong to nothing."""
    old = at - KEPT_FOR
    left = ImportRow.objects.filter(verdict__in=LEFT, batch__state=BatchState.DONE, batch__ended_at__lt=old)
    for closing in set(left.exclude(values=b"").values_list("batch", flat=True)):
        close_import(closing, by=None, at=at)
    for batch in ImportBatch.objects.filter(state__in=WAITING, brought_at__lt=old):
        put_aside(batch, by=None, at=at)
    for batch in ImportBatch.objects.filter(state=BatchState.DONE, pieces__gt=0, ended_at__lt=old):
        drop_workbook(batch, by=None, at=at)
    with_files = set(ImportBatch.objects.filter(pieces__gt=0).values_list("pk", flat=True))
    folder = Path(settings.MEDIA_ROOT) / "imports"
    for found in folder.iterdir() if folder.is_dir() else ():
        touched = datetime.fromtimestamp(found.stat().st_mtime, UTC)
        if found.name not in {str(pk) for pk in with_files} and touched < at - timedelta(days=1):
            shutil.rmtree(found, ignore_errors=True)


def forget_people(people: Collection[UUID], *, at: datetime) -> None:
    """Nothing that files said of these people is kept: rows that speak of them, that could mean them or that
    hold one of their names and were left out; and the stored files that name them. Rows of a file that waits
    are left out of it. Call it while their names are still known."""
    names = names_of(people)
    for batch in ImportBatch.objects.exclude(state__in=EMPTIED):
        _forget_in_rows(batch, {person.hex for person in people}, names)
    for batch in ImportBatch.objects.filter(pieces__gt=0):
        if _holds(batch, names):
            _drop_file(batch)


def _forget_in_rows(batch: ImportBatch, people: set[str], names: Named) -> None:
    rows = ImportRow.objects.filter(batch=batch)
    about: set[UUID] = set()
    for row in rows.exclude(values=b"", before=b"").values_list("pk", "person", "who"):
        if (row[1] and row[1].hex in people) or any(who[1] in people or people & set(who[5]) for who in row[2]):
            about.add(row[0])
    for left in rows.filter(verdict__in=LEFT).exclude(values=b""):
        if named_in(json.dumps(json.loads(str(left.values)), ensure_ascii=False), names):
            about.add(left.pk)
    gone = list(rows.filter(pk__in=about).exclude(values=b"", before=b""))
    waiting = [row for row in gone if row.values and row.step == 0]
    change_rows(ImportRow, ("values", "before"), [(b"", b"", row.pk) for row in gone])
    facts = ("bad", "forgotten", "[]", "[]", "[]", None)
    columns = ("verdict", "reason", "who", "fields", "problems", "person")
    change_rows(ImportRow, columns, [(*facts, row.pk) for row in waiting])
    if waiting and batch.state == BatchState.LOOKED:
        told = Told()
        told.add([judged_as_kept(row) for row in rows.defer("values", "before")])
        batch.found = {**batch.found, **told.found(batch.found.get("missing", {}))}
        batch.save(update_fields=["found"])


def _holds(batch: ImportBatch, names: Named) -> bool:
    """Does the stored file name one of these people? A file that cannot be read might."""
    if not names:
        return False
    try:
        reading = batch.settings
        table = open_table(content_of(batch), encoding=reading["encoding"], delimiter=reading["delimiter"])
        sheets = range(max(1, len(table.sheets)))
        return any(named_in(" ".join(cells), names) for sheet in sheets for _, cells in table.rows(sheet))
    except FileRefused:
        return True


def _drop_file(batch: ImportBatch) -> None:
    """Removes a stored file; where only the file could say what is in it, it has to be brought again."""
    again = batch.state in (BatchState.GIVEN, BatchState.LOOKING, BatchState.REFUSED)
    changes = {"state": BatchState.REFUSED, "refusal": {"why": "forgotten"}} if again else {}
    ImportBatch.objects.filter(pk=batch.pk).update(pieces=0, **changes)
    transaction.on_commit(lambda: remove_file(batch.pk))
