"""Setting back what an import changed about people who were there, where nobody changed it again."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from commonweal.exchange.models import ImportRow
from commonweal.exchange.writes.adding import MODELS
from commonweal.people.models import Person, Placement
from commonweal.people.writes.bulk import change_rows, sealed

CODES = {"given_name": "name", "family_name": "name", "sort_name": "name", "shift_id": "shift", "until": "unit"}
"""Columns that a person knows by another word."""
Step = tuple[ImportRow, str, UUID, str, Any, Any]


def restore(rows: Iterable[ImportRow], stays: dict[ImportRow, list[list[str]]], *, ends: bool) -> set[UUID]:
    """Sets back what some rows changed, the last row first: the ends of places, or everything else; the people
    it was about. What somebody changed again since stays, and is noted. A fixed number of queries."""
    steps: list[Step] = [
        (row, noun, UUID(one), column, old, new)
        for row in rows
        if row.before
        for noun, one, column, old, new in reversed(json.loads(str(row.before)))
        if (column == "until") == ends
    ]
    held: dict[tuple[str, UUID], models.Model] = {}
    for noun in {step[1] for step in steps}:
        wanted = {step[2] for step in steps if step[1] == noun}
        held |= {(noun, row.pk): row for row in MODELS[noun]._default_manager.filter(pk__in=wanted)}
    taken = _current_places({row.person_id for row in held.values() if isinstance(row, Placement)})
    columns: dict[tuple[str, str], dict[UUID, Any]] = defaultdict(dict)
    people: set[UUID] = set()
    for row, noun, one, column, old, new in steps:
        found = held.get((noun, one))
        if found is None:
            continue
        if _plain(getattr(found, column)) != new or (column == "until" and not _opens(found, taken, columns)):
            told = [CODES.get(column, column), "changed"]
            if told not in stays[row]:
                stays[row].append(told)
            continue
        value = _value(column, old)
        setattr(found, column, value)
        columns[noun, column][one] = _stored(one, column, value)
        people.add(found.person_id if isinstance(found, Placement) else one)
    for (noun, column), some in columns.items():
        change_rows(MODELS[noun], (column,), [(value, pk) for pk, value in some.items()])
    return people


def _current_places(people: set[UUID]) -> dict[UUID, list[tuple[UUID, bool]]]:
    found: dict[UUID, list[tuple[UUID, bool]]] = defaultdict(list)
    for person, unit, main in Placement.objects.filter(person__in=people, until=None).values_list(
        "person", "unit", "main"
    ):
        found[person].append((unit, main))
    return found


def _opens(
    found: models.Model,
    taken: dict[UUID, list[tuple[UUID, bool]]],
    columns: dict[tuple[str, str], dict[UUID, Any]],
) -> bool:
    """May a place that the import ended go on? Not when she stands there anew; with another main place it is
    one more place."""
    assert isinstance(found, Placement)
    there = taken[found.person_id]
    if any(unit == found.unit_id for unit, _ in there):
        return False
    if found.main and any(main for _, main in there):
        columns["placement", "main"][found.pk] = False
    there.append((found.unit_id, found.main))
    return True


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def _value(column: str, old: Any) -> Any:
    if column == "shift_id":
        return UUID(old) if old else None
    if column == "born_on":
        return date.fromisoformat(old) if old else None
    return old


def _stored(row: UUID, column: str, value: Any) -> Any:
    if column == "languages":
        return json.dumps(value)
    return sealed(Person, row, "note", value) if column == "note" else value
