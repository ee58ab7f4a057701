"""Bringing the rows of a file into the hall, some thousands at a time; background work that can be broken
off at any moment and taken up again: a chunk stands whole or not at all."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.common.work import Cancelled, Report, ask_for
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.judging import Judge, Judged
from commonweal.exchange.reads.standings import standings
from commonweal.exchange.words import BatchState
from commonweal.exchange.writes.adding import Adding
from commonweal.exchange.writes.looking import judge_of
from commonweal.exchange.writes.making import acts_without_a_day, make_places
from commonweal.exchange.writes.stating import state_evidence
from commonweal.exchange.writes.taking_back import take_back_rows
from commonweal.exchange.writes.uploads import remove_file
from commonweal.ledger.writes import record
from commonweal.people.reads.people import people_within
from commonweal.people.writes.bulk import change_rows

BRING_IN = "commonweal.exchange.writes.bringing_in.bring_in"
CHUNK = 1000


def begin_bringing_in(batch: UUID, *, by: UUID, at: datetime) -> bool:
    """Asks for the rows to be brought in; False when an act still lacks its day. A second press changes nothing."""
    with transaction.atomic():
        kept = ImportBatch.objects.select_for_update().get(pk=batch)
        if kept.state != BatchState.LOOKED:
            return True
        if acts_without_a_day(kept):
            return False
        kept.state, kept.begun_at = BatchState.BRINGING_IN, at
        kept.save(update_fields=["state", "begun_at"])
        ask_for(BRING_IN, subject=batch, by=by, at=at)
        record("began_import", by=by, at=at, subject_kind="import", subject=batch)
    return True


def bring_in(subject: UUID, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Brings in what still waits. When somebody asks to stop, everything brought in is taken back."""
    batch = ImportBatch.objects.get(pk=subject)
    if batch.state != BatchState.BRINGING_IN:
        return
    try:
        _bring(batch, report, by, at)
    except Cancelled:
        take_back_rows(batch, None, by=by, at=at)
        raise


def _bring(batch: ImportBatch, report: Report, by: UUID | None, at: datetime) -> None:
    judge = judge_of(batch, batch.brought_at if batch.settings.get("on") else at)
    report.step(0, batch.found.get("rows", 0))
    make_places(batch, judge, at=at)
    judge = judge_of(batch, batch.brought_at if batch.settings.get("on") else at)  # its scope has the new units
    useful = ImportRow.objects.filter(batch=batch, verdict__in=("new", "changes"))
    total = useful.count()
    people_file = batch.kind == "people"
    for step in (0, 1) if people_file else (0,):
        while True:
            with transaction.atomic():
                rows = list(useful.filter(step=step).order_by("line")[:CHUNK])
                if not rows:
                    break
                if people_file and step == 0:
                    _people(batch, judge, rows, by, at)
                else:
                    state_evidence(batch, judge, rows, by=by, at=at)
            report.step(useful.filter(step__gte=2).count(), total)
    _finish(batch, by, at)


def judged_row(row: ImportRow) -> Judged:
    """A kept row as it was judged."""
    return Judged(row.line, json.loads(row.values), row.problems, row.verdict, row.reason, row.who, row.fields)


def _people(batch: ImportBatch, judge: Judge, rows: Sequence[ImportRow], by: UUID | None, at: datetime) -> None:
    """Brings a chunk of people in: the new ones first, then what changes about those who are there."""
    judged = {row.pk: judged_row(row) for row in rows}
    adding = Adding(batch.pk, judge, at, by)
    waves: dict[int, list[ImportRow]] = {}
    seen: dict[UUID | None, int] = {}
    for row in rows:
        one = judged[row.pk]
        if one.is_new("me"):
            adding.new_person(row.line, one)
            seen[row.person] = 0
        else:
            seen[row.person] = seen.get(row.person, -1) + 1 if row.person in seen else 0
            waves.setdefault(seen[row.person] + 1, []).append(row)
    adding.flush()
    inside = set(people_within(judge.scope).filter(pk__in=[row.person for row in rows]).values_list("pk", flat=True))
    for wave in sorted(waves):
        some = waves[wave]
        there = standings({row.person for row in some if row.person in inside}, with_notes=True)
        for row in some:
            if row.person in there:
                one = judged[row.pk]
                again = bool(one.who and one.who[0][4] == "again")
                adding.change_person(row.line, one, there[row.person], again)
        adding.flush()
    changed = []
    for row in rows:
        one, gone = judged[row.pk], row.person not in inside
        step = (
            3
            if gone
            else 1
            if one.record.get("marks") or one.record.get("stance") or one.record.get("institutions")
            else 2
        )
        made, before = adding.made.get(row.line, []), adding.before.get(row.line)
        changed.append((json.dumps(made), adding.sealed_before(row.pk, before), step, row.pk))
    change_rows(ImportRow, ("made", "before", "step"), changed)


def _finish(batch: ImportBatch, by: UUID | None, at: datetime) -> None:
    counts: dict[str, Any] = {
        "brought": ImportRow.objects.filter(batch=batch, step=2).count(),
        "left": ImportRow.objects.filter(batch=batch, verdict__in=("unclear", "bad")).count(),
    }
    with transaction.atomic():
        good = ImportRow.objects.filter(batch=batch).exclude(verdict__in=("unclear", "bad"))
        good.update(values=b"")
        ImportRow.objects.filter(batch=batch, verdict="same").update(step=2)
        batch.made = {**batch.made, "counts": counts}
        batch.state, batch.ended_at, batch.pieces = BatchState.DONE, at, 0
        batch.save(update_fields=["made", "state", "ended_at", "pieces"])
        record("finished_import", by=by, at=at, subject_kind="import", subject=batch.pk, facts=counts)
    remove_file(batch.pk)


def day(text: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(text) if text else None
