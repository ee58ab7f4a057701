"""Answers to what is unclear in a file: who is meant, row by row or for all rows of a reason."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from commonweal.common.refusals import Refusal
from commonweal.exchange.models import ImportRow
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.reads.judging_pairs import judged_pairs, references_of
from commonweal.exchange.reads.one_or_several import SEVERAL
from commonweal.exchange.reads.places import place_key
from commonweal.exchange.reads.verdicts import Judged
from commonweal.exchange.rules.records import Record, RowRead
from commonweal.exchange.words import REASONS, BatchState
from commonweal.exchange.writes.looking import Told, judge_of, look_again
from commonweal.exchange.writes.turns import take_turn
from commonweal.people.writes.bulk import change_rows, sealed

ONE_OR_SEVERAL = ("apart", "whole")
FOR_ALL = ("new", "skip", "first", *ONE_OR_SEVERAL)
"""For a reason of whom is meant; the last two for whether it is one person."""
SETTLED = ("verdict", "reason", "who", "person", "fields", "values")


@dataclass(frozen=True)
class NotAnswerable(Refusal):
    """Nobody asks this question, or the answer is none of those it has."""

    question: str


def settle_row(batch: UUID, *, question: str, answer: str, by: UUID, at: datetime) -> int:
    """Answers one question; see `settle_rows`."""
    return settle_rows(batch, answers={question: answer}, by=by, at=at)


def settle_rows(batch: UUID, *, answers: Mapping[str, str], by: UUID, at: datetime) -> int:
    """Keeps who is meant, by question: the id (hex) of somebody who could be or of anybody inside the scope of
    whoever brought the file, "new", "skip", or "" to leave it open again; and judges the rows that ask anew, at once. How many rows that were; 0 when the file does not wait
    for answers. Raises NotAnswerable, and then nothing is kept."""
    with transaction.atomic():
        held = take_turn(batch, BatchState.LOOKED)
        if held is None:
            return 0
        rows = _asking(batch, answers)
        held.answers = {**held.answers, **answers}
        judge = judge_of(held, at)
        _check(rows, answers, {person.hex for person in judge.chosen_by_hand})
        _remember_earlier(judge, rows)
        before, after = Told(), Told()
        before.add([judged_as_kept(row) for row in rows])
        judged = _judged_anew(judge, rows, answers)
        after.add(judged)
        _keep(rows, judged)
        held.found = _counted(held.found, before, after, judge)
        held.save(update_fields=["answers", "found"])
    return len(rows)


def settle_all(batch: UUID, *, answers: Mapping[str, str], by: UUID, at: datetime) -> None:
    """Keeps one answer for all rows of a reason ("new", "skip", "first": the one person it could be; "" for
    none), and looks again. Raises NotAnswerable."""
    for reason, answer in answers.items():
        if reason not in REASONS or answer not in (*FOR_ALL, ""):
            raise NotAnswerable(reason)
    with transaction.atomic():
        held = take_turn(batch, BatchState.LOOKED)
        if held is None:
            return
        held.answers = {**held.answers, **{f"all:{reason}": answer for reason, answer in answers.items()}}
        held.save(update_fields=["answers"])
        look_again(batch, by=by, at=at)


def _asking(batch: UUID, answers: Iterable[str]) -> list[ImportRow]:
    """The rows that ask any of these questions, in the order of the file."""
    lines = {int(one[1:]) for one in answers if one[:1] == "L" and one[1:].isdigit() and len(one) < 10}
    wanted = Q(line__in=lines)
    for one in answers:
        if len(one) == 24 and one.isalnum():
            wanted |= Q(who__icontains=one)
    rows = ImportRow.objects.filter(wanted, batch=batch).exclude(values=b"").order_by("line")
    return [row for row in rows if any(who[3] in answers for who in row.who)]


def _check(rows: Iterable[ImportRow], answers: Mapping[str, str], listed: Collection[str]) -> None:
    could_be: dict[str, set[str]] = {}
    for row in rows:
        for who in row.who:
            usual = ("", "skip", *ONE_OR_SEVERAL) if who[4] == SEVERAL else ("", "new", "skip")
            could_be.setdefault(who[3], set(usual)).update([*who[5], who[1]])
    for question, answer in answers.items():
        asked = could_be.get(question)
        if asked is None or (answer not in asked and (answer not in listed or "apart" in asked)):
            raise NotAnswerable(question)


def judged_as_kept(row: ImportRow) -> Judged:
    """The verdict on a row as it is kept, without what the row says."""
    return Judged(row.line, {}, row.problems, row.verdict, row.reason, row.who, row.fields)


def _said_in(row: ImportRow) -> Record:
    record: Record = json.loads(str(row.values))
    record.pop("cells", None)
    return record


def _remember_earlier(judge: Judge, rows: Iterable[ImportRow]) -> None:
    """People who are new in earlier rows of the file, where a row may mean one of them."""
    could_be = {UUID(one) for row in rows for who in row.who for one in who[5]}
    earlier = ImportRow.objects.filter(batch=judge.batch, person__in=could_be, verdict="new").order_by("line")
    for row in earlier if could_be else ():
        if row.person is not None and row.values:
            record = _said_in(row)
            judge.seen.remember(row.person, record, place_key(*record.get("unit", ())))


def _judged_anew(judge: Judge, rows: list[ImportRow], answers: Mapping[str, str]) -> list[Judged]:
    read = [(row.line, RowRead(_said_in(row), [(code, place) for code, place in row.problems])) for row in rows]
    if judge.reading.kind != "people":
        return judged_pairs(judge, read)
    judged = judge.people(read)
    asking = []
    for one, row in zip(judged, rows, strict=True):
        askers = [who for who in row.who if who[0] == "asker"]
        if any(who[3] in answers for who in askers):
            asking += [(one, part, reference) for part, reference in references_of("people", one.record)]
        else:
            one.who += askers
    judge.refer(asking)
    judge.compare_asked([one for one in judged if one.record.get("asker") and one.verdict != "bad"])
    return judged


def _keep(rows: Iterable[ImportRow], judged: Iterable[Judged]) -> None:
    changed: list[tuple[Any, ...]] = []
    for row, one in zip(rows, judged, strict=True):
        cells = json.loads(str(row.values)).get("cells", [])
        values = sealed(ImportRow, row.pk, "values", json.dumps({**one.record, "cells": cells}, ensure_ascii=False))
        facts = (one.verdict, one.reason, json.dumps(one.who), one.person("me"), json.dumps(one.fields))
        changed.append((*facts, values, row.pk))
    change_rows(ImportRow, SETTLED, changed)


def _counted(found: dict[str, Any], before: Told, after: Told, judge: Judge) -> dict[str, Any]:
    """The counts of a batch with some rows counted anew, and what they name that is not there."""
    missing = found.get("missing", {})
    for what, some in judge.places.missing.items():
        missing.setdefault(what, {}).update(
            {key: asdict(one) for key, one in some.items() if key not in missing.get(what, {})}
        )
    verdicts, reasons = Counter(found.get("verdicts", {})), Counter(found.get("reasons", {}))
    for counts, more, less in ((verdicts, after.verdicts, before.verdicts), (reasons, after.reasons, before.reasons)):
        counts.update(more)
        counts.subtract(less)
    return {**found, "verdicts": dict(+verdicts), "reasons": dict(+reasons), "missing": missing}
