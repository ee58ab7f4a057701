"""Where people stand, from a day until a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from commonweal.common.ids import new_id
from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record
from commonweal.people.models import Placement, Shift, Unit
from commonweal.people.writes.changes import count_change


@dataclass(frozen=True)
class StandsThereAlready(Refusal):
    """She has a place in this unit that has not ended."""

    unit: UUID


@dataclass(frozen=True)
class EndsBeforeItBegins(Refusal):
    """The last day lies before the first."""

    since: date
    until: date


def place(
    *,
    person: UUID,
    unit: Unit,
    shift: Shift | None = None,
    job: str = "",
    since: date | None = None,
    main: bool | None = None,
    by: UUID | None,
    at: datetime,
    source: str = "",
) -> Placement:
    """Places a person in one more unit. Her first place is her main one, where the chart draws her.
    Raises StandsThereAlready."""
    with transaction.atomic():
        current = Placement.objects.filter(person=person, until=None)
        if current.filter(unit=unit).exists():
            raise StandsThereAlready(unit.pk)
        first = not current.filter(main=True).exists()
        if main and not first:
            current.update(main=False)
        count_change(person, version=None, at=at)
        made = Placement.objects.create(
            person_id=person,
            unit=unit,
            shift=shift,
            job=job[:120],
            since=since,
            main=first if main is None else (main or first),
            source=source or f"hand:{new_id()}",
        )
        facts = {"unit": str(unit.pk)}
        record("placed_person", by=by, at=at, subject_kind="person", subject=person, facts=facts)
    return made


@transaction.atomic
def change_place(
    *,
    placement: Placement,
    version: int,
    job: str,
    shift: Shift | None,
    since: date | None,
    main: bool,
    by: UUID,
    at: datetime,
) -> None:
    """Changes job, shift, first day or whether it is her main place. Raises ChangedMeanwhile."""
    count_change(placement.person_id, version=version, at=at)
    if main and not placement.main:
        Placement.objects.filter(person=placement.person_id, until=None, main=True).update(main=False)
    stays = placement.main or main  # a main place stops being it only when another becomes it
    Placement.objects.filter(pk=placement.pk).update(job=job[:120], shift=shift, since=since, main=stays)
    _record("changed_place", placement, by, at)


@transaction.atomic
def move(
    *, placement: Placement, version: int, to: Unit, shift: Shift | None, on: date, by: UUID, at: datetime
) -> Placement:
    """Ends a place on a day and begins another in a different unit the same day, keeping the job.
    Raises ChangedMeanwhile, StandsThereAlready, EndsBeforeItBegins."""
    count_change(placement.person_id, version=version, at=at)
    if Placement.objects.filter(person=placement.person_id, unit=to, until=None).exists():
        raise StandsThereAlready(to.pk)
    _check_days(placement, on)
    Placement.objects.filter(pk=placement.pk).update(until=on)
    made = Placement.objects.create(
        person_id=placement.person_id,
        unit=to,
        shift=shift,
        job=placement.job,
        since=on,
        main=placement.main,
        source=f"hand:{new_id()}",
    )
    facts = {"from": str(placement.unit_id), "to": str(to.pk)}
    record("moved_person", by=by, at=at, subject_kind="person", subject=placement.person_id, facts=facts)
    return made


@transaction.atomic
def end_place(*, placement: Placement, version: int, on: date, by: UUID, at: datetime) -> None:
    """Ends a place on a day; where it was the main one, the oldest other becomes it.
    Raises ChangedMeanwhile, EndsBeforeItBegins."""
    count_change(placement.person_id, version=version, at=at)
    _check_days(placement, on)
    Placement.objects.filter(pk=placement.pk).update(until=on)
    give_a_main_place(placement.person_id)
    _record("ended_place", placement, by, at)


@transaction.atomic
def reopen_place(*, placement: Placement, by: UUID, at: datetime) -> None:
    """Undoes the end of a place. Raises StandsThereAlready when she was placed there anew."""
    current = Placement.objects.filter(person=placement.person_id, until=None)
    if current.filter(unit=placement.unit_id).exists():
        raise StandsThereAlready(placement.unit_id)
    main = placement.main and not current.filter(main=True).exists()
    count_change(placement.person_id, version=None, at=at)
    Placement.objects.filter(pk=placement.pk).update(until=None, main=main)
    give_a_main_place(placement.person_id)
    _record("reopened_place", placement, by, at)


def give_a_main_place(person: UUID) -> None:
    """Sees to it that a person who stands somewhere has a main place."""
    current = Placement.objects.filter(person=person, until=None)
    if not current.filter(main=True).exists():
        oldest = current.order_by("since", "pk").values_list("pk", flat=True).first()
        if oldest is not None:
            Placement.objects.filter(pk=oldest).update(main=True)


def _check_days(placement: Placement, until: date) -> None:
    if placement.since and until < placement.since:
        raise EndsBeforeItBegins(placement.since, until)


def _record(verb: str, placement: Placement, by: UUID, at: datetime) -> None:
    facts = {"unit": str(placement.unit_id)}
    record(verb, by=by, at=at, subject_kind="person", subject=placement.person_id, facts=facts)
