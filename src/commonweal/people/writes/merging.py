"""Taking one record into another, and taking them apart again.

Nothing is deleted. Every value that a merge changes is written down with what it was and what it
became; undoing sets back those that nobody changed since, and counts the others. The record that
was taken in keeps its own fields and only points at the one that is kept.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from commonweal.common.ids import new_id
from commonweal.common.refusals import Conflict, Refusal
from commonweal.ledger.writes import record
from commonweal.people.models import Affiliation, ChainLink, Merge, Person, PersonName, Placement, Resemblance
from commonweal.people.models.evidence import Sourced
from commonweal.people.reads.pointing import columns_pointing_to
from commonweal.people.rules import sort_name
from commonweal.people.writes.changes import count_change
from commonweal.people.writes.placements import give_a_main_place
from commonweal.people.writes.resemblance import record_merged
from commonweal.people.writes.search_keys import refresh

FIELDS = ("name", "given_name", "family_name", "languages", "born_on", "outside_number", "note")
STAYS = frozenset({"merge", "resemblance", "searchkey", "person"})


@dataclass(frozen=True)
class NotTwo(Refusal):
    """A record cannot be merged with itself."""


@dataclass(frozen=True)
class NotUndoable(Conflict):
    """The merge was undone already, or the record it made was merged or forgotten since."""

    merge: UUID


@dataclass
class Undone:
    """What taking apart left where it was, because somebody changed it since."""

    back: int = 0
    kept: list[str] = field(default_factory=list)


class _Log:
    """The changes of one merge, each made and written down at once."""

    def __init__(self) -> None:
        self.steps: list[dict[str, Any]] = []

    def set(self, row: models.Model, name: str, value: Any) -> bool:
        """Sets one column of a row; False, with nothing changed, where a constraint forbids it."""
        column = row._meta.get_field(name).attname  # type: ignore[union-attr]
        was = getattr(row, column)
        if was == value:
            return True
        try:
            with transaction.atomic():
                setattr(row, column, value)
                row.save(update_fields=[name])
        except IntegrityError:
            setattr(row, column, was)
            return False
        self.steps.append(
            {"model": row._meta.model_name, "row": str(row.pk), "field": column, "was": _text(was), "is": _text(value)}
        )
        return True

    def added(self, row: models.Model) -> None:
        self.steps.append({"model": row._meta.model_name, "row": str(row.pk), "added": True})


@transaction.atomic
def merge(
    *,
    kept: Person,
    taken_in: Person,
    versions: tuple[int, int],
    values: Mapping[str, Any],
    by: UUID,
    at: datetime,
) -> Merge:
    """Takes one record into another: its rows move over, `values` are the fields as people chose them.
    Both sources stay. Raises NotTwo, ChangedMeanwhile."""
    if kept.pk == taken_in.pk:
        raise NotTwo
    count_change(kept.pk, version=versions[0], at=at)
    count_change(taken_in.pk, version=versions[1], at=at)
    log = _Log()
    _make_room(kept, taken_in, log, at)
    for row, name in _rows_of(taken_in.pk):
        log.set(row, name, kept.pk)
    _choose(kept, taken_in, values, log)
    log.set(taken_in, "merged_into", kept.pk)
    give_a_main_place(kept.pk)
    refresh([kept.pk, taken_in.pk])
    record_merged(kept.pk, taken_in.pk, state=Resemblance.State.MERGED, by=by, at=at)
    made = Merge(kept=kept, taken_in=taken_in, at=at, by=by)
    made.before = json.dumps(log.steps)
    made.save(force_insert=True)
    for subject, other in ((kept.pk, taken_in.pk), (taken_in.pk, kept.pk)):
        facts = {"other": str(other), "merge": str(made.pk)}
        record("merged_people", by=by, at=at, subject_kind="person", subject=subject, facts=facts)
    return made


@transaction.atomic
def undo_merge(*, merge: Merge, by: UUID, at: datetime) -> Undone:
    """Takes two records apart again, also after other edits: what somebody changed since stays as it is
    and is named by its kind. Raises NotUndoable."""
    locked = Merge.objects.filter(pk=merge.pk, undone_at=None).update(undone_at=at, undone_by=by)
    kept, taken_in = merge.kept, merge.taken_in
    if not locked or not kept.is_listed or taken_in.merged_into_id != kept.pk:
        raise NotUndoable(merge.pk)
    result = Undone()
    for step in reversed(json.loads(str(merge.before))):
        (_remove_added if "added" in step else _set_back)(step, result)
    for person in (kept.pk, taken_in.pk):
        count_change(person, version=None, at=at)
        give_a_main_place(person)
    refresh([kept.pk, taken_in.pk])
    record_merged(kept.pk, taken_in.pk, state=Resemblance.State.OPEN, by=by, at=at)
    for subject, other in ((kept.pk, taken_in.pk), (taken_in.pk, kept.pk)):
        facts = {"other": str(other), "merge": str(merge.pk), "kept": len(result.kept)}
        record("undid_merge", by=by, at=at, subject_kind="person", subject=subject, facts=facts)
    return result


def _rows_of(person: UUID) -> Iterable[tuple[models.Model, str]]:
    """Every row of any room in which a person stands, with the name of the column."""
    for column in columns_pointing_to(Person):
        model, name = column.model, column.name
        if model._meta.model_name in STAYS:
            continue
        for row in model._default_manager.filter(**{name: person}).order_by("pk"):
            yield row, name


def _make_room(kept: Person, taken_in: Person, log: _Log, at: datetime) -> None:
    """Settles what could not stand twice: both in one unit, both behind a leader, a bond between the two."""
    today = at.date()
    hers = Placement.objects.filter(person=kept, until=None)
    has_main, units = hers.filter(main=True).exists(), set(hers.values_list("unit", flat=True))
    for place in Placement.objects.filter(person=taken_in, until=None):
        if has_main:
            log.set(place, "main", False)
        if place.unit_id in units:
            log.set(place, "until", max(today, place.since or today))
    belongs = set(Affiliation.objects.filter(person=kept, until=None).values_list("institution", "role"))
    for one in Affiliation.objects.filter(person=taken_in, until=None):
        if (one.institution_id, one.role) in belongs:
            log.set(one, "until", max(today, one.since or today))
    walks = set(ChainLink.objects.filter(follower=kept, until=None).values_list("campaign", flat=True))
    for link in ChainLink.objects.filter(follower=taken_in, until=None):
        if link.campaign_id in walks or link.leader_id == kept.pk:
            log.set(link, "until", at)
    for link in ChainLink.objects.filter(follower=kept, leader=taken_in, until=None):
        log.set(link, "until", at)
    for row in _between(kept.pk, taken_in.pk):
        log.set(row, "withdrawn", True)
    account = getattr(taken_in, "account", None)
    if account is not None and getattr(kept, "account", None) is not None:
        log.set(account, "is_active", False)  # one person has one log-in


def _between(one: UUID, other: UUID) -> Iterable[Sourced]:
    """Evidence that would tie a person to herself once the two are one."""
    for model in (apps.get_model("commonweal", name) for name in ("Tie", "Nomination", "Ask")):
        ends = [field.name for field in model._meta.concrete_fields if field.related_model is Person]
        for first, second in ((ends[0], ends[1]), (ends[1], ends[0])):
            yield from model._default_manager.filter(withdrawn=False, **{first: one, second: other})


def _choose(kept: Person, taken_in: Person, values: Mapping[str, Any], log: _Log) -> None:
    """Gives the kept record the chosen values, and every other name of both as a name to be found by."""
    names = {kept.name, taken_in.name}
    for name in FIELDS:
        if name in values:
            log.set(kept, name, values[name])
    log.set(kept, "sort_name", sort_name(kept.given_name, kept.family_name) or kept.sort_name)
    has = set(PersonName.objects.filter(person=kept).values_list("name", flat=True)) | {kept.name}
    for name in sorted(names - has):
        log.added(PersonName.objects.create(person=kept, kind="also", name=name, source=f"merge:{new_id()}"))


def _set_back(step: dict[str, Any], result: Undone) -> None:
    model = apps.get_model("commonweal", step["model"])
    row = model._default_manager.filter(pk=step["row"]).first()
    if row is None or _text(getattr(row, step["field"])) != step["is"]:
        result.kept.append(step["model"])
        return
    column = next(one for one in model._meta.concrete_fields if one.attname == step["field"])
    setattr(row, step["field"], _value(column, step["was"]))
    try:
        with transaction.atomic():
            row.save(update_fields=[column.name])
    except IntegrityError:
        result.kept.append(step["model"])
    else:
        result.back += 1


def _remove_added(step: dict[str, Any], result: Undone) -> None:
    model = apps.get_model("commonweal", step["model"])
    removed, _ = model._default_manager.filter(pk=step["row"]).delete()
    result.back += removed


def _text(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _value(column: "models.Field[Any, Any]", text: Any) -> Any:
    if isinstance(column, models.JSONField | models.BinaryField):
        return text
    return column.to_python(text)
