"""What the rows of a batch would do, as a person reads it: who is meant, and each value before and after."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.evidence import states_of
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.reads.judging_pairs import items_of, references_of
from commonweal.exchange.reads.standings import standings
from commonweal.exchange.reads.verdicts import Judged
from commonweal.exchange.rules.cells import dated_title
from commonweal.exchange.rules.changes import Change
from commonweal.exchange.rules.evidence import Item
from commonweal.exchange.rules.records import Record
from commonweal.people.reads.glances import Glance, glances

PAGE = 50


@dataclass
class Pointed:
    """A person a row points to: the part of the row, how the file writes her, and who she is on the
    list, when she is inside the reader's scope. `state` is "known", "new" or "unclear"."""

    part: str
    text: str
    state: str
    glance: Glance | None = None


@dataclass
class Seen:
    """A mark or an answer as evidence: the act, what it says before (empty: nothing) and after."""

    noun: str
    about: str
    old: str
    new: str


@dataclass
class ShownRow:
    """One row of a file, to be read by a human before anything is done."""

    row: ImportRow
    record: Record
    people: list[Pointed] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    evidence: list[Seen] = field(default_factory=list)

    @property
    def me(self) -> Glance | None:
        """Whom a row of people means, when she is on the list and inside the reader's scope."""
        return next((one.glance for one in self.people if one.part == "me"), None)


def rows_from(batch: ImportBatch, verdicts: Sequence[str], after: int) -> tuple[list[ImportRow], bool]:
    """A page of rows below line `after` with one of these verdicts (none: any), and whether more follow."""
    rows = ImportRow.objects.filter(batch=batch, line__gt=after).order_by("line")
    if verdicts:
        rows = rows.filter(verdict__in=verdicts)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def record_of(row: ImportRow) -> Record:
    """What was read in a row; empty once its values are gone."""
    record: Record = json.loads(str(row.values)) if row.values else {}
    return record


def pointed_to(kind: str, record: Record) -> list[tuple[str, Record]]:
    """The people a record points to, as far as it was read and is still kept."""
    if kind == "nominations" and not (record.get("from") and record.get("to")):
        return []
    return references_of(kind, record)


def shown_rows(scope: Scope, batch: ImportBatch, rows: Sequence[ImportRow], judge: Judge | None) -> list[ShownRow]:
    """The rows with who is meant and, given the batch's judge, what would change. Nobody outside
    `scope` is named; a fixed number of queries for any number of rows."""
    shown = [ShownRow(row, record_of(row)) for row in rows]
    ids = {UUID(who[1]) for one in shown for who in one.row.who if who[1] and who[2] == "known"}
    inside = glances(scope, ids)
    for one in shown:
        texts = {part: said["text"] for part, said in pointed_to(batch.kind, one.record) if "text" in said}
        one.people = [
            Pointed(who[0], texts.get(who[0], ""), who[2], inside.get(UUID(who[1])) if who[1] else None)
            for who in one.row.who
        ]
    if judge is not None:
        useful = [one for one in shown if one.row.verdict in ("new", "changes") and one.record]
        if batch.kind == "people":
            _add_changes(judge, useful, inside)
        _add_evidence(judge, useful)
    return shown


def judged_row(row: ImportRow, record: Record) -> Judged:
    """A kept row as it was judged."""
    return Judged(row.line, record, row.problems, row.verdict, row.reason, row.who, row.fields)


def _add_changes(judge: Judge, shown: Sequence[ShownRow], inside: dict[UUID, Glance]) -> None:
    changing = [one for one in shown if one.row.verdict == "changes" and one.me is not None]
    there = standings({one.me.id for one in changing if one.me}, with_notes=False)
    for one in changing:
        if one.me and one.me.id in there:
            # Her note stays sealed here: a row's note is shown only where the row was found to add it.
            found = judge.changes(one.record, there[one.me.id])
            one.changes = [change for change in found if change.code in one.row.fields]


def _add_evidence(judge: Judge, shown: Sequence[ShownRow]) -> None:
    stated = [(one, about, item) for one in shown for about, item in _items(judge, one)]
    states = states_of([item for _, _, item in stated])
    for (one, about, item), state in zip(stated, states, strict=True):
        if state.state != "same":
            new = "" if item.value is None else str(item.value)
            one.evidence.append(Seen(item.noun, about, "" if state.old is None else str(state.old), new))


def _items(judge: Judge, one: ShownRow) -> list[tuple[str, Item]]:
    """The pieces of evidence of a row, each with the name of its act, or the code of its question or tie."""
    judged = judged_row(one.row, one.record)
    if judge.reading.kind == "people":
        found = []
        for mark in one.record.get("marks", ()):
            judged.record = {**one.record, "marks": [mark]}
            found += [(judge.acts[mark[0]][0], item) for item in items_of(judge, judged)]
        return found
    act = dated_title(one.record.get("occasion") or judge.reading.usual_occasion, judge.reading.date_order)[0]
    return [(act if item.noun in ("ask", "yes") else str(item.same_as[2]), item) for item in items_of(judge, judged)]
