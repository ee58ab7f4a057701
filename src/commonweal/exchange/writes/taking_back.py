"""Taking a whole import back, also later: what is untouched goes, what others built on stays, and it says so.

First the evidence of all rows goes, then, row by row from the last, the people and what was changed
about them, and at the end the units, shifts, institutions and acts that nobody uses.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.common.work import Report, ask_for
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.words import LOOK, TAKE_BACK, BatchState
from commonweal.exchange.writes.emptying_places import take_back_places
from commonweal.exchange.writes.handing_on import Others
from commonweal.exchange.writes.removing_evidence import take_back_evidence
from commonweal.exchange.writes.removing_people import take_back_people
from commonweal.exchange.writes.turns import Pace, rare_sweeping, take_turn, use_more_memory
from commonweal.exchange.writes.uploads import remove_file
from commonweal.journeys.changed_list import read_anew
from commonweal.ledger.writes import record
from commonweal.people.writes.search_keys import drop_unused_words

CHUNK = 1000  # rows at most
FEWEST = 400
UNREAD = ("problems", "who", "fields", "values")
Undoing = Callable[[ImportBatch, list[ImportRow], Others], Counter[str]]
"""Takes back something of some rows; counts what stays by reason."""


def begin_taking_back(batch: UUID, *, by: UUID, at: datetime) -> None:
    """Asks for an import to be taken back; a second press changes nothing."""
    with transaction.atomic():
        if ImportBatch.objects.filter(pk=batch, state=BatchState.DONE).update(state=BatchState.TAKING_BACK, kept={}):
            ask_for(TAKE_BACK, subject=batch, by=by, at=at)


def take_back(subject: UUID, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Takes a finished or stopped import back; broken off, it goes on where it was."""
    batch = ImportBatch.objects.get(pk=subject)
    if batch.state != BatchState.TAKING_BACK:
        return
    rows = ImportRow.objects.filter(batch=batch)
    waiting = rows.filter(step__in=(1, 2)).count()
    total, done = 2 * rows.filter(step__in=(1, 2, 5)).count(), 0
    done = total - 2 * waiting - rows.filter(step=5).count()
    report.step(done, total)
    use_more_memory()
    others, pace = Others(subject), Pace(CHUNK, least=FEWEST)
    others.read()
    with rare_sweeping():
        # One step at a time, each in the order of its index; what has no evidence yet comes last of it.
        for step, reached, undo in ((2, 5, take_back_evidence), (1, 5, take_back_evidence), (5, 4, take_back_people)):
            while count := _take_some_back(subject, step, reached, undo, others, pace):
                done += count
                report.step(min(done, total), total)
    _finish(subject, by, at)


def _take_some_back(batch: UUID, step: int, reached: int, undo: Undoing, others: Others, pace: Pace) -> int:
    """Takes one chunk back, whole or not at all: how many rows that were."""
    with transaction.atomic():
        locked = take_turn(batch, BatchState.TAKING_BACK)
        if locked is None:
            return 0
        pace.begin()
        waiting = ImportRow.objects.filter(batch=batch, step=step).order_by("-line")
        rows = list(waiting.defer(*UNREAD)[: pace.rows])
        if not rows:
            return 0
        kept = Counter(locked.kept)
        kept.update(undo(locked, rows, others))
        ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(step=reached)
        locked.kept = dict(kept)
        locked.save(update_fields=["kept"])
    pace.end()
    return len(rows)


def _finish(batch: UUID, by: UUID | None, at: datetime) -> None:
    with transaction.atomic():
        locked = take_turn(batch, BatchState.TAKING_BACK)
        if locked is None:
            return
        kept = Counter(locked.kept)
        kept.update(take_back_places(locked))
        drop_unused_words()
        locked.kept = dict(kept)
        stopped = locked.made.get("stopped", False)
        tally = locked.made.get("tally", {})
        record("took_import_back", by=by, at=at, subject_kind="import", subject=batch, facts={"kept": locked.kept})
        if set(tally) - {"done"}:
            read_anew(people=bool(tally.keys() & {"person", "name", "contact", "placement"}), by=by, at=at)
        locked.made = {}
        if stopped:
            locked.state, locked.begun_at = BatchState.LOOKING, None
            ask_for(LOOK, subject=batch, by=by, at=at)
        else:
            ImportRow.objects.filter(batch=batch).exclude(values=b"", before=b"").update(values=b"", before=b"")
            locked.state, locked.pieces = BatchState.TAKEN_BACK, 0
            locked.taken_back_at, locked.taken_back_by = at, by
        locked.save()
    if not stopped:
        remove_file(batch)
