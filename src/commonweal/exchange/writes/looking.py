"""Reading a file row by row and saying what each row would do; background work."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.accounts.models import Account
from commonweal.accounts.reads import scope_of
from commonweal.common.ids import IdsTogether
from commonweal.common.work import Cancelled, Report, ask_for
from commonweal.exchange.models import ImportBatch, ImportRow, SavedMapping
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.reads.judging_pairs import judged_pairs, references_of
from commonweal.exchange.reads.places import Places
from commonweal.exchange.reads.verdicts import Judged
from commonweal.exchange.rules.headers import Layout
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.mapping import Reading
from commonweal.exchange.rules.records import RowRead, read_row
from commonweal.exchange.rules.tables import Row, open_table
from commonweal.exchange.words import LOOK, BatchState
from commonweal.exchange.writes.turns import rare_sweeping, take_turn
from commonweal.exchange.writes.uploads import content_of
from commonweal.people.models import Organization
from commonweal.people.rules import folded
from commonweal.people.writes.bulk import add_rows, change_rows, remove_rows, sealed

CHUNK = 2000
CLEARED = 3000
WRITTEN = json.JSONEncoder(ensure_ascii=False).encode
ROW = (
    "id", "batch_id", "line", "verdict", "reason", "problems", "who", "person", "fields", "values", "before", "made",
    "step", "kept",
)  # fmt: skip


def begin_looking(batch: UUID, reading: Reading, *, by: UUID, at: datetime) -> None:
    """Keeps how a file is to be read, remembers it for the next one like it, and asks for the look."""
    with transaction.atomic():
        kept = ImportBatch.objects.select_for_update().get(pk=batch)
        if kept.state not in (BatchState.GIVEN, BatchState.LOOKED, BatchState.REFUSED):
            return
        kept.kind, kept.settings, kept.state = reading.kind, reading.to_json(), BatchState.LOOKING
        kept.refusal = {}
        kept.save(update_fields=["kind", "settings", "state", "refusal"])
        if signature := Layout(reading.header_line, reading.first_line, reading.titles).signature:
            SavedMapping.objects.update_or_create(
                signature=signature,
                defaults={"kind": reading.kind, "settings": reading.remembered, "used_at": at, "used_by": by},
            )
        ask_for(LOOK, subject=batch, by=by, at=at)


def look_again(batch: UUID, *, by: UUID, at: datetime) -> None:
    """Asks for another look after choices or answers changed."""
    with transaction.atomic():
        if ImportBatch.objects.filter(pk=batch, state=BatchState.LOOKED).update(state=BatchState.LOOKING):
            ask_for(LOOK, subject=batch, by=by, at=at)


def look_at(subject: UUID, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Reads the batch's file and keeps a verdict for every row. Done anew from the start when it was broken
    off; of two workers that look at once the later goes on alone."""
    with transaction.atomic():
        batch = take_turn(subject, BatchState.LOOKING)
        if batch is None:
            return
        batch.found, batch.refusal = {"begun": at.isoformat()}, {}
        batch.save(update_fields=["found", "refusal"])
    try:
        while _clear_some(batch):
            pass
        with rare_sweeping():
            _look(batch, report, at)
    except FileRefused as refused:
        facts = {"why": refused.why, "line": refused.line, "column": refused.column, "fact": refused.fact}
        with transaction.atomic():
            if _mine(batch) is not None:
                ImportRow.objects.filter(batch=batch).delete()
                ImportBatch.objects.filter(pk=subject).update(state=BatchState.REFUSED, refusal=facts, found={})
    except Cancelled:
        with transaction.atomic():
            if _mine(batch) is not None:
                ImportRow.objects.filter(batch=batch).delete()
                ImportBatch.objects.filter(pk=subject).update(state=BatchState.GIVEN, found={})
        raise


def _clear_some(batch: ImportBatch) -> bool:
    """Removes some rows of an earlier look, in a turn of their own; False when none are left."""
    with transaction.atomic():
        rows = ImportRow.objects.filter(batch=batch).values_list("pk", flat=True)[:CLEARED]
        going = list(rows) if _mine(batch) is not None else []
        remove_rows(ImportRow, going)
    return bool(going)


def _mine(batch: ImportBatch) -> ImportBatch | None:
    """The batch, locked, while this look is still the one that goes on."""
    locked = take_turn(batch.pk, BatchState.LOOKING)
    return locked if locked is not None and locked.found == batch.found else None


def judge_of(batch: ImportBatch, at: datetime) -> Judge:
    """The judge of a batch, with the scope that whoever brought it has now."""
    reading = Reading.from_json(batch.settings)
    reading.strongest_is_one = Organization.objects.values_list("strongest_is_one", flat=True).first() is not False
    scope = scope_of(Account.objects.filter(pk=batch.brought_by).first())
    places = Places(scope, reading, batch.choices, batch.made)
    return Judge(batch.pk, scope, reading, places, batch.answers, at.date())


def _look(batch: ImportBatch, report: Report, at: datetime) -> None:
    judge = judge_of(batch, at)
    reading, told = judge.reading, Told()
    waiting: list[Judged] = []
    content = content_of(batch)
    table = open_table(content, encoding=reading.encoding, delimiter=reading.delimiter)
    total = max(reading.rows, content.count(b"\n")) if table.kind == "text" else reading.rows
    del content
    for chunk in chunks(table.rows(reading.sheet), reading):
        judged = judge.people(chunk) if reading.kind == "people" else judged_pairs(judge, chunk)
        if reading.kind == "people":
            waiting += [one for one in judged if _says_who_asked(one) and one.verdict != "bad"]
        with transaction.atomic():
            if _mine(batch) is None:
                return
            _keep(batch.pk, judged, dict(chunk))
        told.add(judged)
        report.step(told.rows, max(total, told.rows))
    if not told.rows:
        raise FileRefused("no_rows")
    _keep_askers(batch, judge, waiting, told)
    missing = {what: {key: asdict(one) for key, one in some.items()} for what, some in judge.places.missing.items()}
    with transaction.atomic():
        if (locked := _mine(batch)) is not None:
            locked.state, locked.found = BatchState.LOOKED, told.found(missing)
            locked.save(update_fields=["state", "found"])


class Told:
    """Counts of what the rows of a file would do."""

    def __init__(self) -> None:
        self.rows = 0
        self.verdicts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()

    def add(self, judged: list[Judged]) -> None:
        """Counts some rows."""
        self.rows += len(judged)
        self.verdicts.update(one.verdict for one in judged)
        self.reasons.update(f"{one.verdict}:{one.reason}" for one in judged if one.reason)
        self.reasons.update(
            f"gap:{code}" for one in judged if one.verdict != "bad" for code in {code for code, _ in one.problems}
        )

    def without(self, other: "Told") -> None:
        """Takes out what another one counted."""
        self.rows -= other.rows
        self.verdicts.subtract(other.verdicts)
        self.reasons.subtract(other.reasons)

    def found(self, missing: dict[str, Any]) -> dict[str, Any]:
        """What the batch keeps of it."""
        counts = {"verdicts": dict(+self.verdicts), "reasons": dict(+self.reasons)}
        return {**counts, "missing": missing, "rows": self.rows}


def chunks(rows: Iterator[Row], reading: Reading) -> Iterator[list[tuple[int, RowRead]]]:
    """The rows below the header, read, some thousands at a time; a header repeated further down is left out."""
    mapping, header = reading.mapping, [folded(title) for title in reading.titles]
    begin = header[:1]
    width = len(reading.columns)
    some: list[tuple[int, RowRead]] = []
    for line, cells in rows:
        if line < reading.first_line or line == reading.header_line:
            continue
        if (
            reading.header_line
            and len(cells) >= width
            and [folded(cell) for cell in cells[: min(width, 1)]] == begin
            and [folded(cell) for cell in cells[:width]] == header[: len(cells)]
        ):
            continue
        row = read_row(mapping, cells)
        row.cells = cells[: max(width, 1)]
        if any(cell.strip() for cell in cells[width:]):
            row.problems.append(("extra_cells", width + 1))
        some.append((line, row))
        if len(some) >= CHUNK:
            yield some
            some = []
    if some:
        yield some


def _keep(batch: UUID, judged: list[Judged], read: dict[int, RowRead]) -> None:
    rows, ids = [], IdsTogether()
    for one in judged:
        row = ids.new()
        me = one.person("me")
        said = read[one.line].record
        if one.verdict in ("bad", "unclear"):  # such a row may be given back as it stands in the file
            said = {**said, "cells": read[one.line].cells}
        values = sealed(ImportRow, row, "values", WRITTEN(said))
        reason, fields = one.reason[:16], json.dumps(one.fields) if one.fields else "[]"
        facts = (json.dumps(one.problems) if one.problems else "[]", json.dumps(one.who))
        rows.append((row, batch, one.line, one.verdict, reason, *facts, me, fields, values, b"", "[]", 0, "[]"))
    add_rows(ImportRow, rows, ROW)


def _says_who_asked(one: Judged) -> bool:
    """Who asked counts only where it is also said to what."""
    return bool(one.record.get("asker") and one.record.get("marks"))


def _keep_askers(batch: ImportBatch, judge: Judge, waiting: list[Judged], told: "Told") -> None:
    """Now that everybody in the file is known: whom the rows name as who asked, and what is new by that."""
    for start in range(0, len(waiting), CHUNK):
        some = waiting[start : start + CHUNK]
        before = Told()
        before.add(some)
        told.without(before)
        judge.refer([(one, part, reference) for one in some for part, reference in references_of("people", one.record)])
        judge.compare_asked(some)
        told.add(some)
        with transaction.atomic():
            if _mine(batch) is None:
                return
            rows = ImportRow.objects.filter(batch=batch, line__in=[one.line for one in some])
            lines: dict[int, Any] = dict(rows.values_list("line", "id"))
            kept = [
                (json.dumps(one.who), json.dumps(one.fields), one.verdict, one.reason[:16], lines[one.line])
                for one in some
            ]
            change_rows(ImportRow, ("who", "fields", "verdict", "reason"), kept)
