"""Making the units, shifts, institutions and acts that a file names and nobody had."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.rules import kinds
from commonweal.people.models import Institution, Occasion, Shift, Unit
from commonweal.people.rules import folded

WHAT = ("unit", "shift", "institution", "occasion")


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
    names: dict[str, dict[str, str]] = {what: {} for what in WHAT}
    with transaction.atomic():
        making = _Making(judge, f"import:{batch.pk.hex}", at)
        for what in WHAT:
            for key, one in _in_order(what, missing.get(what, {})):
                choice = batch.choices.get(what, {}).get(key, {})
                if choice.get("do", "create") == "create" and (row := making.one(what, one, choice)):
                    names[what][key] = str(row)
        batch.made = {**batch.made, "names": names, "rows": making.made, "called": making.called}
        batch.save(update_fields=["made"])


def _in_order(what: str, missing: dict[str, Any]) -> list[tuple[str, Any]]:
    """As the file names them; shifts as they follow each other in a day, whatever the file names first."""
    return sorted(missing.items(), key=lambda one: kinds.part_of_day(one[1]["name"]) if what == "shift" else 0)


class _Making:
    """Makes places one by one; `made` holds the ids of what was not there, `called` their folded names."""

    def __init__(self, judge: Judge, source: str, at: datetime) -> None:
        self.judge, self.source, self.at = judge, source, at
        self.made: dict[str, list[str]] = {what: [] for what in WHAT}
        self.called: dict[str, str] = {}
        self.below: dict[tuple[UUID | None, str], UUID] = {}
        for pk, parent, name in Unit.objects.order_by("-position").values_list("pk", "parent", "name"):
            self.below[parent, folded(name)] = pk
        self.position = len(self.below)

    def one(self, what: str, one: dict[str, Any], choice: dict[str, Any]) -> UUID | None:
        """The id of what a name means, made where it is not there; None where it cannot be made."""
        make = {"unit": self._unit, "shift": self._shift, "institution": self._institution, "occasion": self._occasion}
        return make[what](one["name"], one["said"], choice)

    def _note(self, what: str, row: Unit | Shift | Institution | Occasion) -> UUID:
        self.made[what].append(str(row.pk))
        self.called[str(row.pk)] = folded(row.name)
        return row.pk

    def _unit(self, name: str, said: dict[str, str], choice: dict[str, Any]) -> UUID | None:
        """A unit with the units above it that are missing too; the path goes on from what there is of it."""
        parts = [part.strip() for part in name.split(" > ") if part.strip()]
        parent, begun = self._beginning(parts)
        if parent is None and not self.judge.scope.everything:
            return None
        for part in parts[begun:]:
            there = self.below.get((parent, folded(part)))
            if there is None:
                self.position += 1
                row = Unit.objects.create(parent_id=parent, name=part[:120], position=self.position)
                there = self.below[parent, folded(part)] = self._note("unit", row)
            parent = there
        return parent

    def _beginning(self, parts: list[str]) -> tuple[UUID | None, int]:
        """The unit under which a path goes on, and how many of its parts are there already."""
        places, scope = self.judge.places, self.judge.scope
        for count in range(len(parts) - 1, 0, -1):
            found = places.units_of(parts[:count])
            if len(found) == 1:
                return found[0], count
        chosen = UUID(places.reading.parent_unit) if places.reading.parent_unit else None
        if scope.everything or (chosen is not None and scope.covers_unit(chosen)):
            return chosen, 0
        tops = [unit for unit in scope.units if places.parents.get(unit) not in scope.units]
        return min(tops, key=lambda unit: (places.names.get(unit, ""), unit.hex), default=None), 0

    def _shift(self, name: str, said: dict[str, str], choice: dict[str, Any]) -> UUID:
        there = next((row for row in Shift.objects.all() if folded(row.name) == folded(name)), None)
        if there is not None:
            return there.pk
        return self._note("shift", Shift.objects.create(name=name[:60], position=Shift.objects.count()))

    def _institution(self, name: str, said: dict[str, str], choice: dict[str, Any]) -> UUID:
        there = next((row for row in Institution.objects.all() if folded(row.name) == folded(name)), None)
        if there is not None:
            return there.pk
        kind = choice.get("kind") or said.get("kind") or "other"
        place = said.get("place", "")[:160]
        made = Institution(kind=kind, name=name[:160], place=place, added_at=self.at, source=self.source)
        made.save(force_insert=True)
        return self._note("institution", made)

    def _occasion(self, name: str, said: dict[str, str], choice: dict[str, Any]) -> UUID:
        there = next((row for row in Occasion.objects.all() if folded(row.name) == folded(name)), None)
        if there is not None:
            return there.pk
        on = date.fromisoformat(choice.get("on") or said.get("on") or self.at.date().isoformat())
        kind = choice.get("kind") or said.get("kind") or kinds.occasion_kind("", name)
        made = Occasion(name=name[:120], on=on, kind=kind, source=self.source)
        made.save(force_insert=True)
        return self._note("occasion", made)
