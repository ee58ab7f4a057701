"""What one chunk of rows makes true: people first, then what was seen of them."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from commonweal.common.sealed import keyring
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.reads.made_by_imports import source_of
from commonweal.exchange.reads.meeting import meet_again
from commonweal.exchange.reads.standings import standings
from commonweal.exchange.reads.verdicts import Judged
from commonweal.exchange.writes.adding import Adding
from commonweal.exchange.writes.stating import state_evidence
from commonweal.people.models import Person
from commonweal.people.writes.bulk import change_rows

GONE = "not_yours"
SAYS_MORE = ("marks", "stance", "institutions")
Outcome = dict[UUID, int]
"""The step that each row has reached."""


class WaitingRow(NamedTuple):
    """A kept row as it lies in the database: its values sealed, its lists as written."""

    pk: UUID
    line: int
    values: bytes
    problems: str
    verdict: str
    reason: str
    who: str
    fields: str
    made: str


AS_WRITTEN = {f"{name}_written": Cast(name, TextField()) for name in ("problems", "who", "fields", "made")}
COLUMNS = (
    "pk", "line", "values", "problems_written", "verdict", "reason", "who_written", "fields_written", "made_written",
)  # fmt: skip
TABLE = ImportRow._meta.db_table


def waiting_rows(rows: QuerySet[ImportRow]) -> list[WaitingRow]:
    """Those rows, without an object for each; nothing in them is taken apart before it is needed."""
    return [WaitingRow(*row) for row in rows.annotate(**AS_WRITTEN).values_list(*COLUMNS)]


def judged_row(row: WaitingRow) -> Judged:
    """A kept row as it was judged."""
    held = bytes(row.values)
    values = keyring().open(held, f"{TABLE}:{row.pk}:values") if held else ""
    problems, who, fields = _listed(row.problems), _listed(row.who), _listed(row.fields)
    return Judged(row.line, json.loads(values), problems, row.verdict, row.reason, who, fields)


def _listed(written: str) -> list[Any]:
    return [] if written == "[]" else list(json.loads(written))


class Ready(NamedTuple):
    """Some rows that wait, opened and taken apart, and everybody new among them gathered: what takes no turn is
    done before the turn is taken."""

    rows: list[WaitingRow]
    judged: dict[UUID, Judged]
    adding: Adding


def ready_rows(waiting: QuerySet[ImportRow], batch: ImportBatch, judge: Judge, step: int, at: datetime) -> Ready:
    """The rows of a query, ready to be brought one step further."""
    rows = waiting_rows(waiting)
    judged = {row.pk: judged_row(row) for row in rows}
    adding = Adding(batch.pk, judge, at, batch.brought_by)
    if _is_first(batch, step):
        _gather_new(adding, judged.values())
    return Ready(rows, judged, adding)


def is_still(waiting: QuerySet[ImportRow], ready: Ready) -> bool:
    """False when somebody changed one of the rows before the turn was taken, as when somebody is forgotten."""
    now = waiting.annotate(who_written=AS_WRITTEN["who_written"]).values_list("pk", "verdict", "who_written")
    return list(now) == [(row.pk, row.verdict, row.who) for row in ready.rows]


def _is_first(batch: ImportBatch, step: int) -> bool:
    """Are the people themselves brought in, before what was seen of them?"""
    return batch.kind == "people" and step == 0


def _gather_new(adding: Adding, rows: Iterable[Judged]) -> None:
    for one in rows:
        if one.is_new("me") and one.verdict != "unclear":
            adding.new_person(one.line, one)


def bring_rows(
    batch: ImportBatch, judge: Judge, ready: Ready, step: int, *, by: UUID | None, at: datetime
) -> Counter[str]:
    """Brings some rows one step further; counts by noun what was added, and as "done" the rows that are done."""
    rows, judged, adding = ready
    as_looked = {row.pk: [(who[1], who[2]) for who in judged[row.pk].who] for row in rows}
    people_first = _is_first(batch, step)
    met = batch.made.setdefault("met", {})
    inside = meet_again(judge, list(judged.values()), met, only_me=people_first)
    if people_first and adding.fresh != {one.person("me") for one in judged.values() if one.is_new("me")}:
        adding = Adding(batch.pk, judge, at, batch.brought_by)  # somebody came onto the list since
        _gather_new(adding, judged.values())
    clear = [row for row in rows if judged[row.pk].verdict != "unclear"]
    if people_first:
        reached = _bring_people(adding, clear, judged, inside)
        if not any(field == "asker" for field, _ in batch.settings["columns"]):  # nobody has to be waited for
            more = [judged[row.pk] for row in clear if reached[row.line] == 1]
            reached |= state_evidence(batch, adding, more, inside, by=by, at=at)
    else:
        reached = state_evidence(batch, adding, [judged[row.pk] for row in clear], inside, by=by, at=at)
    _keep(rows, judged, as_looked, adding, reached)
    tally = Counter(noun for made in adding.made.values() for noun, *_ in made if ":" not in noun)
    tally["changes"] += sum(map(len, adding.before.values()))
    tally["done"] = sum(1 for row in rows if reached.get(row.line, 3) >= 2)
    return +tally


def _bring_people(
    adding: Adding, rows: Sequence[WaitingRow], judged: dict[UUID, Judged], inside: set[UUID]
) -> dict[int, int]:
    """Brings people in: first the new ones, gathered already, then what changes about the others, row by row of each."""
    waves: dict[int, list[Judged]] = {}
    turn: dict[UUID, int] = {}
    for one in (judged[row.pk] for row in rows):
        person = one.person("me")
        assert person is not None
        if one.is_new("me"):
            turn[person] = 1
            inside.add(person)
        else:
            wave = turn.get(person, 0)
            turn[person] = wave + 1
            waves.setdefault(wave, []).append(one)
    adding.flush()
    later = [one for some in waves.values() for one in some if one.who[0][4] == "again"]
    again = {person for one in later if (person := one.person("me"))}
    adding.own = own_of(adding.batch, again)
    for wave in sorted(waves):
        some = [one for one in waves[wave] if one.person("me") in inside]
        people = {person for one in some if (person := one.person("me"))}
        there = standings(people, with_notes=any(one.record.get("note") for one in some))
        for one in some:
            person = one.person("me")
            if person in there:
                adding.change_person(one.line, one, there[person], again=one.who[0][4] == "again")
        adding.flush()
    adding.imprint_own()
    return {one.line: _step_of(one, inside) for one in (judged[row.pk] for row in rows)}


def own_of(batch: UUID, people: Collection[UUID]) -> set[UUID]:
    """Which of these people this very import brought."""
    if not people:
        return set()
    return set(Person.objects.filter(pk__in=people, source__startswith=source_of(batch)).values_list("pk", flat=True))


def _step_of(one: Judged, inside: set[UUID]) -> int:
    if one.person("me") not in inside:
        one.verdict, one.reason = "bad", GONE
        return 3
    return 1 if any(one.record.get(part) for part in SAYS_MORE) else 2


def _keep(
    rows: Sequence[WaitingRow],
    judged: dict[UUID, Judged],
    as_looked: dict[UUID, list[tuple[str, str]]],
    adding: Adding,
    reached: dict[int, int],
) -> None:
    """Notes in the rows what they did, and who was met where that is another than when the file was looked at."""
    done: list[tuple[Any, ...]] = []
    later: list[tuple[Any, ...]] = []
    other: list[tuple[Any, ...]] = []
    for row in rows:
        one = judged[row.pk]
        made = json.dumps([*_listed(row.made), *adding.made.get(row.line, ())])
        step = reached.get(row.line, 3)
        if step == 2:  # what stood in it is on the list now, and kept nowhere else
            done.append((made, step, b"", row.pk))
        else:
            later.append((made, step, row.pk))
        if [(who[1], who[2]) for who in one.who] != as_looked[row.pk] or one.verdict != row.verdict:
            other.append((json.dumps(one.who), one.person("me"), one.verdict, one.reason, row.pk))
    change_rows(ImportRow, ("made", "step", "values"), done)
    change_rows(ImportRow, ("made", "step"), later)
    change_rows(ImportRow, ("who", "person", "verdict", "reason"), other)
    before = [
        (adding.sealed_before(row.pk, adding.before[row.line]), row.pk) for row in rows if row.line in adding.before
    ]
    change_rows(ImportRow, ("before",), before)
