"""Evidence and affiliations of a chunk of rows, each fact once."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.common.ids import new_id
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.evidence import NOUNS, states_of
from commonweal.exchange.reads.judging import Judge, Judged
from commonweal.exchange.reads.judging_pairs import items_of, references_of
from commonweal.exchange.rules import kinds
from commonweal.exchange.rules.evidence import Item
from commonweal.exchange.writes.adding import Adding
from commonweal.people.models import Affiliation, Person
from commonweal.people.writes.bulk import add_rows, change_rows


def state_evidence(
    batch: ImportBatch, judge: Judge, rows: Sequence[ImportRow], *, by: UUID | None, at: datetime
) -> None:
    """Writes what a chunk of rows says was seen, with the people it names who are new."""
    judged = {
        row.pk: Judged(row.line, json.loads(row.values), row.problems, row.verdict, row.reason, row.who, row.fields)
        for row in rows
    }
    made: dict[int, list[list[str]]] = {row.line: list(row.made) for row in rows}
    adding = Adding(batch.pk, judge, at, by)
    _add_strangers(batch, adding, [judged[row.pk] for row in rows])
    adding.flush()
    for line, some in adding.made.items():
        made[line] += some
    pairs = [(one, item) for one in judged.values() for item in _items(judge, one, at)]
    _write(pairs, made, by, at)
    _affiliate(batch, judge, list(judged.values()), made)
    change_rows(ImportRow, ("made", "step"), [(json.dumps(made[row.line]), 2, row.pk) for row in rows])


def _items(judge: Judge, one: Judged, at: datetime) -> list[Item]:
    items = items_of(judge, one)
    if judge.reading.kind == "people" and one.record.get("stance"):
        on = date.fromisoformat(judge.reading.on) if judge.reading.on else at.date()
        items.append(Item("assessment", (one.person("me"), on), one.record["stance"]))
    return [item for item in items if item.is_complete]


def _add_strangers(batch: ImportBatch, adding: Adding, rows: list[Judged]) -> None:
    """People whom the rows name and who are not on the list yet."""
    wanted: dict[UUID, tuple[int, Any]] = {}
    for one in rows:
        parts = dict(references_of(batch.kind, one.record))
        for who in one.who:
            if who[2] == "new" and who[0] in parts:
                wanted.setdefault(UUID(who[1]), (one.line, parts[who[0]]))
    there = set(Person.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    for person, (line, reference) in wanted.items():
        if person not in there:
            adding.new_person(
                line, Judged(line, {**reference, "number": ""}, who=[["me", person.hex, "new", "", "", []]])
            )


def _write(pairs: list[tuple[Judged, Item]], made: dict[int, list[list[str]]], by: UUID | None, at: datetime) -> None:
    rows: dict[str, dict[Any, tuple[int, UUID, Item, str]]] = {}
    replaced: dict[str, list[tuple[UUID, UUID]]] = {}
    for (one, item), state in zip(pairs, states_of([item for _, item in pairs]), strict=True):
        if state.state == "same" or item.identity in rows.get(item.noun, {}):
            continue
        row = new_id()
        rows.setdefault(item.noun, {})[item.identity] = (one.line, row, item, state.source or item.source)
        if state.state == "changes" and state.row:
            replaced.setdefault(item.noun, []).append((row, state.row))
            made[one.line].append([f"replaces:{item.noun}", state.row.hex])
        made[one.line].append([item.noun, row.hex])
    for noun, some in rows.items():
        change_rows(NOUNS[noun][0], ("replaced_by_id",), replaced.get(noun, []))
        add_rows(NOUNS[noun][0], [_row(row, item, source, by, at) for _, row, item, source in some.values()])


def _row(row: UUID, item: Item, source: str, by: UUID | None, at: datetime) -> tuple[Any, ...]:
    end = (source, at, by, None, False)
    if item.noun == "ask":
        return (row, *item.same_as, item.value, *end)
    if item.noun == "yes":
        return (row, *item.same_as, item.more[0] if item.more else None, *end)
    if item.noun == "nomination":
        return (row, *item.same_as, *end)
    if item.noun == "tie":
        return (row, *item.same_as, item.value or 0.5, item.more[0] if item.more else None, None, *end)
    return (row, item.same_as[0], item.value, "stated", "", item.same_as[1], *end)


def _affiliate(batch: ImportBatch, judge: Judge, rows: list[Judged], made: dict[int, list[list[str]]]) -> None:
    wanted: dict[tuple[UUID, UUID, str], int] = {}
    since: dict[tuple[UUID, UUID, str], Any] = {}
    for one in rows:
        if batch.kind == "people":
            named = [(one.person("me"), *rest) for rest in one.record.get("institutions", ())]
        elif batch.kind == "institutions":
            named = [
                (one.person("who"), one.record["institution"], one.record.get("ikind", ""), one.record.get("role", ""))
            ]
        else:
            return
        for person, name, kind, role in named:
            place = judge.places.institution(name, kind)
            if person and place.id:
                key = (person, place.id, kinds.affiliation_role(role))
                wanted.setdefault(key, one.line)
                since[key] = date.fromisoformat(one.record["on"]) if one.record.get("on") else None
    people = {person for person, _, _ in wanted}
    there = set(Affiliation.objects.filter(person__in=people, until=None).values_list("person", "institution", "role"))
    new = []
    for key, line in wanted.items():
        if key not in there:
            row = new_id()
            new.append((row, *key, since[key], None, f"import:{batch.pk.hex}:{line}"))
            made[line].append(["affiliation", row.hex])
    add_rows(Affiliation, new)
