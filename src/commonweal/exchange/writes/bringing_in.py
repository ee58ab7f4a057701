"""Bringing the rows of a file into the hall, some hundreds at a time; background work that can be broken
off at any moment and taken up again: a chunk stands whole or not at all."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.common.work import Cancelled, Report, ask_for
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.words import BRING_IN, BatchState
from commonweal.exchange.writes.bringing_rows import bring_rows, is_still, ready_rows
from commonweal.exchange.writes.looking import judge_of
from commonweal.exchange.writes.making import acts_without_a_day, make_places
from commonweal.exchange.writes.next_sheet import drop_workbook, is_wanted
from commonweal.exchange.writes.stopping import go_back
from commonweal.exchange.writes.turns import Pace, rare_sweeping, take_turn, use_more_memory
from commonweal.exchange.writes.uploads import remove_file
from commonweal.journeys.changed_list import read_anew
from commonweal.ledger.writes import record

CHUNK = 4000  # rows at most
USEFUL = ("new", "changes", "same")


def begin_bringing_in(batch: UUID, *, by: UUID, at: datetime) -> bool:
    """Asks for the rows to be brought in; False when an act still lacks its day. A second press changes nothing."""
    with transaction.atomic():
        kept = ImportBatch.objects.select_for_update().get(pk=batch)
        if kept.state != BatchState.LOOKED:
            return True
        if acts_without_a_day(kept):
            return False
        kept.state, kept.begun_at, kept.kept = BatchState.BRINGING_IN, at, {}
        kept.save(update_fields=["state", "begun_at", "kept"])
        ask_for(BRING_IN, subject=batch, by=by, at=at)
        record("began_import", by=by, at=at, subject_kind="import", subject=batch)
    return True


def bring_in(subject: UUID, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Brings in what still waits. When somebody asks to stop, everything brought in is taken back."""
    batch = ImportBatch.objects.get(pk=subject)
    if batch.state != BatchState.BRINGING_IN:
        return
    try:
        with rare_sweeping():
            _bring(batch, report, by, at)
    except Cancelled:
        go_back(subject, by=by, at=at)
        raise


def _bring(batch: ImportBatch, report: Report, by: UUID | None, at: datetime) -> None:
    useful = ImportRow.objects.filter(batch=batch, verdict__in=USEFUL)
    total, done = useful.count(), useful.filter(step__gte=2).count()
    report.step(done, total)
    use_more_memory()
    day = batch.brought_at if batch.settings.get("on") else at
    with transaction.atomic():
        locked = take_turn(batch.pk, BatchState.BRINGING_IN)
        if locked is None:
            return
        make_places(locked, judge_of(locked, day), at=at)
    judge = judge_of(locked, day)  # its scope has the new units
    pace = Pace(CHUNK)
    for step in (0, 1) if batch.kind == "people" else (0,):
        while (brought := _bring_some(batch.pk, judge, step, pace, by, at)) is not None:
            done += brought
            report.step(min(done, total), total)
    _finish(batch.pk, by, at)


def _bring_some(batch: UUID, judge: Judge, step: int, pace: Pace, by: UUID | None, at: datetime) -> int | None:
    """Brings in one chunk, whole or not at all: how many rows are done with it; None when none is left."""
    waiting = ImportRow.objects.filter(batch=batch, verdict__in=USEFUL, step=step).order_by("line")[: pace.rows]
    held = ImportBatch.objects.get(pk=batch)
    ready = ready_rows(waiting, held, judge, step, at)  # before the turn: others write meanwhile
    with transaction.atomic():
        locked = take_turn(batch, BatchState.BRINGING_IN)
        if locked is None:
            return None
        pace.begin()
        if not is_still(waiting, ready):
            ready = ready_rows(waiting, locked, judge, step, at)
        if not ready.rows:
            return None
        judge.of_others.look_around()
        tally = bring_rows(locked, judge, ready, step, by=by, at=at)
        counts = Counter(locked.made.get("tally", {}))
        counts.update(tally)
        locked.made["tally"] = dict(counts)
        locked.save(update_fields=["made"])
    pace.end()
    return tally["done"]


def _finish(batch: UUID, by: UUID | None, at: datetime) -> None:
    with transaction.atomic():
        locked = take_turn(batch, BatchState.BRINGING_IN)
        if locked is None:
            return
        rows = ImportRow.objects.filter(batch=batch)
        left = rows.filter(verdict__in=("unclear", "bad")).count()
        counts: dict[str, Any] = {"brought": rows.filter(verdict__in=("new", "changes"), step=2).count(), "left": left}
        rows.exclude(verdict__in=("unclear", "bad")).exclude(values=b"").update(values=b"")
        locked.made.pop("met", None)
        locked.made["counts"] = counts
        locked.state, locked.ended_at = BatchState.DONE, at
        keeps_file = is_wanted(locked)
        locked.pieces = locked.pieces if keeps_file else 0
        locked.save(update_fields=["made", "state", "ended_at", "pieces"])
        record("finished_import", by=by, at=at, subject_kind="import", subject=batch, facts=counts)
        tally = locked.made.get("tally", {})
        if set(tally) - {"done"}:
            read_anew(people=bool(tally.keys() & {"person", "name", "contact", "placement"}), by=by, at=at)
    if not keeps_file:
        remove_file(batch)
        drop_workbook(locked, by=by, at=at)
