"""Making the units, shifts, institutions and acts that a file names and nobody had."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.common.ids import new_id
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.rules import kinds
from commonweal.people.models import Institution, Occasion, Shift, Unit
from commonweal.people.rules import folded


def acts_without_a_day(batch: ImportBatch) -> list[str]:
    """Keys of the acts that would be made and whose day nobody has said."""
    return [
        key
        for key, one in batch.found.get("missing", {}).get("occasion", {}).items()
        if batch.choices.get("occasion", {}).get(key, {}).get("do", "create") not in ("use", "leave")
        and not (batch.choices.get("occasion", {}).get(key, {}).get("on") or one["said"].get("on"))
    ]


def make_places(batch: ImportBatch, judge: Judge, *, at: datetime) -> None:
    """Makes what is missing, once; keeps the ids in the batch. Names that came to be meanwhile are used."""
    if "names" in batch.made:
        return
    missing = batch.found.get("missing", {})
    names: dict[str, dict[str, str]] = {"unit": {}, "shift": {}, "institution": {}, "occasion": {}}
    made: dict[str, list[str]] = {"unit": [], "shift": [], "institution": [], "occasion": []}
    with transaction.atomic():
        for what in names:
            for key, one in missing.get(what, {}).items():
                choice = batch.choices.get(what, {}).get(key, {})
                if choice.get("do", "create") != "create":
                    continue
                row, is_new = _made(what, one, choice, judge, made, batch.pk, at)
                names[what][key] = str(row)
                if is_new:
                    made[what].append(str(row))
        batch.made = {"names": names, "rows": made}
        batch.save(update_fields=["made"])
    judge.places.made = names
    judge.places._remembered.clear()


def _made(
    what: str,
    one: dict[str, Any],
    choice: dict[str, Any],
    judge: Judge,
    made: dict[str, list[str]],
    batch: UUID,
    at: datetime,
) -> tuple[UUID, bool]:
    name, said, source = one["name"], one["said"], f"import:{batch.hex}"
    if what == "unit":
        return _unit(name, judge, made)
    if what == "shift":
        row, is_new = Shift.objects.get_or_create(name=name[:60])
        return row.pk, is_new
    if what == "institution":
        there = next((row for row in Institution.objects.all() if folded(row.name) == folded(name)), None)
        if there:
            return there.pk, False
        kind = choice.get("kind") or said.get("kind") or "other"
        row = Institution.objects.create(
            kind=kind, name=name[:160], place=said.get("place", ""), added_at=at, source=source
        )
        return row.pk, True
    on = date.fromisoformat(choice.get("on") or said.get("on") or at.date().isoformat())
    kind = choice.get("kind") or said.get("kind") or kinds.occasion_kind("", name)
    row, is_new = Occasion.objects.get_or_create(name=name[:120], defaults={"on": on, "kind": kind, "source": source})
    return row.pk, is_new


def _unit(name: str, judge: Judge, made: dict[str, list[str]]) -> tuple[UUID, bool]:
    """Makes a unit with the units above it that are missing too."""
    parent = UUID(judge.reading.parent_unit) if judge.reading.parent_unit else None
    if not judge.scope.everything and (parent is None or not judge.scope.covers_unit(parent)):
        tops = [unit for unit in judge.scope.units if judge.places.parents.get(unit) not in judge.scope.units]
        parent = sorted(tops, key=str)[0]
    is_new = False
    for part in name.split(" > "):
        there = next((row for row in Unit.objects.filter(parent=parent) if folded(row.name) == folded(part)), None)
        is_new = there is None
        if there is None:
            there = Unit.objects.create(id=new_id(), parent_id=parent, name=part[:120], position=Unit.objects.count())
            made["unit"].append(str(there.pk))
        parent = there.pk
    if is_new:
        made["unit"].pop()
    assert parent is not None
    return parent, is_new
