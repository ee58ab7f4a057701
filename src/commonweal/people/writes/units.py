"""Drawing the tree of units, and the shifts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError

from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record
from commonweal.people.models import Placement, Shift, Unit
from commonweal.people.reads.units import with_subtrees


@dataclass(frozen=True)
class NameTaken(Refusal):
    """Another one beside it is called so."""

    name: str


@dataclass(frozen=True)
class UnderItself(Refusal):
    """A unit cannot hang below itself or below what hangs under it."""

    unit: str
    under: str


@dataclass(frozen=True)
class NotEmpty(Refusal):
    """Somebody stands or stood there, something hangs below it, or a campaign or log-in names it."""

    people: int
    below: int


@transaction.atomic
def add_unit(*, name: str, kind: str, parent: Unit | None, code: str = "", by: UUID | None, at: datetime) -> Unit:
    """Hangs a new unit into the tree, last among its sisters. Raises NameTaken."""
    last = Unit.objects.filter(parent=parent).aggregate(last=Max("position"))["last"]
    unit = Unit(name=name, kind=kind, parent=parent, code=code, position=0 if last is None else last + 1)
    _save(unit)
    record("added_unit", by=by, at=at, subject_kind="unit", subject=unit.pk)
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, name: str, kind: str, code: str, position: int, by: UUID, at: datetime) -> None:
    """Renames a unit or changes its kind, code or place among its sisters. Raises NameTaken."""
    unit.name, unit.kind, unit.code, unit.position = name, kind, code, position
    _save(unit)
    record("changed_unit", by=by, at=at, subject_kind="unit", subject=unit.pk)


@transaction.atomic
def move_unit(*, unit: Unit, to: Unit | None, by: UUID, at: datetime) -> None:
    """Hangs a unit with all below it under another, or at the top. Raises UnderItself, NameTaken."""
    if to is not None and to.pk in with_subtrees([unit.pk]):
        raise UnderItself(unit.name, to.name)
    unit.parent = to
    _save(unit)
    facts = {"to": str(to.pk) if to else ""}
    record("moved_unit", by=by, at=at, subject_kind="unit", subject=unit.pk, facts=facts)


@transaction.atomic
def remove_unit(*, unit: Unit, by: UUID, at: datetime) -> None:
    """Takes an empty unit out of the tree. Raises NotEmpty: who ever stood there is not lost."""
    people = Placement.objects.filter(unit=unit).values("person").distinct().count()
    below = Unit.objects.filter(parent=unit).count()
    if people or below:
        raise NotEmpty(people, below)
    key = unit.pk
    try:
        with transaction.atomic():
            unit.delete()
    except (ProtectedError, IntegrityError):
        raise NotEmpty(0, 0) from None
    record("removed_unit", by=by, at=at, subject_kind="unit", subject=key)


@transaction.atomic
def add_shift(*, name: str, hours: str, by: UUID | None, at: datetime) -> Shift:
    """Adds a shift after the others. Raises NameTaken."""
    last = Shift.objects.aggregate(last=Max("position"))["last"]
    shift = Shift(name=name, hours=hours, position=0 if last is None else last + 1)
    _save(shift)
    record("added_shift", by=by, at=at, subject_kind="shift", subject=shift.pk)
    return shift


@transaction.atomic
def change_shift(*, shift: Shift, name: str, hours: str, position: int, by: UUID, at: datetime) -> None:
    """Renames a shift or changes its hours or order. Raises NameTaken."""
    shift.name, shift.hours, shift.position = name, hours, position
    _save(shift)
    record("changed_shift", by=by, at=at, subject_kind="shift", subject=shift.pk)


@transaction.atomic
def remove_shift(*, shift: Shift, by: UUID, at: datetime) -> None:
    """Removes a shift that nobody ever worked. Raises NotEmpty."""
    people = shift.placements.values("person").distinct().count()
    if people:
        raise NotEmpty(people, 0)
    key = shift.pk
    shift.delete()
    record("removed_shift", by=by, at=at, subject_kind="shift", subject=key)


def _save(noun: Unit | Shift) -> None:
    try:
        with transaction.atomic():
            noun.save()
    except IntegrityError:
        raise NameTaken(noun.name) from None
