"""What a human has to say before some rows can be brought in: who is meant, each question once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from commonweal.common.scope import Scope
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.shown_rows import pointed_to, record_of
from commonweal.exchange.reads.verdicts import ASKER, is_open
from commonweal.exchange.rules.naming import agree
from commonweal.exchange.rules.records import Record
from commonweal.people.models import ContactPoint, Person, PersonName
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.rules.contacts import spoken_phone

PAGE = 20
MOST_ROWS = 1000
"""So many unclear rows are looked through at once; the rest of the file is asked about after them."""


@dataclass
class Candidate:
    """Somebody who could be meant, with what tells her apart. `line` is set, and `glance` not, for
    somebody who is new in an earlier row of the same file."""

    answer: str
    name: str
    place: str = ""
    glance: Glance | None = None
    line: int = 0
    number: str = ""
    also: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    """Codes of what agrees with the row: name, number, phone, email."""


@dataclass
class Question:
    """Who is meant by `text`? Asked by `rows` rows, the first of them on `line`."""

    key: str
    reason: str
    part: str
    line: int
    rows: int
    ids: list[str]
    row: UUID
    text: str = ""
    asked: str = ""
    """Whose asker it is, where the question is who asked her."""
    record: Record = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)


def rows_asking(batch: ImportBatch) -> tuple[int, int]:
    """How many rows wait for an answer; and how many come in without one, but do not say clearly who asked her."""
    reasons = batch.found.get("reasons", {})
    askers = sum(number for code, number in reasons.items() if code.endswith(f":{ASKER}"))
    return batch.found.get("verdicts", {}).get("unclear", 0), askers


def open_questions(batch: ImportBatch, after: int = 0) -> tuple[list[Question], int]:
    """The questions of the first unclear rows below line `after`, each once, in the order of the file; and
    the line after which more follow (0: none do). One query."""
    asks = Q(verdict="unclear") | Q(reason=ASKER) if rows_asking(batch)[1] else Q(verdict="unclear")
    unclear = ImportRow.objects.filter(asks, batch=batch, line__gt=after).order_by("line")
    rows = list(unclear.values_list("pk", "line", "who")[: MOST_ROWS + 1])
    found: dict[str, Question] = {}
    for pk, line, who in rows[:MOST_ROWS]:
        for part, _person, _state, key, reason, ids in filter(is_open, who):
            if key in found:
                found[key].rows += 1
            else:
                found[key] = Question(key, reason, part, line, 1, ids, pk)
    return list(found.values()), rows[MOST_ROWS - 1][1] if len(rows) > MOST_ROWS else 0


def with_facts(scope: Scope, batch: ImportBatch, questions: Sequence[Question], *, country: str) -> Sequence[Question]:
    """Some questions with what their rows say and who could be meant; nobody outside `scope` is
    among them, whoever looked when the file was read. A fixed number of queries."""
    rows = ImportRow.objects.in_bulk([one.row for one in questions])
    for one in questions:
        record = record_of(rows[one.row])
        parts = dict(pointed_to(batch.kind, record)) if batch.kind != "people" or one.part != "me" else {}
        one.record = parts.get(one.part, record)
        one.text = one.record.get("text") or one.record.get("name", "")
        one.asked = record.get("name", "") if one.part == "asker" and batch.kind == "people" else ""
    ids = {UUID(each) for one in questions for each in one.ids}
    there = _on_the_list(scope, ids, country)
    here = _in_the_file(batch, ids - there.keys())
    for one in questions:
        known = [there.get(UUID(each)) or here.get(UUID(each)) for each in one.ids]
        one.candidates = [_beside(one.record, each, country) for each in known if each is not None]
    return questions


def _on_the_list(scope: Scope, ids: set[UUID], country: str) -> dict[UUID, Candidate]:
    inside = glances(scope, ids)
    found = {pk: Candidate(pk.hex, glance.name, glance.place, glance) for pk, glance in inside.items()}
    for pk, number in Person.objects.filter(pk__in=inside).values_list("pk", "outside_number"):
        found[pk].number = number
    for pk, name in PersonName.objects.filter(person__in=inside).order_by("name").values_list("person", "name"):
        found[pk].also.append(name)
    for point in ContactPoint.objects.filter(person__in=inside).order_by("kind", "-preferred", "id"):
        value = str(point.value)
        found[point.person_id].contacts.append(spoken_phone(value, country) if point.kind == "phone" else value)
    return found


def _in_the_file(batch: ImportBatch, ids: set[UUID]) -> dict[UUID, Candidate]:
    """Those of an earlier row of the same file, who are not on the list yet."""
    found: dict[UUID, Candidate] = {}
    for row in ImportRow.objects.filter(batch=batch, person__in=ids, verdict="new").order_by("line") if ids else ():
        if row.person is None or row.person in found or not row.values:
            continue
        record = json.loads(str(row.values))
        unit = record.get("unit", [])
        where = ", ".join([part for part in (unit[-1] if unit else "", record.get("shift", "")) if part])
        place = " · ".join(part for part in (where, record.get("job", "")) if part)
        contacts = [*record.get("phones", ()), *record.get("emails", ())]
        found[row.person] = Candidate(
            row.person.hex, record.get("name", ""), place, None, row.line, record.get("number", ""), [], contacts
        )
    return found


def _beside(record: Record, one: Candidate, country: str) -> Candidate:
    """The candidate with what she shares with the row; a copy, since she may stand beside several rows."""
    phones = [*record.get("phones", ()), *([record["phone"]] if record.get("phone") else [])]
    spoken = {spoken_phone(phone, country) for phone in phones} | set(phones)
    emails = {*record.get("emails", ()), record.get("email", "")}
    same = []
    if record.get("name") and agree(record["name"], one.name):
        same.append("name")
    if record.get("number") and record["number"] == one.number:
        same.append("number")
    if spoken & set(one.contacts):
        same.append("phone")
    if emails & set(one.contacts):
        same.append("email")
    return Candidate(one.answer, one.name, one.place, one.glance, one.line, one.number, one.also, one.contacts, same)
